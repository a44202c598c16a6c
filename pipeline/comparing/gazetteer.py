"""Which places there are: Henan's cities and counties, and the towns of Luohe, as a table anyone can edit.

The table ``data/places.tsv`` states its source (GB/T 2260) and explains its columns at the top.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib import resources

__all__ = ["Gazetteer", "Place", "PlaceKind", "built_in"]

_SUFFIX = re.compile(r"(?:回族区|街道|[市县区镇乡])$")


class PlaceKind(enum.StrEnum):
    """How big a place is."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"


@dataclass(frozen=True, slots=True)
class Place:
    """One place: ``bare`` is its name without 市, 县, 区, 镇, 乡 or 街道.

    ``is_ambiguous``: the name is also an ordinary word; ``is_distinct``: the bare name cannot be mistaken.
    """

    name: str
    bare: str
    kind: PlaceKind
    code: str
    parent: str
    is_ambiguous: bool = False
    is_distinct: bool = False


@dataclass(frozen=True)
class Gazetteer:
    """All known places."""

    places: tuple[Place, ...]

    @cached_property
    def by_code(self) -> dict[str, Place]:
        """Provinces, cities and counties by their code."""
        return {place.code: place for place in self.places if place.code}

    def counties(self) -> Iterator[Place]:
        """Yield counties and districts in the order of the table."""
        return (place for place in self.places if place.kind is PlaceKind.COUNTY)

    def cities(self) -> Iterator[Place]:
        """Yield prefecture-level cities."""
        return (place for place in self.places if place.kind is PlaceKind.CITY)

    def towns(self, county: str = "") -> Iterator[Place]:
        """Yield towns, townships and subdistricts, of one county (by its code) or of all."""
        towns = (place for place in self.places if place.kind is PlaceKind.TOWN)
        return (town for town in towns if not county or town.parent == county)

    def above(self, place: Place) -> Place | None:
        """Return the place that a place belongs to."""
        return self.by_code.get(place.parent)


def built_in() -> Gazetteer:
    """Return the table that ships with the tool."""
    table = resources.files("pipeline.comparing") / "data" / "places.tsv"
    return Gazetteer(tuple(_read(table.read_text(encoding="utf-8"))))


def _read(text: str) -> Iterator[Place]:
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        code, name, parent, marks = (part.strip() for part in line.split("\t"))
        yield Place(
            name=name,
            bare=_bare(name),
            kind=_kind(code),
            code=code.strip("-"),
            parent=parent,
            is_ambiguous="歧" in marks,
            is_distinct="独" in marks,
        )


def _kind(code: str) -> PlaceKind:
    if code == "-":
        return PlaceKind.TOWN
    if code.endswith("0000"):
        return PlaceKind.PROVINCE
    return PlaceKind.CITY if code.endswith("00") else PlaceKind.COUNTY


def _bare(name: str) -> str:
    bare = _SUFFIX.sub("", name)
    return bare if len(bare) > 1 else name
