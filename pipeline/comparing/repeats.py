"""The same quantity stated twice with different values: members by the end of May here 612, there 621.

Only what is named alike and dated alike is held together: a count changes with time, so a figure without a
date says nothing about another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from extractors.document import Document, Table
from pipeline.comparing.clash import Clash
from pipeline.comparing.model import ConflictKind, Passage
from pipeline.comparing.numbers import Family, figure, shown
from pipeline.comparing.pieces import Piece
from pipeline.comparing.sums import Term

__all__ = ["repeats"]

_STOCK = re.compile(
    r"(?:^|[，、；：\s]|全[县区市]|现有|在册|我会|共有|登记)(?P<noun>(?:企业|团体|个人|个体)?会员|执委|常委"
    r"|(?:乡镇|行业|异地|镇街|基层)商会)(?:总数|总量)?(?:共有?|已?达到?|为|有|现有|[：:])*$"
)
_LABEL = re.compile(
    r"(?P<noun>(?:企业|团体|个人|个体)?会员|执委|常委|(?:乡镇|行业|异地|镇街|基层)商会)(?:总数|总量|数)?"
)
_WHEN = re.compile(
    r"(?:20(?P<year>[0-9]{2})年)?(?P<month>[0-9]{1,2})月(?:(?P<day>[0-9]{1,2})[日号]|(?P<end>[底末])|(?P<start>初))"
)
_GOAL = re.compile(r"目标|计划|争取|力争|将|达到|底前|要|预计|增加到|发展到")


@dataclass(frozen=True, slots=True)
class _Count:
    """How many of what there were when, as one place of the paper says."""

    noun: str
    when: tuple[str, int, str]
    value: Fraction
    passage: Passage


def repeats(read: Iterable[tuple[Piece, Sequence[Term]]], document: Document) -> Iterator[Clash]:
    """Yield counts of the same thing on the same date that differ; ``read`` is the text with its terms."""
    first: dict[tuple[str, tuple[str, int, str]], _Count] = {}
    for count in _counts(read, document):
        known = first.setdefault((count.noun, count.when), count)
        if known.value != count.value and _is_misprint(known.value, count.value):
            yield Clash(
                ConflictKind.REPEATED,
                f"同一时间的{count.noun}数，一处写{shown(known.value)}，一处写{shown(count.value)}",
                ((count.value, known.value),),
                (known.passage, count.passage),
            )


def _is_misprint(one: Fraction, other: Fraction) -> bool:
    """Whether two counts are so near that the same thing must be meant."""
    return min(one, other) * 10 >= max(one, other) * 8


def _counts(read: Iterable[tuple[Piece, Sequence[Term]]], document: Document) -> Iterator[_Count]:
    for piece, found in read:
        if piece.cell is None:
            yield from (count for term in found if (count := _in_text(piece, term)))
    for table in document.tables():
        yield from _in_table(table)


def _in_text(piece: Piece, term: Term) -> _Count | None:
    if term.depth or not term.quantity.is_exact or term.quantity.family is not Family.COUNT:
        return None
    start = max(piece.text.rfind(mark, 0, term.quantity.start) for mark in "。；！？\n") + 1
    head = piece.text[start : term.quantity.start]
    stock = _STOCK.search(head)
    when = list(_WHEN.finditer(head))
    if not stock or len(when) != 1 or _GOAL.search(head):
        return None
    passage = piece.passage(term.start, term.quantity.end)
    return _Count(stock["noun"], _dated(when[0]), term.value, passage)


def _in_table(table: Table) -> Iterator[_Count]:
    labels = {cell.row: cell.text.strip() for cell in table.cells if _LABEL.fullmatch(cell.text.strip())}
    for cell in table.cells:
        when = _WHEN.fullmatch(_plain(table.header_of(cell.column)).removesuffix("数"))
        quantity = figure(cell.text)
        label = _LABEL.fullmatch(labels.get(cell.row, ""))
        if (
            when
            and label
            and quantity
            and cell.row > table.header_rows
            and quantity.family is not Family.RATIO
        ):
            passage = Passage(cell.text, table.locate(cell, 0, len(cell.text)))
            yield _Count(label["noun"], _dated(when), quantity.value, passage)


def _dated(match: re.Match[str]) -> tuple[str, int, str]:
    """Return a date such that 5月31日 and 5月底 are the same."""
    day = match["day"]
    if match["end"] or (day and int(day) >= 28):
        return match["year"] or "", int(match["month"]), "底"
    return match["year"] or "", int(match["month"]), "初" if match["start"] else day


def _plain(text: str) -> str:
    return "".join(text.split())
