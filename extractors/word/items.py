"""What the parts of a paper are made of before each gets its place in the document."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.document import Cell, Limits, Notice, Outcome, Part
from extractors.word.package import UnreadableError

__all__ = ["Anchored", "Grid", "Item", "Ledger", "Paragraph"]

_LONGEST_DETAIL = 80


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with the number shown before it; ``level`` is 1–9 in a heading style, else 0."""

    text: str
    label: str = ""
    level: int = 0
    part: Part = Part.BODY

    @property
    def shown(self) -> str:
        """The paragraph as the reader sees it."""
        return self.label + self.text


@dataclass(frozen=True, slots=True)
class Anchored:
    """Something that hangs on a table cell (1-based): a nested table, a text box."""

    item: Item
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with all that hangs on its cells."""

    cells: tuple[Cell, ...]
    header_rows: int = 0
    anchored: tuple[Anchored, ...] = ()
    part: Part = Part.BODY


Item = Paragraph | Grid


@dataclass
class Ledger:
    """What a person should know about the reading, each thing once, and how much has been read."""

    limits: Limits
    pictures: int = 0
    characters: int = 0
    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    _notices: dict[tuple[str, str], Notice] = field(default_factory=dict)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """All notices, in the order they were met."""
        return tuple(self._notices.values())

    def note(self, code: str, detail: str = "") -> None:
        """Note something that a reader of the paper does not miss."""
        detail = detail[:_LONGEST_DETAIL]
        self._notices.setdefault((code, detail), Notice(code, detail))

    def lose(self, code: str, detail: str = "") -> None:
        """Note something whose words may be missing."""
        detail = detail[:_LONGEST_DETAIL]
        self._notices[code, detail] = Notice(code, detail, is_loss=True)

    def spend(self, characters: int) -> None:
        """Count text against the bound.

        Raises UnreadableError with ``TOO_BIG`` beyond it.
        """
        self.characters += characters
        if self.characters > self.limits.max_characters:
            raise UnreadableError(Outcome.TOO_BIG, "too_many_characters")
