"""Writes a sample paper as a Word file, with the things python-docx cannot write added as raw XML.

Automatic Chinese numbering, merged cells, tracked changes, a footnote, a text box (with the second copy
that Word keeps for old readers) and a page number field.  The same paper gives the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from samples.markup import Change, Grid, Paper, Paragraph, Role, Run

__all__ = ["write"]

_AUTHOR = "办公室"
_SAVED = dt.datetime(2015, 6, 1, 9, 0, 0)
_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_CENTRED = (Role.NUMBER, Role.TITLE, Role.CAPTION)
_UNINDENTED = (*_CENTRED, Role.RECIPIENT, Role.SIGNATURE)
_FONTS = {Role.TITLE: ("方正小标宋简体", 22), Role.TYPED_1: ("黑体", 16), Role.TYPED_2: ("楷体_GB2312", 16)}
_HEADINGS = {Role.NUMBERED_1: "Heading 1", Role.NUMBERED_2: "Heading 2"}
_BODY_FONT = "仿宋_GB2312"

_NUMBERING = f"""
<w:abstractNum {nsdecls("w")} w:abstractNumId="90">
  <w:multiLevelType w:val="multilevel"/>
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>
    <w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/></w:lvl>
</w:abstractNum>"""

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_BOX = """
<w:r {namespaces}><mc:AlternateContent>
  <mc:Choice Requires="wps"><w:drawing><wp:inline>
    <wp:extent cx="5400000" cy="900000"/><wp:docPr id="1" name="文本框 1"/>
    <a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
      <wps:cNvSpPr txBox="1"/>
      <wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="900000"/></a:xfrm>
        <a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>
      <wps:txbx><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></wps:txbx>
      <wps:bodyPr/>
    </wps:wsp></a:graphicData></a:graphic>
  </wp:inline></w:drawing></mc:Choice>
  <mc:Fallback><w:pict><v:shape style="width:425pt;height:71pt"><v:textbox>
    <w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>
  </v:textbox></v:shape></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""

_SEPARATORS = """
<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>
</w:footnote>"""


def write(paper: Paper) -> bytes:
    """Return the paper as the bytes of a docx file."""
    document = Document()
    _prepare(document, paper)
    notes = [note for item in paper.items if isinstance(item, Paragraph) for note in item.footnotes]
    note_numbers = iter(range(1, len(notes) + 1))
    for item in paper.items:
        if isinstance(item, Grid):
            _add_table(document, item)
        else:
            _add_paragraph(document, item, note_numbers)
    if notes:
        _add_footnotes(document, notes)
    buffer = io.BytesIO()
    document.save(buffer)
    return _with_fixed_times(buffer.getvalue())


def _prepare(document: WordDocument, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(37), Mm(28)
    section.bottom_margin, section.right_margin = Mm(35), Mm(26)
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _BODY_FONT)
    for name in _HEADINGS.values():
        document.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    if paper.header:
        section.header.paragraphs[0].text = paper.header
    _add_page_number(section.footer.paragraphs[0])
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(_NUMBERING))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    properties = document.core_properties
    properties.author = properties.last_modified_by = _AUTHOR
    properties.title = paper.title
    properties.comments = ""
    properties.created = properties.modified = _SAVED


def _add_page_number(paragraph: WordParagraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _add_paragraph(document: WordDocument, paragraph: Paragraph, note_numbers: Iterator[int]) -> None:
    target = document.add_paragraph(style=_HEADINGS.get(paragraph.role))
    if paragraph.role is Role.BOX:
        target._p.append(parse_xml(_BOX.format(namespaces=_NAMESPACES, text=escape(paragraph.text))))
        return
    for run in paragraph.runs:
        _add_run(target, run, note_numbers)
    _format(target, paragraph.role)


def _add_run(target: WordParagraph, run: Run, note_numbers: Iterator[int]) -> None:
    if run.change is Change.FOOTNOTE:
        reference = f'<w:footnoteReference {nsdecls("w")} w:id="{next(note_numbers)}"/>'
        target.add_run()._r.append(parse_xml(reference))
        return
    added = target.add_run(run.text)
    if run.change is not Change.NONE:
        _track(target, added, run.change)


def _track(target: WordParagraph, added: WordRun, change: Change) -> None:
    wrapper = OxmlElement("w:ins" if change is Change.INSERTED else "w:del")
    wrapper.set(qn("w:id"), str(len(target._p)))
    wrapper.set(qn("w:author"), _AUTHOR)
    wrapper.set(qn("w:date"), _SAVED.isoformat() + "Z")
    target._p.append(wrapper)
    wrapper.append(added._r)
    if change is Change.DELETED:
        for text in added._r.findall(qn("w:t")):
            text.tag = qn("w:delText")


def _format(target: WordParagraph, role: Role) -> None:
    if role in _HEADINGS:
        _number(target, int(role is Role.NUMBERED_2))
    if role not in _UNINDENTED:
        target.paragraph_format.first_line_indent = Pt(32)
    if role in _CENTRED:
        target.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if role is Role.SIGNATURE:
        target.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    font, size = _FONTS.get(role, (_BODY_FONT, 16))
    for run in target.runs:
        run.font.size = Pt(size)
        run.font.color.rgb = RGBColor(0, 0, 0)
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _number(target: WordParagraph, level: int) -> None:
    numbering = target._p.get_or_add_pPr().get_or_add_numPr()  # type: ignore[attr-defined]
    numbering.get_or_add_ilvl().val = level
    numbering.get_or_add_numId().val = 90


def _add_table(document: WordDocument, grid: Grid) -> None:
    table = document.add_table(grid.row_count, grid.column_count, style="Table Grid")
    for cell in grid.cells:
        first = table.cell(cell.row, cell.column)
        last = table.cell(cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        target = first if first is last else first.merge(last)
        run = target.paragraphs[0].add_run(cell.text)
        run.font.size = Pt(12)


def _add_footnotes(document: WordDocument, notes: list[str]) -> None:
    written = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
        f"<w:r><w:t>{escape(note)}</w:t></w:r></w:p></w:footnote>"
        for number, note in enumerate(notes, 1)
    )
    xml = f"<w:footnotes {nsdecls('w')}>{_SEPARATORS}{written}</w:footnotes>"
    package = document.part.package
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, xml.encode("utf-8"), package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _with_fixed_times(data: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as read, zipfile.ZipFile(buffer, "w") as written:
        for name in read.namelist():
            entry = zipfile.ZipInfo(name, _SAVED.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on Windows and Linux
            written.writestr(entry, read.read(name))
    return buffer.getvalue()
