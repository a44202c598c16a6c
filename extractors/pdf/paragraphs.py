"""Builds paragraphs again from printed lines, across line and page breaks.

A printed line ends a paragraph when the next line's first word would still have fitted on it; that one rule
covers short last lines, headings, lists and ragged setting.  Indents, numbers, size and leading decide where
the line is full.  The same rule joins the lines inside a table cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractors.document import Line
from extractors.pdf.characters import (
    CLOSING,
    NEVER_FIRST,
    OPENING,
    TERMINAL,
    is_wide,
    joint,
    opens_with_number,
)
from extractors.pdf.lines import PrintedLine

__all__ = ["Measure", "Paragraph", "join_lines", "measure_of", "paragraphs"]

_EDGE = 0.6
#: Between Han and Latin characters printers leave a quarter of a character, and Latin widths are estimates.
_LATIN_SLACK = 0.5
_INDENT = 1.2
_SAME_INDENT = 0.2
_OFF_CENTRE = 0.8
_CLEAR = 1.5
_HANGING = 0.5
_SIZE_CHANGE = 0.12
_LEADING_CHANGE = 1.5
_FEWEST_FOR_MEASURE = 4
_NARROWEST_COLUMN = 12
_CONTENTS_ENTRY = re.compile(r"[.．·…]{4,} ?[-—]?\d{1,4}[-—]?$")
_FIGURE = re.compile(r"[-+(（]?[\d.,，%％]+[)）]?")
#: Without enough lines, the right margin is taken to be at most so many characters wider than the left.
_MARGIN_SLACK = 2.0


@dataclass(frozen=True, slots=True)
class Measure:
    """The type area of a column: its left and right edge and the usual distance between base lines.

    ``shown_right`` is where its lines end; the area may reach further when few lines show it.  ``slack`` is
    how many more characters than would fit may be missing on a full line, for printers that break early.
    """

    left: float
    right: float
    leading: float
    shown_right: float
    is_certain: bool = True
    slack: float = 0.0

    def is_centred(self, line: PrintedLine) -> bool:
        """Whether a line stands in the middle, clear of both margins."""
        before, after = line.box.left - self.left, self.right - line.box.right
        # Two characters are the usual first indent; a balance with that is taken for an accident.
        if abs(before - 2 * line.size) < _SAME_INDENT * line.size:
            return False
        return min(before, after) > _CLEAR * line.size and abs(before - after) < _OFF_CENTRE * line.size

    def room(self, line: PrintedLine) -> float:
        """Return how much could still have been printed on a line."""
        free = self.right - line.box.right
        return 2 * free if self.is_centred(line) else free


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The text of one paragraph and the printed lines it came from."""

    text: str
    lines: tuple[Line, ...]
    size: float
    is_centred: bool


