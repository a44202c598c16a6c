"""The light markup in which the sample papers are written, read into frozen values.

One paragraph a line.  What a line begins with says what it is::

    % 页眉 running head        = document number       # title          > recipient
    == heading, typed         === second level        + heading numbered by the word processor   ++
    | cell | cell |           a table; ^ continues the cell above, < the cell to the left
    {框:words in a text box}   >> signature or date    anything else: a paragraph

Inside a paragraph ``{增:…}`` and ``{删:…}`` are tracked changes and ``{脚注:…}`` is a footnote.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

__all__ = ["Change", "Grid", "GridCell", "Paper", "Paragraph", "Role", "Run", "parse"]


class Role(enum.Enum):
    """What a paragraph is in the paper; the value is its mark in the source text."""

    HEADER = "% 页眉 "
    NUMBER = "= "
    TITLE = "# "
    RECIPIENT = "> "
    SIGNATURE = ">> "
    TYPED_2 = "=== "
    TYPED_1 = "== "
    NUMBERED_2 = "++ "
    NUMBERED_1 = "+ "
    BOX = "{框:"
    CAPTION = "表"
    BODY = ""


class Change(enum.Enum):
    """What the word processor knows about a stretch of words; the value is its mark."""

    NONE = ""
    INSERTED = "增"
    DELETED = "删"
    FOOTNOTE = "脚注"


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of a paragraph that share one fate."""

    text: str
    change: Change = Change.NONE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``label`` is the number that the word processor adds by itself."""

    role: Role
    runs: tuple[Run, ...]
    label: str = ""

    @property
    def text(self) -> str:
        """The words a reader sees in this paragraph, footnotes left out."""
        return "".join(run.text for run in self.runs if run.change in (Change.NONE, Change.INSERTED))

    @property
    def footnotes(self) -> tuple[str, ...]:
        """The footnotes called in this paragraph."""
        return tuple(run.text for run in self.runs if run.change is Change.FOOTNOTE)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell; rows and columns count from 0, a merged cell stands once at its top left."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """One table without repeats."""

    cells: tuple[GridCell, ...]
    row_count: int
    column_count: int


@dataclass(frozen=True, slots=True)
class Paper:
    """One sample paper as its writer meant it."""

    header: str
    items: tuple[Paragraph | Grid, ...]

    @property
    def title(self) -> str:
        """The title, its lines joined."""
        titles = (item for item in self.items if isinstance(item, Paragraph) and item.role is Role.TITLE)
        return "".join(title.text for title in titles)

    def passages(self) -> Iterator[str]:
        """Yield every paragraph, footnote and table cell a reader sees; a quote lies within one of them."""
        for item in self.items:
            if isinstance(item, Paragraph):
                yield item.text
                yield from item.footnotes
            else:
                yield from (cell.text for cell in item.cells)

    def visible_text(self) -> str:
        """Return all passages, one a line."""
        return "\n".join(self.passages())


_CHANGES = {change.value: change for change in Change if change.value}
_CHANGED = re.compile(r"\{(增|删|脚注):([^}]*)\}")
_CAPTION = re.compile(r"^(表\d+|附表)  ")
_NUMERALS = "一二三四五六七八九十"


def parse(source: str) -> Paper:
    """Read one source text."""
    lines = source.splitlines()
    header = next((_without_mark(line, Role.HEADER) for line in lines if _role(line) is Role.HEADER), "")
    body = (line for line in lines if line and _role(line) is not Role.HEADER)
    return Paper(header, tuple(_numbered(_items(body))))


def _items(lines: Iterable[str]) -> Iterator[Paragraph | Grid]:
    for is_row, group in groupby(lines, key=lambda line: line.startswith("| ")):
        if is_row:
            yield _grid(tuple(_cells_of(line) for line in group))
        else:
            yield from map(_paragraph, group)


def _role(line: str) -> Role:
    if _CAPTION.match(line):
        return Role.CAPTION
    marked = (role for role in Role if role not in (Role.CAPTION, Role.BODY))
    return next((role for role in marked if line.startswith(role.value)), Role.BODY)


def _without_mark(line: str, role: Role) -> str:
    if role is Role.CAPTION:
        return line
    return line.removeprefix(role.value).removesuffix("}" if role is Role.BOX else "")


def _paragraph(line: str) -> Paragraph:
    role = _role(line)
    return Paragraph(role, tuple(_runs(_without_mark(line, role))))


def _runs(text: str) -> Iterator[Run]:
    position = 0
    for match in _CHANGED.finditer(text):
        if match.start() > position:
            yield Run(text[position : match.start()])
        yield Run(match[2], _CHANGES[match[1]])
        position = match.end()
    if position < len(text):
        yield Run(text[position:])


def _numbered(items: Iterable[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    first = second = 0
    for item in items:
        if isinstance(item, Paragraph) and item.role is Role.NUMBERED_1:
            first, second = first + 1, 0
            yield Paragraph(item.role, item.runs, f"{_NUMERALS[first - 1]}、")
        elif isinstance(item, Paragraph) and item.role is Role.NUMBERED_2:
            second += 1
            yield Paragraph(item.role, item.runs, f"（{_NUMERALS[second - 1]}）")
        else:
            yield item


def _cells_of(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def _grid(rows: tuple[tuple[str, ...], ...]) -> Grid:
    if len({len(row) for row in rows}) != 1:
        raise ValueError(f"rows of unequal length: {rows[0]}")
    cells = [
        GridCell(text, row, column, _reach(_column(rows, column)[row:], "^"), _reach(cells[column:], "<"))
        for row, cells in enumerate(rows)
        for column, text in enumerate(cells)
        if text not in ("^", "<")
    ]
    return Grid(tuple(cells), len(rows), len(rows[0]))


def _column(rows: tuple[tuple[str, ...], ...], column: int) -> tuple[str, ...]:
    return tuple(row[column] for row in rows)


def _reach(texts: tuple[str, ...], mark: str) -> int:
    following = texts[1:]
    return 1 + next((n for n, text in enumerate(following) if text != mark), len(following))
