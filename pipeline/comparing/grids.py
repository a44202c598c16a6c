"""Tables held against themselves: total rows and columns, averages, and columns computed from others.

A total row is recognised by its label; the rows it adds up are those above it back to the last total or
the start of its group.  A computed column (增加, 完成率, 差) is recognised by its heading and by the other
rows: where most of them follow one rule, the row that does not is a finding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product

from extractors.document import Cell, Table
from pipeline.comparing.clash import Clash, percent
from pipeline.comparing.model import ConflictKind, Passage
from pipeline.comparing.numbers import Family, Quantity, figure, shown
from pipeline.comparing.ratios import is_near

__all__ = ["grids"]

_TOTAL = re.compile(r"(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*分|总\s*数|总\s*和|总得分)(?:[（(].{0,6}[）)])?")
_AVERAGE = re.compile(r"平\s*均(?:[分值数])?")
_SERIAL = re.compile(r"序号|编号|名次|排名|批次|页码|电话|日期|时间|时限|率|年$")
_GAIN = re.compile(r"增[加减幅长]?|净增|新增|差|变化|增加数")
_RATE = re.compile(r"率|占比|比例|比重|完成$|进度|百分比")
_LOW, _HIGH = Fraction(7, 10), Fraction(7, 5)  # beyond this the rows are no parts of the total
_MOST = Fraction(3, 5)  # of the rows must follow a rule before an exception counts


@dataclass(frozen=True)
class _Grid:
    """A table as numbers: what each grid position holds, spans resolved."""

    table: Table

    @cached_property
    def first(self) -> int:
        """The first row below the headings; a table without recognised headings has one heading row."""
        return max(self.table.header_rows, 1) + 1

    @cached_property
    def numbers(self) -> dict[tuple[int, int], tuple[Quantity, Cell]]:
        """The cells that consist of one number, by row and column."""
        found = {}
        for cell in self.table.cells:
            quantity = figure(cell.text) if cell.row >= self.first else None
            if quantity is not None:
                found[cell.row, cell.column] = quantity, cell
        return found

    @cached_property
    def labels(self) -> dict[int, str]:
        """What the first filled cell of each row that is no number says."""
        found: dict[int, str] = {}
        for cell in sorted(self.table.cells, key=lambda one: (one.row, one.column)):
            if cell.row >= self.first and cell.text.strip() and (cell.row, cell.column) not in self.numbers:
                found.setdefault(cell.row, cell.text.strip())
        return found

    def heading(self, column: int) -> str:
        """What stands above a column."""
        if self.table.header_rows:
            return self.table.header_of(column)
        cell = self.table.cell_at(1, column)
        return cell.text if cell else ""

    def rows(self) -> range:
        """The rows below the headings."""
        return range(self.first, self.table.row_count + 1)

    def columns(self) -> range:
        """All columns."""
        return range(1, self.table.column_count + 1)

    def value(self, row: int, column: int) -> Quantity | None:
        """The number at a grid position."""
        found = self.numbers.get((row, column))
        return found[0] if found else None

    def passage(self, row: int, column: int) -> Passage:
        """The words at a grid position that holds a number."""
        cell = self.numbers[row, column][1]
        return Passage(cell.text, self.table.locate(cell, 0, len(cell.text)))

    @cached_property
    def total_rows(self) -> dict[int, str]:
        """Rows that add up the rows above them, with their label."""
        found = {}
        for cell in self.table.cells:
            label = cell.text.strip()
            if cell.row >= self.first and _TOTAL.fullmatch(label) and (cell.row, cell.column) not in self.numbers:
                found[cell.row] = label
        return found

    @cached_property
    def total_columns(self) -> tuple[int, ...]:
        """Columns that add up the columns left of them."""
        return tuple(c for c in self.columns() if _TOTAL.fullmatch(self.heading(c).split("/")[-1].strip()))


def grids(table: Table) -> Iterator[Clash]:
    """Yield what does not come out in one table."""
    grid = _Grid(table)
    if len(grid.numbers) < 3 or table.row_count * table.column_count > 20_000:
        return
    for row, label in sorted(grid.total_rows.items()):
        yield from _total_row(grid, row, label)
    for column in grid.total_columns:
        yield from _total_column(grid, column)
    for column in grid.columns():
        yield from _computed_column(grid, column)
        yield from _shares(grid, column)
    yield from _of_which(grid)


def _total_row(grid: _Grid, row: int, label: str) -> Iterator[Clash]:
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
    told = [f"“{_plain(grid.heading(c))}”一列加起来是{shown(a)}，写的是{shown(t)}" for c, t, a, _ in wrong]
    passages = [grid.passage(row, column) for column, *_ in wrong]
    passages += [grid.passage(part, column) for column, _, _, parts in wrong for part in parts]
    yield Clash(
        ConflictKind.SUM,
        f"{_named(grid.table)}“{label}”行：" + "，".join(told),
        tuple((total, added) for _, total, added, _ in wrong),
        tuple(passages),
    )


def _rows_above(grid: _Grid, row: int, column: int) -> list[int]:
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
        elif cell and cell.text.strip() not in ("", "—", "-", "–", "/", "无"):
            return []
    return found[::-1]


def _totals_above(grid: _Grid, row: int, column: int) -> list[int]:
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


def _total_column(grid: _Grid, column: int) -> Iterator[Clash]:
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
            f"{_named(grid.table)}“{_plain(label)}”行：{addition}={shown(added)}，“{_plain(grid.heading(column))}”"
            f"写的是{shown(total.value)}",
            ((total.value, added),),
            (grid.passage(row, column), *(grid.passage(row, part) for part in parts)),
        )


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


def _computed_column(grid: _Grid, column: int) -> Iterator[Clash]:
    """Yield the rows in which a computed column breaks the rule that the other rows follow."""
    heading = grid.heading(column)
    rule = _RATIO if _RATE.search(heading) else _DIFFERENCE if _GAIN.search(heading) else None
    if rule is None:
        return
    for one, other in combinations([c for c in grid.columns() if c != column], 2):
        for left, right in ((one, other), (other, one)) if rule.is_ratio else ((one, other),):
            rows = [
                row for row in grid.rows()
                if all((row, c) in grid.numbers for c in (left, right, column))
                and row not in grid.total_rows
                and (grid.numbers[row, column][0].family is Family.RATIO) is rule.is_ratio
            ]
            good = [row for row in rows if _follows(grid, row, (left, right, column), rule)]
            if len(good) >= 2 and len(good) >= _MOST * len(rows):
                for row in rows:
                    if row not in good:
                        yield _broken(grid, row, (left, right, column), rule)
                return


def _shares(grid: _Grid, column: int) -> Iterator[Clash]:
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
                f"{_named(grid.table)}“{_plain(grid.labels.get(row, ''))}”行：{shown(part)}占{shown(total.value)}"
                f"应为{percent(part / total.value)}，写的是{percent(stated)}",
                ((stated, part / total.value),),
                (
                    grid.passage(row, column),
                    grid.passage(row, counted),
                    grid.passage(total_row, counted),
                ),
            )
        return


def _is_share(grid: _Grid, row: int, columns: tuple[int, int], total: Fraction) -> bool:
    part, stated = (grid.numbers[row, column][0] for column in columns)
    return stated.family is Family.RATIO and is_near(part.value / total, stated)


def _of_which(grid: _Grid) -> Iterator[Clash]:
    """Yield rows broken down by the rows below them (其中：企业会员、团体会员、个人会员) that do not add up."""
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


def _broken_down(grid: _Grid, whole: int, rows: Sequence[int], column: int) -> Iterator[Clash]:
    total = grid.value(whole, column)
    if total is None or any((row, column) not in grid.numbers for row in rows):
        return
    values = [grid.numbers[row, column][0] for row in rows]
    added = sum((one.value for one in values), Fraction(0))
    if total.family is not Family.RATIO and _is_wrong_total(total, values, added):
        addition = "+".join(shown(one.value) for one in values)
        yield Clash(
            ConflictKind.SUM,
            f"{_named(grid.table)}“{_plain(grid.heading(column))}”一列：其中{addition}={shown(added)}，"
            f"上面写的是{shown(total.value)}",
            ((total.value, added),),
            (grid.passage(whole, column), *(grid.passage(row, column) for row in rows)),
        )


def _follows(grid: _Grid, row: int, columns: tuple[int, int, int], rule: _Rule) -> bool:
    one, other, stated = (grid.numbers[row, column][0] for column in columns)
    return rule.holds(one.value, other.value, stated)


def _broken(grid: _Grid, row: int, columns: tuple[int, int, int], rule: _Rule) -> Clash:
    one, other, stated = (grid.numbers[row, column][0] for column in columns)
    computed = rule.computed(one.value, other.value)
    tell = percent if rule.is_ratio else shown
    return Clash(
        ConflictKind.RATIO if rule.is_ratio else ConflictKind.GROWTH,
        f"{_named(grid.table)}“{_plain(grid.labels.get(row, ''))}”行：“{_plain(grid.heading(columns[2]))}”"
        f"应为{tell(computed)}，写的是{tell(stated.value)}",
        ((stated.value, computed),),
        tuple(grid.passage(row, column) for column in (columns[2], columns[0], columns[1])),
    )


def _named(table: Table) -> str:
    return table.caption.split()[0] if table.caption.split() else f"表{table.locator.number}"


def _plain(text: str) -> str:
    return "".join(text.split())
