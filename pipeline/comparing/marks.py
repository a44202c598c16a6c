"""The marks a unit gives itself: the five parts against the total, and the total against what the text says.

Tables and plain lists of parts are added up elsewhere; here the parts stand apart, each under its own
heading (``一、领导班子方面（自评18分，满分20分）``) or without a unit (``班子18（满20），会员16（满20）``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from extractors.document import Document
from pipeline.comparing.clash import Clash
from pipeline.comparing.model import ConflictKind, Passage
from pipeline.comparing.numbers import shown
from pipeline.comparing.pieces import Piece, pieces
from pipeline.rubric import Criterion

__all__ = ["marks"]

_MARK = r"(?P<mark>[0-9]{1,2}(?:\.[0-9]{1,2})?)"
_AFTER_NAME = re.compile(rf"(?:方面|部分)?[（(：:，,为得\s]{{0,2}}(?:自评|得|打)?(?:得|为|了)?{_MARK}(?:分|(?=[（(，。；、]|$))")
_TOTAL = re.compile(r"(?:合计|总分|总计|共计|总得分|总评)(?:[为得是]|自评)?(?P<total>[0-9]{2,3}(?:\.[0-9]{1,2})?)分?")
_OLD = re.compile(r"去年|上年|验收时|目标|满分|标准分|市联|省联")


@dataclass(frozen=True, slots=True)
class _Mark:
    """One part's marks, where they stand."""

    value: Fraction
    passage: Passage
    place: tuple[int, int]


def marks(document: Document, criteria: Sequence[Criterion]) -> Iterator[Clash]:
    """Yield the total of a self-assessment that its parts do not add up to."""
    read = [piece for piece in pieces(document) if piece.cell is None]
    parts = [_first_mark(read, criterion) for criterion in criteria]
    given = [part for part in parts if part is not None]
    if len(given) < len(criteria) or len(given) < 2:
        return
    last = max(part.place for part in given)
    added = sum((part.value for part in given), Fraction(0))
    for number, piece in enumerate(read):
        for match in _TOTAL.finditer(piece.text):
            if (number, match.start()) < last or _OLD.search(piece.text, max(0, match.start() - 12), match.end()):
                continue
            total = Fraction(match["total"])
            if total != added and abs(total - added) <= total / 5:
                addition = "+".join(shown(part.value) for part in given)
                yield Clash(
                    ConflictKind.SUM,
                    f"自评各项{addition}={shown(added)}，与总分{shown(total)}不符",
                    ((total, added),),
                    (piece.passage(match.start(), match.end()), *(part.passage for part in given)),
                )
            return


def _first_mark(read: Sequence[Piece], criterion: Criterion) -> _Mark | None:
    """Return the first marks given to one criterion, by its longest name."""
    short = criterion.name.removesuffix("好")
    names = sorted({criterion.name, *criterion.aliases, short, short[:2], short[-2:]}, key=lambda n: (-len(n), n))
    for number, piece in enumerate(read):
        for name in names:
            start = piece.text.find(name)
            while start >= 0:
                match = _AFTER_NAME.match(piece.text, start + len(name))
                if match:
                    passage = piece.passage(start, match.end())
                    return _Mark(Fraction(match["mark"]), passage, (number, match.end()))
                start = piece.text.find(name, start + 1)
    return None
