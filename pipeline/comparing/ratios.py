"""Shares and rates held against their terms, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.comparing.clash import Clash, percent
from pipeline.comparing.model import ConflictKind
from pipeline.comparing.numbers import Family, Quantity, shown
from pipeline.comparing.pieces import Piece
from pipeline.comparing.sums import Term

__all__ = ["is_near", "ratios"]

POINT = Fraction(1, 100)  # ratios may differ by so much before anything is said
_FAR = Fraction(1, 4)  # beyond this the ratio is one of other things
_STOP = re.compile(r"[。；！？\n]")
_SHARE = re.compile(r"占(?:会员(?:总数)?的?|总数的?|全部的?|其中的?)?(?:比例?)?(?:[为达到约近])*$")
_VERB = re.compile(
    r"(?:共有?|已?达到?|总数|现有|有|为|是|由|从|年初的?|增[加至]?到?|[发拓]展到?|涨到|升至|壮大到|至)+$"
)
_RATE = re.compile(r"(?P<verb>(?!增长)[一-鿿]{2})率(?:[为达到约近])*$")


def is_near(ratio: Fraction, stated: Quantity) -> bool:
    """Whether a ratio agrees with what is stated, to one point and to the last digit written."""
    low = stated.low if stated.low is not None else Fraction(-1)
    high = stated.high if stated.high is not None else Fraction(10**6)
    slack = max(POINT, stated.step / 2)
    return low - slack <= ratio <= high + slack


def ratios(piece: Piece, found: Sequence[Term]) -> Iterator[Clash]:
    """Yield the shares and rates of one paragraph that do not follow from the figures beside them."""
    for place, term in enumerate(found):
        if term.quantity.family is not Family.RATIO or not place:
            continue
        before = [one for one in found[:place] if one.quantity.is_exact]
        if _SHARE.search(term.label):
            yield from _share(piece, term, found[place - 1], before)
        elif rate := _RATE.search(term.label):
            yield from _rate(piece, term, rate["verb"], before)


def _share(piece: Piece, stated: Term, part: Term, before: Sequence[Term]) -> Iterator[Clash]:
    """Check ``企业会员229名，占46%`` against every whole named before it in the paragraph."""
    gap = piece.text[part.quantity.end : stated.start]
    if _STOP.search(gap) or len(gap) > 2 or not part.quantity.is_exact:
        return
    wholes = [
        one
        for one in before
        if part.quantity.can_add_to(one.quantity)
        and one.value >= part.value
        and one is not part
        and one.value
    ]
    if any(is_near(part.value / one.value, stated.quantity) for one in wholes):
        return
    same = [
        one
        for place, one in enumerate(before)
        if one in wholes and _is_whole_of(piece.text, one, part, before[place - 1] if place else one)
    ]
    if same:
        yield from _ratio_clash(piece, same[-1], part, stated)


def _is_whole_of(text: str, whole: Term, part: Term, earlier: Term) -> bool:
    """Whether the label says so: 会员498名 is the whole of 企业会员229名, in the same sentence.

    In ``会员由498名增加到552名`` the later figure is named by the earlier one's label.
    """
    label = _VERB.sub("", whole.label) or _VERB.sub("", earlier.label)
    is_same_sentence = not _STOP.search(text, whole.quantity.end, part.start)
    return len(label) > 1 and part.label.endswith(label[-2:]) and part.label != label and is_same_sentence


def _rate(piece: Piece, stated: Term, verb: str, before: Sequence[Term]) -> Iterator[Clash]:
    """Check ``提出58个，解决39个，解决率67.2%``: the verb names the part."""
    sentence = [one for one in before if not _STOP.search(piece.text, one.quantity.end, stated.start)]
    for part in (one for one in sentence if verb in one.label):
        wholes = [
            one
            for one in sentence
            if one.quantity.unit == part.quantity.unit and one.value > part.value and one.start < part.start
        ]
        if not wholes or any(is_near(part.value / one.value, stated.quantity) for one in wholes):
            return
        yield from _ratio_clash(piece, wholes[0], part, stated)
        return


def _ratio_clash(piece: Piece, whole: Term, part: Term, stated: Term) -> Iterator[Clash]:
    ratio = part.value / whole.value
    if abs(ratio - stated.value) > _FAR:
        return
    yield Clash(
        ConflictKind.RATIO,
        f"{shown(part.value)}占{shown(whole.value)}应为{percent(ratio)}，不是{percent(stated.value)}",
        ((stated.value, ratio),),
        (
            piece.passage(whole.start, whole.quantity.end),
            piece.passage(part.start, part.quantity.end),
            piece.passage(stated.start, stated.quantity.end),
        ),
        is_ratio=True,
    )
