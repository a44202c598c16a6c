"""Tracked changes: which words belong to the paper as it now stands, and which to the paper before.

By default a paper is read as if all changes were accepted (``View.FINAL``), since that is what Word prints
without markup; the other view shows what stood there before.
"""

from __future__ import annotations

import enum

from extractors.word.names import Element, all_of, is_on, w

__all__ = ["View"]

_INSERTED = all_of("ins moveTo")
_DELETED = all_of("del moveFrom")
_ROW_PROPERTIES, _CELL_PROPERTIES = w("trPr"), w("tcPr")
_MARK, _VANISH, _SPECIAL = w("rPr"), w("vanish"), w("specVanish")
_FRAME, _DROP_CAP = w("framePr"), w("dropCap")
_CHANGE, _PROPERTIES = w("pPrChange"), w("pPr")


class View(enum.Enum):
    """How tracked changes are read: as accepted, or as if they had never been made."""

    FINAL = (_DELETED, w("del"), w("cellDel"))
    ORIGINAL = (_INSERTED, w("ins"), w("cellIns"))

    def __init__(self, wrappers: frozenset[str], row: str, cell: str) -> None:
        self.left_out = wrappers
        self._row = row
        self._cell = cell

    def shows_row(self, row: Element) -> bool:
        """Whether a table row belongs to this view."""
        properties = row.find(_ROW_PROPERTIES)
        return properties is None or properties.find(self._row) is None

    def shows_cell(self, cell: Element) -> bool:
        """Whether a table cell belongs to this view."""
        properties = cell.find(_CELL_PROPERTIES)
        return properties is None or properties.find(self._cell) is None

    def properties(self, properties: Element | None) -> Element | None:
        """Return the properties a paragraph has in this view."""
        if properties is None or self is View.FINAL:
            return properties
        before = properties.find(f"{_CHANGE}/{_PROPERTIES}")
        return properties if before is None else before

    def ends_paragraph(self, properties: Element | None) -> bool:
        """Whether a paragraph ends here: a mark taken out or hidden joins it to the next one.

        A dropped capital is stored as a paragraph of its own and is read as the beginning of the next.
        """
        if properties is None:
            return True
        frame = properties.find(_FRAME)
        if frame is not None and frame.get(_DROP_CAP, "none") != "none":
            return False
        mark = properties.find(_MARK)
        if mark is None:
            return True
        is_gone = any(mark.find(wrapper) is not None for wrapper in self.left_out)
        return not (is_gone or is_on(mark, _VANISH) or is_on(mark, _SPECIAL))
