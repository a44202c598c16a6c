"""Control words that open a group with text of its own: tables of fonts and styles, notes, fields, boxes."""

from __future__ import annotations

import binascii
import re
import struct
from collections.abc import Callable

from extractors.document import Part, Source
from extractors.rtf.core import Reading
from extractors.rtf.encodings import Font
from extractors.rtf.fields import Field, Form
from extractors.rtf.rows import RowDefinition
from extractors.rtf.story import Story
from extractors.word.embedded import carried_file
from extractors.word.items import Paragraph

__all__ = ["DESTINATIONS", "LEFT_OUT", "SEEN_THROUGH"]

Handler = Callable[[Reading, int | None], None]

# What has no words of the paper in it, though it is not marked as skippable.
LEFT_OUT = frozenset(
    b"colortbl info filetbl revtbl listtable listoverridetable list listoverride rsidtbl generator themedata "
    b"colorschememapping datastore latentstyles nonshppict shprslt bkmkstart bkmkend tc tcl xe rxe template "
    b"ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn mmathPict atnid atnauthor atntime atnicn atnref datafield "
    b"keywords comment nextfile private objclass objname objtime panose falt xmlopen xmlclose "
    b"nonesttables".split()
)
# Marked as skippable by programs that do not know them; their contents are read where they stand.
SEEN_THROUGH = frozenset(b"shpinst shppict do dpgroup moMath moMathPara sp shp".split())

_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_FONT_WORD = re.compile(rb"\\(fcharset|cpg|f)(\d{1,9})")
_STYLE_WORD = re.compile(rb"\\(outlinelevel|s)(\d{1,9})(?![a-z])")
_GROUP = re.compile(rb"\{[^{}]*\}")
_CONTROL = re.compile(rb"\\[a-z]+-?\d* ?|\\\*|[{}\r\n]")
_LONGEST_TABLE = 4 * 1024 * 1024
_WORD_ART_TEXT = "gtextUNICODE"


def _fonts(reading: Reading, number: int | None) -> None:
    """Read the table of fonts: number, character set and name of each, ended by a semicolon."""
    table = reading.tokens.rest_of_group()[:_LONGEST_TABLE]
    # Names of stand-in fonts and other details come in groups of their own inside a font's group.
    for entry in re.sub(rb"\{\\\*[^{}]*\}", b"", table).split(b";"):
        words = {found[1]: int(found[2]) for found in _FONT_WORD.finditer(entry)}
        if b"f" in words:
            name = _CONTROL.sub(b"", entry).strip().decode("latin-1")
            font = Font.of(name, words.get(b"fcharset", 1), words.get(b"cpg", 0))
            reading.fonts[words[b"f"]] = font


def _styles(reading: Reading, number: int | None) -> None:
    """Read the table of styles as far as it makes headings."""
    table = reading.tokens.rest_of_group()[:_LONGEST_TABLE]
    for found in _GROUP.finditer(re.sub(rb"\{\\\*[^{}]*\}", b"", table)):
        words = {word[1]: int(word[2]) for word in _STYLE_WORD.finditer(found[0])}
        name = _CONTROL.sub(b"", found[0]).strip(b" ;").decode("latin-1")
        heading = _HEADING_NAME.match(name)
        if words.get(b"outlinelevel", 9) < 9:
            reading.styles[words.get(b"s", 0)] = words[b"outlinelevel"] + 1
        elif heading:
            reading.styles[words.get(b"s", 0)] = int(heading[1])


def _part(part: Part) -> Handler:
    def begin(reading: Reading, number: int | None) -> None:
        reading.begin_story(part, reading.keep)

    return begin


def _text_box(reading: Reading, number: int | None) -> None:
    around = reading.story
    part = Part.TEXT_BOX if around.part is Part.BODY else around.part
    reading.begin_story(part, lambda story: around.hanging.extend(story.items()))


def _label(reading: Reading, number: int | None) -> None:
    """Keep the number the writing program has worked out."""
    reading.state.sink = reading.story.write_label
    reading.story.write_label("")


def _field(reading: Reading, number: int | None) -> None:
    field = Field(reading.state.sink)
    reading.fields.append(field)

    def end() -> None:
        reading.fields.remove(field)
        shown = field.end()
        if shown is None:
            reading.ledger.lose("field_without_result", field.instruction.strip()[:40])
        elif shown:
            reading.state.sink = field.sink
            reading.say(shown)

    reading.state.on_close = end


def _instruction(reading: Reading, number: int | None) -> None:
    if reading.fields:
        reading.state.sink = reading.fields[-1].instruct


