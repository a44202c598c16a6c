"""Totals of tables: total rows, total columns, and rows broken down by the rows below them.

A total row is recognised by its label; the rows it adds up are those above it, back to the last total.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from pipeline.comparing.clash import Clash
from pipeline.comparing.grid import Grid, plain
from pipeline.comparing.model import ConflictKind
from pipeline.comparing.numbers import Family, Quantity, shown

__all__ = ["totals"]

_AVERAGE = re.compile(r"平\s*均(?:[分值数])?")
_SERIAL = re.compile(r"序号|编号|名次|排名|批次|页码|电话|日期|时间|时限|率|年$")
_LOW, _HIGH = Fraction(7, 10), Fraction(7, 5)  # beyond this the rows are no parts of the total
_EMPTY = frozenset({"", "—", "-", "–", "/", "无"})


def totals(grid: Grid) -> Iterator[Clash]:
    """Yield the totals of one table that do not come out."""
    for row, label in sorted(grid.total_rows.items()):
        yield from _total_row(grid, row, label)
    for column in grid.total_columns:
        yield from _total_column(grid, column)
    yield from _of_which(grid)


def _total_row(grid: Grid, row: int, label: str) -> Iterator[Clash]:
    """Yield one clash for all columns of a total row that do not add up."""
    wrong: list[tuple[int, Fraction, Fraction, list[int]]] = []
    for column in grid.columns():
        total = grid.value(row, column)
        parts = _rows_above(grid, row, column)
        if total is None or len(parts) < 2 or _SERIAL.search(grid.heading(column)):
            continue
        values = [grid.numbers[part, column][0] for part in parts]
        added = sum((one.value for one in values), Fraction(0))
        if _is_wrong_total(total, values, added):
            wrong.append((column, total.value, added, parts))
    if not wrong:
        return
    told = [f"“{plain(grid.heading(c))}”一列加起来是{shown(a)}，写的是{shown(t)}" for c, t, a, _ in wrong]
    passages = [grid.passage(row, column) for column, *_ in wrong]
    passages += [grid.passage(part, column) for column, _, _, parts in wrong for part in parts]
    yield Clash(
        ConflictKind.SUM,
        f"{grid.name}“{label}”行：" + "，".join(told),
        tuple((total, added) for _, total, added, _ in wrong),
        tuple(passages),
    )


def _rows_above(grid: Grid, row: int, column: int) -> list[int]:
    """Return the rows a total adds up; empty when one of them holds no number but words."""
    found: list[int] = []
    for above in range(row - 1, grid.first - 1, -1):
        if above in grid.total_rows and not found:
            return _totals_above(grid, row, column)
        if above in grid.total_rows:
            break
        if grid.labels.get(above, "").startswith("其中") or _AVERAGE.fullmatch(grid.labels.get(above, "")):
            return []
        cell = grid.table.cell_at(above, column)
        if (above, column) in grid.numbers:
            found.append(above)
        elif cell and cell.text.strip() not in _EMPTY:
            return []
    return found[::-1]


def _totals_above(grid: Grid, row: int, column: int) -> list[int]:
    """Return the subtotals that a grand total adds up."""
    return [above for above in sorted(grid.total_rows) if above < row and (above, column) in grid.numbers]


def _is_wrong_total(total: Quantity, parts: Sequence[Quantity], added: Fraction) -> bool:
    if total.value == added or not total.value:
        return False
    if any(part.family is not total.family and total.unit for part in parts):
        return False
    if total.family is Family.RATIO:
        return total.value == 1 and Fraction(1, 100) < abs(added - 1) < Fraction(1, 10)
    # a column of balances carries its last entry down and is no sum
    is_balance = total.value == parts[-1].value
    return not is_balance and _LOW <= added / total.value <= _HIGH


def _total_column(grid: Grid, column: int) -> Iterator[Clash]:
    """Yield the rows whose total does not add up from the columns left of it."""
    for row in grid.rows():
        total = grid.value(row, column)
        parts = [
            left
            for left in range(1, column)
            if (row, left) in grid.numbers and not _SERIAL.search(grid.heading(left))
        ]
        if total is None or len(parts) < 2 or total.family is Family.RATIO:
            continue
        values = [grid.numbers[row, part][0] for part in parts]
        added = sum((one.value for one in values), Fraction(0))
        is_plausible = bool(total.value) and _LOW <= added / total.value <= _HIGH
        if not is_plausible or abs(added - total.value) <= len(parts) * total.step / 2 * (total.step < 1):
            continue
        label = grid.labels.get(row, "")
        addition = "+".join(shown(one.value) for one in values)
        yield Clash(
            ConflictKind.SUM,
            f"{grid.name}“{plain(label)}”行：{addition}={shown(added)}，“{plain(grid.heading(column))}”"
            f"写的是{shown(total.value)}",
            ((total.value, added),),
            (grid.passage(row, column), *(grid.passage(row, part) for part in parts)),
        )


def _of_which(grid: Grid) -> Iterator[Clash]:
    """Yield rows broken down by the rows below them (其中：…) that do not add up."""
    for row in grid.rows():
        label = grid.labels.get(row, "")
        head = label[-2:]
        if not label.startswith("其中") or row == grid.first or len(label) < 5:
            continue
        rows = [row]
        while grid.labels.get(rows[-1] + 1, "").endswith(head) and rows[-1] + 1 not in grid.total_rows:
            rows.append(rows[-1] + 1)
        if len(rows) < 3 or head not in grid.labels.get(row - 1, ""):
            continue
        for column in grid.columns():
            yield from _broken_down(grid, row - 1, rows, column)


def _broken_down(grid: Grid, whole: int, rows: Sequence[int], column: int) -> Iterator[Clash]:
    total = grid.value(whole, column)
    if total is None or any((row, column) not in grid.numbers for row in rows):
        return
    values = [grid.numbers[row, column][0] for row in rows]
    added = sum((one.value for one in values), Fraction(0))
    if total.family is not Family.RATIO and _is_wrong_total(total, values, added):
        addition = "+".join(shown(one.value) for one in values)
        yield Clash(
            ConflictKind.SUM,
            f"{grid.name}“{plain(grid.heading(column))}”一列：其中{addition}={shown(added)}，"
            f"上面写的是{shown(total.value)}",
            ((total.value, added),),
            (grid.passage(whole, column), *(grid.passage(row, column) for row in rows)),
        )
