"""Gives every paragraph and table its place under the paper's headings.

Official papers carry their outline in numbers (``一、`` ``（一）`` ``1.`` ``（1）``), typed or automatic, and
seldom in heading styles; both are read.  Which number stands above which is taken from the paper itself:
numbers that start again at one between two neighbours of another kind stand below that kind.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from extractors.document import Block, BlockKind, Part, Table
from extractors.labels import Family, Mark, automatic_mark, leading_number, typed_mark

__all__ = ["leading_number", "outline"]

_LONGEST_HEADING = 50
_LONGEST_RUN_IN = 30
_LONGEST_LEADER = 60
_LONGEST_ATTACHMENT_LINE = 12
_STOP = re.compile("[。；;！？!?]")
_RUN_IN_END = re.compile(r"[。：:\n]|\s{2,}|　")
_CONTENTS_LINE = re.compile(r"(?:\t|[.．。·…]{2,}|\s{3,})\s*[-—]?\s*\d{1,3}\s*[-—]?$")
_ATTACHMENT = re.compile(r"附\s*件\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：]?")
_IN_PARENTHESES = re.compile(r"[（(][^（）()]*[）)]")
# 新发展会员35家 is a result, not a title.
_FIGURE = re.compile(r"\d\s*(?:余|多)?\s*(?:家|个|名|人|次|户|场|件|项|万|亿|元|期|篇|份|[%％])")


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one paragraph contributes: its rank key (a family or a style level), value, and head."""

    key: int = 0
    value: int = 0
    head: str = ""
    is_heading: bool = False


@dataclass(slots=True)
class _Trail:
    """The headings that are open at one point of the paper, outermost first."""

    base: tuple[str, ...] = ()
    open: list[tuple[int, str]] = field(default_factory=list)

    @property
    def path(self) -> tuple[str, ...]:
        return self.base + tuple(head for _, head in self.open)

    def close(self, level: int) -> None:
        while self.open and self.open[-1][0] >= level:
            self.open.pop()


def outline(content: Sequence[Block | Table]) -> tuple[Block | Table, ...]:
    """Set kind, level and heading path of every block, and the heading path of every table.

    An extractor that knows heading styles passes them in as ``kind=HEADING`` with the style's level; all
    other blocks come in as paragraphs.  Text boxes and notes have an outline of their own and leave that
    of the body alone; running heads and comments have none.  Order and texts stay as they are.
    """
    body = [item for item in content if item.locator.part is Part.BODY]
    placed = iter(list(_place(body, _Trail())))
    found: list[Block | Table] = []
    path: tuple[str, ...] = ()
    for part, group in groupby(content, key=lambda item: item.locator.part):
        if part is Part.BODY:
            ours = [next(placed) for _ in group]
            path = _path_after(ours[-1])
            found.extend(ours)
        elif part.is_content:
            base = path if part is Part.TEXT_BOX else ()
            found.extend(_place(list(group), _Trail(base)))
        else:
            found.extend(_unplaced(item) for item in group)
    return tuple(found)


def _path_after(item: Block | Table) -> tuple[str, ...]:
    """Return the path of what is anchored right after an item."""
    if isinstance(item, Block) and item.kind is BlockKind.HEADING and item.level:
        return (*item.heading_path, _joined(item.label, item.text))
    return item.heading_path


def _unplaced(item: Block | Table) -> Block | Table:
    if isinstance(item, Table):
        return item
    return replace(item, kind=BlockKind.PARAGRAPH, level=0, heading_path=())


def _place(items: Sequence[Block | Table], trail: _Trail) -> Iterator[Block | Table]:
    entries = _without_stray_decimals([_entry(item) for item in items])
    title = _title_index(items, entries)
    entries = _with_styles_joined(items, entries)
    depths = _depths(entry for index, entry in enumerate(entries) if index != title)
    for index, (item, entry) in enumerate(zip(items, entries, strict=True)):
        if isinstance(item, Table):
            yield replace(item, heading_path=trail.path)
        elif index == title:
            yield replace(item, level=0, heading_path=trail.path)
        else:
            yield _placed(item, entry, depths.get(entry.key, 0), trail)


def _placed(block: Block, entry: _Entry, depth: int, trail: _Trail) -> Block:
    if len(block.shown) <= _LONGEST_ATTACHMENT_LINE and _ATTACHMENT.fullmatch(block.shown.strip()):
        trail.close(0)
    if not entry.key:
        return replace(block, kind=BlockKind.PARAGRAPH, level=0, heading_path=trail.path)
    trail.close(depth)
    above = trail.path
    if entry.head:
        trail.open.append((depth, entry.head))
    if entry.is_heading:
        return replace(block, kind=BlockKind.HEADING, level=depth, heading_path=above)
    return replace(block, kind=BlockKind.PARAGRAPH, level=0, heading_path=trail.path)


