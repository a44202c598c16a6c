"""Ratios held against their terms, growth against both ends, a gap against the goal, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.comparing.clash import Clash, percent
from pipeline.comparing.model import ConflictKind
from pipeline.comparing.numbers import Family, Quantity, quantities, shown
from pipeline.comparing.pieces import Piece
from pipeline.comparing.sums import Term

__all__ = ["gaps", "growth", "is_near", "ratios"]

POINT = Fraction(1, 100)  # ratios may differ by so much before anything is said
_FAR = Fraction(1, 4)  # beyond this the ratio is one of other things
_STOP = re.compile(r"[。；！？\n]")
_SHARE = re.compile(r"占(?:会员(?:总数)?的?|总数的?|全部的?|其中的?)?(?:比例?)?(?:[为达到约近])*$")
_VERB = re.compile(r"(?:共有?|已?达到?|总数|现有|有|为|是|由|从|年初的?|增[加至]?到?|[发拓]展到?|涨到|升至|壮大到|至)+$")
_RATE = re.compile(r"(?P<verb>[一-鿿]{2})率(?:[为达到约近])*$")
_RISE = re.compile(
    r"[由从](?P<label>[^，。；0-9]{0,14}?)(?P<before>[0-9０-９]+(?:[.．][0-9]+)?(?:[万亿千]?)[一-鿿]{0,2}?)"
    r"[^，。；0-9]{0,6}?(?:增[加长]?|发展|涨|提高|上?升|扩大|壮大|减少?|下?降|压缩)[^，。；0-9]{0,2}[到至为成]$"
)
_GAIN = re.compile(r"(?:净增加?|净增长|增加|新增加?|新增会员|增长|多了?|新发展(?:会员)?|新吸收(?:会员)?)了?$")
_NET = re.compile(r"净增[加长]?了?$")
_LOSS = re.compile(r"(?:注销|退出|除名|清退|劝退|减少|清理|销号|转出|流失)了?$")
_LOST = re.compile(r"注销|退[出会]|除名|清[退理]|劝退|减少|销|勾掉|转出|流失|迁")
_GROWTH_RATE = re.compile(r"(?:增长率?|增幅|增速|增加|上升|提高|升幅)(?:[为达到约近了])*$")
_THAN = re.compile(r"比(?P<when>[^，。；0-9]{0,8}?)的?(?P<before>[0-9０-９]+)[一-鿿]{0,2}?(?:净增加?|增加|新增|增长|多)了?$")
_SHORT_OF = re.compile(
    r"(?:距离?|离|比|较)[^，。；0-9]{0,10}?(?P<goal>[0-9０-９]+(?:[.．][0-9]+)?[万亿]?)[一-鿿]{0,2}?[^，。；0-9]{0,6}?"
    r"(?:还差|还需|还缺|还少|尚[有差需缺]|差|少)了?$"
)


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
        elif (rate := _RATE.search(term.label)) and not _GROWTH_RATE.search(term.label):
            yield from _rate(piece, term, rate["verb"], before)


def _share(piece: Piece, stated: Term, part: Term, before: Sequence[Term]) -> Iterator[Clash]:
    """Check ``企业会员229名，占46%`` against every whole named before it in the paragraph."""
    gap = piece.text[part.quantity.end : stated.start]
    if _STOP.search(gap) or len(gap) > 2 or not part.quantity.is_exact:
        return
    wholes = [
        one for one in before
        if part.quantity.can_add_to(one.quantity) and one.value >= part.value and one is not part and one.value
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
            one for one in sentence
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
    )


def growth(piece: Piece, found: Sequence[Term]) -> Iterator[Clash]:
    """Yield gains and growth rates of one paragraph that do not follow from both ends."""
    for place, after in enumerate(found):
        if not after.quantity.is_exact or after.quantity.family is Family.RATIO:
            continue
        rise = _RISE.search(piece.text, max(0, after.quantity.start - 48), after.quantity.start)
        if rise:
            follow = _same_sentence(piece.text, after, found[place + 1 :])
            yield from _checked_rise(piece, rise, after, follow)
        than = _THAN.search(piece.text, max(0, after.quantity.start - 30), after.quantity.start)
        if than and place:
            yield from _checked_than(piece, than, after, found[:place])


def _same_sentence(text: str, first: Term, others: Sequence[Term]) -> list[Term]:
    return [one for one in others if not _STOP.search(text, first.quantity.end, one.start)]


def _number(written: str, like: Quantity) -> Fraction:
    """Return a number whose unit may be left out because it follows later (``由3增加到5名``)."""
    for text in (written, written + like.unit):
        found = quantities(text)
        if found:
            return found[0].value
    return Fraction(-1)


def _checked_rise(
    piece: Piece, rise: re.Match[str], after: Term, follow: Sequence[Term]
) -> Iterator[Clash]:
    start = _number(rise["before"], after.quantity)
    if start <= 0 or start == after.value:
        return
    change = after.value - start
    lost = sum((abs(one.value) for one in follow if _LOSS.search(one.label)), Fraction(0))
    for one in follow:
        if one.quantity.family is Family.RATIO and _GROWTH_RATE.search(one.label):
            if not is_near(abs(change) / start, one.quantity):
                yield _growth_rate_clash(piece, rise, after, one, start)
        elif _is_wrong_gain(piece.text, one, after, change + lost, is_net=lost > 0):
            why = f"由{shown(start)}到{shown(after.value)}，应为增加{shown(change + lost)}，不是{shown(one.value)}"
            yield _growth_clash(piece, (rise.start(), after.quantity.end), one, why, change + lost)


def _is_wrong_gain(
    text: str, gain: Term, after: Term, change: Fraction, *, is_net: bool = False
) -> bool:
    """Whether a gain does not make up a change; members who left may explain it, unless they are counted."""
    if not gain.quantity.is_exact or not gain.quantity.can_add_to(after.quantity) or change <= 0:
        return False
    if gain.quantity.family is Family.RATIO or not _GAIN.search(gain.label) or gain.value == change:
        return False
    is_explained = not is_net and bool(_LOST.search(text)) and not _NET.search(gain.label)
    return not is_explained and Fraction(1, 2) <= gain.value / change <= 2


def _growth_rate_clash(
    piece: Piece, rise: re.Match[str], after: Term, stated: Term, start: Fraction
) -> Clash:
    ratio = abs(after.value - start) / start
    return Clash(
        ConflictKind.GROWTH,
        f"由{shown(start)}到{shown(after.value)}，增长率应为{percent(ratio)}，不是{percent(stated.value)}",
        ((stated.value, ratio),),
        (
            piece.passage(_clause_start(piece.text, rise.start()), after.quantity.end),
            piece.passage(stated.start, stated.quantity.end),
        ),
    )


def _growth_clash(
    piece: Piece, ends: tuple[int, int], stated: Term, why: str, computed: Fraction
) -> Clash:
    return Clash(
        ConflictKind.GROWTH,
        why,
        ((stated.value, computed),),
        (
            piece.passage(_clause_start(piece.text, ends[0]), ends[1]),
            piece.passage(stated.start, stated.quantity.end),
        ),
    )


def _clause_start(text: str, start: int) -> int:
    return max(text.rfind(mark, 0, start) for mark in "，。；：！？\n") + 1


def _checked_than(
    piece: Piece, than: re.Match[str], gain: Term, before: Sequence[Term]
) -> Iterator[Clash]:
    """Check ``会员653个，比年初的612个净增41个``."""
    base = _number(than["before"], gain.quantity)
    now = next(
        (
            one
            for one in reversed(before)
            if one.quantity.end <= than.start() and one.quantity.can_add_to(gain.quantity)
        ),
        None,
    )
    if now is None or base <= 0 or _STOP.search(piece.text, now.quantity.end, gain.start):
        return
    change = now.value - base
    if now.quantity.is_exact and _is_wrong_gain(piece.text, gain, now, change):
        why = f"由{shown(base)}到{shown(now.value)}，应为增加{shown(change)}，不是{shown(gain.value)}"
        yield _growth_clash(piece, (now.start, now.quantity.end), gain, why, change)


def gaps(piece: Piece, found: Sequence[Term]) -> Iterator[Clash]:
    """Yield gaps to a goal that do not follow: ``会员653个，距660个的目标还差9个``."""
    for place, gap in enumerate(found):
        short = _SHORT_OF.search(piece.text, max(0, gap.quantity.start - 40), gap.quantity.start)
        if not short or not gap.quantity.is_exact:
            continue
        goal = _number(short["goal"], gap.quantity)
        reached = [
            one
            for one in found[:place]
            if one.quantity.end <= short.start()
            and one.quantity.unit == gap.quantity.unit
            and one.quantity.is_exact
            and not _STOP.search(piece.text, one.quantity.end, gap.start)
        ]
        if len(reached) != 1 or not 0 < reached[0].value < goal or reached[0].value + gap.value == goal:
            continue
        if gap.value <= goal / 5 and abs(reached[0].value + gap.value - goal) <= goal / 10:
            computed = goal - reached[0].value
            why = f"{shown(reached[0].value)}距{shown(goal)}应差{shown(computed)}，不是{shown(gap.value)}"
            yield _growth_clash(piece, (reached[0].start, reached[0].quantity.end), gap, why, computed)
