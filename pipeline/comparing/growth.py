"""Growth held against both its ends, and what is missing against the goal, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.comparing.clash import Clash, percent
from pipeline.comparing.model import ConflictKind
from pipeline.comparing.numbers import Family, Quantity, quantities, shown
from pipeline.comparing.pieces import Piece
from pipeline.comparing.ratios import is_near
from pipeline.comparing.sums import Term

__all__ = ["gaps", "growth"]

_STOP = re.compile(r"[。；！？\n]")
_NUMBER = r"(?:[0-9０-９]+(?:[.．][0-9]+)?|[零一二两三四五六七八九十百千]+)[万亿千]?[一-鿿]{0,2}?"
_RISE = re.compile(
    rf"[由从][^，。；0-9]{{0,14}}?(?P<before>{_NUMBER})[^，。；0-9]{{0,6}}?"
    r"(?:增[加长]?|发展|涨|提高|上?升|扩大|壮大|减少?|下?降|压缩)[^，。；0-9]{0,2}[到至为成]$"
)
_THAN = re.compile(rf"比[^，。；0-9]{{0,8}}?的?(?P<before>{_NUMBER})(?:净增加?|增加|新增|增长|多)了?$")
_SHORT_OF = re.compile(
    rf"(?:距离?|离|比|较)[^，。；0-9]{{0,10}}?(?P<goal>{_NUMBER})[^，。；0-9]{{0,6}}?"
    r"(?:还差|还需|还缺|还少|尚[有差需缺]|差|少)了?$"
)
_REACH = 48  # characters before a figure in which such words are looked for
_GAIN = re.compile(r"(?:净增加?|净增长|增加|新增加?|新增会员|增长|多了?|新发展(?:会员)?|新吸收(?:会员)?)了?$")
_NET = re.compile(r"净增[加长]?了?$")
_LOSS = re.compile(r"(?:注销|退出|除名|清退|劝退|减少|清理|销号|转出|流失)了?$")
_LOST = re.compile(r"注销|退[出会]|除名|清[退理出]|劝退|减少|销|勾掉|划掉|转出|流失|迁|倒闭|关门")
_GROWTH_RATE = re.compile(
    r"^(?:[^占率]{0,6}?)(?:增长率?|增幅|增速|增加|上升|提高|升幅|下降|减少|降幅)(?:[为达约近了])*$"
)
_WILD = 5  # times: a rate further off is the rate of something else


def growth(piece: Piece, found: Sequence[Term]) -> Iterator[Clash]:
    """Yield gains and growth rates of one paragraph that do not follow from both ends."""
    for place, after in enumerate(found):
        if not after.quantity.is_exact or after.quantity.family is Family.RATIO:
            continue
        start = after.quantity.start
        rise = _RISE.search(piece.text, max(0, start - _REACH), start)
        if rise:
            follow = _same_sentence(piece.text, after, found[place + 1 :])
            yield from _checked_rise(piece, rise, after, follow)
        than = _THAN.search(piece.text, max(0, start - _REACH), start)
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


def _checked_rise(piece: Piece, rise: re.Match[str], after: Term, follow: Sequence[Term]) -> Iterator[Clash]:
    """Check what follows ``由543名增加到604名``: the gain, the growth rate."""
    start = _number(rise["before"], after.quantity)
    if start <= 0 or start == after.value:
        return
    change = after.value - start
    lost = sum((abs(one.value) for one in follow if _LOSS.search(one.label)), Fraction(0))
    ends = piece.passage(_clause_start(piece.text, rise.start()), after.quantity.end)
    told_ends = f"由{shown(start)}到{shown(after.value)}"
    for one in follow:
        stated = piece.passage(one.start, one.quantity.end)
        if _is_wrong_rate(one, abs(change) / start):
            ratio = abs(change) / start
            why = f"{told_ends}，增长率应为{percent(ratio)}，不是{percent(one.value)}"
            yield Clash(ConflictKind.GROWTH, why, ((one.value, ratio),), (ends, stated), is_ratio=True)
        elif _is_wrong_gain(piece.text, one, after, change + lost, is_net=lost > 0):
            why = f"{told_ends}，应为增加{shown(change + lost)}，不是{shown(one.value)}"
            yield Clash(ConflictKind.GROWTH, why, ((one.value, change + lost),), (ends, stated))


def _is_wrong_rate(stated: Term, ratio: Fraction) -> bool:
    is_rate = stated.quantity.family is Family.RATIO and bool(_GROWTH_RATE.search(stated.label))
    if not is_rate or is_near(ratio, stated.quantity):
        return False
    return ratio / _WILD <= stated.value <= ratio * _WILD


def _is_wrong_gain(text: str, gain: Term, after: Term, change: Fraction, *, is_net: bool = False) -> bool:
    """Whether a gain does not make up a change; members who left may explain it, unless they are counted."""
    if not gain.quantity.is_exact or not gain.quantity.can_add_to(after.quantity) or change <= 0:
        return False
    if not _GAIN.search(gain.label) or gain.value == change:
        return False
    is_explained = not is_net and bool(_LOST.search(text)) and not _NET.search(gain.label)
    return not is_explained and Fraction(1, 2) <= gain.value / change <= 2


def _clause_start(text: str, start: int) -> int:
    return max(text.rfind(mark, 0, start) for mark in "，。；：！？\n") + 1


def _checked_than(piece: Piece, than: re.Match[str], gain: Term, before: Sequence[Term]) -> Iterator[Clash]:
    """Check ``会员653个，比年初的612个净增41个``."""
    base = _number(than["before"], gain.quantity)
    fitting = (
        one
        for one in reversed(before)
        if one.quantity.end <= than.start() and one.quantity.can_add_to(gain.quantity)
    )
    now = next(fitting, None)
    if now is None or base <= 0 or _STOP.search(piece.text, now.quantity.end, gain.start):
        return
    change = now.value - base
    if now.quantity.is_exact and _is_wrong_gain(piece.text, gain, now, change):
        why = f"由{shown(base)}到{shown(now.value)}，应为增加{shown(change)}，不是{shown(gain.value)}"
        quoted = (
            piece.passage(now.start, now.quantity.end),
            piece.passage(than.start(), gain.quantity.end),
        )
        yield Clash(ConflictKind.GROWTH, why, ((gain.value, change),), quoted)


def gaps(piece: Piece, found: Sequence[Term]) -> Iterator[Clash]:
    """Yield gaps to a goal that do not follow: ``会员653个，距660个的目标还差9个``."""
    for place, gap in enumerate(found):
        start = gap.quantity.start
        short = _SHORT_OF.search(piece.text, max(0, start - _REACH), start)
        if short and gap.quantity.is_exact:
            reached = [one for one in found[:place] if _is_reached(piece.text, one, gap, short.start())]
            yield from _checked_gap(piece, short, gap, reached)


def _is_reached(text: str, one: Term, gap: Term, end: int) -> bool:
    is_alike = one.quantity.unit == gap.quantity.unit and one.quantity.is_exact
    return is_alike and one.quantity.end <= end and not _STOP.search(text, one.quantity.end, gap.start)


def _checked_gap(piece: Piece, short: re.Match[str], gap: Term, reached: Sequence[Term]) -> Iterator[Clash]:
    goal = _number(short["goal"], gap.quantity)
    if len(reached) != 1 or not 0 < reached[0].value < goal:
        return
    computed = goal - reached[0].value
    # a gap of another size altogether is the gap of something else
    if gap.value == computed or gap.value > goal / 5 or abs(gap.value - computed) > goal / 10:
        return
    why = f"{shown(reached[0].value)}距{shown(goal)}应差{shown(computed)}，不是{shown(gap.value)}"
    quoted = (
        piece.passage(reached[0].start, reached[0].quantity.end),
        piece.passage(short.start(), gap.quantity.end),
    )
    yield Clash(ConflictKind.GROWTH, why, ((gap.value, computed),), quoted)