def _entry(item: Block | Table) -> _Entry:
    if isinstance(item, Table) or _CONTENTS_LINE.search(item.text[-_LONGEST_LEADER:]):
        return _Entry()
    style = item.level if item.kind is BlockKind.HEADING else 0
    mark = automatic_mark(item.label) or (None if item.label else typed_mark(item.text))
    words = item.text[mark.end :].strip() if mark else item.text.strip()
    # What the writer set as a heading may hold a colon or a figure; a sentence it may not be.
    is_styled = style > 0 and 0 < len(words) <= _LONGEST_HEADING and not _STOP.search(words)
    if mark is None:
        return _Entry(style, 0, _joined(item.label, words), is_heading=True) if is_styled else _Entry()
    if is_styled or (words and _is_heading(words)):
        return _Entry(mark.family, mark.value, _joined(mark.text, words), is_heading=True)
    if not words and mark.family.is_division:
        return _Entry(mark.family, mark.value, mark.text, is_heading=True)
    return _Entry(mark.family, mark.value, _run_in_head(mark, words))


def _is_heading(words: str) -> bool:
    """Whether words after a number are a title: short, no sentence, no result with a figure."""
    bare = words.rstrip("：: ")
    if len(bare) > _LONGEST_HEADING or bare.count("，") > 2 or bare.endswith(("，", "、")):
        return False
    outside = _IN_PARENTHESES.sub("", bare)
    return not (_STOP.search(bare) or re.search("[：:\n]", outside) or _FIGURE.search(outside))


def _run_in_head(mark: Mark, words: str) -> str:
    """Return the title that runs into its paragraph (``（一）动员部署（4月—6月）。各县区…``), or nothing."""
    if mark.family is Family.ARTICLE:
        # An article begins with its rule, not with a title; it is cited by its number.
        return mark.text
    end = _RUN_IN_END.search(words)
    head = words[: end.start()].strip() if end else ""
    is_title = bool(head) and len(head) <= _LONGEST_RUN_IN and _is_heading(head)
    return _joined(mark.text, head) if is_title else ""


def _joined(number: str, words: str) -> str:
    words = re.sub(r"\s+", " ", words.strip()).rstrip("：: ")
    number = number.strip()
    # 第一章 总则 · 1.1 目标 need a gap; 一、总则 and （一）总则 do not.
    gap = " " if number and words and number[-1].isalnum() else ""
    return number + gap + words


def _title_index(items: Sequence[Block | Table], entries: Sequence[_Entry]) -> int:
    """Return which block is the paper's title set in a heading style, -1 when none is.

    It is the first heading of all, and no other heading without a number shares its style.
    """
    headed = [index for index, entry in enumerate(entries) if entry.is_heading]
    if not headed or entries[headed[0]].value:
        return -1
    same = [index for index in headed if entries[index].key == entries[headed[0]].key]
    return headed[0] if len(same) == 1 else -1


def _with_styles_joined(items: Sequence[Block | Table], entries: Sequence[_Entry]) -> list[_Entry]:
    """Let a heading without a number stand where the numbered headings of the same style stand."""
    shared: dict[int, Counter[int]] = {}
    for item, entry in zip(items, entries, strict=True):
        if isinstance(item, Block) and entry.value and entry.is_heading and item.level:
            shared.setdefault(item.level, Counter())[entry.key] += 1
    return [
        replace(entry, key=shared[entry.key].most_common(1)[0][0]) if entry.key in shared else entry
        for entry in entries
    ]


def _without_stray_decimals(entries: Sequence[_Entry]) -> list[_Entry]:
    """Drop numbers such as ``3.15`` that neither begin a row of section numbers nor carry one on."""
    seen: set[tuple[int, int]] = set()
    kept: list[_Entry] = []
    for entry in entries:
        if Family.DECIMAL_2 <= entry.key <= Family.DECIMAL_4:
            if entry.value > 1 and (entry.key, entry.value - 1) not in seen:
                kept.append(_Entry())
                continue
            seen.add((entry.key, entry.value))
        kept.append(entry)
    return kept


def _depths(entries: Iterable[_Entry]) -> dict[int, int]:
    """Return how deep each kind of number stands in this paper, 1 for the outermost that heads anything."""
    ordered = [entry for entry in entries if entry.key]
    votes = _votes(ordered)
    keys = {entry.key for entry in ordered}
    headed = {entry.key for entry in ordered if entry.head}

    def is_above(one: int, other: int) -> bool:
        difference = votes[one, other] - votes[other, one]
        return difference > 0 if difference else one < other

    return {key: 1 + sum(is_above(other, key) for other in headed if other != key) for key in keys}


def _votes(entries: Sequence[_Entry]) -> Counter[tuple[int, int]]:
    """Count, for each pair of kinds, how often the second starts anew between neighbours of the first."""
    votes: Counter[tuple[int, int]] = Counter()
    last: dict[int, int] = {}
    started: dict[int, set[int]] = {}
    for entry in entries:
        if not entry.value:
            continue
        if entry.key in last and entry.value == last[entry.key] + 1:
            votes.update((entry.key, other) for other in started[entry.key])
        last[entry.key] = entry.value
        started[entry.key] = set()
        if entry.value == 1:
            for key, others in started.items():
                if key != entry.key:
                    others.add(entry.key)
    return votes
