"""The one door to all extractors: a source goes in, an outcome always comes out.

To add a format, write ``extract(source, limits) -> Extraction`` in a module of its own and name it in
``_EXTRACTORS``.  The module is imported when the first such file arrives, so a missing optional library only
concerns the files that need it.  A container returns its contents as ``Extraction.members``, each named
``外层.zip/方案.docx``.
"""

from __future__ import annotations

import importlib
import traceback
from pathlib import Path, PurePosixPath
from typing import Protocol, cast

from extractors.document import Extraction, Limits, Notice, Outcome, Source
from extractors.sniff import Format, sniff

__all__ = ["Extractor", "extract", "last_line"]


class Extractor(Protocol):
    """What a module offers for its format; called in a child process, keeps no state between calls."""

    def __call__(self, source: Source, limits: Limits) -> Extraction:
        """Read one source; parser errors it knows of become an outcome."""


_EXTRACTORS = {
    Format.DOCX: "extractors.word.docx:extract",
    Format.DOC: "extractors.word.legacy:extract",
    Format.WPS: "extractors.word.legacy:extract",
    Format.RTF: "extractors.rtf:extract",
    Format.ODT: "extractors.office:extract",
    Format.WORD_XML: "extractors.office:extract",
    Format.IMAGE: "extractors.image:extract",
    Format.PDF: "extractors.ocr.scans:extract",
    Format.OFD: "extractors.ofd.reader:extract",
    Format.XLSX: "extractors.sheet.reader:extract",
    Format.XLS: "extractors.sheet.reader:extract_binary",
    Format.ET: "extractors.sheet.reader:extract_binary",
    Format.CSV: "extractors.sheet.reader:extract_delimited",
    Format.HTML: "extractors.html.reader:extract",
    Format.MHTML: "extractors.html.reader:extract_mhtml",
    Format.TEXT: "extractors.plain:extract",
    Format.ZIP: "extractors.archive.zipped:extract",
    Format.RAR: "extractors.archive.foreign:extract",
    Format.SEVENZIP: "extractors.archive.foreign:extract",
    Format.TAR: "extractors.archive.tarred:extract",
    Format.GZIP: "extractors.archive.tarred:extract_packed",
    Format.BZIP2: "extractors.archive.tarred:extract_packed",
    Format.XZ: "extractors.archive.tarred:extract_packed",
    Format.EML: "extractors.mail.eml:extract",
    Format.MSG: "extractors.mail.msg:extract",
    Format.TNEF: "extractors.mail.tnef:extract",
}
_REFUSED = {
    Format.EMPTY: Outcome.EMPTY,
    Format.LOCK_FILE: Outcome.IGNORED,
    Format.LITTER: Outcome.IGNORED,
    Format.OLE_ENCRYPTED: Outcome.ENCRYPTED,
}
_OFFICE_PC = Limits()
# A file that calls itself one of these but holds nothing of the kind is damaged, not foreign.
_PAPER_SUFFIXES = {
    *(".docx", ".docm", ".doc", ".wps", ".pdf", ".ofd", ".rtf", ".odt"),
    *(".xlsx", ".xls", ".et", ".pptx", ".ppt", ".zip", ".rar", ".7z", ".jpg", ".jpeg", ".png", ".tif"),
    *(".eml", ".msg", ".tar", ".gz", ".tgz", ".bz2", ".xz"),
}


def extract(source: Source, limits: Limits = _OFFICE_PC) -> Extraction:
    """Read one file as received; never raises for a bad file."""
    if not source.data:
        return Extraction(Outcome.EMPTY)
    if len(source.data) > limits.max_bytes:
        return Extraction(
            Outcome.TOO_BIG, notices=(Notice("too_many_bytes", str(len(source.data)), is_loss=True),)
        )
    kind = sniff(source.data, source.name)
    if kind in _REFUSED:
        return Extraction(_REFUSED[kind])
    if kind not in _EXTRACTORS:
        return _not_read(kind, source.name)
    return _guarded(_EXTRACTORS[kind], source, limits)


def _not_read(kind: Format, name: str) -> Extraction:
    suffix = PurePosixPath(name).suffix.lower()
    if kind is Format.UNKNOWN and suffix in _PAPER_SUFFIXES:
        return Extraction(Outcome.UNREADABLE, notices=(Notice("damaged_content", suffix, is_loss=True),))
    return Extraction(Outcome.UNSUPPORTED, notices=(Notice("unsupported_format", kind, is_loss=True),))


def _guarded(path: str, source: Source, limits: Limits) -> Extraction:
    module, _, function = path.partition(":")
    try:
        extractor = cast("Extractor", getattr(importlib.import_module(module), function))
    except ImportError as error:
        return Extraction(Outcome.MISSING_TOOL, notices=(Notice("missing_module", error.name or module),))
    try:
        return extractor(source, limits)
    except MemoryError:
        return Extraction(Outcome.TOO_BIG, notices=(Notice("too_much_memory", is_loss=True),))
    except Exception as error:
        # The one broad catch of this package: a defect of ours in one file must not stop the others.
        return Extraction(Outcome.CRASHED, notices=(Notice("crashed", last_line(error), is_loss=True),))


def last_line(error: Exception) -> str:
    """Return the error and where it arose, as the end of a traceback says it."""
    said = traceback.format_exception_only(error)[-1].strip()
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return said + where
