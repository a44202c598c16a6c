"""Rows of rich text tables: where each cell ends and how it is merged."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.word.ruled import Merge, RowShape

__all__ = ["RowDefinition"]

_MOST_CELLS = 256


@dataclass(slots=True)
class RowDefinition:
    r"""What ``\trowd`` began; it holds for all rows up to the next one."""

    left: int = 0
    is_header: bool = False
    ends: list[int] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    _goes_on: bool = False
    _continues_above: bool = False

    def note(self, word: bytes) -> None:
        r"""Take a merge flag of the cell that the next ``\cellx`` ends."""
        if word == b"clmrg":
            self._goes_on = True
        elif word == b"clvmrg":
            self._continues_above = True

    def end_cell(self, edge: int) -> None:
        """Take where a cell ends."""
        if len(self.ends) < _MOST_CELLS:
            self.ends.append(edge)
            self.merges.append(Merge(int(self._goes_on), self._continues_above))
        self._goes_on = self._continues_above = False

    @property
    def shape(self) -> RowShape:
        """The shape of a row that ends here."""
        return RowShape((self.left, *self.ends) if self.ends else (), tuple(self.merges), self.is_header)
