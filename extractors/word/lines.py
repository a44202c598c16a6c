"""Reads what stands in one paragraph: runs, fields, breaks, symbols, links, formulas, content controls."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.word.drawings import Hanging, alternative, hanging_in
from extractors.word.fields import CHECKED, UNCHECKED, FieldStack, result_of
from extractors.word.items import Ledger
from extractors.word.mathematics import linear
from extractors.word.names import Element, all_of, display_name, is_on, m, mc, value, w, w14
from extractors.word.revisions import View
from extractors.word.styles import Styles
from extractors.word.symbols import is_symbol_font, shown_in, symbol

__all__ = ["SILENT", "Line", "LineReader", "report_unknown"]

_RUN, _RPR, _TEXT, _DELETED_TEXT = w("r"), w("rPr"), w("t"), w("delText")
_VANISH, _STYLE, _FONTS, _ASCII, _HANSI = w("vanish"), w("rStyle"), w("rFonts"), w("ascii"), w("hAnsi")
_FONT, _CHAR, _TYPE, _ID, _INSTRUCTION = w("font"), w("char"), w("fldCharType"), w("id"), w("instr")
_CONTROL, _CONTROL_PROPERTIES, _CONTROL_CONTENT = w("sdt"), w("sdtPr"), w("sdtContent")
_SIMPLE_FIELD, _RUBY_BASE = w("fldSimple"), w("rubyBase")
_ALTERNATE = mc("AlternateContent")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BLANK = " \t\r\n"
_DEEPEST = 60

_THROUGH = all_of("hyperlink smartTag customXml dir bdo ins del moveTo moveFrom sdtContent rubyBase")
# Marks, ranges and properties: they say something about the text, nothing of their own is shown.
SILENT = all_of(
    "pPr rPr tblPr tblGrid tcPr trPr tblPrEx sectPr smartTagPr customXmlPr sdtPr sdtEndPr bookmarkStart "
    "bookmarkEnd proofErr permStart permEnd commentRangeStart commentRangeEnd commentReference annotationRef "
    "moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart "
    "customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart "
    "customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd lastRenderedPageBreak "
    "footnoteRef endnoteRef separator continuationSeparator softHyphen fldData ffData rubyPr pgNum"
)
_WRITTEN = {w("tab"): "\t", w("ptab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class _Look:
    """What a run's formatting means for its words; ``font`` is named only where it is a symbol font."""

    is_hidden: bool = False
    font: str = ""


_PLAIN, _HIDDEN = _Look(), _Look(is_hidden=True)


@dataclass(slots=True)
class Line:
    """One paragraph while it is read: its words so far and what hangs on it."""

    words: list[str] = field(default_factory=list)
    hanging: list[Hanging] = field(default_factory=list)
    is_hidden: bool = False

    @property
    def look(self) -> _Look:
        """How words without formatting of their own are shown."""
        return _HIDDEN if self.is_hidden else _PLAIN

    @property
    def text(self) -> str:
        """The words as they are shown, without space around them and without invisible characters."""
        return _INVISIBLE.sub("", "".join(self.words)).strip()


