"""Copied text: out of the notice, out of another unit's paper, out of last year's.

Text of the reference papers is subtracted first; what is left of each paper is compared with what is left
of the others.  Names of units and places and figures are masked, so exchanging them hides nothing.  Two
carriers or versions of one paper are no copies of each other and count once.  The thresholds were chosen
on the sample campaign and on papers of independent writers; they are proposals.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from pipeline.comparing.align import Alignment, Grams, walled
from pipeline.comparing.masking import Masked, Masks
from pipeline.comparing.model import Copy, Copying, Direction, Origin, Paper, PaperId, reference
from pipeline.comparing.shingles import WALL, Likeness, likenesses
from pipeline.model import Kind

__all__ = ["copies"]

_COMPARED = frozenset({Kind.WORK_PLAN, Kind.SELF_CHECK, Kind.CHAMBER_PLAN, Kind.APPLICATION})
_LONGEST = 500_000  # characters: no plan is longer, and memory is bounded by it
_QUOTED = 12  # characters in a row from a reference that are subtracted; shorter ones are stock phrases
_FLAG_REFERENCE = 0.3  # of a whole paper found in a reference
_SHOWN_REFERENCE = 0.05  # below this it is a phrase or two
_FLAG_PAIR = 0.4  # of a paper's own text found in one other paper …
_LEAST_PAIR = 80  # … which is at least so many characters
_FLAG_PARAGRAPH = 0.8  # of a paragraph found in one other paper …
_LEAST_PARAGRAPH = 40  # … which has at least so many characters …
_LEAST_PARAGRAPHS = 200  # … when such paragraphs hold so many copied characters together
_SAME_PAPER = 0.5  # of the shorter of two papers of one unit: carriers or versions of one paper


@dataclass(frozen=True)
class _Notice:
    """One reference paper, ready to be looked up."""

    id: PaperId
    masked: Masked
    grams: Grams


@dataclass(frozen=True)
class _Sheet:
    """One paper ready to be compared; ``open_text`` is its text with what the references say walled off."""

    paper: Paper
    masked: Masked
    open_text: str
    is_earlier: bool = False

    @property
    def is_comparable(self) -> bool:
        """Whether its unit is known and its size such that it can be compared."""
        return self.paper.unit is not None and 0 < self.masked.characters <= _LONGEST

    @property
    def order(self) -> tuple[bool, dt.date, PaperId]:
        """Sort key: last year's papers first, then by date, undated ones last."""
        return not self.is_earlier, self.paper.date or dt.date.max, self.paper.id

    @cached_property
    def own(self) -> int:
        """Characters that are left when the references are subtracted."""
        marks = zip(self.masked.lengths, self.open_text, strict=True)
        return sum(length for length, mark in marks if mark != WALL)


def copies(
    papers: Iterable[Paper], references: Iterable[str], masks: Masks, *, earlier: Iterable[Paper] = ()
) -> Copying:
    """Return every copy among the papers, out of the references and out of last year's papers.

    ``references`` are the texts of the notice and of higher papers; ``earlier`` are papers of past years,
    which are sources only, also for the unit that wrote them.  The order of papers changes nothing.
    """
    notices = [_notice(masks, text, number) for number, text in enumerate(references, start=1)]
    found: list[Copy] = []
    sheets: list[_Sheet] = []
    for paper in (paper for paper in papers if paper.kind in _COMPARED):
        masked = masks.mask(paper.document)
        found += _from_notices(paper, masked, notices)
        sheets.append(_Sheet(paper, masked, _open_text(masked, notices)))
    for paper in (paper for paper in earlier if paper.kind in _COMPARED):
        masked = masks.mask(paper.document)
        sheets.append(_Sheet(paper, masked, _open_text(masked, notices), is_earlier=True))
    found += _between(sorted((sheet for sheet in sheets if sheet.is_comparable), key=lambda s: s.order))
    return Copying(
        tuple(sorted(found, key=lambda copy: (copy.paper, copy.source))),
        tuple(sorted(sheet.paper.id for sheet in sheets if not sheet.is_comparable)),
    )


def _notice(masks: Masks, text: str, number: int) -> _Notice:
    paper = reference(text, number)
    masked = masks.mask(paper.document)
    return _Notice(paper.id, masked, Grams(masked.text))


def _open_text(masked: Masked, notices: Sequence[_Notice]) -> str:
    runs = (run for notice in notices for run in notice.grams.runs(masked.text))
    return walled(masked, [run for run in runs if run.length >= _QUOTED])


