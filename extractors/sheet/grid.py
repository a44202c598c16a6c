"""A sheet as every kind of spreadsheet file hands it over: what its cells show, which of them are merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from extractors.document import Notice, Part

__all__ = ["Area", "Sheet", "Workbook", "column_letters"]


class Area(NamedTuple):
    """A block of cells, edges included; rows and columns count from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_single(self) -> bool:
        """Whether it is one cell."""
        return self.top == self.bottom and self.left == self.right


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``cells`` maps row and column to the words shown, empty cells left out.

    ``remarks`` is what stands beside the cells: text boxes, comments, running heads.
    """

    name: str
    cells: Mapping[tuple[int, int], str]
    merged: tuple[Area, ...] = ()
    remarks: tuple[tuple[Part, str], ...] = ()


@dataclass(slots=True)
class Workbook:
    """The sheets of a file and what a person should know about how they were read.

    ``room`` is how many characters may still be read.
    """

    room: int
    sheets: list[Sheet] = field(default_factory=list)
    notices: dict[Notice, None] = field(default_factory=dict)

    def note(self, code: str, detail: str = "", *, is_loss: bool = False) -> None:
        """Keep a notice, each once."""
        self.notices[Notice(code, detail, is_loss)] = None

    def take(self, text: str) -> bool:
        """Count some text against the bound; False when there is no room for it."""
        self.room -= len(text)
        if self.room < 0:
            self.note("too_many_characters", is_loss=True)
        return self.room >= 0


def column_letters(column: int) -> str:
    """Return how a spreadsheet names a column.

    >>> column_letters(1), column_letters(28)
    ('A', 'AB')
    """
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
