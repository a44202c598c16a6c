"""Tells running heads, running feet and page numbers from the text between them.

They are kept as blocks of their own, once for each wording, so that nothing printed is lost and no sentence
is cut in two where a page number stands between its halves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.document import Line, Part
from extractors.pdf.lines import PrintedLine

__all__ = ["Furniture", "PageLines", "find_furniture"]

#: Running heads and feet stand in the outer eighth of the page.
_ZONE = 0.125
_DEEPEST = 3
_SAME_HEIGHT = 6.0
_PAGE_NUMBER = re.compile(
    r"(?:[-—–－―·~ ]*\d{1,4}[-—–－―·~ ]*"
    r"|[-—–－―· ]*第[\d一二三四五六七八九十百 ]{1,5}页"
    r"[，,、/／ ]*(?:[共总][\d一二三四五六七八九十百 ]{1,5}页)?[-—–－―· ]*"
    r"|\d{1,4} ?[/／] ?\d{1,4}"
    r"|[Pp]age ?\d{1,4}(?: ?of ?\d{1,4})?"
    r"|[ivxIVX]{1,6})"
)
_NUMBER = re.compile(r"\d{1,4}")
#: Names of annexes and tables count up page by page as page numbers do, but belong to the text.
_TITLE = re.compile(r"附[件表录]|续?表|图|第.{1,3}[章节]|案例")


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page in reading order, with the page's height."""

    number: int
    height: float
    lines: tuple[PrintedLine, ...]


@dataclass(slots=True)
class Furniture:
    """The lines that are not body text, and for each wording its part and the places it is printed."""

    lines: set[PrintedLine] = field(default_factory=set)
    wordings: dict[tuple[Part, str], list[Line]] = field(default_factory=dict)

    def add(self, line: PrintedLine, part: Part) -> None:
        """Take a line out of the body."""
        self.lines.add(line)
        place = Line(0, len(line.text), line.page, line.box)
        self.wordings.setdefault((part, line.text), []).append(place)


def find_furniture(pages: Sequence[PageLines]) -> Furniture:
    """Return the running heads, feet and page numbers of a paper."""
    edges = [(page, part, line) for page in pages for part, line in _outer_lines(page)]
    repeated = _repeated(edges, sum(bool(page.lines) for page in pages))
    furniture = Furniture()
    for _, part, line in edges:
        is_repeated = any((part, wording) in repeated for wording in _wordings(line))
        if is_repeated or _PAGE_NUMBER.fullmatch(line.text):
            furniture.add(line, part)
    return furniture


def _outer_lines(page: PageLines) -> Iterable[tuple[Part, PrintedLine]]:
    """Return the few outermost lines in the top and bottom zones."""
    ordered = sorted(page.lines, key=lambda line: line.box.top)
    heads = [line for line in ordered[:_DEEPEST] if line.box.bottom <= _ZONE * page.height]
    feet = [line for line in ordered[-_DEEPEST:] if line.box.top >= (1 - _ZONE) * page.height]
    return [(Part.HEADER, line) for line in heads] + [
        (Part.FOOTER, line) for line in feet if line not in heads
    ]


def _wordings(line: PrintedLine) -> set[str]:
    """Return the text as it is and with its first number counted from the page's own."""
    if _TITLE.match(line.text):
        return set()
    levelled = _NUMBER.sub(lambda number: f"#{int(number[0]) - line.page}", line.text, count=1)
    return {line.text, levelled}


def _repeated(edges: Sequence[tuple[PageLines, Part, PrintedLine]], page_count: int) -> set[tuple[Part, str]]:
    """Return wordings that stand at one height on at least half of the odd, the even or all pages."""
    heights: dict[tuple[Part, str], list[tuple[int, float]]] = {}
    for page, part, line in edges:
        height = line.box.top if part is Part.HEADER else page.height - line.box.bottom
        for wording in _wordings(line):
            heights.setdefault((part, wording), []).append((page.number, height))
    needed = max(2, page_count // 4 + 1)
    return {key for key, found in heights.items() if _steady(found) >= needed}


def _steady(found: Sequence[tuple[int, float]]) -> int:
    """Return on how many pages a wording stands at its commonest height."""
    counts = Counter(round(height / _SAME_HEIGHT) for _, height in found)
    common = max(counts, key=lambda height: counts[height])
    return len({page for page, height in found if abs(height / _SAME_HEIGHT - common) <= 1})
