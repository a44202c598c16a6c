"""Reads one OFD page into what all fixed pages are made of: lines and tables in reading order, and a grade.

Page templates are merged in where they are printed, for forms keep their field names there; what they print
in the margin of several pages is found again as a running head, as in any paper.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.document import Grade, Notice, Quality
from extractors.matrix import moved
from extractors.ofd.annotations import Overlay, overlay_of, watermarks
from extractors.ofd.geometry import box_of
from extractors.ofd.objects import Drawn, Walk, page_matrix
from extractors.ofd.paths import Shapes
from extractors.ofd.runs import Run, page_words, runs, unknown_glyphs
from extractors.ofd.structure import Element, PageReference, Paper
from extractors.pdf.annotations import Annotations
from extractors.pdf.drawings import Drawings
from extractors.pdf.grids import Grid, find_grids
from extractors.pdf.lines import fragments, has_overprint
from extractors.pdf.pages import PageContent, regions_of, unread_page
from extractors.pdf.quality import Legibility, grade_page, notices_for
from extractors.pdf.tables import crosses_cells
from extractors.pdf.words import Frame, Word

__all__ = ["read_page"]

_SCAN_COVER = 0.5
_FEW = 20
#: A character turned into outlines makes two shapes or more.
_OUTLINED_SHAPES = 40
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


@dataclass(slots=True)
class _Sheet:
    """What lies on one page while it is gathered."""

    frame: Frame
    runs: list[Run] = field(default_factory=list)
    shapes: Shapes = field(default_factory=Shapes)
    image_area: float = 0.0
    unknown_glyphs: int = 0

    def add(self, drawn: Drawn) -> None:
        """Add an object."""
        if drawn.kind == "TextObject":
            self.unknown_glyphs += 0 if drawn.is_hidden else unknown_glyphs(drawn)
            self.runs.extend(runs(drawn))
        elif not drawn.is_hidden and drawn.kind == "PathObject":
            self.shapes.add(drawn, self.frame)
        elif not drawn.is_hidden:
            self.image_area += _visible_area(drawn, self.frame)

    @property
    def image_cover(self) -> float:
        """Share of the page under pictures."""
        return min(self.image_area / max(self.frame.width * self.frame.height, 1.0), 1.0)


def read_page(
    paper: Paper,
    reference: PageReference,
    number: int,
    annotations: Sequence[Element] = (),
) -> PageContent:
    """Read a page; one whose part is missing or broken is a grade and a notice.

    ``number`` counts from 1 over the whole file.
    """
    root = paper.package.xml(reference.part) if reference.part else None
    if root is None:
        return unread_page(number)
    left, top, width, height = paper.page_area(root)
    sheet = _Sheet(Frame(0.0, 0.0, width, height))
    walk = Walk(paper)
    matrix = page_matrix(left, top)
    for group in _groups(paper, root):
        for drawn in walk.objects(group, matrix):
            sheet.add(drawn)
    overlay = overlay_of(annotations, walk, matrix, number, sheet.frame)
    return _content(sheet, walk, number, overlay)


def _groups(paper: Paper, root: Element) -> Iterator[Element]:
    """Yield the content of the templates under the page, of the page itself and of the templates above it."""
    above: list[Element] = []
    for link in root.iterfind("{*}Template"):
        identifier = link.get("TemplateID", "")
        template = paper.template(identifier)
        if template is None:
            paper.package.notices.append(Notice("missing_part", f"Template {identifier}", is_loss=True))
        elif link.get("ZOrder") == "Foreground":
            above.extend(template.iterfind("{*}Content"))
        else:
            yield from template.iterfind("{*}Content")
    yield from root.iterfind("{*}Content")
    yield from above


def _visible_area(drawn: Drawn, frame: Frame) -> float:
    """Return how much of the page a picture covers; its matrix spreads the unit square."""
    across = down = 1.0
    if drawn.element.get("CTM") is None:
        _, _, across, down = box_of(drawn.element.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
    points = [moved(x, y, drawn.matrix) for x in (0.0, across) for y in (0.0, down)]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    width = min(max(xs), frame.width) - max(min(xs), 0.0)
    height = min(max(ys), frame.height) - max(min(ys), 0.0)
    return max(width, 0.0) * max(height, 0.0)


def _content(sheet: _Sheet, walk: Walk, number: int, overlay: Overlay) -> PageContent:
    notices = [Notice("unknown_construct", name, is_loss=True) for name in sorted(walk.unknown)]
    if walk.is_cut_short:
        notices.append(Notice("too_many_objects", str(number), is_loss=True))
    seen = _seen(sheet, number, notices)
    level = [run for run in seen if not run.is_slanted]
    marks = watermarks((run for run in seen if run.is_slanted), number, sheet.frame)
    layout = _upright(level, sheet.frame)
    drawings = Drawings(
        sheet.shapes.areas.rules(layout), sheet.image_cover, sheet.shapes.count, sheet.shapes.areas.is_full
    )
    if drawings.has_too_many:
        notices.append(Notice("too_many_drawings", str(number)))
    grids = find_grids(drawings.rules)
    words = _words(level, layout, grids)
    count = sum(len(word.text) for word in words)
    if count < sum(len(run.text) for run in level):
        notices.append(Notice("text_outside_page", str(number)))
    grade = _grade(sheet, level, drawings, number)
    return PageContent(
        number,
        sheet.frame,
        layout,
        regions_of(list(fragments(words)), words, grids, number, layout),
        grade,
        (*_grade_notices(grade), *notices),
        Annotations(remarks=(*overlay.remarks, *marks), is_stamped=overlay.is_stamped),
        count,
    )


def _seen(sheet: _Sheet, number: int, notices: list[Notice]) -> list[Run]:
    """Return the runs a reader sees; hidden ones count where a picture of their words covers them."""
    hidden = sum(run.is_hidden for run in sheet.runs)
    if not hidden or sheet.image_cover >= _SCAN_COVER:
        return sheet.runs
    notices.append(Notice("hidden_text", str(number)))
    return [run for run in sheet.runs if not run.is_hidden]


def _upright(found: Sequence[Run], frame: Frame) -> Frame:
    """Return the frame in which most text runs from left to right (a table may be printed sideways)."""
    quarters: Counter[int] = Counter()
    for run in found:
        quarters[round(run.angle / 90) % 4] += len(run.text)
    return frame.turned(-quarters.most_common(1)[0][0]) if quarters else frame


def _words(found: Sequence[Run], layout: Frame, grids: Sequence[Grid]) -> list[Word]:
    words = page_words(found, layout, crosses_cells(grids))
    if has_overprint(list(fragments(words))):
        return page_words(found, layout, lambda _: True)
    return words


def _grade(sheet: _Sheet, level: Sequence[Run], drawings: Drawings, number: int) -> Grade:
    text = "".join(run.text for run in level)
    count = len(text) + sheet.unknown_glyphs
    if sheet.shapes.intricate >= max(_OUTLINED_SHAPES, count):
        return Grade(Quality.NONE if count < _FEW else Quality.POOR, number, "outlined_text")
    legibility = Legibility(
        count,
        private_use=len(_PRIVATE_USE.findall(text)) / max(count, 1),
        replaced=(sheet.unknown_glyphs + text.count("\ufffd")) / max(count, 1),
        invisible=sum(len(run.text) for run in level if run.is_hidden) / max(count, 1),
    )
    return grade_page(number, legibility, drawings)


def _grade_notices(grade: Grade) -> tuple[Notice, ...]:
    if grade.reason == "outlined_text":
        return (Notice("outlined_text", str(grade.page), is_loss=True),)
    return notices_for(grade)