def _from_notices(paper: Paper, masked: Masked, notices: Sequence[_Notice]) -> Iterator[Copy]:
    for notice in notices:
        alignment = Alignment(masked, notice.masked, tuple(notice.grams.runs(masked.text)))
        copied = alignment.copied
        if copied and copied >= _SHOWN_REFERENCE * masked.characters:
            copy = _copy(paper.id, notice.id, alignment, masked.characters)
            is_flagged = copied >= _FLAG_REFERENCE * masked.characters
            yield replace(copy, origin=Origin.REFERENCE, is_flagged=is_flagged)


def _copy(paper: PaperId, source: PaperId, alignment: Alignment, own: int) -> Copy:
    return Copy(
        paper=paper,
        source=source,
        origin=Origin.OTHER_UNIT,
        direction=Direction.KNOWN,
        literal=alignment.literal,
        copied=alignment.copied,
        own=own,
        characters=alignment.here.characters,
        source_characters=alignment.there.characters,
        paragraphs=tuple(alignment.paragraphs()),
        aligned=tuple(alignment.passages()),
        swaps=alignment.swaps(),
    )


def _between(sheets: Sequence[_Sheet]) -> Iterator[Copy]:
    """Yield the copies between papers, one for all carriers and versions of the same two papers."""
    alike = list(likenesses([sheet.open_text for sheet in sheets]))
    families = _families(sheets, alike)
    best: dict[tuple[int, int], list[Copy]] = defaultdict(list)
    for first, group in groupby(alike, key=lambda likeness: likeness.first):
        grams: Grams | None = None
        for likeness in group:
            second = likeness.second
            if not _may_copy(sheets[first], sheets[second]):
                continue
            grams = grams or Grams(sheets[first].open_text)
            copy = _flagged(sheets[second], sheets[first], grams)
            if copy:
                best[families[first], families[second]].append(copy)
    for pair, found in best.items():
        yield _merged(found, _direction(sheets, families, pair))


def _may_copy(first: _Sheet, second: _Sheet) -> bool:
    """Whether likeness of two papers would be a copy; last year's are held against this year's only."""
    if first.is_earlier or second.is_earlier:
        return first.is_earlier is not second.is_earlier
    return first.paper.unit != second.paper.unit


def _flagged(paper: _Sheet, source: _Sheet, grams: Grams) -> Copy | None:
    alignment = Alignment(paper.masked, source.masked, tuple(grams.runs(paper.open_text)))
    copied = alignment.copied
    whole = sum(
        paragraph.copied
        for paragraph in alignment.paragraphs()
        if paragraph.share >= _FLAG_PARAGRAPH and paragraph.characters >= _LEAST_PARAGRAPH
    )
    if whole < _LEAST_PARAGRAPHS and copied < max(_LEAST_PAIR, _FLAG_PAIR * paper.own):
        return None
    copy = _copy(paper.paper.id, source.paper.id, alignment, paper.own)
    is_last_year = source.is_earlier and source.paper.unit == paper.paper.unit
    return replace(copy, origin=Origin.LAST_YEAR if is_last_year else Origin.OTHER_UNIT, is_flagged=True)


def _families(sheets: Sequence[_Sheet], alike: Sequence[Likeness]) -> list[int]:
    """Return for each sheet the number of the first sheet that is the same paper of the same unit."""
    family = list(range(len(sheets)))
    for likeness in alike:
        one, other = sheets[likeness.first], sheets[likeness.second]
        is_same = (one.paper.unit, one.paper.kind, one.is_earlier) == (
            other.paper.unit,
            other.paper.kind,
            other.is_earlier,
        )
        if is_same and likeness.share >= _SAME_PAPER:
            family[likeness.second] = family[likeness.first]
    return family


def _direction(sheets: Sequence[_Sheet], families: Sequence[int], pair: tuple[int, int]) -> Direction:
    """Say whether the dates tell that the first family of papers is older than the second."""
    if sheets[pair[0]].is_earlier:
        return Direction.KNOWN
    first, second = (
        [sheet.paper.date for sheet, family in zip(sheets, families, strict=True) if family == number]
        for number in pair
    )
    is_dated = None not in first and None not in second and _oldest(first) < _oldest(second)
    return Direction.KNOWN if is_dated else Direction.UNKNOWN


def _oldest(dates: Iterable[dt.date | None]) -> dt.date:
    return min(date or dt.date.max for date in dates)


def _merged(found: Sequence[Copy], direction: Direction) -> Copy:
    best = max(found, key=lambda copy: (copy.copied / copy.own, copy.copied))
    ids = {copy.paper for copy in found} | {copy.source for copy in found}
    return replace(
        best,
        direction=direction,
        also=tuple(sorted(ids - {best.paper, best.source})),
    )
