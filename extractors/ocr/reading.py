"""The way of a picture of a page: light evened, stamps lifted, set upright, its lines found and read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from extractors.ocr.areas import cut_at_rules, ink_in, overlooked, stacked
from extractors.ocr.available import EngineError
from extractors.ocr.engine import FAILURES, Engine, engine
from extractors.ocr.layout import Reading, words_of
from extractors.ocr.lighting import evenly_lit, has_ink, with_dark_print
from extractors.ocr.pixels import Grey, Quads, picture_of
from extractors.ocr.rulings import find_rulings
from extractors.ocr.skew import Pose, pose_of, upside_down
from extractors.ocr.spelling import respelled
from extractors.ocr.stamp import Stamp, find_stamps, lift_stamps
from extractors.pdf.drawings import Rule
from extractors.pdf.recognise import PageImage, RecognisedPage
from extractors.pdf.words import Word

__all__ = ["read_picture"]

_POINTS_PER_MM = 72 / 25.4
#: Below this an area is no print but a texture that looks like it.
_LEAST_CONFIDENCE = 0.5
_DOUBTFUL = 0.8
_DOUBTFUL_UNDER_STAMP = 0.9
#: Print that is the right way up is read more surely than this.
_UPRIGHT = 0.75
_SAMPLE = 4


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page ready to be read: grey pixels without stamps, the areas of print on it, and its scale."""

    grey: Grey
    found: Quads
    stamps: Sequence[Stamp]
    dots_per_point: float


def read_picture(image: PageImage) -> RecognisedPage:
    """Return the words on a page, with places in points of the page set upright; may raise EngineError."""
    try:
        return _read_picture(image)
    except FAILURES as error:
        raise EngineError(str(error)) from error


def _read_picture(image: PageImage) -> RecognisedPage:
    picture = evenly_lit(picture_of(image))
    stamps = find_stamps(picture, image.dots_per_point * _POINTS_PER_MM)
    grey = with_dark_print(lift_stamps(picture, stamps))
    if not has_ink(grey):
        return RecognisedPage(is_blank=True, is_stamped=bool(stamps))
    reader = engine()
    found = reader.find(grey)
    if not len(found):
        return RecognisedPage(is_stamped=bool(stamps))
    sheet = _Sheet(grey, found, stamps, image.dots_per_point)
    pose = pose_of(found, image.width, image.height)
    # A page on its side may have been turned the wrong way; a page on its head shows only when it is read.
    if pose.turns and _is_on_head(reader, sheet, pose):
        return _read(reader, sheet, upside_down(pose))
    page = _read(reader, sheet, pose)
    if not pose.turns and page.confidence < _UPRIGHT and _is_on_head(reader, sheet, pose):
        return _read(reader, sheet, upside_down(pose))
    return page


def _is_on_head(reader: Engine, sheet: _Sheet, pose: Pose) -> bool:
    """Whether the longest lines are read more surely the other way up."""
    lengths = np.linalg.norm(sheet.found.max(axis=1) - sheet.found.min(axis=1), axis=1)
    longest = sheet.found[np.argsort(-lengths)[:_SAMPLE]]
    upright, on_head = (
        sum(confidence for _, confidence in reader.read(sheet.grey, np.roll(longest, turns, axis=1)))
        for turns in (pose.turns, pose.turns + 2)
    )
    return on_head > upright


def _read(reader: Engine, sheet: _Sheet, pose: Pose) -> RecognisedPage:
    upright = pose.upright(sheet.grey)
    rulings = find_rulings(upright, sheet.dots_per_point)
    bare = rulings.without(upright)
    # Print on its side is found less well; upright it is worth a second look.
    found = reader.find(bare) if pose.turns else pose.moved(sheet.found)
    quads = cut_at_rules(found, rulings, sheet.dots_per_point)
    missed = overlooked(bare, quads, rulings.cells, sheet.dots_per_point)
    quads = np.concatenate([quads, missed])
    readings = list(_readings(reader, bare, quads, sheet.dots_per_point))
    kept = [reading for reading in readings if reading.confidence >= _LEAST_CONFIDENCE]
    across, down = (margin / sheet.dots_per_point for margin in pose.margin)
    stamps = _moved(sheet.stamps, pose, sheet.dots_per_point)
    return RecognisedPage(
        words=tuple(_shifted_word(word, -across, -down) for word in words_of(kept)),
        rules=tuple(_shifted_rule(rule, -across, -down) for rule in rulings.rules),
        confidence=_mean_confidence(readings),
        turns=pose.turns,
        tilt=pose.tilt,
        is_stamped=bool(stamps),
        doubtful=tuple(reading.text for reading in kept if _is_doubtful(reading, stamps)),
        unread_count=len(readings) - len(kept),
    )


def _readings(reader: Engine, grey: Grey, quads: Quads, dots_per_point: float) -> Iterator[Reading]:
    for quad, (text, confidence) in zip(quads, reader.read(grey, quads), strict=True):
        read = _one_reading(grey, quad, text, confidence, dots_per_point)
        pieces = stacked(quad)
        if not len(pieces):
            yield from read
            continue
        apart = [
            one
            for piece, (char, sureness) in zip(pieces, reader.read(grey, pieces), strict=True)
            for one in _one_reading(grey, piece, char, sureness, dots_per_point)
        ]
        yield from apart if _mean_confidence(apart) > _mean_confidence(read) else read


def _one_reading(
    grey: Grey, quad: Quads, text: str, confidence: float, dots_per_point: float
) -> list[Reading]:
    """Return what was read in an area with the place of its ink; nothing where nothing was read."""
    spelled = respelled(text)
    if not spelled:
        return []
    ink = ink_in(grey, quad)
    if ink is None:
        # Pale print was read all the same.
        ink = np.concatenate([quad.min(axis=0), quad.max(axis=0)])
    left, top, right, bottom = (float(edge) / dots_per_point for edge in ink)
    return [Reading(spelled, confidence, left, top, right, bottom)]


def _shifted_word(word: Word, across: float, down: float) -> Word:
    return word._replace(
        left=word.left + across, right=word.right + across, top=word.top + down, bottom=word.bottom + down
    )


def _shifted_rule(rule: Rule, across: float, down: float) -> Rule:
    beside, along = (across, down) if rule.is_upright else (down, across)
    return rule._replace(place=rule.place + beside, start=rule.start + along, end=rule.end + along)


def _mean_confidence(readings: Sequence[Reading]) -> float:
    """Return how surely the page was read, each character counting the same."""
    count = sum(len(reading.text) for reading in readings)
    return sum(reading.confidence * len(reading.text) for reading in readings) / max(count, 1)


def _moved(stamps: Sequence[Stamp], pose: Pose, dots_per_point: float) -> list[Stamp]:
    """Return the stamps in points of the upright picture."""
    centres = np.asarray([[(stamp.x, stamp.y)] * 4 for stamp in stamps], dtype=np.float64).reshape(-1, 4, 2)
    places = pose.moved(centres)[:, 0] / dots_per_point
    return [
        Stamp(float(x), float(y), stamp.radius / dots_per_point)
        for (x, y), stamp in zip(places, stamps, strict=True)
    ]


def _is_doubtful(reading: Reading, stamps: Sequence[Stamp]) -> bool:
    """Whether a person should look: under a stamp sooner than elsewhere."""
    is_under = any(
        stamp.touches(reading.left, reading.top, reading.right, reading.bottom) for stamp in stamps
    )
    return reading.confidence < (_DOUBTFUL_UNDER_STAMP if is_under else _DOUBTFUL)
