"""Fills grids with the words printed in them and joins the parts of a table that runs over pages.

No row may vanish: a joined table has as many rows as its parts together, less the column names printed
again and the rows that a page break cut in two, and a notice tells of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.document import Box, Cell, Notice
from extractors.pdf.characters import TERMINAL, joint
from extractors.pdf.grids import Grid, GridCell
from extractors.pdf.lines import fragments, printed_lines
from extractors.pdf.paragraphs import Measure, paragraphs
from extractors.pdf.words import Frame, Word
from extractors.tables import header_rows

__all__ = ["PageTable", "continue_table", "crosses_cells", "fill_grid", "nested", "share_out"]

_SAME_COLUMN = 5.0
_MOST_PADDING = 9.0


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table as one page, or several pages in a row, print it; ``depth`` is 1 for a table in a table."""

    page: int
    box: Box
    columns: tuple[float, ...]
    row_count: int
    cells: tuple[Cell, ...]
    last_page: int
    depth: int = 0

    @property
    def left(self) -> float:
        """Left edge, as reading order asks for it."""
        return self.box.left

    @property
    def right(self) -> float:
        """Right edge."""
        return self.box.right

    @property
    def top(self) -> float:
        """Top edge."""
        return self.box.top

    @property
    def bottom(self) -> float:
        """Bottom edge."""
        return self.box.bottom

    @property
    def filled_count(self) -> int:
        """How many cells hold words."""
        return sum(bool(cell.text) for cell in self.cells)

    def surrounds(self, other: PageTable) -> bool:
        """Whether another table is printed inside this one's outline."""
        is_across = self.left <= other.left and other.right <= self.right
        return is_across and self.top <= other.top and other.bottom <= self.bottom


def share_out(words: Iterable[Word], grids: Sequence[Grid]) -> tuple[list[Word], list[list[Word]]]:
    """Part the words into those outside all grids and those in each; the first grid that fits has it."""
    outside: list[Word] = []
    inside: list[list[Word]] = [[] for _ in grids]
    boxes = [(grid.box.left, grid.box.top, grid.box.right, grid.box.bottom) for grid in grids]
    for word in words:
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        for index, (left, top, right, bottom) in enumerate(boxes):
            if left < x < right and top < y < bottom:
                inside[index].append(word)
                break
        else:
            outside.append(word)
    return outside, inside


def crosses_cells(grids: Sequence[Grid]) -> Callable[[Word], bool]:
    """Return the test for words that run over from one cell into another, as closely set entries do."""

    def crosses(word: Word) -> bool:
        middle, inset = (word.top + word.bottom) / 2, word.size / 3
        return any(
            grid.position(word.left + inset, middle) != grid.position(word.right - inset, middle)
            for grid in grids
        )

    return crosses


