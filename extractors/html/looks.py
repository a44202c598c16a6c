"""Tells which parts of a web page are not shown, from attributes and the page's own style rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.html.page import Element, local_name

__all__ = ["Hiding", "hiding_of", "style_of"]

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all", re.I)
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.S)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-z][\w-]*)?(?:([.#])([\w-]+))?", re.I)
_MOST_RULES = 20_000


@dataclass(frozen=True, slots=True)
class Hiding:
    """The simple selectors whose elements the page hides: ``p``, ``.note``, ``#draft``, ``p.note``."""

    selectors: frozenset[tuple[str, str, str]] = frozenset()

    def hides(self, element: Element) -> bool:
        """Whether an element and all within it is not shown."""
        if element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")):
            return True
        return bool(self.selectors) and any(key in self.selectors for key in _keys(element))


def _keys(element: Element) -> Iterator[tuple[str, str, str]]:
    name = local_name(element)
    marks = [("", ""), ("#", element.get("id", ""))]
    marks += [(".", one) for one in element.get("class", "").split()]
    for sign, word in marks:
        yield name, sign, word
        if word:
            yield "", sign, word


def hiding_of(root: Element) -> Hiding:
    """Return what the style rules inside a page hide; outer style sheets are never fetched."""
    found: set[tuple[str, str, str]] = set()
    for style in root.iter("{*}style"):
        text = _COMMENT.sub("", style.text or "")
        for count, rule in enumerate(_RULE.finditer(text)):
            if count > _MOST_RULES:
                break
            if _HIDDEN.search(rule[2]):
                found.update(_selectors(rule[1]))
    return Hiding(frozenset(found))


def _selectors(text: str) -> Iterator[tuple[str, str, str]]:
    for selector in text.split(","):
        simple = _SIMPLE.fullmatch(selector.strip())
        if simple and simple[0]:
            yield (simple[1] or "").lower(), simple[2] or "", simple[3] or ""


def style_of(element: Element, name: str) -> str:
    """Return what an element's own style says about a property, in small letters."""
    found = re.search(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)", element.get("style", ""), re.I)
    return found[1].strip().lower() if found else ""