def measure_of(lines: Sequence[PrintedLine], page_width: float) -> Measure:
    """Return the type area that a column's lines show."""
    if not lines:
        return Measure(0.0, page_width, 0.0, page_width, is_certain=False)
    size = median(line.size for line in lines)
    left = _shared_edge([line.box.left for line in lines], size, is_right=False)
    # Closing punctuation may hang out into the margin.
    even = [line.box.right for line in lines if line.text[-1] not in CLOSING]
    rights = even if len(even) > 1 else [line.box.right for line in lines]
    right = _shared_edge(rights, size, is_right=True)
    steps = (after.centre - before.centre for before, after in pairwise(lines))
    leadings = sorted(step for step in steps if step > 0.5 * size)
    leading = leadings[len(leadings) // 3] if leadings else 2 * size
    # A list of names all end at the same place, but that is no margin.
    if len(lines) >= _FEWEST_FOR_MEASURE and right - left >= _NARROWEST_COLUMN * size:
        return Measure(left, right, leading, right)
    guess = page_width - left - _MARGIN_SLACK * size
    return Measure(left, max(right, guess), leading, right, is_certain=False)


def _shared_edge(edges: Sequence[float], size: float, *, is_right: bool) -> float:
    """Return the outermost edge that at least two lines have in common, else the outermost."""
    ordered = sorted(edges, reverse=is_right)
    for first, second in pairwise(ordered):
        if abs(first - second) <= _EDGE * size:
            return first
    return ordered[0]


def paragraphs(lines: Iterable[tuple[PrintedLine, Measure]]) -> Iterator[Paragraph]:
    """Join printed lines into paragraphs; each line comes with the type area it stands in."""
    gathered: list[tuple[PrintedLine, Measure]] = []
    for line, measure in lines:
        if gathered and _starts_new(gathered, line, measure):
            yield _paragraph(gathered)
            gathered = []
        gathered.append((line, measure))
    if gathered:
        yield _paragraph(gathered)


def _starts_new(gathered: Sequence[tuple[PrintedLine, Measure]], line: PrintedLine, measure: Measure) -> bool:
    before, its_measure = gathered[-1]
    if line.text[:1] in NEVER_FIRST or before.text[-1:] in OPENING:
        return False
    if _looks_different(before, its_measure, line, measure) or _ends_by_itself(before, line):
        return True
    if its_measure.room(before) >= _needed(before, line) + its_measure.slack * line.size:
        return True
    indent = line.box.left - measure.left
    is_closed = before.text[-1:] in TERMINAL
    if indent < _INDENT * line.size:
        is_item = opens_with_number(line.text) and not _is_indented(gathered[0])
        return is_item and (is_closed or _is_hanging(gathered))
    if measure.is_centred(line):
        return False
    return not _continues_indented(gathered, line, indent, is_closed=is_closed)


def _looks_different(before: PrintedLine, its_measure: Measure, line: PrintedLine, measure: Measure) -> bool:
    """Whether size, leading or centring change from one line to the next."""
    if abs(line.size - before.size) > _SIZE_CHANGE * before.size:
        return True
    # A full line followed by a centred one may still be one title or one centred cell.
    if measure.is_centred(line) and not its_measure.is_centred(before) and before.text[-1:] in TERMINAL:
        return True
    if line.page != before.page or measure is not its_measure:
        return False
    return line.centre - before.centre > _LEADING_CHANGE * max(measure.leading, before.size)


def _ends_by_itself(before: PrintedLine, line: PrintedLine) -> bool:
    """Whether lines are rows of a table without ruling lines, entries of a contents page, or figures."""
    is_row = max(before.pieces, line.pieces) > 2 or min(before.pieces, line.pieces) > 1
    are_figures = _FIGURE.fullmatch(before.text) and _FIGURE.fullmatch(line.text)
    return is_row or bool(are_figures) or _CONTENTS_ENTRY.search(before.text) is not None


def _needed(before: PrintedLine, line: PrintedLine) -> float:
    """Return the width that the first piece of a line would have taken up after the line before."""
    is_han = is_wide(before.text[-1]) and is_wide(line.text[0])
    return line.head if is_han else line.head + _LATIN_SLACK * line.size


def _is_indented(placed: tuple[PrintedLine, Measure]) -> bool:
    line, measure = placed
    return line.box.left - measure.left >= _INDENT * line.size


def _is_hanging(gathered: Sequence[tuple[PrintedLine, Measure]]) -> bool:
    """Whether the paragraph's later lines are set further in than its first."""
    if len(gathered) < 2:
        return False
    (first, first_measure), (second, measure) = gathered[0], gathered[1]
    further = (second.box.left - measure.left) - (first.box.left - first_measure.left)
    return further > _HANGING * first.size


def _continues_indented(
    gathered: Sequence[tuple[PrintedLine, Measure]], line: PrintedLine, indent: float, *, is_closed: bool
) -> bool:
    """Whether an indented line goes on with a paragraph that is set in as a whole."""
    before, measure = gathered[-1]
    step = indent - (before.box.left - measure.left)
    is_aligned = abs(step) <= _HANGING * line.size
    if opens_with_number(line.text) and (is_closed or is_aligned):
        return False
    if len(gathered) > 1:
        return is_aligned
    if opens_with_number(before.text) and step > _HANGING * line.size:
        return True
    return is_aligned and not is_closed


def _paragraph(gathered: Sequence[tuple[PrintedLine, Measure]]) -> Paragraph:
    text, lines = join_lines([line for line, _ in gathered])
    sizes = Counter(round(line.size, 1) for line, _ in gathered)
    first, measure = gathered[0]
    return Paragraph(text, lines, sizes.most_common(1)[0][0], measure.is_centred(first))


def join_lines(lines: Iterable[PrintedLine]) -> tuple[str, tuple[Line, ...]]:
    """Return the joined text and where in it each printed line stands.

    Chinese lines meet without a space, Latin words with one.
    """
    text = ""
    places: list[Line] = []
    for line in lines:
        text += joint(text, line.text)
        places.append(Line(len(text), len(text) + len(line.text), line.page, line.box))
        text += line.text
    return text, tuple(places)
