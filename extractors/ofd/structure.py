"""Finds the parts of an OFD package: its papers, their pages, templates, resources, and what belongs to them.

Producers differ in the name space they state and in what they count references from, so elements are told
by their local names and a reference is tried from the part it stands in, then from the package's root.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from lxml import etree

from extractors.document import Notice, Outcome
from extractors.ofd.geometry import POINTS, box_of
from extractors.word.package import Package, UnreadableError

__all__ = ["Element", "PageReference", "Paper", "local_name", "papers", "words_of"]

Element = etree._Element

_A4 = (0.0, 0.0, 210.0, 297.0)
_LEAST_SIDE = 1.0
#: Entries that name or accompany encrypted parts (GM/T 0099-2020).
_LOCKS = ("encryptions.xml", "cryptoinfo.xml", "decryptseed.dat", "entriesmap.dat")


def local_name(element: Element) -> str:
    """Return an element's name without its name space; nothing for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def words_of(element: Element | None) -> str:
    """Return the text directly inside an element, trimmed."""
    return (element.text or "").strip() if element is not None else ""


@dataclass(frozen=True, slots=True)
class PageReference:
    """A page as its paper lists it: the id others refer to it by, and the name of its part ("" if broken)."""

    identifier: str
    part: str


@dataclass
class Paper:
    """One paper in a package: its pages in order and where everything else is found."""

    package: Package
    part: str
    root: Element
    signatures: str = ""
    area: tuple[float, float, float, float] = _A4
    pages: tuple[PageReference, ...] = ()
    templates: dict[str, str] = field(default_factory=dict)
    _roots: dict[str, Element | None] = field(default_factory=dict)
    _units: dict[str, Element] | None = None

    def template(self, identifier: str) -> Element | None:
        """Return a template page, parsed once however many pages use it."""
        part = self.templates.get(identifier, "")
        if part not in self._roots:
            self._roots[part] = self.package.xml(part) if part else None
        return self._roots[part]

    def unit(self, identifier: str) -> Element | None:
        """Return the content of a drawing that several places share (a seal, a logo)."""
        if self._units is None:
            self._units = dict(self._shared_drawings())
        return self._units.get(identifier)

    def located(self, kind: str) -> Iterator[str]:
        """Yield the names of the parts that the paper names under a heading (``Annotations``)."""
        for element in self.root.iterfind(f"{{*}}{kind}"):
            if part := located(self.package, self.part, words_of(element)):
                yield part

    def page_area(self, root: Element) -> tuple[float, float, float, float]:
        """Return left, top, width and height of a page in points."""
        stated = box_of(root.findtext("{*}Area/{*}PhysicalBox"))
        x, y, width, height = stated or self.area
        if width < _LEAST_SIDE or height < _LEAST_SIDE:
            x, y, width, height = _A4
        return x * POINTS, y * POINTS, width * POINTS, height * POINTS

    def _shared_drawings(self) -> Iterator[tuple[str, Element]]:
        common = self.root.find("{*}CommonData")
        for element in () if common is None else common:
            if local_name(element) not in ("PublicRes", "DocumentRes"):
                continue
            root = self.package.xml(located(self.package, self.part, words_of(element)))
            for unit in () if root is None else root.iterfind(".//{*}CompositeGraphicUnit"):
                content = unit.find("{*}Content")
                if content is not None:
                    yield unit.get("ID", ""), content


def located(package: Package, base: str, reference: str) -> str:
    """Return the name of the part a reference in another part means, "" when there is none.

    Only names inside the package are ever compared; a reference that leads out of it finds nothing.
    """
    reference = unquote(reference.strip()).replace("\\", "/")
    if not reference:
        return ""
    folder = posixpath.dirname(base)
    for start in (folder, "", posixpath.dirname(folder)):
        part = posixpath.normpath(posixpath.join("/", start, reference)).lstrip("/")
        if part.lower() in package.members:
            return part
    return ""


def papers(package: Package) -> list[Paper]:
    """Return the papers of a package, usually one.

    Raises UnreadableError when the package names none that can be read.
    """
    root = package.xml("OFD.xml")
    bodies = () if root is None else root.iterfind("{*}DocBody")
    found = [paper for body in bodies if (paper := _paper(package, body)) is not None]
    if found:
        return found
    if is_locked(package):
        raise UnreadableError(Outcome.ENCRYPTED, "encrypted")
    raise UnreadableError(Outcome.UNREADABLE, "no_main_part")


def is_locked(package: Package) -> bool:
    """Whether the package says that some of its parts are encrypted."""
    return any(name.rpartition("/")[2] in _LOCKS for name in package.members)


def _paper(package: Package, body: Element) -> Paper | None:
    reference = _current_root(package, body) or words_of(body.find("{*}DocRoot"))
    part = located(package, "OFD.xml", reference)
    root = package.xml(part) if part else None
    if root is None:
        package.notices.append(Notice("missing_part", reference, is_loss=True))
        return None
    signatures = words_of(body.find("{*}Signatures"))
    paper = Paper(package, part, root, located(package, "OFD.xml", signatures))
    paper.area = box_of(root.findtext("{*}CommonData/{*}PageArea/{*}PhysicalBox")) or _A4
    paper.templates = {
        element.get("ID", ""): located(package, part, element.get("BaseLoc", ""))
        for element in root.iterfind("{*}CommonData/{*}TemplatePage")
    }
    paper.pages = tuple(
        PageReference(element.get("ID", ""), located(package, part, element.get("BaseLoc", "")))
        for element in root.iterfind("{*}Pages/{*}Page")
    )
    return paper


def _current_root(package: Package, body: Element) -> str:
    """Return the document part of the version marked as current; "" when no versions are kept."""
    for version in body.iterfind("{*}Versions/{*}Version"):
        if version.get("Current", "").lower() == "true":
            part = located(package, "OFD.xml", version.get("BaseLoc", ""))
            root = package.xml(part) if part else None
            reference = "" if root is None else words_of(root.find("{*}DocRoot"))
            return located(package, part, reference)
    return ""
