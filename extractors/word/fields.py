r"""Fields: what is shown is the stored result, not the instruction; a few are shown without a result.

Chinese papers carry words in such instructions: encircled numbers are ``EQ \o\ac(○,1)``, a prompt to type
is ``MACROBUTTON``, ticks on forms are ``FORMCHECKBOX``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.word.names import Element, is_on, value, w, whole_number
from extractors.word.symbols import symbol

__all__ = ["CHECKED", "UNCHECKED", "FieldStack", "result_of"]

CHECKED, UNCHECKED = "☒", "☐"

_DATA, _CHECK_BOX, _CHECKED, _DEFAULT = w("ffData"), w("checkBox"), w("checked"), w("default")
_LIST, _RESULT, _ENTRY, _VAL = w("ddList"), w("result"), w("listEntry"), w("val")
# Word works these out on the page; any other field without a result shows nothing until it is updated.
_WORKED_OUT = re.compile("ADDRESSBLOCK|AUTONUM|AUTONUMLGL|AUTONUMOUT|GREETINGLINE|LISTNUM")
_LONGEST_INSTRUCTION = 2_000
_CIRCLES = "○◯〇△□◇"
_SWITCH = re.compile(r"\\(?:s\\(?:up|do|ai|di)|[a-z*]{1,3})\s*\d*", re.IGNORECASE)
_ENCIRCLED = re.compile(r"\\o\\a[clr]\(\s*([^,;]+?)\s*[,;]\s*([^()]+?)\s*\)", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    has_result: bool = False
    data: Element | None = None


@dataclass(slots=True)
class FieldStack:
    """The fields that are open at one point of a story, outermost first; they may span paragraphs."""

    fields: list[_Field] = field(default_factory=list)
    instructions: int = 0

    @property
    def is_in_instruction(self) -> bool:
        """Whether text met here belongs to an instruction and is not shown."""
        return self.instructions > 0

    @property
    def innermost(self) -> str:
        """The instruction of the field opened last."""
        return self.fields[-1].instruction if self.fields else ""

    def begin(self, mark: Element) -> None:
        """Open a field."""
        self.fields.append(_Field(data=mark.find(_DATA)))
        self.instructions += 1

    def separate(self) -> None:
        """Go over from the instruction of the innermost field to its result."""
        if self.fields and not self.fields[-1].has_result:
            self.fields[-1].has_result = True
            self.instructions -= 1

    def instruct(self, text: str) -> None:
        """Take more of the innermost field's instruction."""
        if self.fields and not self.fields[-1].has_result:
            self.fields[-1].instruction = (self.fields[-1].instruction + text)[:_LONGEST_INSTRUCTION]

    def end(self) -> str | None:
        """Close the innermost field; return what it shows by itself, None when that is not known."""
        if not self.fields:
            return ""
        closed = self.fields.pop()
        self.instructions -= not closed.has_result
        if _is_form_box(closed) or (closed.data is not None and not closed.has_result):
            return _form_result(closed.data)
        return "" if closed.has_result or self.is_in_instruction else result_of(closed.instruction)


def _is_form_box(closed: _Field) -> bool:
    return closed.data is not None and closed.data.find(_CHECK_BOX) is not None


def _form_result(data: Element | None) -> str:
    """Return a tick box as a sign and a drop-down list as its chosen entry."""
    if data is None:
        return ""
    box = data.find(_CHECK_BOX)
    if box is not None:
        stated = is_on(box, _CHECKED)
        is_checked = is_on(box, _DEFAULT) if stated is None else stated
        return CHECKED if is_checked else UNCHECKED
    choices = data.find(_LIST)
    if choices is None:
        return ""
    entries = [entry.get(_VAL, "") for entry in choices.iterfind(_ENTRY)]
    chosen = whole_number(value(choices, _RESULT) or value(choices, _DEFAULT))
    return entries[chosen] if chosen < len(entries) else ""


def result_of(instruction: str) -> str | None:
    r"""Return what a field without a stored result shows; None when that cannot be told.

    >>> result_of(r" eq \o\ac(○,3)")
    '③'
    """
    words = instruction.split()
    name = words[0].upper() if words else ""
    if name.startswith("EQ") and (len(name) == 2 or name[2] == "\\"):
        return _equation(instruction.strip()[2:])
    if name in ("MACROBUTTON", "GOTOBUTTON"):
        return " ".join(words[2:])
    if name == "SYMBOL" and len(words) > 1:
        return _symbol(words, instruction)
    if name == "QUOTE":
        return instruction.strip()[len(name) :].strip().strip('"')
    return None if _WORKED_OUT.fullmatch(name) else ""


def _symbol(words: list[str], instruction: str) -> str | None:
    code = words[1]
    is_number = re.fullmatch(r"\d{1,6}|0[xX][0-9a-fA-F]{1,5}", code)
    if not is_number:
        return code[:1]
    place = int(code, 0) if code.lower().startswith("0x") else int(code)
    font = re.search(r'\\f\s*"?([^"\\]+?)"?\s*(?:\\|$)', instruction)
    found = symbol(font[1], place) if font else None
    return found or (chr(place) if font is None and 0x20 <= place < 0xD800 else None)


def _equation(text: str) -> str:
    """Return the words of an EQ field: overstruck circles become encircled signs, the rest is laid flat."""
    text = _ENCIRCLED.sub(lambda found: _encircled(found[1], found[2]), text)
    text = re.sub(r"\\\*\s*\S+\s*(?:\"[^\"]*\")?", "", text)
    # A reading above its character is written \s\up 9(lǐ): it is not part of the text.
    text = re.sub(r"\\o\\ad\(\s*\\s\\up\s*\d*\([^()]*\)\s*[,;]\s*([^()]*)\)", r"\1", text)
    text = re.sub(r"\\f\(([^(),;]*)[,;]([^(),;]*)\)", r"\1/\2", text, flags=re.IGNORECASE)
    text = _SWITCH.sub("", text)
    return re.sub(r"[(),;]", "", text).strip()


def _encircled(one: str, other: str) -> str:
    sign, inner = (one, other) if one in _CIRCLES else (other, one)
    if sign in "○◯〇" and inner.isdigit() and 1 <= int(inner) <= 20:
        return chr(ord("①") + int(inner) - 1)
    return inner
