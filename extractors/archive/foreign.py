"""Rar and 7z archives: opened by a library or a program of the machine, whichever gets more out.

Neither format can be read with what Python brings.  The library is libarchive (extra ``archives``), the
program is 7-Zip; one of them is enough.
"""

from __future__ import annotations

import re

from extractors.archive import library, sevenzip
from extractors.archive.crate import Crate
from extractors.document import Extraction, Limits, Notice, Outcome, Source
from extractors.sniff import Format, sniff

__all__ = ["extract"]

_NAMES = {Format.RAR: "rar", Format.SEVENZIP: "7z"}
# Where the archive begins, after the program of one that unpacks itself.
_BEGINNING = re.compile(rb"Rar!\x1a\x07(?:\x00|\x01\x00)|7z\xbc\xaf\x27\x1c\x00[\x00-\x04]")
_SHARE_OF_TIME = 0.8


def extract(source: Source, limits: Limits) -> Extraction:
    """Take out what a rar or 7z archive holds."""
    kind = _NAMES.get(sniff(source.data, source.name), "rar")
    ways = [way for way in (library, sevenzip) if way.is_there()]
    if not ways:
        return Extraction(Outcome.MISSING_TOOL, notices=(Notice("needs_unarchiver", kind, is_loss=True),))
    begins = _BEGINNING.search(source.data)
    data = source.data[begins.start() :] if begins else source.data
    tried: list[Crate] = []
    for way in ways:
        crate = Crate(source, limits)
        way.take_all(crate, data, kind, limits.seconds * _SHARE_OF_TIME / len(ways))
        if crate.is_whole:
            return crate.concluded()
        tried.append(crate)
    return max(tried, key=lambda crate: (crate.taken, crate.listed)).concluded()
