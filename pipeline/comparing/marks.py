"""The marks a unit gives itself: the parts against the total, and the total in words against the table's.

Tables and plain lists of parts are added up elsewhere; here the parts stand apart, each under its own
heading (``一、领导班子方面（自评18分，满分20分）``) or without a unit (``班子18（满20），会员16（满20）``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from extractors.document import Document, Table
from pipeline.comparing.clash import Clash
from pipeline.comparing.model import ConflictKind, Passage
from pipeline.comparing.numbers import figure, shown
from pipeline.comparing.pieces import Piece, pieces
from pipeline.rubric import Criterion

__all__ = ["marks"]

_MARK = r"(?P<mark>[0-9]{1,3}(?:\.[0-9]{1,2})?)"
_AFTER_NAME = re.compile(
    rf"(?:方面|部分)?[（(：:，,为得\s]{{0,2}}(?:自评|得|打)?(?:得|为|了)?{_MARK}(?:分|(?=[（(，。；、]|$))"
)
_TOTAL = re.compile(rf"(?:合计|总分|总计|共计|总得分|总评)(?:[为得是]|自评)?{_MARK}分?")
_IN_WORDS = re.compile(rf"(?:自评|自己打|自测|自打)(?:总分|得分|[分为得了])?{_MARK}分")
_NOT_OURS = re.compile(r"去年|上年|年初|验收时|目标|满分|标准分|市联|省联|部分")
_SUM_WORD = re.compile(r"合\s*计|总\s*计|总\s*分|总得分")
_SELF = re.compile(r"自评|自己|自测|得分|自打")
_LEAST_TOTAL = 50  # marks: a smaller figure belongs to one part


@dataclass(frozen=True, slots=True)
class _Mark:
    """Marks given to one part or to all, and their place in reading order."""

    value: Fraction
    passage: Passage
    place: tuple[int, int]


def marks(document: Document, criteria: Sequence[Criterion]) -> Iterator[Clash]:
    """Yield the total of a self-assessment that its parts, or its table, do not bear out."""
    read = [piece for piece in pieces(document) if piece.cell is None]
    yield from _parts_apart(read, criteria)
    yield from _words_and_table(read, document)


def _parts_apart(read: Sequence[Piece], criteria: Sequence[Criterion]) -> Iterator[Clash]:
    given = [mark for mark in (_first_mark(read, criterion) for criterion in criteria) if mark is not None]
    if len(given) < max(len(criteria), 2):
        return
    added = sum((part.value for part in given), Fraction(0))
    last = max(part.place for part in given)
    total = next((one for one in _totals(read, _TOTAL) if one.place >= last), None)
    if total is None or total.value == added or abs(total.value - added) > total.value / 5:
        return
    addition = "+".join(shown(part.value) for part in given)
    yield Clash(
        ConflictKind.SUM,
        f"自评各项{addition}={shown(added)}，与总分{shown(total.value)}不符",
        ((total.value, added),),
        (total.passage, *(part.passage for part in given)),
    )


def _first_mark(read: Sequence[Piece], criterion: Criterion) -> _Mark | None:
    """Return the first marks given to one criterion, by its longest name."""
    short = criterion.name.removesuffix("好")
    names = {criterion.name, *criterion.aliases, short, short[:2], short[-2:]}
    named = re.compile(
        "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    )
    for number, piece in enumerate(read):
        for name in named.finditer(piece.text):
            match = _AFTER_NAME.match(piece.text, name.end())
            if match:
                passage = piece.passage(name.start(), match.end())
                return _Mark(Fraction(match["mark"]), passage, (number, match.end()))
    return None


def _totals(read: Sequence[Piece], pattern: re.Pattern[str]) -> Iterator[_Mark]:
    for number, piece in enumerate(read):
        for match in pattern.finditer(piece.text):
            is_ours = not _NOT_OURS.search(piece.text, max(0, match.start() - 12), match.end())
            value = Fraction(match["mark"])
            if is_ours and value >= _LEAST_TOTAL:
                yield _Mark(value, piece.passage(match.start(), match.end()), (number, match.start()))


def _words_and_table(read: Sequence[Piece], document: Document) -> Iterator[Clash]:
    """Yield the self-assessment told in words that is not the one the table shows."""
    shown_totals = [total for table in document.tables() for total in _table_totals(table)]
    told = next(_totals(read, _IN_WORDS), None)
    if not shown_totals or told is None or any(told.value == value for value, _ in shown_totals):
        return
    value, passage = shown_totals[0]
    yield Clash(
        ConflictKind.REPEATED,
        f"自评总分一处写{shown(told.value)}，表里是{shown(value)}",
        ((told.value, value),),
        (told.passage, passage),
    )


def _table_totals(table: Table) -> Iterator[tuple[Fraction, Passage]]:
    """Yield the totals of a table's own marks: row 合计 under 自评, or row 自评 under 合计."""
    labels = {cell.row: cell.text for cell in table.cells if cell.column == 1}
    for cell in table.cells:
        quantity = figure(cell.text)
        names = (labels.get(cell.row, ""), table.header_of(cell.column))
        is_own_total = any(map(_SUM_WORD.search, names)) and any(map(_SELF.search, names))
        if quantity is None or cell.row <= table.header_rows or not is_own_total:
            continue
        if _LEAST_TOTAL <= quantity.value <= 100:
            yield quantity.value, Passage(cell.text, table.locate(cell, 0, len(cell.text)))
