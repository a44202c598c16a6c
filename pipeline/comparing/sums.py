"""Parts held against their sum, in running text.

Three ways of saying it are read: ``共1126名，其中企业会员402家、个人会员688人、团体会员21个``;
``班子18分、会员19分……合计94分``; ``16件事，办结11件，在办4件，没有办成的1件``.  Many lists name some parts
only, so a difference counts only where the list claims to be complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from pipeline.comparing.clash import Clash
from pipeline.comparing.model import ConflictKind
from pipeline.comparing.numbers import Family, Quantity, quantities, told
from pipeline.comparing.pieces import Piece

__all__ = ["Term", "sums", "terms"]

_STOP = re.compile(r"[。；！？\n]")
_OF_WHICH = re.compile(r"其中[：:]?(?:包括|有)?|分别[为是]|包括|里头|里面|当中|(?<=[家户个名人件项条])[：:]")
_LABEL_START = re.compile(rf"[，、；。：:,（()）！？\s和及与]|{_OF_WHICH.pattern}")
_TOTAL = re.compile(r"(?:合计|共计|总计|总分|总共|一共|(?<![公全])共)[^，。；、]{0,4}$")
_FIRM_TOTAL = re.compile(r"(?:合计|共计|总计|总分)[^，。；、]{0,4}$")
_LONGEST_LABEL = 12
_LONGEST_GAP = 16
_OVERLAPPING = re.compile(
    r"女|男|党员|岁|青年|年轻|[0-9]后|大学|以上学历|兼|规模以上|新[入增]|外地|连任|少数民族"
)
_COMPARED = re.compile(r"^[比较同]|净?增[加长]|净增|减少|提高|下降")
_REST = re.compile(r"^(?:其[他余它]|另外?|还[有剩]|剩下?|余下?)")
_DONE = re.compile(
    r"完成|办[结成妥]|做[成到]|符合|满意|到位|改[好正]|解决|绿|已|照做|认可|办足|达标|[^不]愿意|回[话复]|答复"
)
_OPEN = re.compile(r"未|没|不|在办|正在|半|黄|红|空白|画圈|剩|其余|余下|还有|另外?|缺|待")


@dataclass(frozen=True, slots=True)
class Term:
    """A quantity with what it counts: ``text[start:quantity.start]`` is its label."""

    start: int
    label: str
    quantity: Quantity
    depth: int

    @property
    def value(self) -> Fraction:
        """The number."""
        return self.quantity.value


def terms(text: str) -> tuple[Term, ...]:
    """Return the quantities of a text with their labels, in order."""
    found: list[Term] = []
    reached = depth = 0
    for quantity in quantities(text):
        start = reached
        for match in _LABEL_START.finditer(text, reached, quantity.start):
            start = match.end()
        depth += text.count("（", reached, quantity.start) - text.count("）", reached, quantity.start)
        found.append(Term(start, text[start : quantity.start].strip(), quantity, depth))
        reached = quantity.end
    return tuple(found)


def sums(piece: Piece, found: Sequence[Term]) -> Iterator[Clash]:
    """Yield the sums of one paragraph or cell that do not come out; ``found`` are its terms."""
    if len(found) < 3:
        return
    yield from _of_which(piece, found)
    yield from _added_up(piece, found)
    yield from _by_state(piece, found)


def _of_which(piece: Piece, found: Sequence[Term]) -> Iterator[Clash]:
    """Yield wrong sums of the form whole, 其中, parts."""
    for marker in _OF_WHICH.finditer(piece.text):
        parts = _parts_after(piece.text, found, marker.end())
        if len(parts) < 2:
            continue
        wholes = _wholes_before(piece.text, found, marker.start(), parts)
        reached = list(accumulate(part.value for part in parts))
        if not wholes or any(whole.value in reached[1:] for whole in wholes):
            continue
        added = reached[-1]
        whole = min(wholes, key=lambda term: abs(term.value - added))
        if _is_complete(whole, parts, added):
            yield _clash(piece, whole, parts, added)


def _parts_after(text: str, found: Sequence[Term], start: int) -> list[Term]:
    parts: list[Term] = []
    reached = start
    for term in (term for term in found if term.start >= start):
        if parts and term.quantity.family is Family.RATIO and _is_run_on(text, reached, term):
            reached = term.quantity.end
            continue
        if not _is_part(text, term, reached, parts):
            break
        parts.append(term)
        reached = term.quantity.end
    return parts


def _is_part(text: str, term: Term, reached: int, parts: Sequence[Term]) -> bool:
    if not _is_run_on(text, reached, term) or not term.quantity.is_exact:
        return False
    if (
        not term.label
        or _COMPARED.search(term.label)
        or text.startswith(("的", "所", "之"), term.quantity.end)
    ):
        return False
    return not parts or term.quantity.can_add_to(parts[0].quantity)


def _is_run_on(text: str, reached: int, term: Term) -> bool:
    """Whether a term follows in the same list: no full stop between, a short label."""
    gap = text[reached : term.start]
    return not _STOP.search(gap) and len(gap) <= 2 and len(term.label) <= _LONGEST_LABEL


def _wholes_before(text: str, found: Sequence[Term], end: int, parts: Sequence[Term]) -> list[Term]:
    sentence = max((match.end() for match in _STOP.finditer(text, 0, max(end - 1, 0))), default=0)
    return [
        term
        for term in found
        if sentence <= term.start
        and term.quantity.end <= end
        and term.quantity.is_exact
        and parts[0].quantity.can_add_to(term.quantity)
        and term.value >= max(part.value for part in parts)
    ]


def _is_complete(whole: Term, parts: Sequence[Term], added: Fraction) -> bool:
    """Whether a list claims to name all parts, so that a difference is a mistake and not an omission."""
    if any(_OVERLAPPING.search(part.label) for part in parts):
        return False
    ratio = added / whole.value
    is_closed = bool(_REST.match(parts[-1].label)) or _share_a_head(whole, parts)
    if len(parts) == 2:
        return is_closed and 1 < ratio <= Fraction(3, 2)
    if is_closed:
        return Fraction(85, 100) <= ratio <= Fraction(7, 5)
    return Fraction(93, 100) <= ratio <= Fraction(107, 100)


def _share_a_head(whole: Term, parts: Sequence[Term]) -> bool:
    """Whether all parts are kinds of one thing: 企业会员, 个人会员, 团体会员."""
    heads = {re.sub(r"(?:共|达到?|总数|有|为|的)+$", "", part.label)[-2:] for part in parts}
    return len(heads) == 1 and len(next(iter(heads))) == 2


def _added_up(piece: Piece, found: Sequence[Term]) -> Iterator[Clash]:
    """Yield wrong sums of the form parts, 合计, whole."""
    for place, whole in enumerate(found):
        if not whole.quantity.is_exact or not _TOTAL.search(whole.label):
            continue
        parts = _parts_before(piece.text, found[:place], whole)
        added = sum((part.value for part in parts), Fraction(0))
        is_firm = bool(_FIRM_TOTAL.search(whole.label))
        if len(parts) < (2 if is_firm else 3) or added == whole.value or not whole.value:
            continue
        low, high = (70, 140) if is_firm else (85, 115)
        if low <= 100 * added / whole.value <= high:
            yield _clash(piece, whole, parts, added)


def _parts_before(text: str, found: Sequence[Term], whole: Term) -> list[Term]:
    parts: list[Term] = []
    follower = whole
    for term in reversed(found):
        if term.depth > whole.depth:
            continue
        gap = re.sub(r"（[^）]*）|\([^)]*\)", "", text[term.quantity.end : follower.start])
        is_near = not _STOP.search(gap) and len(gap) <= 2
        fits = term.quantity.is_exact and term.quantity.unit == whole.quantity.unit
        if not is_near or not fits or not 0 < len(term.label) <= _LONGEST_LABEL or _TOTAL.search(term.label):
            break
        parts.append(term)
        follower = term
    return parts[::-1]


def _by_state(piece: Piece, found: Sequence[Term]) -> Iterator[Clash]:
    """Yield wrong sums of the form whole, done, under way, not done."""
    for place, whole in enumerate(found[:-2]):
        parts: list[Term] = []
        reached = whole.quantity.end
        for term in found[place + 1 :]:
            if not _is_state(piece.text, term, reached, whole) or len(term.label) > _LONGEST_LABEL:
                break
            parts.append(term)
            reached = term.quantity.end
        added = sum((part.value for part in parts), Fraction(0))
        if len(parts) < 2 or added == whole.value or not whole.quantity.is_exact or not whole.value:
            continue
        is_done, is_open = _DONE.search(parts[0].label), _OPEN.search(parts[-1].label)
        low, high = (85, 115) if len(parts) == 2 else (70, 130)
        if is_done and is_open and low <= 100 * added / whole.value <= high:
            yield _clash(piece, whole, parts, added)


def _is_state(text: str, term: Term, reached: int, whole: Term) -> bool:
    """Whether a term goes on with the list; a date may stand between the whole and its first part."""
    is_plain = term.quantity.is_exact and term.quantity.unit == whole.quantity.unit
    gap = text[reached : term.start]
    is_near = len(gap) <= (_LONGEST_GAP if reached == whole.quantity.end else 2)
    return is_plain and is_near and bool(term.label) and not _STOP.search(gap)


def _clash(piece: Piece, whole: Term, parts: Sequence[Term], added: Fraction) -> Clash:
    family = whole.quantity.family
    addition = "+".join(told(part.value, family) for part in parts)
    return Clash(
        ConflictKind.SUM,
        f"分项{addition}={told(added, family)}，与总数{told(whole.value, family)}不符",
        ((whole.value, added),),
        (
            piece.passage(whole.start, whole.quantity.end),
            piece.passage(parts[0].start, parts[-1].quantity.end),
        ),
    )