def _result(reading: Reading, number: int | None) -> None:
    if reading.fields:
        reading.state.sink = reading.fields[-1].show


def _form(reading: Reading, number: int | None) -> None:
    if reading.fields:
        reading.fields[-1].form = Form()
    reading.state.sink = _nowhere


def _form_number(name: str) -> Handler:
    def set_number(reading: Reading, number: int | None) -> None:
        form = reading.fields[-1].form if reading.fields else None
        if form is not None:
            setattr(form, name, number or 0)

    return set_number


def _form_entry(reading: Reading, number: int | None) -> None:
    form = reading.fields[-1].form if reading.fields else None
    words: list[str] = []
    reading.state.sink = words.append
    if form is not None:
        reading.state.on_close = lambda: form.entries.append("".join(words))


def _shape_name(reading: Reading, number: int | None) -> None:
    reading.shape_property.clear()
    reading.state.sink = reading.shape_property.append


def _shape_value(reading: Reading, number: int | None) -> None:
    words: list[str] = []
    reading.state.sink = words.append
    story = reading.story

    def end() -> None:
        if "".join(reading.shape_property).strip() == _WORD_ART_TEXT and words:
            _say_beside(story, "".join(words))

    reading.state.on_close = end


def _say_beside(story: Story, text: str) -> None:
    part = Part.TEXT_BOX if story.part is Part.BODY else story.part
    if text.strip():
        story.hanging.append(Paragraph(text.strip(), part=part))


def _picture(reading: Reading, number: int | None) -> None:
    reading.tokens.skip_group()
    if not reading.state.is_object and not reading.state.is_hidden and not reading.state.is_deleted:
        reading.ledger.pictures += reading.story.part.is_content


def _object(reading: Reading, number: int | None) -> None:
    reading.state.is_object = True


def _object_data(reading: Reading, number: int | None) -> None:
    """Hand on the file an embedded object carries."""
    digits = re.sub(rb"[^0-9a-fA-F]", b"", reading.tokens.rest_of_group())
    raw = binascii.unhexlify(digits[: len(digits) // 2 * 2])
    found = _carried(raw, len(reading.members) + 1)
    if found is None or len(reading.members) >= reading.ledger.limits.max_members:
        reading.ledger.lose("embedded_object")
        return
    reading.members.append(Source(f"{reading.name}/{found[0]}", found[1]))
    reading.ledger.note("embedded_file", found[0])


def _carried(raw: bytes, number: int) -> tuple[str, bytes] | None:
    """Read an embedded object: version, kind, three names, size, bytes ([MS-OLEDS] 2.2.5)."""
    place = 8
    try:
        for _ in range(3):
            place += 4 + struct.unpack_from("<I", raw, place)[0]
        (size,) = struct.unpack_from("<I", raw, place)
    except struct.error:
        return None
    return carried_file(raw[place + 4 : place + 4 + size], f"object{number}.bin")


def _nested_row(reading: Reading, number: int | None) -> None:
    """Read the properties of a row of a nested table, without touching those of the row around it."""
    around, reading.row = reading.row, RowDefinition()

    def end() -> None:
        reading.row = around

    reading.state.on_close = end


def _two_versions(reading: Reading, number: int | None) -> None:
    r"""Take the second, Unicode version of what stands here twice (``\upr``)."""
    reading.tokens.skip_next_group()


def _unicode_version(reading: Reading, number: int | None) -> None:
    """Read on: the other version has been left out."""


def _nowhere(text: str) -> None:
    """Take text that is not shown."""


DESTINATIONS: dict[bytes, Handler] = {
    b"fonttbl": _fonts,
    b"stylesheet": _styles,
    b"footnote": _part(Part.FOOTNOTE),
    b"annotation": _part(Part.COMMENT),
    **{word: _part(Part.HEADER) for word in (b"header", b"headerl", b"headerr", b"headerf")},
    **{word: _part(Part.FOOTER) for word in (b"footer", b"footerl", b"footerr", b"footerf")},
    b"shptxt": _text_box,
    b"dptxbxtext": _text_box,
    b"listtext": _label,
    b"pntext": _label,
    b"field": _field,
    b"fldinst": _instruction,
    b"fldrslt": _result,
    b"formfield": _form,
    b"fftype": _form_number("kind"),
    b"ffres": _form_number("answer"),
    b"ffdefres": _form_number("default"),
    b"ffl": _form_entry,
    b"sn": _shape_name,
    b"sv": _shape_value,
    b"pict": _picture,
    b"object": _object,
    b"objdata": _object_data,
    b"nesttableprops": _nested_row,
    b"upr": _two_versions,
    b"ud": _unicode_version,
}
