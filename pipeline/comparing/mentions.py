"""Where names of places stand in a sentence, however they are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick

from pipeline.comparing.gazetteer import Gazetteer, Place, PlaceKind
from pipeline.rubric import Rubric

__all__ = ["Form", "Mention", "Mentions"]

_FEDERATION = ("工商联", "工商业联合会", "总商会")
_TOWN_ENDINGS = ("镇", "乡", "街道", "街道办", "办事处")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a place.

    ``is_weak``: alone it proves nothing (a bare name that may be a word, a name that many towns bear);
    ``names_federation``: the words name the place's federation and not the place alone.
    """

    place: Place
    is_weak: bool = False
    names_federation: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at ``text[start:end]``; several places may bear the name."""

    start: int
    end: int
    forms: tuple[Form, ...]

    @property
    def is_weak(self) -> bool:
        """Whether the words alone prove nothing."""
        return all(form.is_weak for form in self.forms)

    @property
    def names_federation(self) -> bool:
        """Whether a federation is named."""
        return any(form.names_federation for form in self.forms)

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that may be meant."""
        return tuple(form.place for form in self.forms)


class Mentions:
    """Finds places in text by every name the gazetteer and the rubric give them."""

    def __init__(self, rubric: Rubric, gazetteer: Gazetteer) -> None:
        forms: dict[str, list[Form]] = defaultdict(list)
        for place in gazetteer.places:
            for surface, form in _forms(place, gazetteer):
                forms[surface].append(form)
        for unit in rubric.units:
            if unit.code in gazetteer.by_code:
                form = Form(gazetteer.by_code[unit.code], names_federation=True)
                for name in (unit.name, *unit.aliases):
                    if len(name) > 4 and name.endswith(_FEDERATION):
                        forms[name].append(form)
        self._automaton = ahocorasick.Automaton()
        for surface, found in forms.items():
            self._automaton.add_word(surface, (len(surface), tuple(dict.fromkeys(found))))
        self._automaton.make_automaton()

    def find(self, text: str) -> Iterator[Mention]:
        """Yield what is named, left to right, the longest name where several overlap."""
        found = [
            Mention(last + 1 - length, last + 1, forms)
            for last, (length, forms) in self._automaton.iter(text)
        ]
        reached = 0
        for mention in sorted(found, key=lambda one: (one.start, -one.end)):
            if mention.start >= reached:
                yield mention
                reached = mention.end


def _forms(place: Place, gazetteer: Gazetteer) -> Iterator[tuple[str, Form]]:
    if place.kind is PlaceKind.TOWN:
        yield from _town_forms(place)
        return
    above = gazetteer.above(place)
    if place.kind is PlaceKind.COUNTY and above:
        for surface in (above.name + place.name, above.bare + place.name):
            yield surface, Form(place)
            yield from ((surface + body, Form(place, names_federation=True)) for body in _FEDERATION)
    if place.kind is PlaceKind.COUNTY and not place.is_ambiguous:
        yield place.name, Form(place)
    if place.kind is not PlaceKind.PROVINCE and not place.is_ambiguous:
        for body in _FEDERATION:
            yield place.name + body, Form(place, names_federation=True)
            yield place.bare + body, Form(place, names_federation=True)


def _town_forms(town: Place) -> Iterator[tuple[str, Form]]:
    endings = {town.name.removeprefix(town.bare), *_TOWN_ENDINGS}
    for ending in sorted(endings):
        yield town.bare + ending, Form(town, is_weak=town.is_ambiguous)
    yield town.bare + "商会", Form(town, is_weak=not town.is_distinct)
    yield town.bare, Form(town, is_weak=not town.is_distinct)
