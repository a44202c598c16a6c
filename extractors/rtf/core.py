"""The state of reading rich text: open groups, open stories, fonts, and bytes waiting to become text."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.document import Part, Source
from extractors.rtf.encodings import Font, codec_of_page, decoded
from extractors.rtf.fields import Field
from extractors.rtf.rows import RowDefinition
from extractors.rtf.story import State, Story
from extractors.rtf.tokens import Tokens
from extractors.word.items import Item, Ledger
from extractors.word.symbols import shown_in

__all__ = ["Reading"]

_DEEPEST = 2_000
_NO_FONT = Font()
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


@dataclass
class Reading:
    """One rich text paper while it is read; files it carries inside become ``members``."""

    tokens: Tokens
    ledger: Ledger
    name: str = ""
    codec: str = field(default_factory=lambda: codec_of_page(1252))
    default_font: int = 0
    fonts: dict[int, Font] = field(default_factory=dict)
    styles: dict[int, int] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    row: RowDefinition = field(default_factory=RowDefinition)
    members: list[Source] = field(default_factory=list)
    parts: dict[Part, list[list[Item]]] = field(default_factory=dict)
    is_starred: bool = False
    shape_property: list[str] = field(default_factory=list)
    stories: list[Story] = field(init=False)
    state: State = field(init=False)
    _groups: list[State] = field(default_factory=list)
    _too_deep: int = 0
    _waiting: bytearray = field(default_factory=bytearray)
    _skips: int = 0

    def __post_init__(self) -> None:
        self.stories = [Story(Part.BODY, self.ledger)]
        self.state = State(self.stories[0].write)

    @property
    def story(self) -> Story:
        """The story that is being read."""
        return self.stories[-1]

    @property
    def is_inside(self) -> bool:
        """Whether a group is open."""
        return bool(self._groups)

    def open_group(self) -> None:
        """Begin a group: what it changes ends with it."""
        self.flush()
        self._skips = 0
        if len(self._groups) >= _DEEPEST:
            self._too_deep += 1
            self.ledger.lose("too_deep", "rtf")
            return
        self._groups.append(self.state)
        self.state = copy.copy(self.state)
        self.state.on_close = None

    def close_group(self) -> None:
        """End a group."""
        self.flush()
        self._skips = 0
        if self._too_deep:
            self._too_deep -= 1
            return
        if self.state.on_close:
            self.state.on_close()
        if self._groups:
            self.state = self._groups.pop()

    def close_all(self) -> None:
        """End all groups a file that breaks off has left open."""
        self.flush()
        self._too_deep = 0
        while self._groups:
            self.close_group()

    def is_skipped(self) -> bool:
        r"""Whether the next sign only stands in for a character already given (``\u20013?``)."""
        if not self._skips:
            return False
        self._skips -= 1
        return True

    def end_skipping(self) -> None:
        """Expect no more signs that stand in: a program that left them out goes on with its own words."""
        self._skips = 0

    def take(self, raw: bytes) -> None:
        """Take bytes of text; two of them may make one character."""
        if self._skips:
            skipped = min(self._skips, len(raw))
            self._skips -= skipped
            raw = raw[skipped:]
        self._waiting += raw

    def flush(self) -> None:
        """Turn the bytes taken so far into text."""
        if not self._waiting:
            return
        text, is_whole = decoded(bytes(self._waiting), self._font, self.codec)
        self._waiting.clear()
        if not is_whole:
            self.ledger.lose("garbled_text")
        self.say(text)

    def say_code(self, number: int) -> None:
        r"""Say a character given by its number (``\u``), negative from U+8000 on."""
        self.flush()
        self.say(chr(number & 0xFFFF))
        self._skips = self.state.fallback

    def say(self, text: str) -> None:
        """Hand text on to where the group sends it; hidden and deleted text goes nowhere."""
        state = self.state
        text = _CONTROL.sub("", text)
        if state.is_deleted or not text:
            return
        if state.is_hidden:
            if text.strip():
                self.ledger.note("hidden_text")
            return
        font = self._font
        if font.is_symbol:
            text, unknown = shown_in(font.name, text)
            if unknown:
                codes = " ".join(f"{ord(sign):04X}" for sign in unknown)
                self.ledger.note("unknown_symbol", f"{font.name} {codes}")
        state.sink(text)

    @property
    def _font(self) -> Font:
        return self.fonts.get(self.state.font, _NO_FONT)

    def end_paragraph(self, *, depth: int | None = None, ends_cell: bool = False) -> None:
        """Finish the open paragraph; a mark that is hidden or taken out joins it to the next one."""
        self.flush()
        if not ends_cell and (self.state.is_deleted or self.state.is_hidden):
            return
        stated = self.state.level
        level = self.styles.get(self.state.style, 0) if stated is None else stated
        found = self.state.table_depth if depth is None else depth
        self.story.end_paragraph(self.state, level, depth=found, ends_cell=ends_cell)

    def begin_story(self, part: Part, finish: Callable[[Story], None]) -> None:
        """Read the group we are in as a story of its own; ``finish`` takes it at the end."""
        self.flush()
        story = Story(part, self.ledger)
        self.stories.append(story)
        self.state.sink = story.write
        self.state.reset_paragraph()
        self.state.reset_characters(self.default_font)
        row, self.row = self.row, RowDefinition()

        def end() -> None:
            if story.is_open:
                self.end_paragraph()
            self.stories.remove(story)
            self.row = row
            finish(story)

        self.state.on_close = end

    def keep(self, story: Story) -> None:
        """Keep a note, running head or comment for its place in the paper."""
        self.parts.setdefault(story.part, []).append(list(story.items()))