def fill_grid(grid: Grid, words: Sequence[Word], page: int, frame: Frame) -> PageTable:
    """Return the table that a grid and the words inside it make."""
    owners = {
        (row, column): index
        for index, cell in enumerate(grid.cells)
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    inside: list[list[Word]] = [[] for _ in grid.cells]
    for word in words:
        position = grid.position((word.left + word.right) / 2, (word.top + word.bottom) / 2)
        if position is not None:
            inside[owners[position]].append(word)
    cells = (
        _filled(cell, cell_words, page, frame) for cell, cell_words in zip(grid.cells, inside, strict=True)
    )
    box = frame.clamp(grid.box)
    return PageTable(page, box, grid.columns, len(grid.rows) - 1, tuple(cells), page)


def _filled(cell: GridCell, words: Sequence[Word], page: int, frame: Frame) -> Cell:
    text = _cell_text(cell.box, words, page, frame)
    return Cell(text, cell.row, cell.column, cell.row_span, cell.column_span, page, frame.clamp(cell.box))


def _cell_text(box: Box, words: Sequence[Word], page: int, frame: Frame) -> str:
    lines = list(printed_lines(list(fragments(words)), page, frame))
    # Characters one below the other (序 over 号) are a word printed downwards.
    if all(len(line.text) == 1 for line in lines):
        return "".join(line.text for line in lines)
    if len(lines) == 1:
        return lines[0].text
    padding = min(line.box.left for line in lines) - box.left
    padding = min(max(padding, 0.0), _MOST_PADDING)
    leading = min(after.centre - before.centre for before, after in pairwise(lines))
    # Words broken in two do more harm than two short entries in one line.
    measure = Measure(box.left + padding, box.right - padding, leading, box.right, slack=1.0)
    return "\n".join(paragraph.text for paragraph in paragraphs((line, measure) for line in lines))


def continue_table(before: PageTable, after: PageTable) -> tuple[PageTable, tuple[Notice, ...]] | None:
    """Join the next page's part to a table, or return None when the columns do not match."""
    columns = _common_columns(before.columns, after.columns)
    if columns is None or after.page != before.last_page + 1:
        return None
    upper = _on_columns(before.cells, before.columns, columns)
    lower = _on_columns(after.cells, after.columns, columns)
    repeated = _repeated_rows(upper, lower)
    notices = [Notice("repeated_table_header", str(after.page))] if repeated else []
    lower = [replace(cell, row=cell.row - repeated) for cell in lower if cell.row > repeated]
    height = after.row_count - repeated
    if height and _is_cut_row(upper, lower, before.row_count):
        upper = _with_rest(upper, lower, before.row_count)
        lower = [replace(cell, row=cell.row - 1) for cell in lower if cell.row > 1]
        height -= 1
        notices.append(Notice("row_over_page_break", str(after.page)))
    moved = [replace(cell, row=cell.row + before.row_count) for cell in lower]
    joined = replace(
        before,
        columns=columns,
        row_count=before.row_count + height,
        cells=(*upper, *moved),
        last_page=after.page,
    )
    return joined, tuple(notices)


def _common_columns(before: Sequence[float], after: Sequence[float]) -> tuple[float, ...] | None:
    """Return the finer of two column layouts when the other uses only its lines, else None.

    Merged cells hide column lines, so one page may show fewer of them; the page may also be shifted.
    """
    finer, coarser = (before, after) if len(before) >= len(after) else (after, before)
    shift = finer[0] - coarser[0]
    if abs(finer[-1] - coarser[-1] - shift) > _SAME_COLUMN:
        return None
    nearest = [min(finer, key=lambda line: abs(place + shift - line)) for place in coarser]
    fits = all(
        abs(place + shift - line) <= _SAME_COLUMN for place, line in zip(coarser, nearest, strict=True)
    )
    return tuple(finer) if fits and len(set(nearest)) == len(coarser) else None


def _on_columns(cells: Iterable[Cell], own: Sequence[float], common: Sequence[float]) -> list[Cell]:
    """Number the columns of cells anew on the common layout."""
    shift = common[0] - own[0]
    index = [min(range(len(common)), key=lambda at: abs(common[at] - place - shift)) for place in own]
    return [
        replace(cell, column=start + 1, column_span=index[cell.column - 1 + cell.column_span] - start)
        for cell in cells
        for start in (index[cell.column - 1],)
    ]


def _row(cells: Iterable[Cell], number: int) -> dict[int, Cell]:
    return {cell.column: cell for cell in cells if cell.row == number}


def _repeated_rows(upper: Sequence[Cell], lower: Sequence[Cell]) -> int:
    """Return how many rows at the top of the next page only say the column names again."""
    count = max(header_rows(upper), 1)
    while count and not _same_words(upper, lower, count):
        count -= 1
    return count


def _same_words(upper: Sequence[Cell], lower: Sequence[Cell], count: int) -> bool:
    heads = [_bare(cells, count) for cells in (upper, lower)]
    filled = [text for *_, text in heads[0] if text]
    return heads[0] == heads[1] and len(filled) > 1


def _bare(cells: Iterable[Cell], count: int) -> list[tuple[int, int, str]]:
    rows = [cell for cell in cells if cell.row <= count]
    return sorted((cell.row, cell.column, "".join(cell.text.split())) for cell in rows)


def _is_cut_row(upper: Sequence[Cell], lower: Sequence[Cell], last: int) -> bool:
    """Whether the page break stands inside a row.

    Then the first row of the new page has no entry in the first column, goes on only where the row above
    has words, and at least one of those stops in mid-sentence.
    """
    above, below = _row(upper, last), _row(lower, 1)
    first, rest = above.get(1), below.get(1)
    if first is None or rest is None or not first.text or rest.text or rest.row_span > 1:
        return False
    going_on = {column: cell for column, cell in below.items() if cell.text}
    pairs = [(above[column], cell) for column, cell in going_on.items() if column in above]
    if len(pairs) < len(going_on) or any(not cell.text for cell, _ in pairs):
        return False
    return any(cell.text[-1] not in TERMINAL for cell, _ in pairs)


def _with_rest(upper: Sequence[Cell], lower: Sequence[Cell], last: int) -> list[Cell]:
    """Return the upper cells, those of the last row completed from the first row of the next page."""
    below = _row(lower, 1)
    return [_completed(cell, below.get(cell.column)) if cell.row == last else cell for cell in upper]


def _completed(cell: Cell, rest: Cell | None) -> Cell:
    if rest is None or not rest.text:
        return cell
    return replace(cell, text=cell.text + joint(cell.text, rest.text) + rest.text)


def nested(tables: Sequence[PageTable]) -> Iterator[PageTable]:
    """Yield the tables of one page, those printed inside another one's outline marked as such."""
    for table in tables:
        holders = [other for other in tables if other is not table and other.surrounds(table)]
        yield replace(table, depth=len(holders))
