"""What styles say about a paragraph or run: numbering, heading level, hidden text, symbol fonts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.word.names import Element, is_on, value, w, whole_number

__all__ = ["ParagraphStyle", "Styles"]

_STYLE, _STYLE_ID, _TYPE, _DEFAULT = w("style"), w("styleId"), w("type"), w("default")
_BASED_ON, _NAME, _PPR, _RPR = w("basedOn"), w("name"), w("pPr"), w("rPr")
_NUMBERING, _NUMBER_ID, _LEVEL = w("numPr"), w("numId"), w("ilvl")
_OUTLINE, _VANISH, _FONTS, _ASCII = w("outlineLvl"), w("vanish"), w("rFonts"), w("ascii")
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_BODY_TEXT_LEVEL = 9
_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A paragraph style with everything it inherits.

    ``number_id`` is the list it belongs to (``"0"``: none, explicitly); ``heading_level`` is 1–9 for
    headings, else 0; ``chain`` holds its id and those it is based on, each with the list level it states.
    """

    chain: tuple[tuple[str, int | None], ...] = ()
    number_id: str | None = None
    heading_level: int = 0
    is_hidden: bool = False


@dataclass
class Styles:
    """The styles of one paper, looked up by id and resolved when first asked for."""

    root: Element | None
    _elements: dict[str, Element] = field(default_factory=dict)
    _paragraphs: dict[str, ParagraphStyle] = field(default_factory=dict)
    _hidden: dict[str, bool] = field(default_factory=dict)
    _fonts: dict[str, str] = field(default_factory=dict)
    _default: str = ""

    def __post_init__(self) -> None:
        for style in self.root.iterfind(_STYLE) if self.root is not None else ():
            identifier = style.get(_STYLE_ID, "")
            self._elements[identifier] = style
            if style.get(_TYPE) == "paragraph" and style.get(_DEFAULT) in ("1", "true", "on"):
                self._default = identifier

    def paragraph(self, identifier: str | None) -> ParagraphStyle:
        """Return a paragraph style; the paper's default style when none is named or known."""
        known = identifier if identifier and identifier in self._elements else self._default
        if known not in self._paragraphs:
            self._paragraphs[known] = self._resolve(known)
        return self._paragraphs[known]

    def is_hidden(self, identifier: str) -> bool:
        """Whether a character style hides its text."""
        if identifier not in self._hidden:
            self._hidden[identifier] = self._first_said(identifier, _VANISH)
        return self._hidden[identifier]

    def font(self, identifier: str) -> str:
        """Return the Latin font a style sets, nothing when it sets none."""
        if identifier not in self._fonts:
            fonts = (style.find(f"{_RPR}/{_FONTS}") for style in self._chain(identifier))
            named = (found.get(_ASCII, "") for found in fonts if found is not None)
            self._fonts[identifier] = next(named, "")
        return self._fonts[identifier]

    def number_of(self, identifier: str) -> str | None:
        """Return the list a numbering style stands for."""
        return self._resolve(identifier).number_id

    def _chain(self, identifier: str) -> Iterator[Element]:
        """Yield a style and those it is based on; a circle is cut."""
        for _ in range(_LONGEST_CHAIN):
            style = self._elements.get(identifier)
            if style is None:
                return
            yield style
            identifier = value(style, _BASED_ON) or ""

    def _resolve(self, identifier: str) -> ParagraphStyle:
        chain = list(self._chain(identifier))
        # Each of list, level and outline level is inherited on its own (ISO/IEC 29500-1, 17.3.1.19).
        numbers = [style.find(f"{_PPR}/{_NUMBERING}") for style in chain]
        levels = [value(number, _LEVEL) for number in numbers]
        return ParagraphStyle(
            chain=tuple(
                (style.get(_STYLE_ID, ""), None if level is None else whole_number(level, most=8))
                for style, level in zip(chain, levels, strict=True)
            ),
            number_id=_first(value(number, _NUMBER_ID) for number in numbers),
            heading_level=_heading_level(chain),
            is_hidden=self._first_said(identifier, _VANISH),
        )

    def _first_said(self, identifier: str, name: str) -> bool:
        said = (is_on(style.find(_RPR), name) for style in self._chain(identifier))
        return next((answer for answer in said if answer is not None), False)


def _heading_level(chain: list[Element]) -> int:
    for style in chain:
        stated = value(style.find(_PPR), _OUTLINE)
        if stated is not None:
            level = whole_number(stated, _BODY_TEXT_LEVEL)
            return level + 1 if level < _BODY_TEXT_LEVEL else 0
        if found := _HEADING_NAME.match(value(style, _NAME) or ""):
            return int(found[1])
    return 0


def _first(found: Iterator[str | None]) -> str | None:
    return next((item for item in found if item is not None), None)
