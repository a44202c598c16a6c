"""Columns of tables computed from others: gains (增加, 差), rates (完成率), shares of a total (占比).

Such a column is recognised by its heading and by the other rows: where most of them follow one rule, the
row that does not is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations, product

from pipeline.comparing.clash import Clash, percent
from pipeline.comparing.grid import Grid, plain
from pipeline.comparing.model import ConflictKind
from pipeline.comparing.numbers import Family, Quantity, shown
from pipeline.comparing.ratios import is_near

__all__ = ["columns"]

_GAIN = re.compile(r"增[加减幅长]?|净增|新增|差|变化|增加数")
_RATE = re.compile(r"率|占比|比例|比重|完成$|进度|百分比")
_MOST = Fraction(3, 5)  # of the rows must follow a rule before an exception counts


def columns(grid: Grid) -> Iterator[Clash]:
    """Yield the cells of computed columns that break the rule of their column."""
    for column in grid.columns():
        yield from _computed_column(grid, column)
        yield from _shares(grid, column)


@dataclass(frozen=True, slots=True)
class _Rule:
    """How a column may follow from two others."""

    holds: Callable[[Fraction, Fraction, Quantity], bool]
    computed: Callable[[Fraction, Fraction], Fraction]
    is_ratio: bool


def _holds_difference(one: Fraction, other: Fraction, stated: Quantity) -> bool:
    return abs(stated.value) == abs(other - one)


def _holds_ratio(one: Fraction, other: Fraction, stated: Quantity) -> bool:
    return bool(one) and is_near(other / one, stated)


_DIFFERENCE = _Rule(_holds_difference, lambda one, other: abs(other - one), is_ratio=False)
_RATIO = _Rule(_holds_ratio, lambda one, other: other / one if one else Fraction(0), is_ratio=True)


def _computed_column(grid: Grid, column: int) -> Iterator[Clash]:
    """Yield the rows in which a computed column breaks the rule that the other rows follow."""
    heading = grid.heading(column)
    rule = _RATIO if _RATE.search(heading) else _DIFFERENCE if _GAIN.search(heading) else None
    if rule is None:
        return
    others = [other for other in grid.columns() if other != column]
    pairs = permutations(others, 2) if rule.is_ratio else combinations(others, 2)
    for left, right in pairs:
        used = (left, right, column)
        rows = [row for row in grid.rows() if _is_full(grid, row, used, rule)]
        good = [row for row in rows if _follows(grid, row, used, rule)]
        if len(good) >= 2 and len(good) >= _MOST * len(rows):
            yield from (_broken(grid, row, used, rule) for row in rows if row not in good)
            return


def _is_full(grid: Grid, row: int, used: tuple[int, int, int], rule: _Rule) -> bool:
    if row in grid.total_rows or any((row, column) not in grid.numbers for column in used):
        return False
    return (grid.numbers[row, used[2]][0].family is Family.RATIO) is rule.is_ratio


def _follows(grid: Grid, row: int, columns: tuple[int, int, int], rule: _Rule) -> bool:
    one, other, stated = (grid.numbers[row, column][0] for column in columns)
    return rule.holds(one.value, other.value, stated)


def _broken(grid: Grid, row: int, columns: tuple[int, int, int], rule: _Rule) -> Clash:
    one, other, stated = (grid.numbers[row, column][0] for column in columns)
    computed = rule.computed(one.value, other.value)
    tell = percent if rule.is_ratio else shown
    return Clash(
        ConflictKind.RATIO if rule.is_ratio else ConflictKind.GROWTH,
        f"{grid.name}“{plain(grid.labels.get(row, ''))}”行：“{plain(grid.heading(columns[2]))}”"
        f"应为{tell(computed)}，写的是{tell(stated.value)}",
        ((stated.value, computed),),
        tuple(grid.passage(row, column) for column in (columns[2], columns[0], columns[1])),
        is_ratio=rule.is_ratio,
    )


def _shares(grid: Grid, column: int) -> Iterator[Clash]:
    """Yield the rows whose share of the total row is wrong, where the other rows' shares are right."""
    if not _RATE.search(grid.heading(column)):
        return
    for counted, total_row in product(grid.columns(), grid.total_rows):
        total = grid.value(total_row, counted)
        rows = [
            row
            for row in grid.rows()
            if row < total_row and (row, counted) in grid.numbers and (row, column) in grid.numbers
        ]
        if counted == column or total is None or not total.value or total.family is Family.RATIO:
            continue
        good = [row for row in rows if _is_share(grid, row, (counted, column), total.value)]
        if len(good) < 2 or len(good) < _MOST * len(rows):
            continue
        for row in (row for row in rows if row not in good):
            part, stated = grid.numbers[row, counted][0].value, grid.numbers[row, column][0].value
            yield Clash(
                ConflictKind.RATIO,
                f"{grid.name}“{plain(grid.labels.get(row, ''))}”行：{shown(part)}占{shown(total.value)}"
                f"应为{percent(part / total.value)}，写的是{percent(stated)}",
                ((stated, part / total.value),),
                (
                    grid.passage(row, column),
                    grid.passage(row, counted),
                    grid.passage(total_row, counted),
                ),
                is_ratio=True,
            )
        return


def _is_share(grid: Grid, row: int, columns: tuple[int, int], total: Fraction) -> bool:
    part, stated = (grid.numbers[row, column][0] for column in columns)
    return stated.family is Family.RATIO and is_near(part.value / total, stated)
