"""Reads all parts of a Word paper in the order a reader meets them: body, notes, running heads, comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extractors.document import Outcome, Part, Source
from extractors.word.chunks import page_items, text_items, web_page_in
from extractors.word.drawings import Hanging, HangingKind, chart_lines, diagram_lines
from extractors.word.embedded import carried_file
from extractors.word.items import Item, Ledger
from extractors.word.names import Element, is_on, r, w
from extractors.word.numbering import Definitions
from extractors.word.package import Package, Relation, UnreadableError, open_package
from extractors.word.revisions import View
from extractors.word.story import Setting, Story
from extractors.word.styles import Styles

__all__ = ["Paper"]

_BODY, _SECTION, _CHANGE = w("body"), w("sectPr"), w("sectPrChange")
_TITLE_PAGE, _EVEN, _TYPE, _ID = w("titlePg"), w("evenAndOddHeaders"), w("type"), w("id")
_COMMENT, _LINK = w("comment"), r("id")
_HEADS = ((w("headerReference"), Part.HEADER), (w("footerReference"), Part.FOOTER))
_MOST_NESTED = 3


@dataclass
class Paper:
    """One Word paper while it is read; files it carries inside become ``members``."""

    package: Package
    ledger: Ledger
    view: View
    name: str = ""
    nesting: int = 0
    members: list[Source] = field(default_factory=list)
    main: str = field(init=False)
    setting: Setting = field(init=False)

    def __post_init__(self) -> None:
        self.main = self.package.main
        styles = Styles(self._part("styles"))
        definitions = Definitions(lambda: self._part("numbering"), styles)
        self.setting = Setting(
            self.package, styles, definitions, self.ledger, self.view, self._hang, self._insert
        )

    def items(self) -> Iterator[Item]:
        """Yield everything in the paper: body, footnotes, endnotes, headers, footers, comments."""
        body = self._body()
        yield from Story(self.setting, Part.BODY, self.main).items(body)
        yield from self._notes("footnotes", w("footnote"), Part.FOOTNOTE, self.ledger.footnotes)
        yield from self._notes("endnotes", w("endnote"), Part.ENDNOTE, self.ledger.endnotes)
        for tag, part in _HEADS:
            yield from self._running_heads(body, tag, part)
        yield from self._comments()

    def body_items(self, part: Part) -> Iterator[Item]:
        """Yield the body alone as belonging to a part of another paper."""
        yield from Story(self.setting, part, self.main).items(self._body())

    def _body(self) -> Element:
        root = self.package.xml(self.main)
        body = None if root is None else root.find(_BODY)
        if body is None:
            raise UnreadableError(Outcome.UNREADABLE, "no_body", self.main)
        return body

    def _part(self, kind: str) -> Element | None:
        name = self.package.related(self.main, kind)
        return self.package.xml(name) if name else None

    def _notes(self, kind: str, tag: str, part: Part, wanted: list[str]) -> Iterator[Item]:
        """Yield the notes the body refers to, in the order it does."""
        name = self.package.related(self.main, kind) if wanted else None
        root = self.package.xml(name) if name else None
        notes = {} if root is None else {note.get(_ID, ""): note for note in root.iterfind(tag)}
        story = Story(self.setting, part, name or "")
        for identifier in dict.fromkeys(wanted):
            if identifier in notes:
                yield from story.items(notes[identifier])
            else:
                self.ledger.lose("missing_note", f"{kind} {identifier}")

    def _running_heads(self, body: Element, tag: str, part: Part) -> Iterator[Item]:
        """Yield each header or footer that some page shows, once; equal ones count as one."""
        seen: set[tuple[Item, ...]] = set()
        for name in dict.fromkeys(self._shown_heads(body, tag)):
            root = self.package.xml(name)
            items = () if root is None else tuple(Story(self.setting, part, name).items(root))
            if items not in seen:
                seen.add(items)
                yield from items

    def _shown_heads(self, body: Element, tag: str) -> Iterator[str]:
        sections = [
            found for found in body.iter(_SECTION) if getattr(found.getparent(), "tag", "") != _CHANGE
        ]
        shown = {"default": True, "first": any(is_on(section, _TITLE_PAGE) for section in sections)}
        relations = self.package.relations(self.main)
        for section in sections:
            for reference in section.iterfind(tag):
                kind = reference.get(_TYPE, "default")
                if kind == "even" and kind not in shown:
                    shown[kind] = is_on(self._part("settings"), _EVEN) or False
                relation = relations.get(reference.get(_LINK, ""))
                if relation and shown.get(kind, True):
                    yield relation.target

    def _comments(self) -> Iterator[Item]:
        name = self.package.related(self.main, "comments")
        root = self.package.xml(name) if name else None
        story = Story(self.setting, Part.COMMENT, name or "")
        for comment in () if root is None else root.iterfind(_COMMENT):
            yield from story.items(comment)

    def _hang(self, hanging: Hanging, story: Story) -> Iterator[Item]:
        """Yield what hangs in a drawing; what has no words to read leaves a notice."""
        kind = hanging.kind
        if kind is HangingKind.TEXT_BOX:
            yield from story.boxes.items(hanging.element)
        elif kind is HangingKind.WORDS:
            yield from text_items(hanging.text, story.boxes.part)
        elif kind is HangingKind.PICTURE:
            self.ledger.pictures += story.part.is_content
        elif kind in (HangingKind.CHART, HangingKind.DIAGRAM):
            yield from self._graphic(hanging, story)
        elif kind is HangingKind.OBJECT:
            self._carry(hanging, story)
        else:
            self.ledger.lose(kind.value)

    def _graphic(self, hanging: Hanging, story: Story) -> Iterator[Item]:
        relation = self._relation(hanging.text, story)
        root = None if relation is None or relation.is_external else self.package.xml(relation.target)
        if root is None:
            self.ledger.lose(hanging.kind.value)
            return
        read = chart_lines if hanging.kind is HangingKind.CHART else diagram_lines
        for line in read(root):
            yield from text_items(line, story.boxes.part)

    def _carry(self, hanging: Hanging, story: Story) -> None:
        """Hand on the file an embedded object carries."""
        relation = self._relation(hanging.text, story)
        data = None if relation is None or relation.is_external else self.package.carried(relation.target)
        found = carried_file(data, relation.target) if data and relation else None
        if found is None or len(self.members) >= self.package.limits.max_members:
            self.ledger.lose(hanging.kind.value, hanging.program)
            return
        self.members.append(Source(f"{self.name}/{found[0]}", found[1]))
        self.ledger.note("embedded_file", found[0])

    def _insert(self, identifier: str, story: Story) -> Iterator[Item]:
        """Yield what is linked in as a chunk of another format."""
        relation = self._relation(identifier, story)
        data = None if relation is None or relation.is_external else self.package.read(relation.target)
        if not data or relation is None or self.nesting >= _MOST_NESTED:
            self.ledger.lose("alternative_chunk", "" if relation is None else relation.target)
        elif data.startswith(b"PK\x03\x04"):
            limits = replace(self.package.limits, max_xml_bytes=self.package.room)
            inner = Paper(open_package(data, limits), self.ledger, self.view, self.name, self.nesting + 1)
            yield from inner.body_items(story.part)
            self.members.extend(inner.members)
            self.package.spent += inner.package.spent
            self.package.notices.extend(inner.package.notices)
        else:
            yield from self._foreign(data, relation, story)

    def _foreign(self, data: bytes, relation: Relation, story: Story) -> Iterator[Item]:
        suffix = relation.target.rsplit(".", 1)[-1].lower()
        if suffix in ("mht", "mhtml", "eml"):
            data, suffix = web_page_in(data) or b"", "html"
        if suffix in ("htm", "html", "xhtml") and data:
            yield from page_items(data, story.part)
        elif suffix == "txt":
            yield from text_items(data.decode("utf-8-sig", "replace"), story.part)
        else:
            self.ledger.lose("alternative_chunk", relation.target)

    def _relation(self, identifier: str, story: Story) -> Relation | None:
        return self.package.relations(story.relations_of).get(identifier)
