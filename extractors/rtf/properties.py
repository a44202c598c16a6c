"""Control words that set properties of characters, paragraphs and rows, or say a character of their own."""

from __future__ import annotations

from collections.abc import Callable

from extractors.rtf.core import Reading
from extractors.rtf.encodings import codec_of_page
from extractors.rtf.rows import RowDefinition

__all__ = ["PROPERTIES", "SAID", "SIGNS"]

Handler = Callable[[Reading, int | None], None]

SAID = {
    b"tab": "\t",
    b"line": "\n",
    b"page": "\n",
    b"column": "\n",
    b"lbr": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"enspace": "\u2002",
    b"emspace": "\u2003",
    b"qmspace": "\u2005",
}
SIGNS = {b"~": "\u00a0", b"_": "-", b"\t": "\t", b"\\": "\\", b"{": "{", b"}": "}"}

_BODY_TEXT_LEVEL = 9


def _is_on(number: int | None) -> bool:
    return number is None or number != 0


def _font(reading: Reading, number: int | None) -> None:
    reading.state.font = number or 0


def _hidden(reading: Reading, number: int | None) -> None:
    reading.state.is_hidden = _is_on(number)


def _deleted(reading: Reading, number: int | None) -> None:
    reading.state.is_deleted = _is_on(number)


def _plain(reading: Reading, number: int | None) -> None:
    reading.state.reset_characters(reading.default_font)


def _fallback(reading: Reading, number: int | None) -> None:
    reading.state.fallback = min(max(number or 0, 0), 100)


def _character(reading: Reading, number: int | None) -> None:
    reading.say_code(number or 0)


def _default_font(reading: Reading, number: int | None) -> None:
    reading.default_font = reading.state.font = number or 0


def _code_page(page: int) -> Handler:
    def set_page(reading: Reading, number: int | None) -> None:
        reading.codec = codec_of_page(page or number or 1252)

    return set_page


def _new_paragraph(reading: Reading, number: int | None) -> None:
    reading.state.reset_paragraph()


def _style(reading: Reading, number: int | None) -> None:
    reading.state.style = number or 0


def _outline_level(reading: Reading, number: int | None) -> None:
    level = number or 0
    reading.state.level = level + 1 if 0 <= level < _BODY_TEXT_LEVEL else 0


def _list(reading: Reading, number: int | None) -> None:
    reading.state.number = number or 0


def _in_table(reading: Reading, number: int | None) -> None:
    reading.state.in_table = _is_on(number)


def _depth(reading: Reading, number: int | None) -> None:
    reading.state.depth = max(number or 0, 0)


def _end_paragraph(reading: Reading, number: int | None) -> None:
    reading.end_paragraph()


def _end_section(reading: Reading, number: int | None) -> None:
    if reading.story.is_open:
        reading.end_paragraph()


def _end_cell(reading: Reading, number: int | None) -> None:
    reading.end_paragraph(depth=1, ends_cell=True)


def _end_nested_cell(reading: Reading, number: int | None) -> None:
    reading.end_paragraph(depth=max(reading.state.depth, 2), ends_cell=True)


def _end_row(reading: Reading, number: int | None) -> None:
    reading.flush()
    reading.story.end_row(reading.row.shape, depth=1)


def _end_nested_row(reading: Reading, number: int | None) -> None:
    reading.flush()
    reading.story.end_row(reading.row.shape, depth=max(reading.state.depth, 2))


def _new_row(reading: Reading, number: int | None) -> None:
    reading.row = RowDefinition()


def _row_left(reading: Reading, number: int | None) -> None:
    reading.row.left = number or 0


def _row_header(reading: Reading, number: int | None) -> None:
    reading.row.is_header = True


def _cell_end(reading: Reading, number: int | None) -> None:
    reading.row.end_cell(number or 0)


def _cell_flag(word: bytes) -> Handler:
    return lambda reading, number: reading.row.note(word)


def _endnote(reading: Reading, number: int | None) -> None:
    reading.story.part = reading.story.part.ENDNOTE


PROPERTIES: dict[bytes, Handler] = {
    b"f": _font,
    b"v": _hidden,
    b"deleted": _deleted,
    b"plain": _plain,
    b"uc": _fallback,
    b"u": _character,
    b"deff": _default_font,
    b"ansi": _code_page(1252),
    b"ansicpg": _code_page(0),
    b"mac": _code_page(10000),
    b"pc": _code_page(437),
    b"pca": _code_page(850),
    b"pard": _new_paragraph,
    b"s": _style,
    b"outlinelevel": _outline_level,
    b"ls": _list,
    b"intbl": _in_table,
    b"itap": _depth,
    b"par": _end_paragraph,
    b"sect": _end_section,
    b"cell": _end_cell,
    b"nestcell": _end_nested_cell,
    b"row": _end_row,
    b"nestrow": _end_nested_row,
    b"trowd": _new_row,
    b"trleft": _row_left,
    b"trhdr": _row_header,
    b"cellx": _cell_end,
    b"clmrg": _cell_flag(b"clmrg"),
    b"clvmrg": _cell_flag(b"clvmrg"),
    b"ftnalt": _endnote,
}
