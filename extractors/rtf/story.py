"""One story of a rich text paper while it is read: the open paragraph and all finished ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from extractors.document import Part
from extractors.word.binary.pieces import joined
from extractors.word.flow import Flowing, flow
from extractors.word.items import Item, Ledger, Paragraph
from extractors.word.numbering import with_gap
from extractors.word.ruled import RowShape
from extractors.word.symbols import BULLET

__all__ = ["State", "Story"]

_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")

Sink = Callable[[str], None]


@dataclass(slots=True)
class State:
    """What holds within a group; ``level`` is None where the style decides.

    ``sink`` takes the text met here, ``on_close`` runs when the group ends.
    """

    sink: Sink
    font: int = 0
    is_hidden: bool = False
    is_deleted: bool = False
    is_object: bool = False
    fallback: int = 1
    style: int = 0
    level: int | None = None
    in_table: bool = False
    depth: int = 0
    number: int = 0
    on_close: Callable[[], None] | None = None

    @property
    def table_depth(self) -> int:
        """How deep in tables a paragraph that ends here stands."""
        return self.depth or int(self.in_table)

    def reset_paragraph(self) -> None:
        r"""Forget the properties of paragraphs (``\pard``)."""
        self.style = self.depth = self.number = 0
        self.level = None
        self.in_table = False

    def reset_characters(self, font: int) -> None:
        r"""Forget the properties of characters (``\plain``)."""
        self.font = font
        self.is_hidden = self.is_deleted = False


@dataclass(eq=False)
class Story:
    """Paragraphs of one part; ``label`` is the number the writing program stored before the open one."""

    part: Part
    ledger: Ledger
    words: list[str] = field(default_factory=list)
    label: list[str] | None = None
    hanging: list[Item] = field(default_factory=list)
    finished: list[Flowing] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add shown text to the open paragraph."""
        self.words.append(text)

    def write_label(self, text: str) -> None:
        """Add to the number of the open paragraph."""
        if self.label is None:
            self.label = []
        self.label.append(text)

    def end_paragraph(self, state: State, level: int, *, depth: int, ends_cell: bool = False) -> None:
        """Finish the open paragraph."""
        text = _shown(self.words)
        if _PRIVATE.search(text):
            codes = " ".join(f"{ord(sign):04X}" for sign in _PRIVATE.findall(text))
            self.ledger.note("private_character", codes)
        label = self._label(text)
        if state.number and self.label is None and text:
            self.ledger.lose("numbering_not_read", str(state.number))
        self.ledger.spend(len(text) + len(label))
        paragraph = Paragraph(text, label, 0 if depth else level, self.part)
        self.finished.append(Flowing(paragraph, depth, ends_cell, hanging=tuple(self.hanging)))
        self._begin()

    def end_row(self, shape: RowShape, *, depth: int) -> None:
        """Finish a row; words after its last cell belong to a cell that was not ended."""
        self.finished.append(Flowing(Paragraph("", part=self.part), depth, ends_row=True, shape=shape))

    @property
    def is_open(self) -> bool:
        """Whether a paragraph has begun that is not finished."""
        return bool(_shown(self.words) or self.hanging)

    def items(self) -> Iterator[Item]:
        """Yield the finished paragraphs and tables."""
        return flow(self.finished, self.part, self.ledger)

    def _begin(self) -> None:
        self.words, self.hanging, self.label = [], [], None

    def _label(self, text: str) -> str:
        stored = "".join(self.label or ())
        label = joined(stored).strip()
        if label == "o":
            # Word's second-level bullet is the letter of a typewriter font.
            return "◦"
        if _PRIVATE.search(label):
            return BULLET
        return with_gap(label, text) if stored[-1:].isspace() else label


def _shown(words: list[str]) -> str:
    return _INVISIBLE.sub("", joined("".join(words))).strip()
