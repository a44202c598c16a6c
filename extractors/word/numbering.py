"""Works out the numbers Word shows before paragraphs but does not store: ``（一）`` ``第三条`` ``2.1``.

``Definitions`` reads ``numbering.xml``; a ``Counter`` walks with the text of one story and counts.  What the
specification leaves open follows Word: lists that share an abstract definition go on counting, a start
override holds at the first use of its list, a level used without the one above it sets that one to its start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from extractors.word.items import Ledger
from extractors.word.names import Element, is_on, mc, value, w, whole_number
from extractors.word.numerals import numeral
from extractors.word.styles import ParagraphStyle, Styles
from extractors.word.symbols import BULLET, is_symbol_font, shown_in

__all__ = ["Counter", "Definitions", "Level", "label_of", "with_gap"]

_ABSTRACT, _ABSTRACT_ID, _NUM, _NUM_ID = w("abstractNum"), w("abstractNumId"), w("num"), w("numId")
_STYLE_LINK, _OVERRIDE, _START_OVERRIDE = w("numStyleLink"), w("lvlOverride"), w("startOverride")
_LVL, _ILVL, _START, _FORMAT, _TEXT = w("lvl"), w("ilvl"), w("start"), w("numFmt"), w("lvlText")
_RESTART, _LEGAL, _SUFFIX, _PARAGRAPH_STYLE = w("lvlRestart"), w("isLgl"), w("suff"), w("pStyle")
_PICTURE, _RPR, _FONTS, _VANISH = w("lvlPicBulletId"), w("rPr"), w("rFonts"), w("vanish")
_VAL, _CUSTOM, _ASCII, _HANSI = w("val"), w("format"), w("ascii"), w("hAnsi")
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_JOINS = re.compile(r"[0-9A-Za-z.]$")
_JOINED = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how it counts and what stands around the count (``第%1条``)."""

    start: int = 1
    number_format: str = "decimal"
    text: str = ""
    restart: int | None = None
    is_legal: bool = False
    is_hidden: bool = False
    has_gap: bool = True
    style: str = ""
    font: str = ""

    @property
    def counts(self) -> bool:
        """Whether the level has a number of its own."""
        return self.number_format not in ("bullet", "none")


@dataclass(frozen=True, slots=True)
class List:
    """One list: what it counts with others (``key``), its levels and its own first values."""

    key: str
    levels: tuple[Level, ...]
    overrides: tuple[int | None, ...] = (None,) * _LEVELS


@dataclass
class Definitions:
    """The lists of one paper by their id; ``load`` reads the part when the first number is met."""

    load: Callable[[], Element | None]
    styles: Styles
    _lists: dict[str, List | None] = field(default_factory=dict)

    @cached_property
    def _root(self) -> Element | None:
        return self.load()

    @cached_property
    def _abstract(self) -> dict[str, Element]:
        found = () if self._root is None else self._root.iterfind(_ABSTRACT)
        return {element.get(_ABSTRACT_ID, ""): element for element in found}

    @cached_property
    def _nums(self) -> dict[str, Element]:
        found = () if self._root is None else self._root.iterfind(_NUM)
        return {element.get(_NUM_ID, ""): element for element in found}

    def list_of(self, number_id: str) -> List | None:
        """Return a list by its id; None when numbering is off (``0``) or the list is not defined."""
        if number_id not in self._lists:
            self._lists[number_id] = self._read(number_id)
        return self._lists[number_id]

    def _read(self, number_id: str) -> List | None:
        num = self._nums.get(number_id)
        if num is None or number_id == "0":
            return None
        key, abstract = self._abstract_of(num)
        if abstract is None:
            return None
        levels = _levels(abstract.iterfind(_LVL), (Level(text=""),) * _LEVELS)
        overrides: list[int | None] = [None] * _LEVELS
        for override in num.iterfind(_OVERRIDE):
            levels = _levels(override.iterfind(_LVL), levels)
            start = value(override, _START_OVERRIDE)
            if start is not None:
                overrides[_level_number(override)] = whole_number(start, 1)
        return List(key, levels, tuple(overrides))

    def _abstract_of(self, num: Element) -> tuple[str, Element | None]:
        """Follow a list to the definition that holds its levels, through a numbering style if need be."""
        key = value(num, _ABSTRACT_ID) or ""
        abstract = self._abstract.get(key)
        link = value(abstract, _STYLE_LINK)
        if not link:
            return key, abstract
        linked = self._nums.get(self.styles.number_of(link) or "")
        key = value(linked, _ABSTRACT_ID) or ""
        return key, self._abstract.get(key)

    def place(self, direct: Element | None, style: ParagraphStyle) -> tuple[str, int] | None:
        """Return list id and level of a paragraph from its own ``numPr`` and its style's; None: no number."""
        number_id = value(direct, _NUM_ID) or style.number_id
        if not number_id or number_id == "0":
            return None
        stated = value(direct, _ILVL)
        if stated is not None:
            return number_id, whole_number(stated, most=_LEVELS - 1)
        return number_id, self._level_by_style(number_id, style)

    def _level_by_style(self, number_id: str, style: ParagraphStyle) -> int:
        """Return the level a style gives; a level that names it goes before what it states (17.9.23)."""
        found = self.list_of(number_id)
        named = {
            level.style: index for index, level in enumerate(found.levels if found else ()) if level.style
        }
        for identifier, stated in style.chain:
            if identifier in named:
                return named[identifier]
            if stated is not None:
                return stated
        return 0


