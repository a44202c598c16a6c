"""Files carried inside an old Word paper: what “插入对象” puts there, taken out as sources of their own."""

from __future__ import annotations

from extractors.word.binary.compound import compound_file
from extractors.word.binary.streams import FAULTS, Streams
from extractors.word.embedded import carried_file

__all__ = ["carried_object"]

_POOL = "objectpool"


def carried_object(streams: Streams, identifier: int) -> tuple[str, bytes] | None:
    """Return the name and bytes of the file an embedded object carries; None for formulas and drawings."""
    folder = f"_{identifier}"
    found: dict[str, bytes] = {}
    try:
        for entry in streams.package.listdir():
            is_ours = len(entry) == 3 and entry[0].lower() == _POOL and entry[1].lower() == folder
            if is_ours:
                found[entry[2]] = streams.stream(*entry)
        return carried_file(compound_file(found), f"{folder}.bin") if found else None
    except FAULTS:
        return None
