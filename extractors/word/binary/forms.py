"""Form fields of an old Word paper (FFData, [MS-DOC] 2.9.78): ticks and choices, stored beside the text."""

from __future__ import annotations

from extractors.word.binary.streams import FAULTS
from extractors.word.fields import CHECKED, UNCHECKED

__all__ = ["form_result"]

_TICK_BOX, _CHOICE = 1, 2
_DEFAULT = 25
_MOST_ENTRIES = 100


def form_result(data: bytes) -> str:
    """Return a tick box as a sign, a drop-down list as its chosen entry, nothing for a text field.

    ``data`` begins at the length of the stored field; the field itself follows its short head.
    """
    try:
        size = int.from_bytes(data[0:4], "little")
        head = int.from_bytes(data[4:6], "little")
        return _result(data[head:size])
    except FAULTS:
        return ""


def _result(field: bytes) -> str:
    bits = int.from_bytes(field[4:6], "little")
    kind, result = bits & 3, bits >> 2 & 0x1F
    if kind not in (_TICK_BOX, _CHOICE):
        return ""
    _, place = _string(field, 10)
    default = int.from_bytes(field[place : place + 2], "little")
    chosen = default if result == _DEFAULT else result
    if kind == _TICK_BOX:
        return CHECKED if chosen else UNCHECKED
    # Format, help and status texts and two macro names stand before the entries.
    place += 2
    for _ in range(5):
        _, place = _string(field, place)
    entries = _entries(field, place)
    return entries[chosen] if chosen < len(entries) else ""


def _string(field: bytes, place: int) -> tuple[str, int]:
    """Return a string that is led by its length and ends in a zero, and the place after it."""
    length = int.from_bytes(field[place : place + 2], "little")
    end = place + 2 + 2 * length
    return field[place + 2 : end].decode("utf-16-le", "replace"), end + 2


def _entries(field: bytes, place: int) -> list[str]:
    """Read a string table: a mark, the number of strings, the size of what is added to each."""
    count = int.from_bytes(field[place + 2 : place + 4], "little")
    place += 6
    found: list[str] = []
    for _ in range(min(count, _MOST_ENTRIES)):
        length = int.from_bytes(field[place : place + 2], "little")
        found.append(field[place + 2 : place + 2 + 2 * length].decode("utf-16-le", "replace"))
        place += 2 + 2 * length
    return found
