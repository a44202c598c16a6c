"""Minimal Word papers from the XML under test, so that a reader sees the construct and nothing else."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = {
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header": "header",
    "footer": "footer",
}
_ROOTS = {"header": "hdr", "footer": "ftr"}


@dataclass(frozen=True)
class Part:
    """A part beside the body: the kind of its link, and its content without the root (or raw bytes)."""

    kind: str
    content: str | bytes
    suffix: str = "xml"


def docx(
    body: str,
    *,
    styles: str = "",
    numbering: str = "",
    settings: str = "",
    parts: Mapping[str, Part] | None = None,
    main_type: str = "document.main",
    main: str = "word/document.xml",
) -> bytes:
    """Return a Word paper; ``parts`` are linked to the body under the ids they are given."""
    linked = dict(parts or {})
    for kind, content in (("styles", styles), ("numbering", numbering), ("settings", settings)):
        if content:
            linked[f"id_{kind}"] = Part(kind, content)
    document = f"<w:document {SPACES}><w:body>{body}</w:body></w:document>"
    members: dict[str, str | bytes] = {main: document}
    links, types = [], []
    for identifier, part in linked.items():
        name = f"{identifier}.{part.suffix}"
        members[f"word/{name}"] = part.content if isinstance(part.content, bytes) else _rooted(part)
        links.append(f'<Relationship Id="{identifier}" Type="{_OFFICE}/{part.kind}" Target="{name}"/>')
        if part.kind in _TYPES:
            types.append(_override(f"/word/{name}", f"{_WORD_TYPE}.{_TYPES[part.kind]}+xml"))
    members["word/_rels/document.xml.rels"] = _links("".join(links))
    members["_rels/.rels"] = _links(
        f'<Relationship Id="main" Type="{_OFFICE}/officeDocument" Target="{main}"/>'
    )
    types.append(_override(f"/{main}", f"{_WORD_TYPE}.{main_type}+xml"))
    members["[Content_Types].xml"] = (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        '<Default Extension="bin" ContentType="application/vnd.openxmlformats-officedocument.oleObject"/>'
        '<Default Extension="html" ContentType="text/html"/>'
        '<Default Extension="docx" ContentType="application/octet-stream"/>'
        f"{''.join(types)}</Types>"
    )
    return package(members)


def package(members: Mapping[str, str | bytes]) -> bytes:
    """Return a zip of members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip, to change some and pack them again."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _rooted(part: Part) -> str:
    root = _ROOTS.get(part.kind, part.kind)
    return f"<w:{root} {SPACES}>{part.content}</w:{root}>"


def _links(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _override(name: str, content_type: str) -> str:
    return f'<Override PartName="{name}" ContentType="{content_type}"/>'


def text(words: str) -> str:
    """Return ``w:t``."""
    return f'<w:t xml:space="preserve">{escape(words)}</w:t>'


def run(*content: str, properties: str = "") -> str:
    """Return ``w:r``; content that is not XML is text."""
    inner = "".join(part if part.startswith("<") else text(part) for part in content)
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{inner}</w:r>"


def paragraph(*content: str, properties: str = "") -> str:
    """Return ``w:p``; content that is not XML is a run of text."""
    inner = "".join(part if part.startswith("<") else run(part) for part in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(words: str, level: int = 0, number: int = 1) -> str:
    """Return a paragraph of a list."""
    return paragraph(words, properties=in_list(level, number))


def in_list(level: int = 0, number: int = 1) -> str:
    """Return ``w:numPr``."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def styled(words: str, style: str) -> str:
    """Return a paragraph in a style."""
    return paragraph(words, properties=f'<w:pStyle w:val="{style}"/>')


def level(index: int, number_format: str, shown: str, extra: str = "", after: str = "") -> str:
    """Return ``w:lvl``; ``extra`` stands between format and text, ``after`` behind the text."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>{after}</w:lvl>'
    )


def abstract(*levels: str, identifier: int = 1) -> str:
    """Return ``w:abstractNum``."""
    kind = '<w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{identifier}">{kind}{"".join(levels)}</w:abstractNum>'


def number(identifier: int = 1, of: int = 1, overrides: str = "") -> str:
    """Return ``w:num``."""
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def row(*cells: str, properties: str = "") -> str:
    """Return ``w:tr``; content that is not XML becomes a plain cell."""
    inner = "".join(part if part.startswith("<w:") else cell(part) for part in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


def cell(*content: str, properties: str = "") -> str:
    """Return ``w:tc``; content that is not XML becomes a paragraph."""
    inner = "".join(part if part.startswith("<w:") else paragraph(part) for part in content)
    width = '<w:tcW w:w="2000" w:type="dxa"/>'
    return f"<w:tc><w:tcPr>{width}{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str, columns: int = 3) -> str:
    """Return ``w:tbl``."""
    grid = '<w:gridCol w:w="2000"/>' * columns
    properties = '<w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    """Return ``w:gridSpan``."""
    return f'<w:gridSpan w:val="{columns}"/>'


def field(instruction: str, result: str | None) -> str:
    """Return the runs of a complex field."""
    marks = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    stated = f'<w:r><w:instrText xml:space="preserve">{escape(instruction)}</w:instrText></w:r>'
    middle = "" if result is None else marks.format("separate") + run(result)
    return marks.format("begin") + stated + middle + marks.format("end")


def drawing(content: str, space: str) -> str:
    """Return an inline drawing around its graphic."""
    return (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="3000000" cy="1500000"/>'
        f'<wp:docPr id="1" name="图形"/><a:graphic><a:graphicData uri="{space}">{content}'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )


def new_text_box(*content: str) -> str:
    """Return a text box of Word 2010 and later."""
    return drawing(
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="3000000" cy="1500000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</wps:spPr><wps:txbx><w:txbxContent>"
        f"{''.join(content)}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>",
        "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    )


def old_text_box(*content: str) -> str:
    """Return a VML text box, as Word 2003 and WPS write it."""
    return (
        '<w:pict><v:shape id="box" style="width:200pt;height:80pt" o:spt="202"><v:textbox><w:txbxContent>'
        f"{''.join(content)}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )


def picture() -> str:
    """Return a picture."""
    return drawing(
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="照片"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="id_picture"/></pic:blipFill><pic:spPr/></pic:pic>',
        "http://schemas.openxmlformats.org/drawingml/2006/picture",
    )
