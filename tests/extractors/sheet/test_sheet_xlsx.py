"""What an ``.xlsx`` package holds beside plain cells, and what a hostile one may try."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Outcome, Part, Quality, Source
from extractors.sheet.reader import extract
from tests.builders.xlsx_builder import DRAWING, Sheet, table, xlsx
from tests.builders.xlsx_builder import Part as SheetPart

_ROWS = [["序号", "重点任务", "责任人"], [1, "走访企业", "张三"], [2, "组织培训", "李四"]]


def read(data: bytes, limits: Limits | None = None) -> Extraction:
    return extract(Source("台账.xlsx", data), limits or Limits())


def words(extraction: Extraction) -> str:
    assert extraction.document is not None
    return extraction.document.visible_text()


def codes(extraction: Extraction) -> set[tuple[str, str, bool]]:
    notices = extraction.document.notices if extraction.document else extraction.notices
    return {(notice.code, notice.detail, notice.is_loss) for notice in notices}


def test_number_formats_and_dates_read_as_shown() -> None:
    rows = [["完成率", "时间"], [0.142, 42156.0]]

    extraction = read(table(*rows, formats={"A2": "0.0%", "B2": 'yyyy"年"m"月"'}))

    assert "完成率\t时间\n14.2%\t2015年6月" == words(extraction)


def test_days_from_1904() -> None:
    sheet = Sheet([["时间"], [40694.0]], formats={"A2": "yyyy/m/d"})

    assert "时间\n2015/6/1" == words(read(xlsx({"a": sheet}, is_1904=True)))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1" t="str"><f>A2</f><v>某县</v></c>', "某县"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A1" t="d"><v>2015-06-01</v></c>', "2015-06-01"),
        ('<c r="A1" t="inlineStr"><is><r><t>五</t></r><r><t>好</t></r><rPh><t>wu</t></rPh></is></c>', "五好"),
        ('<c r="A1" t="str"><v>一_x000D_\n二</v></c>', "一\n二"),
        ('<c><v>7</v></c><c r="B1"/>', "7"),
    ],
)
def test_kinds_of_cells(cell: str, text: str) -> None:
    assert text == words(read(xlsx({"a": Sheet(xml=f"<row>{cell}</row>")})))


def test_formula_never_calculated_is_a_loss() -> None:
    extraction = read(table(*_ROWS, ["合计", None, None], formulas={"B4": "SUM(A2:A3)", "C4": "1+1"}))

    assert extraction.outcome is Outcome.PARTIAL
    assert {("formula_without_value", "Sheet1!B4等2处", True)} == codes(extraction)


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_hidden_sheet_is_read_and_told(state: str) -> None:
    extraction = read(xlsx({"表一": Sheet(_ROWS), "底稿": Sheet([["内部数"]], state=state)}))

    assert "内部数" in words(extraction)
    assert {("hidden_sheet", "底稿", False)} == codes(extraction)


@pytest.mark.parametrize("stated", [{"hidden_rows": [3]}, {"hidden_columns": [2]}])
def test_hidden_rows_and_columns_are_read_and_told(stated: dict[str, list[int]]) -> None:
    extraction = read(table(*_ROWS, **stated))

    assert "组织培训" in words(extraction)
    assert {("hidden_cells", "Sheet1", False)} == codes(extraction)


def test_hidden_column_without_words_is_not_worth_telling() -> None:
    assert set() == codes(read(table(*_ROWS, hidden_columns=[9])))


def test_comment_and_text_box_stand_apart() -> None:
    box = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>填表说明</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    text = "<text><t>请核实</t></text>"
    note = f'<comments><commentList><comment ref="A1">{text}</comment></commentList></comments>'
    parts = [SheetPart("comments", note), SheetPart("drawing", f"<xdr:wsDr {DRAWING}>{box}</xdr:wsDr>")]

    extraction = read(table(*_ROWS, parts=parts))

    assert extraction.document is not None
    beside = [(block.locator.part, block.text) for block in extraction.document.blocks()]
    assert [(Part.COMMENT, "请核实"), (Part.TEXT_BOX, "填表说明")] == beside


def test_running_head_keeps_its_words_only() -> None:
    head = '<headerFooter><oddHeader>&amp;C&amp;"宋体,加粗"&amp;14某县工商联</oddHeader></headerFooter>'

    extraction = read(table(*_ROWS, after=head))

    assert extraction.document is not None
    (block,) = extraction.document.blocks()
    assert (Part.HEADER, "某县工商联") == (block.locator.part, block.text)


def test_picture_beside_a_table_is_told_and_is_a_loss_where_it_is_all() -> None:
    drawn = SheetPart("drawing", f"<xdr:wsDr {DRAWING}><xdr:pic/></xdr:wsDr>")

    long = read(table(*_ROWS * 5, parts=[drawn]))
    short = read(table(["附件"], parts=[drawn]))

    assert (Outcome.OK, {("picture", "1", False)}) == (long.outcome, codes(long))
    assert (Outcome.PARTIAL, {("picture", "1", True)}) == (short.outcome, codes(short))
    assert short.document is not None
    assert short.document.quality is Quality.POOR


def test_file_put_into_a_sheet_becomes_a_source() -> None:
    extraction = read(table(*_ROWS, parts=[SheetPart("package", b"PK\x03\x04 paper", "docx")]))

    assert ["台账.xlsx/s1p0.docx"] == [member.name for member in extraction.members]
    assert {("attachment", "s1p0.docx", False)} == codes(extraction)


def test_chart_sheet_is_told() -> None:
    extraction = read(xlsx({"表": Sheet(_ROWS), "图": Sheet(kind="chartsheet")}))

    assert {("chart", "", False)} == codes(extraction)


def test_sheet_whose_part_is_missing_is_a_loss() -> None:
    extraction = read(xlsx({"表": Sheet(_ROWS), "缺": Sheet()}, parts={"xl/sheets/sheet2.xml": ""}))

    assert (extraction.outcome, True) == (
        Outcome.PARTIAL,
        ("missing_part", "xl/sheets/sheet2.xml", True) in codes(extraction),
    )


def test_broken_sheet_is_read_as_far_as_it_goes() -> None:
    broken = '<worksheet><sheetData><row r="1"><c t="str"><v>走访</v></c></row><row r="2"><c t="str"><v>培'

    extraction = read(xlsx({"表": Sheet()}, parts={"xl/sheets/sheet1.xml": broken}))

    assert (extraction.outcome, "走访") == (Outcome.PARTIAL, words(extraction).split("\n")[0])
    assert ("damaged_xml", "xl/sheets/sheet1.xml", True) in codes(extraction)


def test_string_that_is_not_there_is_a_loss() -> None:
    extraction = read(xlsx({"表": Sheet(xml='<row><c t="s"><v>7</v></c><c t="str"><v>五好</v></c></row>')}))

    assert (extraction.outcome, "五好") == (Outcome.PARTIAL, words(extraction))


def test_far_off_cells_claim_no_memory_for_what_lies_between() -> None:
    xml = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    extraction = read(xlsx({"表": Sheet(xml=xml, after='<dimension ref="A1:XFD1048576"/>')}))

    assert "1\n2" == words(extraction)


def test_cells_past_the_edge_of_any_sheet_are_passed_over() -> None:
    beyond = '<row r="99999999"><c r="A99999999"><v>1</v></c></row>'
    xml = f'{beyond}<row r="2"><c r="ZZZ2"><v>2</v></c><c r="A2"><v>3</v></c></row>'

    assert "3" == words(read(xlsx({"表": Sheet(xml=xml)})))


def test_more_characters_than_allowed_are_told() -> None:
    extraction = read(table(*[["会员发展计划", "走访"]] * 30), Limits(max_characters=50))

    assert extraction.outcome is Outcome.PARTIAL
    assert ("too_many_characters", "", True) in codes(extraction)
    assert len(words(extraction)) < 100


def test_more_xml_than_allowed_is_too_big() -> None:
    data = table(*[["会员发展计划"]] * 500)

    assert Outcome.TOO_BIG is read(data, Limits(max_xml_bytes=10_000)).outcome


def test_outer_entity_is_not_opened() -> None:
    hostile = (
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str">'
        "<v>五好&x;</v></c></row></sheetData></worksheet>"
    )

    extraction = read(xlsx({"表": Sheet()}, parts={"xl/sheets/sheet1.xml": hostile}))

    assert (Outcome.PARTIAL, "五好") == (extraction.outcome, words(extraction))
    assert ("document_type", "xl/sheets/sheet1.xml", True) in codes(extraction)


def test_binary_workbook_is_not_supported() -> None:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    link = '<Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/>'
    links = f'<Relationships xmlns="{space}">{link}</Relationships>'

    extraction = read(xlsx({}, parts={"_rels/.rels": links, "xl/workbook.bin": b"\x00"}))

    assert (Outcome.UNSUPPORTED, {("unsupported_format", "xlsb", True)}) == (
        extraction.outcome,
        codes(extraction),
    )


_GOOD = table(*_ROWS, formats={"A2": "0.0%"}, merged=["A1:B1"])


@settings(max_examples=120, deadline=None)
@given(st.integers(0, len(_GOOD) - 1), st.integers(0, 255), st.integers(1, len(_GOOD)))
def test_damage_anywhere_has_an_outcome(place: int, value: int, length: int) -> None:
    data = bytearray(_GOOD)
    data[place] = value

    assert isinstance(read(bytes(data)).outcome, Outcome)
    assert isinstance(read(bytes(data[:length])).outcome, Outcome)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='<>/crow v=t"s1A9&;#五', max_size=60))
def test_odd_sheet_data_has_an_outcome(xml: str) -> None:
    assert isinstance(read(xlsx({"表": Sheet(xml=f'<row r="1">{xml}</row>')})).outcome, Outcome)
