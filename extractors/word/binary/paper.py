"""Reads all parts of an old Word paper in the order a reader meets them: body, notes, heads, comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from extractors.document import Part, Source
from extractors.word.binary.forms import form_result
from extractors.word.binary.lists import read_lists
from extractors.word.binary.looks import Looks
from extractors.word.binary.objects import carried_object
from extractors.word.binary.pieces import PieceTable, read_pieces
from extractors.word.binary.shapes import Shape, read_shapes, shapes_of, words_in
from extractors.word.binary.sprms import character_runs, paragraph_runs
from extractors.word.binary.story import Setting, Story
from extractors.word.binary.streams import Place, Streams
from extractors.word.binary.stylesheet import read_styles
from extractors.word.items import Item, Ledger, Paragraph

__all__ = ["BinaryPaper"]

_FORM_FIELD_SIZE = 64 * 1024
_PICTURE_HEAD = 68
_FILE_PICTURE = 0x66
# The first six header stories are separators of notes; then come six for each section.
_SEPARATORS, _PER_SECTION = 6, 6
_FOOTERS = (2, 3, 5)


@dataclass
class BinaryPaper:
    """One old Word paper while it is read; files it carries inside become ``members``."""

    streams: Streams
    ledger: Ledger
    name: str = ""
    members: list[Source] = field(default_factory=list)
    setting: Setting = field(init=False)
    _starts: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        streams = self.streams
        pieces = read_pieces(streams, self.ledger)
        looks = Looks(read_styles(streams.structure(Place.STYLES)), _fonts(streams), self._long_list)
        self.setting = Setting(
            pieces,
            paragraph_runs(streams),
            _spans(streams, pieces),
            looks,
            read_lists(streams, lambda changes: looks.character(-1, changes)),
            frozenset(end for _, end, _ in streams.plc(Place.SECTIONS, 12)),
            self.ledger,
        )
        lengths = streams.header.lengths
        if not any(lengths):
            lengths = (len(pieces.text), *lengths[1:])
        elif lengths[0] > len(pieces.text):
            self.ledger.lose("damaged_piece", str(len(pieces.text)))
        self._starts = (0, *accumulate(lengths))

    def items(self) -> Iterator[Item]:
        """Yield everything in the paper: body, footnotes, endnotes, headers, footers, comments."""
        body = _Carrier(self, Part.TEXT_BOX, 0, Place.SHAPES, Place.TEXT_BOXES, 6)
        yield from Story(self.setting, Part.BODY, body).items(*self._story(0))
        yield from body.left_over()
        yield from self._notes(1, Place.FOOTNOTE_TEXTS, Part.FOOTNOTE)
        yield from self._notes(5, Place.ENDNOTE_TEXTS, Part.ENDNOTE)
        yield from self._running_heads()
        yield from self._notes(4, Place.COMMENT_TEXTS, Part.COMMENT)

    def _story(self, index: int) -> tuple[int, int]:
        """Return where a story begins and ends in the text."""
        length = len(self.setting.pieces.text)
        return min(self._starts[index], length), min(self._starts[index + 1], length)

    def _ranges(self, index: int, place: Place, size: int = 0) -> Iterator[tuple[int, int, bytes]]:
        """Yield the parts of a story as positions in the text."""
        first, last = self._story(index)
        for start, end, data in self.streams.plc(place, size):
            if start <= end:
                yield min(first + start, last), min(first + end, last), data

    def _notes(self, index: int, place: Place, part: Part) -> Iterator[Item]:
        story = Story(self.setting, part, _Carrier(self, part))
        reached, last = self._story(index)
        for start, end, _ in self._ranges(index, place):
            if start >= reached:
                yield from story.items(start, end)
                reached = end
        # Where the list of notes is damaged, what it does not name is read in one go.
        if self.setting.pieces.text[reached:last].strip("\r\0"):
            yield from story.items(reached, last)

    def _running_heads(self) -> Iterator[Item]:
        """Yield headers and footers, equal ones once."""
        stories = list(self._ranges(2, Place.HEADERS))[_SEPARATORS:]
        carrier = _Carrier(self, Part.HEADER, 2, Place.HEADER_SHAPES, Place.HEADER_TEXT_BOXES, 7)
        for part in (Part.HEADER, Part.FOOTER):
            seen: set[tuple[Item, ...]] = set()
            for number, (start, end, _) in enumerate(stories):
                if (number % _PER_SECTION in _FOOTERS) is not (part is Part.FOOTER) or start >= end:
                    continue
                items = tuple(Story(self.setting, part, carrier).items(start, end))
                if items not in seen:
                    seen.add(items)
                    yield from items
        yield from carrier.left_over()

    def _long_list(self, place: int) -> bytes:
        data = self.streams.data[place : place + 2]
        return self.streams.data[place + 2 : place + 2 + int.from_bytes(data, "little")]

    def carry(self, place: int, program: str) -> None:
        """Hand on the file an embedded object carries."""
        found = carried_object(self.streams, place)
        if found is None or len(self.members) >= self.ledger.limits.max_members:
            self.ledger.lose("embedded_object", program)
            return
        self.members.append(Source(f"{self.name}/{found[0]}", found[1]))
        self.ledger.note("embedded_file", found[0])

    def picture(self, place: int, part: Part) -> Iterator[Item]:
        """Yield what an inline picture says as word art, and count it otherwise."""
        data = self.streams.data
        size = int.from_bytes(data[place : place + 4], "little")
        head = int.from_bytes(data[place + 4 : place + 6], "little") or _PICTURE_HEAD
        start = place + head
        if data[place + 6 : place + 7] == bytes([_FILE_PICTURE]):
            start += 1 + (data[start] if start < len(data) else 0)
        words = [word for shape in shapes_of(data[start : place + size]) for word in words_in(shape)]
        # Where a shape stands in the line, Word keeps an empty picture for older programs.
        if not words and start < min(place + size, len(data)):
            self.ledger.pictures += part.is_content
        for word in words:
            yield Paragraph(word, part=part)

    def form_result(self, place: int) -> str:
        """Return what the form field stored at a place shows."""
        return form_result(self.streams.data[place : place + _FORM_FIELD_SIZE])


@dataclass
class _Carrier:
    """What lies beside one story; text boxes of the story are a story of their own.

    ``story`` is the index of the story the shapes are anchored in, ``box_story`` that of their texts.
    """

    paper: BinaryPaper
    part: Part
    story: int = 0
    shapes_at: Place | None = None
    boxes_at: Place | None = None
    box_story: int = 0
    _anchors: dict[int, int] = field(default_factory=dict)
    _boxes: dict[int, tuple[int, int]] = field(default_factory=dict)
    _shapes: dict[int, Shape] = field(default_factory=dict)
    _text: Story | None = None

    def __post_init__(self) -> None:
        if self.shapes_at is None or self.boxes_at is None:
            return
        first = self.paper._story(self.story)[0]
        for start, _, data in self.paper.streams.plc(self.shapes_at, 26):
            self._anchors[first + start] = int.from_bytes(data[:4], "little")
        for start, end, data in self.paper._ranges(self.box_story, self.boxes_at, 22):
            is_free = data[8:10] != b"\0\0"
            if start < end and not is_free:
                self._boxes[int.from_bytes(data[14:18], "little")] = start, end
        if self._anchors:
            self._shapes = read_shapes(self.paper.streams.structure(Place.DRAWINGS))

    def shape(self, position: int) -> Iterator[Item]:
        """Yield what the shape anchored at a character says, its parts one after the other."""
        identifier = self._anchors.get(position)
        if identifier is None:
            return
        for part in self._shapes.get(identifier, Shape(identifier)).all():
            yield from self._box(part.identifier)
            if part.words:
                yield Paragraph(part.words, part=self.part)
            self.paper.ledger.pictures += part.is_picture and self.part.is_content

    def left_over(self) -> Iterator[Item]:
        """Yield the text boxes whose shape was not met in the text."""
        for identifier in list(self._boxes):
            yield from self._box(identifier)

    def _box(self, identifier: int) -> Iterator[Item]:
        start, end = self._boxes.pop(identifier, (0, 0))
        if start < end:
            if self._text is None:
                self._text = Story(self.paper.setting, self.part, _Carrier(self.paper, self.part))
            yield from self._text.items(start, end)

    def picture(self, place: int) -> Iterator[Item]:
        """Yield what a picture in the text says."""
        return self.paper.picture(place, self.part)

    def carry(self, place: int, program: str) -> None:
        """Hand on an embedded file."""
        self.paper.carry(place, program)

    def form_result(self, place: int) -> str:
        """Return what a form field shows."""
        return self.paper.form_result(place)


def _spans(streams: Streams, pieces: PieceTable) -> tuple[tuple[int, ...], tuple[bytes, ...]]:
    runs = character_runs(streams)
    found = [span for piece in pieces.pieces for span in runs.spans(piece)]
    return tuple(start for start, _ in found), tuple(value for _, value in found)


def _fonts(streams: Streams) -> tuple[str, ...]:
    """Read the names of the fonts (SttbfFfn): a count, then entries led by their length."""
    table = streams.structure(Place.FONTS)
    place, fonts = 4, []
    while place < len(table) and table[place]:
        entry = table[place + 1 : place + 1 + table[place]]
        name = entry[39 : 39 + len(entry[39:]) // 2 * 2].decode("utf-16-le", "replace")
        fonts.append(name.partition("\0")[0])
        place += 1 + table[place]
    return tuple(fonts)
