"""Pictures of papers as a scanner or a telephone makes them: drawn with Pillow, then stamped and spoilt.

Places count in points from the top left corner, as in the PDF builder; a sheet has 200 dots an inch.
"""

from __future__ import annotations

import io
import math
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

DOTS_PER_POINT = 200 / 72
RED = (214, 44, 50)
_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "C:/Windows/Fonts/simfang.ttf",
    "C:/Windows/Fonts/simsun.ttc",
)
_NEVER_FIRST = "，。、；：？！）》”"


def has_font() -> bool:
    return any(Path(path).exists() for path in _FONTS)


@cache
def font(size: float) -> ImageFont.FreeTypeFont:
    path = next(path for path in _FONTS if Path(path).exists())
    # Of the faces in Noto's collection the third is the simplified Chinese one.
    index = 2 if "Noto" in path else 0
    return ImageFont.truetype(path, round(size * DOTS_PER_POINT), index=index)


class Sheet:
    """One page in the making."""

    def __init__(self, width: float = 595.0, height: float = 842.0) -> None:
        size = (round(width * DOTS_PER_POINT), round(height * DOTS_PER_POINT))
        self.image = Image.new("RGB", size, "white")
        self.draw = ImageDraw.Draw(self.image)
        self.width = width
        self.top = 90.0
        #: What has been printed, paragraph by paragraph.
        self.said: list[str] = []

    def line(self, text: str, left: float, top: float, size: float, ink: object = "black") -> None:
        self.draw.text((left * DOTS_PER_POINT, top * DOTS_PER_POINT), text, ink, font(size))  # type: ignore[arg-type]

    def width_of(self, text: str, size: float) -> float:
        return font(size).getlength(text) / DOTS_PER_POINT

    def title(self, text: str, size: float = 22.0) -> None:
        self.line(text, (self.width - self.width_of(text, size)) / 2, self.top, size)
        self.said.append(text)
        self.top += 2 * size

    def paragraph(self, text: str, size: float = 16.0, left: float = 79.0, right: float = 527.0) -> None:
        """Print a paragraph with two characters' indent."""
        line, room = "", right - left - 2 * size
        start = left + 2 * size
        for char in text:
            if char not in _NEVER_FIRST and self.width_of(line + char, size) > room:
                self._next(line, start, size)
                line, start, room = "", left, right - left
            line += char
        self._next(line, start, size)
        self.said.append(text)

    def _next(self, line: str, start: float, size: float) -> None:
        self.line(line, start, self.top, size)
        self.top += 1.75 * size

    def signature(self, text: str, size: float = 16.0) -> None:
        self.line(text, 500.0 - self.width_of(text, size), self.top, size)
        self.said.append(text)
        self.top += 1.75 * size

    def table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        size: float = 12.0,
        left: float = 79.0,
        is_ruled: bool = True,
    ) -> None:
        height = 2.0 * size
        places = [left + sum(widths[:number]) for number in range(len(widths) + 1)]
        foot = self.top + height * len(rows)
        if is_ruled:
            for number in range(len(rows) + 1):
                self.rule(left, self.top + number * height, places[-1], self.top + number * height)
            for place in places:
                self.rule(place, self.top, place, foot)
        for row in rows:
            for text, place in zip(row, places, strict=False):
                self.line(text, place + 5, self.top + 0.35 * size, size)
            self.said.append("".join(row))
            self.top += height
        self.top += size

    def rule(self, left: float, top: float, right: float, bottom: float) -> None:
        corners = [edge * DOTS_PER_POINT for edge in (left, top, right, bottom)]
        self.draw.line(corners, "black", 2)

    def stamp(
        self, x: float, y: float, name: str = "某某县工商业联合会", *, millimetres: float = 42.0
    ) -> None:
        """Press a round stamp with its middle at a place; print beneath shows through."""
        self.image = stamped(self.image, x * DOTS_PER_POINT, y * DOTS_PER_POINT, name, millimetres)
        self.draw = ImageDraw.Draw(self.image)

    def png(self) -> bytes:
        return as_file(self.image, "PNG")


def stamped(page: Image.Image, x: float, y: float, name: str, millimetres: float = 42.0) -> Image.Image:
    """Return a page with a stamp: ring, star, and the office's name around the inside."""
    radius = millimetres / 2 * 200 / 25.4
    side = round(2.2 * radius)
    ink = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(ink)
    middle = side / 2
    box = [middle - radius, middle - radius, middle + radius, middle + radius]
    draw.ellipse(box, outline=225, width=round(radius / 18))
    points = [
        (
            middle + (0.32 if number % 2 == 0 else 0.125) * radius * math.sin(math.pi * number / 5),
            middle - (0.32 if number % 2 == 0 else 0.125) * radius * math.cos(math.pi * number / 5),
        )
        for number in range(10)
    ]
    draw.polygon(points, fill=225)
    for number, char in enumerate(name):
        letters = font(radius / 4 / DOTS_PER_POINT)
        angle = math.radians(-120 + 240 * number / max(len(name) - 1, 1))
        tile = Image.new("L", (round(radius / 3),) * 2, 0)
        ImageDraw.Draw(tile).text((0, 0), char, 225, letters)
        turned = tile.rotate(-math.degrees(angle), resample=Image.Resampling.BICUBIC)
        centre = (middle + 0.74 * radius * math.sin(angle), middle - 0.74 * radius * math.cos(angle))
        ink.paste(255, (round(centre[0] - tile.width / 2), round(centre[1] - tile.height / 2)), turned)
    # Ink only takes light away: black print under it stays black.
    colour = Image.new("RGB", (side, side), "white")
    colour.paste(RED, (0, 0), ink)
    area = (round(x - side / 2), round(y - side / 2))
    under = page.crop((*area, area[0] + side, area[1] + side))
    result = page.copy()
    result.paste(ImageChops.multiply(under, colour), area)
    return result


def leaning(page: Image.Image, degrees: float) -> Image.Image:
    """Return a page that lay askew on the glass, leaning clockwise."""
    return page.rotate(-degrees, resample=Image.Resampling.BICUBIC, fillcolor="white")


def noisy(page: Image.Image, seed: int = 5, strength: float = 18.0) -> Image.Image:
    """Return a page with the grain of a cheap scanner and a few specks of dust."""
    grain = Image.effect_noise(page.size, strength).convert("RGB")
    spoilt = ImageChops.add(page, grain, scale=1.0, offset=-128)
    dust = random.Random(seed)
    draw = ImageDraw.Draw(spoilt)
    for _ in range(300):
        x, y = dust.randrange(page.width), dust.randrange(page.height)
        draw.rectangle([x, y, x + dust.randrange(3), y + dust.randrange(3)], fill=(60, 60, 60))
    return spoilt


def in_the_shade(page: Image.Image) -> Image.Image:
    """Return a page photographed in yellow light with a shadow growing towards the right."""
    shadow = Image.linear_gradient("L").rotate(90).resize(page.size).point(lambda level: 255 - level * 0.55)
    yellow = Image.merge("RGB", [shadow, shadow.point(lambda v: v * 0.96), shadow.point(lambda v: v * 0.8)])
    return ImageChops.multiply(page, yellow)


def as_file(page: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, kind, **options)
    return buffer.getvalue()


def as_pdf(pages: Sequence[Image.Image], quality: int = 80) -> bytes:
    """Return a PDF as a scanner writes it: one JPEG a page."""
    buffer = io.BytesIO()
    pages[0].save(
        buffer, "PDF", save_all=True, append_images=list(pages[1:]), resolution=200, quality=quality
    )
    return buffer.getvalue()