@dataclass
class LineReader:
    """Reads the paragraphs of one story; fields may begin in one and end in another.

    ``has_looks`` is false where no run can be hidden or in a symbol font, so that none is asked.
    """

    styles: Styles
    ledger: Ledger
    view: View
    has_looks: bool = True
    fields: FieldStack = field(default_factory=FieldStack)
    _depth: int = 0

    def __post_init__(self) -> None:
        self._parts: dict[str, Callable[[Element, Line, _Look], None]] = {
            w("sym"): self._symbol,
            w("fldChar"): self._field_mark,
            w("instrText"): self._instruct,
            w("delInstrText"): self._instruct,
            w("footnoteReference"): self._footnote,
            w("endnoteReference"): self._endnote,
            w("drawing"): self._drawing,
            w("pict"): self._drawing,
            w("object"): self._drawing,
            w("ruby"): self._ruby,
            _ALTERNATE: self._alternate_part,
        }
        self._inlines: dict[str, Callable[[Element, Line], None]] = {
            _RUN: self._run,
            _CONTROL: self._control,
            _SIMPLE_FIELD: self._simple_field,
            _ALTERNATE: self._alternate,
            m("oMath"): self._formula,
            m("oMathPara"): self._formula,
            w("subDoc"): self._subdocument,
        }

    def read(self, parent: Element, line: Line) -> None:
        """Add what stands in a paragraph, or in a wrapper within one, to a line."""
        self._depth += 1
        if self._depth > _DEEPEST:
            self.ledger.lose("too_deep", display_name(parent))
        else:
            for child in parent:
                self.read_one(child, line)
        self._depth -= 1

    def read_one(self, child: Element, line: Line) -> None:
        """Add one run, link, formula or wrapper to a line."""
        tag = child.tag
        reader = self._inlines.get(tag)
        if reader:
            reader(child, line)
        elif tag in _THROUGH:
            if tag not in self.view.left_out:
                self.read(child, line)
        elif tag not in SILENT:
            self._part(child, line, line.look)

    def _run(self, run: Element, line: Line) -> None:
        properties = run.find(_RPR) if self.has_looks else None
        look = line.look if properties is None else self._look(properties, line)
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                self._text(child, line, look)
            elif tag != _RPR:
                self._part(child, line, look)

    def _part(self, child: Element, line: Line, look: _Look) -> None:
        tag = child.tag
        if tag == _TEXT or (tag == _DELETED_TEXT and self.view is View.ORIGINAL):
            self._text(child, line, look)
        elif tag in _WRITTEN:
            self._write(_WRITTEN[tag], line, look)
        elif tag in self._parts:
            self._parts[tag](child, line, look)
        elif tag in self._inlines:
            self._inlines[tag](child, line)
        elif tag not in SILENT and tag != _DELETED_TEXT:
            report_unknown(child, self.ledger)

    def _look(self, properties: Element, line: Line) -> _Look:
        """Work out whether a run is hidden and in which font; what it says itself goes before styles."""
        fonts = properties.find(_FONTS)
        font = (fonts.get(_ASCII) or fonts.get(_HANSI) or "") if fonts is not None else ""
        is_hidden = is_on(properties, _VANISH)
        style = value(properties, _STYLE)
        if style:
            font = font or self.styles.font(style)
            if is_hidden is None:
                # On/off properties of paragraph and character style cancel each other (17.7.3).
                is_hidden = line.is_hidden != self.styles.is_hidden(style)
        if is_hidden is None:
            is_hidden = line.is_hidden
        if font and is_symbol_font(font):
            return _Look(is_hidden, font)
        return _HIDDEN if is_hidden else _PLAIN

    def _text(self, element: Element, line: Line, look: _Look) -> None:
        text = element.text
        if not text:
            return
        if (text[0] in _BLANK or text[-1] in _BLANK) and element.get(_SPACE) != "preserve":
            text = text.strip(_BLANK)
        if "\n" in text or "\t" in text or "\r" in text:
            text = re.sub(r"[\t\r\n]", " ", text)
        if look.font:
            text, unknown = shown_in(look.font, text)
            if unknown:
                self.ledger.note(
                    "unknown_symbol", f"{look.font} {' '.join(f'{ord(c):04X}' for c in unknown)}"
                )
        elif _PRIVATE.search(text):
            self.ledger.note("private_character", " ".join(f"{ord(c):04X}" for c in _PRIVATE.findall(text)))
        self._write(text, line, look)

    def _write(self, text: str, line: Line, look: _Look) -> None:
        if self.fields.is_in_instruction:
            self.fields.instruct(text)
        elif not look.is_hidden:
            line.words.append(text)
        elif text.strip():
            self.ledger.note("hidden_text")

    def _symbol(self, element: Element, line: Line, look: _Look) -> None:
        font, place = element.get(_FONT, ""), element.get(_CHAR, "")
        code = int(place, 16) if re.fullmatch("[0-9A-Fa-f]{1,4}", place) else 0
        shown = symbol(font, code)
        if shown is None and code >= 0x20 and not is_symbol_font(font) and not 0xD800 <= code <= 0xF8FF:
            shown = chr(code)
        if shown is None:
            self.ledger.note("unknown_symbol", f"{font} {place}")
        self._write(shown or "", line, look)

    def _field_mark(self, element: Element, line: Line, look: _Look) -> None:
        kind = element.get(_TYPE)
        if kind == "begin":
            self.fields.begin(element)
        elif kind == "separate":
            self.fields.separate()
        elif kind == "end":
            instruction = self.fields.innermost
            self._show_result(self.fields.end(), instruction, line, look)

    def _show_result(self, shown: str | None, instruction: str, line: Line, look: _Look) -> None:
        if shown is None:
            self.ledger.lose("field_without_result", instruction.strip()[:40])
        elif shown:
            self._write(shown, line, look)

    def _instruct(self, element: Element, line: Line, look: _Look) -> None:
        self.fields.instruct(element.text or "")

    def _simple_field(self, element: Element, line: Line) -> None:
        before = len(line.words)
        self.read(element, line)
        if len(line.words) == before and not len(element):
            instruction = element.get(_INSTRUCTION, "")
            self._show_result(result_of(instruction), instruction, line, line.look)

    def _footnote(self, element: Element, line: Line, look: _Look) -> None:
        self.ledger.footnotes.append(element.get(_ID, ""))

    def _endnote(self, element: Element, line: Line, look: _Look) -> None:
        self.ledger.endnotes.append(element.get(_ID, ""))

    def _drawing(self, element: Element, line: Line, look: _Look) -> None:
        if look.is_hidden:
            self.ledger.note("hidden_text")
            return
        line.hanging.extend(hanging_in(element))

    def _ruby(self, element: Element, line: Line, look: _Look) -> None:
        base = element.find(_RUBY_BASE)
        if base is not None:
            self.read(base, line)

    def _alternate(self, element: Element, line: Line) -> None:
        chosen = alternative(element)
        if chosen is not None:
            self.read(chosen, line)

    def _alternate_part(self, element: Element, line: Line, look: _Look) -> None:
        chosen = alternative(element)
        for child in () if chosen is None else chosen:
            self._part(child, line, look)

    def _control(self, element: Element, line: Line) -> None:
        sign = _checkbox_sign(element)
        content = element.find(_CONTROL_CONTENT)
        if sign:
            self._write(sign, line, line.look)
        elif content is not None:
            self.read(content, line)

    def _formula(self, element: Element, line: Line) -> None:
        self._write(linear(element), line, line.look)

    def _subdocument(self, element: Element, line: Line) -> None:
        self.ledger.lose("subdocument", element.get(_ID, ""))


def _checkbox_sign(control: Element) -> str:
    """Return ☒ or ☐ for a content control that is a tick box, nothing for any other."""
    box = control.find(f"{_CONTROL_PROPERTIES}/{w14('checkbox')}")
    if box is None:
        return ""
    state = box.find(w14("checked"))
    is_checked = state is not None and state.get(w14("val"), "1") in ("1", "true", "on")
    return CHECKED if is_checked else UNCHECKED


def report_unknown(element: Element, ledger: Ledger) -> None:
    """Note an element that is not understood; words inside it count as lost."""
    if not isinstance(element.tag, str):
        ledger.lose("unknown_construct", "entity")
    elif any(text.strip() for text in element.itertext()):
        ledger.lose("unknown_construct", display_name(element))
    else:
        ledger.note("unknown_construct", display_name(element))
