"""Automatic numbering of an old Word paper: lists (PlfLst), their levels (LVL) and overrides (PlfLfo).

What is read is brought to the same form as the numbering of new papers, so that both are counted alike.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from extractors.word.binary.looks import CharacterLook
from extractors.word.binary.streams import FAULTS, Place, Streams
from extractors.word.numbering import Definitions, Level, List
from extractors.word.styles import Styles

__all__ = ["FORMATS", "read_lists"]

_LEVELS = 9
_LIST_SIZE, _LEVEL_SIZE, _OVERRIDE_SIZE = 28, 28, 16
_MOST_LISTS = 4000
_BULLET_FORMAT = 23
_NO_GAP = 2
_STAND_IN = Level(text="")

# Word's number format codes (MSONFC, [MS-OSHARED] 2.2.1.3) by the names new papers use.
FORMATS = {
    **dict(
        enumerate(
            (
                *("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal"),
                *("cardinalText", "ordinalText", "hex", "chicago", "ideographDigital", "japaneseCounting"),
                *("aiueo", "iroha", "decimalFullWidth", "decimalHalfWidth", "japaneseLegal"),
                *("japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2"),
                *("aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet", "ganada", "chosung"),
                *("decimalEnclosedFullstop", "decimalEnclosedParen", "decimalEnclosedCircleChinese"),
                *("ideographEnclosedCircle", "ideographTraditional", "ideographZodiac"),
                *("ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional"),
                *("taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting"),
                *("chineseLegalSimplified", "chineseCountingThousand", "decimal", "koreanDigital"),
                *("koreanCounting", "koreanLegal", "koreanDigital2"),
            )
        )
    ),
    57: "numberInDash",
    255: "none",
}

LookOf = Callable[[bytes], CharacterLook]


@dataclass(frozen=True, slots=True)
class _Override:
    """One use of a list: the levels it replaces and the values it begins with."""

    identifier: int
    starts: tuple[int | None, ...] = (None,) * _LEVELS
    levels: tuple[Level | None, ...] = (None,) * _LEVELS


def read_lists(streams: Streams, look_of: LookOf) -> Definitions:
    """Return the lists of a paper by the number its paragraphs name them with (1 for the first).

    ``look_of`` tells how the characters of a bullet are shown.
    """
    try:
        lists = dict(_lists(streams, look_of))
        overrides = list(_overrides(streams.structure(Place.LIST_OVERRIDES), look_of))
    except FAULTS:
        lists, overrides = {}, []
    found: dict[str, List | None] = {}
    for number, override in enumerate(overrides, 1):
        levels = lists.get(override.identifier)
        if levels is not None:
            shown = (own or level for own, level in zip(override.levels, levels, strict=True))
            found[str(number)] = List(str(override.identifier), tuple(shown), override.starts)
    return Definitions(lambda: None, Styles(None), found)


def _lists(streams: Streams, look_of: LookOf) -> Iterator[tuple[int, tuple[Level, ...]]]:
    """Yield identifier and levels of each list; the levels follow the table of lists, beyond its length."""
    data = streams.structure(Place.LISTS) + streams.after(Place.LISTS)
    count = min(int.from_bytes(data[:2], "little"), _MOST_LISTS)
    reader = _Reader(data[2 + count * _LIST_SIZE :], look_of)
    for index in range(count):
        stated = data[2 + index * _LIST_SIZE : 2 + (index + 1) * _LIST_SIZE]
        (identifier,) = struct.unpack_from("<i", stated)
        is_simple = stated[26] & 1
        levels = [reader.level() for _ in range(1 if is_simple else _LEVELS)]
        if None in levels:
            return
        known = tuple(level for level in levels if level)
        yield identifier, known + (_STAND_IN,) * (_LEVELS - len(known))


def _overrides(data: bytes, look_of: LookOf) -> Iterator[_Override]:
    if len(data) < 4:
        return
    (count,) = struct.unpack_from("<I", data)
    count = min(count, _MOST_LISTS, (len(data) - 4) // _OVERRIDE_SIZE)
    reader = _Reader(data[4 + count * _OVERRIDE_SIZE :], look_of)
    for index in range(count):
        identifier, _, _, changed = struct.unpack_from("<iIIB", data, 4 + index * _OVERRIDE_SIZE)
        reader.place += 4
        override = _Override(identifier)
        for _ in range(changed):
            override = reader.override(override)
        yield override


@dataclass(slots=True)
class _Reader:
    """Reads levels one after the other."""

    data: bytes
    look_of: LookOf
    place: int = 0

    def level(self) -> Level | None:
        """Return the next level, None when the data breaks off."""
        fixed = self.data[self.place : self.place + _LEVEL_SIZE]
        if len(fixed) < _LEVEL_SIZE:
            return None
        characters_size, paragraph_size = fixed[24], fixed[25]
        characters_at = self.place + _LEVEL_SIZE + paragraph_size
        text_at = characters_at + characters_size
        length = int.from_bytes(self.data[text_at : text_at + 2], "little")
        text = self.data[text_at + 2 : text_at + 2 + 2 * length].decode("utf-16-le", "replace")
        self.place = text_at + 2 + 2 * length
        return _level(fixed, text, self.look_of(self.data[characters_at:text_at]))

    def override(self, before: _Override) -> _Override:
        """Return what the next override adds to those before it."""
        if self.place + 8 > len(self.data):
            return before
        start, flags = struct.unpack_from("<iI", self.data, self.place)
        self.place += 8
        index = min(flags & 0xF, _LEVELS - 1)
        starts, levels = list(before.starts), list(before.levels)
        if flags & 0x20:
            levels[index] = self.level()
            # A level of its own brings its own start along.
            stated = levels[index]
            start = stated.start if stated else start
        if flags & 0x10:
            starts[index] = start
        return replace(before, starts=tuple(starts), levels=tuple(levels))


def _level(fixed: bytes, text: str, look: CharacterLook) -> Level:
    start, code, flags = struct.unpack_from("<iBB", fixed)
    is_bullet = code == _BULLET_FORMAT
    places = {place for place in fixed[6:15] if place}
    shown = text if is_bullet else "".join(_shown(sign, at in places) for at, sign in enumerate(text, 1))
    return Level(
        start=min(max(start, 0), 1_000_000),
        number_format=FORMATS.get(code, f"format {code}"),
        text=shown,
        restart=fixed[26] if flags & 0x08 else None,
        is_legal=bool(flags & 0x04),
        is_hidden=look.is_hidden,
        has_gap=fixed[15] != _NO_GAP,
        font=look.font,
    )


def _shown(sign: str, is_place: bool) -> str:  # noqa: FBT001
    """Return a sign of a number's pattern: the number of a level is stored as the level itself."""
    return f"%{ord(sign) + 1}" if is_place and ord(sign) < _LEVELS else sign