@dataclass
class Counter:
    """Counts the lists of one story (the body, the text boxes, the notes …)."""

    definitions: Definitions
    ledger: Ledger
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _used: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number_id: str, index: int) -> tuple[str, bool]:
        """Count one paragraph; return its label and whether Word leaves a gap after it."""
        found = self.definitions.list_of(number_id)
        if found is None:
            return "", False
        counts = self._advance(found, number_id, index)
        level = found.levels[index]
        if level.is_hidden:
            return "", False
        for shown in found.levels[: index + 1]:
            if shown.counts and numeral(1, shown.number_format) is None:
                self.ledger.note("unknown_number_format", shown.number_format)
        return label_of(found.levels, counts, index), level.has_gap

    def _advance(self, found: List, number_id: str, index: int) -> list[int]:
        counts = self._counts.setdefault(found.key, [None] * _LEVELS)
        override = found.overrides[index]
        before = counts[index]
        if override is not None and (number_id, index) not in self._used:
            self._used.add((number_id, index))
            counts[index] = override
        elif before is None:
            counts[index] = found.levels[index].start if override is None else override
        else:
            counts[index] = before + 1
        for above in range(index):
            if counts[above] is None:
                start = found.overrides[above]
                counts[above] = found.levels[above].start if start is None else start
        for below in range(index + 1, _LEVELS):
            restart = found.levels[below].restart
            if restart is None or index < restart:
                counts[below] = None
        return [count or 0 for count in counts]


def label_of(levels: tuple[Level, ...], counts: list[int], index: int) -> str:
    """Return the number Word shows before a paragraph.

    >>> label_of((Level(number_format="chineseCounting", text="（%1）"),), [12], 0)
    '（十二）'
    """
    level = levels[index]
    if level.number_format == "bullet":
        return _bullet(level)

    def count(place: re.Match[str]) -> str:
        at = int(place[1]) - 1
        if at > index or not levels[at].counts:
            return ""
        number_format = levels[at].number_format
        if level.is_legal and number_format != "decimalZero":
            number_format = "decimal"
        return numeral(counts[at], number_format) or str(counts[at])

    return _PLACE.sub(count, level.text).strip()


def with_gap(label: str, text: str) -> str:
    """Return a label that does not run into its text: ``1.1`` before ``2015年`` keeps its gap."""
    return f"{label} " if _JOINS.search(label) and _JOINED.match(text) else label


def _bullet(level: Level) -> str:
    text = level.text
    if is_symbol_font(level.font):
        text, _ = shown_in(level.font, text)
    if text == "o":
        # Word's second-level bullet is the letter of a typewriter font.
        return "◦"
    is_private = any("\ue000" <= character <= "\uf8ff" for character in text)
    return BULLET if is_private or not text.strip() else text.strip()


def _level_number(element: Element) -> int:
    return whole_number(element.get(_ILVL), most=_LEVELS - 1)


def _levels(elements: Iterable[Element], before: tuple[Level, ...]) -> tuple[Level, ...]:
    levels = list(before)
    for element in elements:
        levels[_level_number(element)] = _level(element)
    return tuple(levels)


def _level(element: Element) -> Level:
    restart = value(element, _RESTART)
    properties = element.find(_RPR)
    fonts = None if properties is None else properties.find(_FONTS)
    level = Level(
        start=whole_number(value(element, _START), 0),
        number_format=_format(element),
        text=value(element, _TEXT) or "",
        restart=None if restart is None else whole_number(restart),
        is_legal=is_on(element, _LEGAL) or False,
        is_hidden=is_on(properties, _VANISH) or False,
        has_gap=value(element, _SUFFIX) != "nothing",
        style=value(element, _PARAGRAPH_STYLE) or "",
        font="" if fonts is None else fonts.get(_ASCII) or fonts.get(_HANSI) or "",
    )
    if element.find(_PICTURE) is not None:
        return replace(level, number_format="bullet", text=BULLET)
    return level


def _format(element: Element) -> str:
    """Return a level's number format; a custom one (``001, 002, …``) under the name it goes by here."""
    stated = element.find(_FORMAT)
    if stated is None:
        stated = element.find(f"{mc('AlternateContent')}/{mc('Choice')}/{_FORMAT}")
    if stated is None:
        return "decimal"
    if stated.get(_VAL) != "custom":
        return stated.get(_VAL, "decimal")
    width = len(stated.get(_CUSTOM, "").split(",")[0].strip())
    return f"decimalZero{width}" if 2 <= width <= 5 else "decimal"
