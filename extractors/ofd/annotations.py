"""Reads what is laid over a page: typed words, remarks, watermarks, seals put on as annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby, islice

from extractors.document import Box, Part
from extractors.matrix import IDENTITY, Matrix, moved, times
from extractors.ofd.geometry import box_of
from extractors.ofd.objects import Walk
from extractors.ofd.runs import Run, page_words, runs
from extractors.ofd.structure import Element, Paper, located, words_of
from extractors.pdf.annotations import Remark
from extractors.pdf.lines import fragments, printed_lines
from extractors.pdf.words import Frame

__all__ = ["Overlay", "annotations_by_page", "overlay_of", "watermarks"]

_MOST = 5_000
#: Annotations of the type Stamp that carry typed words instead of a seal.
_TYPED = ("freetext", "text", "typewriter", "note")


@dataclass(frozen=True, slots=True)
class Overlay:
    """The words that annotations lay over one page, and whether one of them is a seal."""

    remarks: tuple[Remark, ...] = ()
    is_stamped: bool = False


def annotations_by_page(paper: Paper) -> dict[str, list[Element]]:
    """Return the annotations of a paper by the id of their page."""
    found: dict[str, list[Element]] = {}
    for part in paper.located("Annotations"):
        index = paper.package.xml(part)
        for page in () if index is None else index.iterfind("{*}Page"):
            name = located(paper.package, part, words_of(page.find("{*}FileLoc")))
            root = paper.package.xml(name) if name else None
            if root is not None:
                found.setdefault(page.get("PageID", ""), []).extend(root.iterfind("{*}Annot"))
    return found


def overlay_of(
    annotations: Sequence[Element], walk: Walk, matrix: Matrix, number: int, frame: Frame
) -> Overlay:
    """Return what the annotations of one page say; ``matrix`` takes its millimetres to points."""
    remarks: list[Remark] = []
    is_stamped = False
    for element in islice(annotations, _MOST):
        if element.get("Visible", "").lower() == "false":
            continue
        laid = list(_laid_runs(element, walk, matrix))
        is_stamped |= _is_seal(element, has_words=bool(laid))
        remarks.extend(_remarks(element, laid, matrix, number, frame))
    return Overlay(tuple(remarks), is_stamped)


def _laid_runs(element: Element, walk: Walk, matrix: Matrix) -> Iterator[Run]:
    for appearance in element.iterfind("{*}Appearance"):
        x, y, _, _ = box_of(appearance.get("Boundary")) or (0.0, 0.0, 0.0, 0.0)
        for drawn in walk.objects(appearance, times((*IDENTITY[:4], x, y), matrix)):
            if drawn.kind == "TextObject" and not drawn.is_hidden:
                yield from runs(drawn)


def _is_seal(element: Element, *, has_words: bool) -> bool:
    """Whether an annotation of the type Stamp shows something that is not just typed words."""
    if element.get("Type") != "Stamp" or element.get("Subtype", "").lower() in _TYPED:
        return False
    appearance = element.find("{*}Appearance")
    return appearance is not None and len(appearance) > 0 and not has_words


def _remarks(
    element: Element, laid: Sequence[Run], matrix: Matrix, number: int, frame: Frame
) -> Iterator[Remark]:
    if element.get("Type") == "Watermark":
        yield from watermarks(laid, number, frame)
        return
    shown = list(_printed(laid, number, frame))
    text = "\n".join(line for line, _ in shown)
    if text:
        yield Remark(text, Part.TEXT_BOX, number, reduce(Box.union, (box for _, box in shown)))
    remark = (element.findtext("{*}Remark") or element.findtext("Remark") or "").strip()
    if remark and remark not in text:
        yield Remark(remark, Part.COMMENT, number, _place(element, matrix, frame))


def _place(element: Element, matrix: Matrix, frame: Frame) -> Box:
    appearance = element.find("{*}Appearance")
    stated = None if appearance is None else box_of(appearance.get("Boundary"))
    x, y, width, height = stated or (0.0, 0.0, 0.0, 0.0)
    left, top = moved(x, y, matrix)
    right, bottom = moved(x + width, y + height, matrix)
    return frame.clamp(Box(min(left, right), min(top, bottom), max(left, right), max(top, bottom)))


def _printed(found: Iterable[Run], number: int, frame: Frame) -> Iterator[tuple[str, Box]]:
    """Yield the printed lines that some runs make, with their places."""
    words = page_words((run for run in found if not run.is_hidden), frame, lambda _: False)
    for line in printed_lines(list(fragments(words)), number, frame):
        yield line.text, line.box


def watermarks(found: Iterable[Run], number: int, frame: Frame) -> Iterator[Remark]:
    """Yield one running head for each wording printed aslant; the letters round a seal make one wording."""
    placed: dict[str, Box] = {}
    for is_letter, group in groupby(found, key=lambda run: len(run.text) == 1):
        boxes = [(run.text, frame.clamp(_box(run, frame))) for run in group]
        if is_letter:
            letters = "".join(text for text, _ in boxes)
            boxes = [(letters, reduce(Box.union, (box for _, box in boxes)))]
        for text, box in boxes:
            placed.setdefault(text, box)
    return (Remark(text, Part.HEADER, number, box) for text, box in placed.items())


def _box(run: Run, frame: Frame) -> Box:
    word = run.word(frame)
    return Box(word.left, word.top, word.right, word.bottom)
