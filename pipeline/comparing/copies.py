"""Copied text: out of the notice, out of another unit's paper, out of last year's.

Text of the reference papers is subtracted first; what is left of each paper is compared with what is left
of the others.  Names of units and places and figures are masked, so exchanging them hides nothing.  Two
carriers or versions of one paper are no copies of each other and count once.  The thresholds were chosen
on the sample campaign and on papers of independent writers; they are proposals.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.comparing.align import Alignment, Grams, Run, walled
from pipeline.comparing.masking import Masked, Masks
from pipeline.comparing.model import Copy, Copying, Direction, Origin, Paper, PaperId, reference
from pipeline.comparing.shingles import likenesses
from pipeline.model import Kind

__all__ = ["copies"]

_COMPARED = frozenset({Kind.WORK_PLAN, Kind.SELF_CHECK, Kind.CHAMBER_PLAN, Kind.APPLICATION})
_LONGEST = 500_000  # characters: no plan is longer; it would only cost memory
_QUOTED = 12  # characters in a row from a reference that are subtracted; shorter ones are stock phrases
_FLAG_PAIR = 0.4  # of a paper's own text found in one other paper
_FLAG_REFERENCE = 0.3  # of a whole paper found in a reference
_SHOWN_REFERENCE = 0.05  # below this, a phrase or two, nothing is said of a reference
_FLAG_PARAGRAPH = 0.8  # of a paragraph found in one other paper …
_LEAST_PARAGRAPH = 40  # … which has at least so many characters …
_LEAST_COPIED = 120  # … when such paragraphs come to so many characters
_SAME_PAPER = 0.5  # of the shorter of two papers of one unit: two carriers or versions of one paper


def copies(
    papers: Sequence[Paper],
    references: Sequence[str],
    masks: Masks,
    *,
    earlier: Sequence[Paper] = (),
) -> Copying:
    """Return every copy among the papers, out of the references and out of last year's papers.

    ``references`` are the texts of the notice and of higher papers, ``earlier`` papers of past years: those
    are sources only, also for the unit that wrote them.
    """
    sheets = [_sheet(paper, references, masks, is_earlier=False) for paper in papers]
    sheets += [_sheet(paper, references, masks, is_earlier=True) for paper in earlier]
    fit = sorted((sheet for sheet in sheets if sheet.is_comparable), key=_Sheet.order)
    found = [copy for sheet in sheets if not sheet.is_earlier for copy in sheet.from_references()]
    found += _between(fit)
    left_out = (sheet.paper.id for sheet in sheets if not sheet.is_comparable and _is_compared(sheet.paper))
    return Copying(
        copies=tuple(sorted(found, key=lambda copy: (copy.paper, copy.source))),
        left_out=tuple(sorted(left_out)),
    )


@dataclass(frozen=True)
class _Sheet:
    """One paper ready to be compared; ``open_text`` is its text with the references walled off."""

    paper: Paper
    masked: Masked
    quoted: tuple[Alignment, ...]
    open_text: str
    is_earlier: bool

    @property
    def is_comparable(self) -> bool:
        """Whether it is of a kind, a size and a known unit that can be compared."""
        return (
            _is_compared(self.paper)
            and self.paper.unit is not None
            and 0 < self.masked.characters <= _LONGEST
        )

    @cached_property
    def own(self) -> int:
        """Characters that are left when the references are subtracted."""
        return self.masked.characters - sum(
            length for length, is_open in zip(self.masked.lengths, self.open_text, strict=True)
            if is_open == "\0"
        )

    def order(self) -> tuple[bool, dt.date, PaperId]:
        """Sort key: last year's first, then by date, undated ones last."""
        return not self.is_earlier, self.paper.date or dt.date.max, self.paper.id

    def from_references(self) -> Iterator[Copy]:
        """Yield what this paper takes from each reference."""
        for number, alignment in enumerate(self.quoted, start=1):
            characters = self.masked.characters
            if not characters or alignment.copied < _SHOWN_REFERENCE * characters:
                continue
            yield Copy(
                paper=self.paper.id,
                source=PaperId(f"notice{number}", ""),
                origin=Origin.REFERENCE,
                direction=Direction.KNOWN,
                literal=alignment.literal,
                copied=alignment.copied,
                own=characters,
                characters=characters,
                source_characters=alignment.there.characters,
                paragraphs=tuple(alignment.paragraphs()),
                aligned=tuple(alignment.passages()),
                swaps=alignment.swaps(),
                is_flagged=alignment.copied >= _FLAG_REFERENCE * characters,
            )


def _is_compared(paper: Paper) -> bool:
    return paper.kind in _COMPARED
