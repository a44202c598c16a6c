"""PDF papers typeset as the office prints them: A4, 16 points, two characters indent, numbered pages.

Places count from the top left corner in points.  An embedded Chinese font is used where the machine has one;
elsewhere Adobe's STSong-Light, which needs no file, gives the same text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pypdfium2
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

LEFT, RIGHT, TOP, BOTTOM = 80.0, 528.0, 105.0, 740.0
SIZE = 16.0
LEADING = 28.0
_FONT_FILES = (
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "C:/Windows/Fonts/simsun.ttc",
    "C:/Windows/Fonts/simhei.ttf",
)
_UNBREAKABLE = re.compile("[（《“]*(?:[A-Za-z0-9.%/-]+|.)[，。、；：？！）》”]*")


@cache
def font() -> str:
    """Return the name of a font that has the Chinese characters."""
    for path in filter(Path.exists, map(Path, _FONT_FILES)):
        pdfmetrics.registerFont(TTFont("Han", str(path), subfontIndex=0))
        return "Han"
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    return "STSong-Light"


def width_of(text: str, size: float = SIZE) -> float:
    return float(pdfmetrics.stringWidth(text, font(), size))


def broken(text: str, first: float, width: float, size: float = SIZE) -> Iterator[str]:
    """Yield printed lines; numbers stay whole and closing punctuation stays with what it closes."""
    line, room = "", first
    for piece in _UNBREAKABLE.findall(text):
        if line and width_of(line + piece, size) > room:
            yield line
            line, room = "", width
        line += piece
    if line:
        yield line


class Paper:
    """A PDF in the making; every call puts something on the current page."""

    def __init__(self, width: float = 595.0, height: float = 842.0, password: str | None = None) -> None:
        self._buffer = io.BytesIO()
        self._size = (width, height)
        self._height = height
        # An empty user password still opens; the owner password only guards changes.
        lock = None if password is None else StandardEncryption(password, ownerPassword="市联")
        self.canvas = Canvas(self._buffer, pagesize=self._size, invariant=1, encrypt=lock)
        self.top = TOP

    def line(self, text: str, left: float, top: float, size: float = SIZE, *, spacing: float = 0.0) -> None:
        """Print one line; spacing is added after each character, as justified setting does."""
        drawn = self.canvas.beginText(left, self._height - top - 0.86 * size)
        drawn.setFont(font(), size)
        drawn.setCharSpace(spacing)
        drawn.textOut(text)
        self.canvas.drawText(drawn)

    def hidden_line(self, text: str, left: float, top: float, size: float = SIZE) -> None:
        """Print one line that nobody sees, as text recognition lays it over a scan."""
        drawn = self.canvas.beginText(left, self._height - top - 0.86 * size)
        drawn.setFont(font(), size)
        drawn.setTextRenderMode(3)
        drawn.textOut(text)
        self.canvas.drawText(drawn)

    def title(self, text: str, size: float = 22.0) -> None:
        """Print a centred line."""
        self.line(text, (LEFT + RIGHT - width_of(text, size)) / 2, self.top, size)
        self.top += 1.6 * size

    def paragraph(
        self, text: str, *, indent: float = 2 * SIZE, hanging: float = 0.0, size: float = SIZE
    ) -> None:
        """Print a paragraph, on the next page where this one is full."""
        width = RIGHT - LEFT - hanging
        for number, line in enumerate(broken(text, RIGHT - LEFT - indent, width, size)):
            if self.top > BOTTOM - LEADING:
                self.next_page()
            self.line(line, LEFT + (hanging if number else indent), self.top, size)
            self.top += LEADING

    def signature(self, text: str) -> None:
        """Print a line that ends at the right margin."""
        self.line(text, RIGHT - width_of(text) - 2 * SIZE, self.top)
        self.top += LEADING

    def table(
        self,
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        height: float = 24.0,
        size: float = 10.5,
        left: float = LEFT,
        sides: bool = True,
    ) -> None:
        """Print a ruled table; without ``sides`` its outer upright lines are left out."""
        rights = [left + sum(widths[: number + 1]) for number in range(len(widths))]
        foot = self.top + height * len(rows)
        for number in range(len(rows) + 1):
            self.rule(left, self.top + height * number, rights[-1], self.top + height * number)
        for place in [left, *rights] if sides else rights[:-1]:
            self.rule(place, self.top, place, foot)
        for row in rows:
            for text, start, width in zip(row, [left, *rights], widths, strict=False):
                for number, line in enumerate(broken(text, width - 8, width - 8, size)):
                    self.line(line, start + 4, self.top + 4 + number * 1.2 * size, size)
            self.top += height

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self._height - y0, x1, self._height - y1)

    def picture(self, left: float, top: float, right: float, bottom: float) -> None:
        """Put a grey picture on the page."""
        image = ImageReader(Image.new("L", (8, 8), 200))
        self.canvas.drawImage(image, left, self._height - bottom, right - left, bottom - top)

    def next_page(self, *, turned: int = 0) -> None:
        """Begin a page; ``turned`` is how far the viewer turns the page just finished."""
        if turned:
            self.canvas.setPageRotation(turned)
        self.canvas.showPage()
        if turned:
            self.canvas.setPageRotation(0)
        self.top = TOP

    def data(self, *, turned: int = 0, attachments: dict[str, bytes] | None = None) -> bytes:
        """Return the finished file."""
        self.next_page(turned=turned)
        self.canvas.save()
        data = self._buffer.getvalue()
        return _with_attachments(data, attachments) if attachments else data


def _with_attachments(data: bytes, attachments: dict[str, bytes]) -> bytes:
    pdf = pypdfium2.PdfDocument(data)
    for name, content in attachments.items():
        pdf.new_attachment(name).set_data(content)
    buffer = io.BytesIO()
    pdf.save(buffer)
    pdf.close()
    return buffer.getvalue()


def mapped_pdf(shown: str, meant: str) -> bytes:
    """Return a one-page PDF whose font says that each of its Latin letters is another character."""
    pairs = "\n".join(f"<{ord(code):02X}> <{ord(char):04X}>" for code, char in zip(shown, meant, strict=True))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(shown)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
    )
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        _stream(f"BT /F1 16 Tf 80 700 Td ({shown}) Tj ET"),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /ToUnicode 6 0 R >>",
        _stream(cmap),
    )
    body = "%PDF-1.5\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    return f"{body}startxref\n{body.index('xref')}\n%%EOF\n".encode("latin-1")


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
