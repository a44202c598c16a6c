"""A paper that LibreOffice prints to PDF reads as it was written in Word."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from extractors.document import Document, Limits, Outcome, Part, Source
from extractors.pdf.reader import extract

_SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(_SOFFICE is None, reason="LibreOffice is not installed")

_TITLES = ("某某县工商业联合会", "关于开展“五好”县级工商联建设情况的自查报告")
_BODY = (
    "一、主要做法",
    "（一）加强领导班子建设。坚持把政治建设摆在首位，主席会议每季度研究一次重点工作，全年召开常委会4次、"
    "执委会2次，对涉及会员企业切身利益的事项一律提交会议讨论，做到事前有沟通、事中有督办、事后有通报。",
    "（二）服务企业发展。全年走访会员企业135家，收集问题86个，已协调解决79个，办结率91.9%；举办银企对接会3场，"
    "为42家企业授信2.6亿元。建立“一企一档”，由专人负责跟踪，每月25日前通报一次办理情况，确保件件有着落。",
    "二、存在问题",
    "个别乡镇商会作用发挥不够，班子成员年龄偏大，还没有建立起有效的激励机制，活动经费也没有落实到位。",
) * 4
_ROWS = [("序号", "重点任务", "责任人", "完成时限")] + [
    (
        str(number),
        f"走访第{number}批会员企业并建立服务台账，逐项销号管理",
        "张三",
        f"2015年{number % 12 + 1}月底前",
    )
    for number in range(1, 41)
]


def _paper() -> WordDocument:
    paper = docx.Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.6)
    for text in _TITLES:
        title = paper.add_paragraph()
        title.alignment = WD_ALIGN_PARAGRAPH.CENTER
        title.add_run(text).font.size = Pt(20)
    for text in _BODY:
        paragraph = paper.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Pt(32)
        paragraph.add_run(text).font.size = Pt(16)
    table = paper.add_table(rows=0, cols=4, style="Table Grid")
    for row in _ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    section.header.paragraphs[0].text = "五好县级工商联创建材料"
    return paper


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    folder: Path = tmp_path_factory.mktemp("office")
    buffer = io.BytesIO()
    _paper().save(buffer)
    folder.joinpath("自查报告.docx").write_bytes(buffer.getvalue())
    profile = f"-env:UserInstallation={folder.joinpath('profile').as_uri()}"
    command = [_SOFFICE or "", profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    subprocess.run([*command, folder / "自查报告.docx"], check=True, timeout=120, capture_output=True)
    extraction = extract(Source("自查报告.pdf", folder.joinpath("自查报告.pdf").read_bytes()), Limits())
    assert extraction.outcome is Outcome.OK
    assert extraction.document is not None
    return extraction.document


def _bare(text: str) -> str:
    return "".join(text.split())


def test_paragraphs_read_as_written(document: Document) -> None:
    texts = [_bare(block.text) for block in document.blocks() if block.locator.part is Part.BODY]

    assert texts == [*_TITLES, *_BODY]


def test_the_table_reads_as_written_over_all_its_pages(document: Document) -> None:
    (table,) = document.tables()

    rows = [tuple(_bare(cell.text) for cell in row) for row in table.rows()]
    pages = [row[0].page or 0 for row in table.rows()]

    assert rows == _ROWS
    assert table.header_rows == 1
    assert pages == sorted(pages)
    assert len(set(pages)) > 1


def test_the_running_head_stands_apart_once(document: Document) -> None:
    heads = [block for block in document.blocks() if block.locator.part is Part.HEADER]

    assert [head.text for head in heads] == ["五好县级工商联创建材料"]
    assert [line.page for line in heads[0].lines] == list(range(1, (document.page_count or 0) + 1))


def test_headings_are_found(document: Document) -> None:
    paths = {block.heading_path for block in document.blocks() if block.text.startswith("个别乡镇")}

    assert paths == {("二、存在问题",)}
