"""Formulas as one line of text: ``1/2`` ``x^2`` ``√(a+b)``."""

from __future__ import annotations

from collections.abc import Callable

from extractors.word.names import Element, m, w

__all__ = ["linear"]

_VAL = m("val")
_TEXTS = frozenset((m("t"), w("t")))
_NUMERATOR, _DENOMINATOR, _BASE = m("num"), m("den"), m("e")
_SUPER, _SUB, _DEGREE = m("sup"), m("sub"), m("deg")
_DEEPEST = 40


def linear(formula: Element, depth: int = 0) -> str:
    """Return a formula as the line one would type for it.

    Beyond a depth that no formula in a paper has, parts are run together as plain text.
    """
    if formula.tag in _TEXTS:
        return formula.text or ""
    if depth > _DEEPEST:
        return "".join(found.text or "" for found in formula.iter(*_TEXTS))
    writer = _WRITERS.get(formula.tag)
    return writer(formula, depth + 1) if writer else _all(formula, depth + 1)


def _all(element: Element, depth: int) -> str:
    return "".join(linear(child, depth) for child in element)


def _part(element: Element, name: str, depth: int) -> str:
    found = element.find(name)
    return "" if found is None else linear(found, depth)


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"


def _fraction(element: Element, depth: int) -> str:
    above, below = _part(element, _NUMERATOR, depth), _part(element, _DENOMINATOR, depth)
    return f"{_grouped(above)}/{_grouped(below)}"


def _scripted(element: Element, depth: int) -> str:
    return _part(element, _BASE, depth) + _scripts(element, depth)


def _scripts(element: Element, depth: int) -> str:
    below, above = _part(element, _SUB, depth), _part(element, _SUPER, depth)
    return (f"_{_grouped(below)}" if below else "") + (f"^{_grouped(above)}" if above else "")


def _root(element: Element, depth: int) -> str:
    return f"{_part(element, _DEGREE, depth)}√{_grouped(_part(element, _BASE, depth))}"


def _delimited(element: Element, depth: int) -> str:
    begin, end = element.find(f"{m('dPr')}/{m('begChr')}"), element.find(f"{m('dPr')}/{m('endChr')}")
    parts = ",".join(linear(part, depth) for part in element.iterfind(_BASE))
    return (
        f"{'(' if begin is None else begin.get(_VAL, '')}{parts}{')' if end is None else end.get(_VAL, '')}"
    )


def _operator(element: Element, depth: int) -> str:
    sign = element.find(f"{m('naryPr')}/{m('chr')}")
    shown = "∫" if sign is None else sign.get(_VAL, "")
    return shown + _scripts(element, depth) + _part(element, _BASE, depth)


def _lines(element: Element, depth: int) -> str:
    return "\n".join(linear(formula, depth) for formula in element.iterfind(m("oMath")))


_WRITERS: dict[str, Callable[[Element, int], str]] = {
    m("oMathPara"): _lines,
    m("f"): _fraction,
    m("sSup"): _scripted,
    m("sSub"): _scripted,
    m("sSubSup"): _scripted,
    m("rad"): _root,
    m("d"): _delimited,
    m("nary"): _operator,
}
