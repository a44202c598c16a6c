"""Filled fields, typewriter boxes, comments and attached files are read too."""

from __future__ import annotations

from extractors.document import Box, Document, Extraction, Limits, Notice, Outcome, Part, Source
from extractors.pdf.annotations import _typeset
from extractors.pdf.reader import extract
from tests.builders.pdf_builder import LEFT, TOP, Paper


def _extract(data: bytes, limits: Limits | None = None) -> Extraction:
    return extract(Source("市直/登记表.pdf", data), limits or Limits())


def _document(data: bytes) -> Document:
    document = _extract(data).document
    assert document is not None
    return document


def _field(paper: Paper, value: str, left: float, top: float, width: float = 120) -> None:
    paper.canvas.acroForm.textfield(
        name=f"field{left}{top}", value=value, x=left, y=842 - top - 20, width=width, height=20, borderWidth=0
    )


def test_a_filled_field_stands_in_the_line_where_it_is_printed() -> None:
    paper = Paper()
    paper.line("联系电话：", LEFT, TOP)
    _field(paper, "0395-3131234", LEFT + 80, TOP)

    (block,) = _document(paper.data()).blocks()

    assert "".join(block.text.split()) == "联系电话：0395-3131234"


def test_a_filled_field_stands_in_its_table_cell() -> None:
    paper = Paper()
    paper.table([("member", "figure"), ("new", "")], (100, 150))
    _field(paper, "35", LEFT + 104, TOP + 26, 100)

    (table,) = _document(paper.data()).tables()

    assert [[cell.text for cell in row] for row in table.rows()] == [["member", "figure"], ["new", "35"]]


def test_an_empty_field_says_nothing() -> None:
    paper = Paper()
    paper.line("联系电话：", LEFT, TOP)
    _field(paper, "", LEFT + 80, TOP)

    assert _document(paper.data()).visible_text() == "联系电话："


def test_a_ticked_box_shows_its_tick() -> None:
    paper = Paper()
    for left, checked in ((LEFT, True), (LEFT + 100, False)):
        paper.canvas.acroForm.checkbox(name=f"tick{left}", checked=checked, x=left, y=842 - TOP - 16, size=16)
        paper.line("具备", left + 20, TOP)

    assert _document(paper.data()).visible_text().replace(" ", "") == "☑具备具备"


def test_a_long_value_fills_its_rectangle_and_loses_nothing() -> None:
    value = "走访会员企业三十五家，协调解决融资难题十二个。" * 12

    words = list(_typeset(value, Box(100, 100, 400, 160)))

    assert "".join(word.text for word in words) == value
    assert all(word.left > 99 and word.right < 420 and word.bottom < 165 for word in words)


def test_a_typewriter_box_is_a_text_box() -> None:
    paper = Paper()
    paper.line("自查报告", LEFT, TOP)
    paper.canvas.freeTextAnnotation("见附件", "/Helv 12 Tf", Rect=(200, 300, 300, 320))

    blocks = [(block.text, block.locator.part) for block in _document(paper.data()).blocks()]

    assert blocks == [("自查报告", Part.BODY), ("见附件", Part.TEXT_BOX)]


def test_a_comment_is_kept_but_is_not_what_the_paper_says() -> None:
    paper = Paper()
    paper.line("自查报告", LEFT, TOP)
    paper.canvas.textAnnotation("此处数据请核实", Rect=(200, 300, 220, 320))

    document = _document(paper.data())

    assert [block.locator.part for block in document.blocks()] == [Part.BODY, Part.COMMENT]
    assert document.visible_text() == "自查报告"


def test_attached_files_become_sources_of_their_own() -> None:
    paper = Paper()
    paper.line("附件见内", LEFT, TOP)

    extraction = _extract(paper.data(attachments={"附件1.txt": "名单".encode(), "附件2.txt": b"2"}))

    assert [(member.name, member.data) for member in extraction.members] == [
        ("市直/登记表.pdf/附件1.txt", "名单".encode()),
        ("市直/登记表.pdf/附件2.txt", b"2"),
    ]
    assert extraction.document is not None
    assert extraction.document.notices == (
        Notice("attachment", "附件1.txt"),
        Notice("attachment", "附件2.txt"),
    )
    assert extraction.outcome is Outcome.OK


def test_an_attached_name_cannot_leave_its_folder() -> None:
    paper = Paper()

    extraction = _extract(paper.data(attachments={"../../etc/passwd": b"x"}))

    assert [member.name for member in extraction.members] == ["市直/登记表.pdf/passwd"]


def test_too_big_an_attachment_is_told_as_a_loss() -> None:
    paper = Paper()
    paper.line("附件见内", LEFT, TOP)

    extraction = _extract(paper.data(attachments={"大.bin": b"x" * 4000}), Limits(max_bytes=1000))

    assert extraction.members == ()
    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert extraction.document.notices == (Notice("attachment_limit", "大.bin", is_loss=True),)
