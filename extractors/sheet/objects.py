"""Takes out the files that people put into an old workbook with “插入对象”."""

from __future__ import annotations

from collections.abc import Iterator

import olefile

from extractors.attached import AttachedFile
from extractors.sheet.grid import Workbook
from extractors.word.binary.compound import compound_file
from extractors.word.embedded import carried_file

__all__ = ["carried_files"]

#: The storage of an object is called MBD and a number ([MS-XLS] 2.1.7.1).
_OBJECT = "MBD"
_MOST = 200


def carried_files(package: olefile.OleFileIO, most: int, book: Workbook) -> Iterator[AttachedFile]:
    """Yield the files in a workbook's objects; streams of more than ``most`` bytes are not read.

    An object that carries no file, such as a formula, may still show words: it becomes a notice.
    """
    folders: dict[str, dict[str, list[str]]] = {}
    for entry in package.listdir():
        if len(entry) == 2 and entry[0].upper().startswith(_OBJECT):
            folders.setdefault(entry[0], {})[entry[1]] = entry
    for name, entries in list(folders.items())[:_MOST]:
        streams = {
            stream: package.openstream(entry).read()
            for stream, entry in entries.items()
            if package.get_size(entry) <= most
        }
        found = _carried(streams, name)
        if found is None:
            book.note("embedded_object", name, is_loss=True)
        else:
            yield AttachedFile(*found)


def _carried(streams: dict[str, bytes], name: str) -> tuple[str, bytes] | None:
    try:
        return carried_file(compound_file(streams), f"{name}.bin")
    except ValueError:
        return None
