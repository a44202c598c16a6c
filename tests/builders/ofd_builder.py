"""OFD packages from the XML under test, or typeset as the office prints: A4, 16 points, indented paragraphs.

Places count in millimetres from the top left corner.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.64
LINE = 28
LEFT, TOP, LEADING = 26.0, 37.0, 10.0
_PIECE = re.compile("(?:[0-9.]+|.)[，。、；：？！）》”%]*")
_LINES_PER_PAGE = 22


def text(
    words: str, left: float = LEFT, top: float = TOP, size: float = SIZE, *, step: float = 0.0, **more: str
) -> str:
    """Return a text object of one printed line; ``step`` is the offset from one character to the next."""
    steps = " ".join(f"{step or _step(char, size):.4f}" for char in words[:-1])
    code = f'<ofd:TextCode X="0" Y="{size * 0.88:.4f}" DeltaX="{steps}">{escape(words)}</ofd:TextCode>'
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in more.items())
    boundary = f"{left:.4f} {top:.4f} 160 {size:.4f}"
    stated = f'ID="1" Font="1" Size="{size}" Boundary="{boundary}"{attributes}'
    return f"<ofd:TextObject {stated}>{code}</ofd:TextObject>"


def _step(char: str, size: float) -> float:
    return size / 2 if char.isascii() else size


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return a drawn line."""
    boundary = f"{x0} {y0} {x1 - x0 + 0.4} {y1 - y0 + 0.4}"
    data = f"M 0.2 0.2 L {x1 - x0 + 0.2} {y1 - y0 + 0.2}"
    return _path(data, boundary)


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], top: float, height: float = 10.0) -> str:
    """Return a ruled table with its words."""
    edges = [LEFT + sum(widths[:number]) for number in range(len(widths) + 1)]
    foot = top + height * len(rows)
    drawn = [rule(edges[0], top + height * n, edges[-1], top + height * n) for n in range(len(rows) + 1)]
    drawn += [rule(edge, top, edge, foot) for edge in edges]
    for number, row in enumerate(rows):
        drawn += [
            text(words, edge + 1, top + height * number + 3, 3.7)
            for words, edge in zip(row, edges, strict=False)
            if words
        ]
    return "".join(drawn)


def outlined(count: int) -> str:
    """Return characters drawn as so many curved shapes."""
    data = " ".join(f"M {n} 0 B {n} 1 {n + 1} 1 {n + 1} 0 C" for n in range(count))
    return _path(data, "20 20 150 10")


def picture(boundary: str = "0 0 210 297") -> str:
    return f'<ofd:ImageObject ID="9" ResourceID="8" Boundary="{boundary}"/>'


def _path(data: str, boundary: str) -> str:
    stated = f'ID="2" Boundary="{boundary}" LineWidth="0.35"'
    return f"<ofd:PathObject {stated}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"


def page(objects: str, *, template: str = "", area: str = "") -> str:
    """Return the content of a page."""
    box = f"<ofd:Area><ofd:PhysicalBox>{area}</ofd:PhysicalBox></ofd:Area>" if area else ""
    link = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template else ""
    layer = f'<ofd:Layer ID="3">{objects}</ofd:Layer>'
    return f"<ofd:Page {SPACE}>{box}{link}<ofd:Content>{layer}</ofd:Content></ofd:Page>"


def ofd(
    *pages: str,
    parts: Mapping[str, str | bytes] | None = None,
    common: str = "",
    after_pages: str = "",
    in_body: str = "",
    size: str = "0 0 210 297",
) -> bytes:
    """Return a package of one paper.

    ``common`` goes into CommonData, ``after_pages`` behind the list of pages, ``in_body`` into DocBody;
    ``parts`` are further members or, under the same name, replace one.
    """
    listed = "".join(
        f'<ofd:Page ID="{number + 100}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        for number in range(len(pages))
    )
    area = f"<ofd:PageArea><ofd:PhysicalBox>{size}</ofd:PhysicalBox></ofd:PageArea>"
    members: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD {SPACE} Version="1.1" DocType="OFD"><ofd:DocBody>'
        f"<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{in_body}</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData>{area}{common}</ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{after_pages}</ofd:Document>",
    }
    for number, content in enumerate(pages):
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = content
    return packed(members | dict(parts or {}))


def packed(members: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return buffer.getvalue()


def typeset(*paragraphs: str) -> bytes:
    """Return a package with paragraphs broken into lines and pages, each page numbered at its foot."""
    lines = [
        text(line, LEFT + (0 if number else 2 * SIZE), 0.0).replace(" 0.0000 160", " {top:.4f} 160")
        for paragraph in paragraphs
        for number, line in enumerate(broken(paragraph))
    ]
    return ofd(*(_numbered(number, part) for number, part in enumerate(_parts(lines), 1)))


def _parts(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), _LINES_PER_PAGE):
        yield lines[start : start + _LINES_PER_PAGE]


def _numbered(number: int, lines: Sequence[str]) -> str:
    placed = (line.format(top=TOP + LEADING * index) for index, line in enumerate(lines))
    return page("".join(placed) + text(f"— {number} —", 95, 280, 4.9))


def broken(paragraph: str) -> Iterator[str]:
    """Yield printed lines; numbers stay whole, closing punctuation takes the character before it along."""
    line, room = "", LINE - 2
    for piece in _PIECE.findall(paragraph):
        if line and _length(line + piece) > room:
            yield line
            line, room = "", LINE
        line += piece
    yield line


def _length(words: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in words)
