"""Figures of one paper that contradict each other: soft findings, shown to a person, never deducted."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.comparing.clash import Clash, conflicts_of
from pipeline.comparing.columns import columns
from pipeline.comparing.grid import Grid
from pipeline.comparing.growth import gaps, growth
from pipeline.comparing.marks import marks
from pipeline.comparing.model import Conflict, Paper
from pipeline.comparing.pieces import pieces
from pipeline.comparing.ratios import ratios
from pipeline.comparing.repeats import repeats
from pipeline.comparing.sums import sums, terms
from pipeline.comparing.totals import totals
from pipeline.rubric import Rubric

__all__ = ["conflicts"]

_MOST_TERMS = 150  # figures in a stretch of text beyond which it is a flattened table and no prose


def conflicts(paper: Paper, rubric: Rubric) -> tuple[Conflict, ...]:
    """Return what does not fit among the figures of one paper, in reading order, each mistake once.

    Plan figures against those of the self-check are promises, not conflicts, and are compared elsewhere.
    """
    return conflicts_of(paper.id, _clashes(paper, rubric))


def _clashes(paper: Paper, rubric: Rubric) -> Iterator[Clash]:
    stretches = [stretch for piece in pieces(paper.document) for stretch in piece.stretches()]
    read = [(stretch, terms(stretch.text)) for stretch in stretches]
    for stretch, found in read:
        if len(found) > _MOST_TERMS:
            continue
        for check in (sums, ratios, growth, gaps):
            yield from check(stretch, found)
    for table in paper.document.tables():
        grid = Grid(table)
        if grid.is_countable:
            yield from totals(grid)
            yield from columns(grid)
    yield from marks(paper.document, rubric.criteria)
    yield from repeats(read, paper.document)
