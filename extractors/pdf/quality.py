"""Grades how far the text of one page may be trusted, and why.

A page that cannot be read well enough must never lead to “not mentioned”; the reasons are stable codes
(``ok``, ``blank``, ``scanned``, ``ocr_layer``, ``image_cover``, ``few_characters``, ``garbled_fonts``,
``private_use``, ``replacement_characters``) that reports put into words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.document import Grade, Notice, Quality
from extractors.pdf.drawings import Drawings

__all__ = ["Legibility", "grade_page", "notices_for", "read_legibility"]

_SAMPLES = 48
_PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_REPLACED = re.compile(r"\ufffd|\(cid:\d+\)")
# Chinese bytes shown as if they were Western letters: ÎåºÃ for 五好.
_WESTERN = re.compile("[\u00a1-\u00ff]")
_PLAIN = re.compile("[A-Za-z0-9\u3400-\u9fff]")
_FEW = 20
_POOR_SHARE = 0.1
_NONE_SHARE = 0.5
_SCAN_COVER = 0.5
_FULL_COVER = 0.8
_PICTURE_COVER = 0.05
#: So many drawn shapes on a page without text are letters turned into outlines.
_OUTLINED_PATHS = 300
_DRAWN_PATHS = 20


@dataclass(frozen=True, slots=True)
class Legibility:
    """What a page's characters look like: their number and the shares of bad ones, 0 to 1."""

    character_count: int
    private_use: float = 0.0
    replaced: float = 0.0
    western: float = 0.0
    unmapped: float = 0.0
    invisible: float = 0.0


def read_legibility(textpage: pypdfium2.PdfTextPage, characters: str, drawings: Drawings) -> Legibility:
    """Count what tells readable text from garbage."""
    # pdfium says U+0000 for a character whose font does not tell what it is.
    unknown = characters.count("\0")
    count = unknown + len("".join(characters.split()).replace("\0", ""))
    if count == 0:
        return Legibility(0)
    western = _count(_WESTERN, characters)
    is_western = western > 0 and western > _count(_PLAIN, characters)
    step = max(1, len(characters) // _SAMPLES)
    sample = [index for index in range(0, len(characters), step) if characters[index] > " "]
    unmapped = sum(pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1 for index in sample)
    # Hidden text matters only where a picture may be what the reader sees instead.
    hidden = (
        sum(_is_hidden(textpage, index) for index in sample) if drawings.image_cover >= _SCAN_COVER else 0
    )
    return Legibility(
        character_count=count,
        private_use=_count(_PRIVATE_USE, characters) / count,
        replaced=(unknown + _count(_REPLACED, characters)) / count,
        western=western / count if is_western else 0.0,
        unmapped=unmapped / max(len(sample), 1),
        invisible=hidden / max(len(sample), 1),
    )


def _count(pattern: re.Pattern[str], text: str) -> int:
    return len(pattern.findall(text))


def _is_hidden(textpage: pypdfium2.PdfTextPage, index: int) -> bool:
    text_object = pdfium.FPDFText_GetTextObject(textpage, index)
    if not text_object:
        return False
    mode: int = pdfium.FPDFTextObj_GetTextRenderMode(text_object)
    return mode in (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)


def grade_page(page: int, legibility: Legibility, drawings: Drawings) -> Grade:
    """Return the grade of one page; the worst sign decides.

    >>> grade_page(1, Legibility(0), Drawings(image_cover=0.95))
    Grade(quality=<Quality.NONE: 0>, page=1, reason='scanned')
    """
    quality, reason = _garbled(legibility) or _pictured(legibility, drawings) or (Quality.GOOD, "ok")
    return Grade(quality, page, reason)


def _garbled(legibility: Legibility) -> tuple[Quality, str] | None:
    signs = (
        (legibility.private_use, "private_use"),
        (legibility.replaced, "replacement_characters"),
        (max(legibility.unmapped, legibility.western), "garbled_fonts"),
    )
    share, reason = max(signs)
    if share < _POOR_SHARE:
        return None
    return (Quality.NONE if share >= _NONE_SHARE else Quality.POOR), reason


def _pictured(legibility: Legibility, drawings: Drawings) -> tuple[Quality, str] | None:
    cover, count = drawings.image_cover, legibility.character_count
    if count < _FEW and cover >= _SCAN_COVER:
        return Quality.NONE, "scanned"
    if count == 0 and drawings.path_count >= _OUTLINED_PATHS:
        return Quality.NONE, "scanned"
    if count == 0:
        is_blank = cover < _PICTURE_COVER and drawings.path_count < _DRAWN_PATHS
        return (Quality.GOOD, "blank") if is_blank else (Quality.FAIR, "few_characters")
    if cover >= _SCAN_COVER and legibility.invisible >= _NONE_SHARE:
        return Quality.FAIR, "ocr_layer"
    if cover >= _FULL_COVER:
        return Quality.FAIR, "image_cover"
    return None


def notices_for(grade: Grade) -> tuple[Notice, ...]:
    """Return what a person should know about a page that was not read well."""
    if grade.reason == "scanned":
        return (Notice("scanned_page", str(grade.page), is_loss=True),)
    if grade.quality <= Quality.POOR:
        return (Notice("garbled_page", str(grade.page), is_loss=True),)
    return ()
