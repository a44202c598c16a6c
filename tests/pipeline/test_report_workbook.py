from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from extractors.document import Notice, Outcome
from pipeline.messages import state_name
from pipeline.model import Analysis, Kind, State
from pipeline.report import campaign_view, write
from pipeline.report.printable import formula_safe, printable
from pipeline.rubric import Rubric
from tests.pipeline.test_report_builders import (
    GENERATED,
    a_finding,
    a_paper,
    a_rubric,
    lifelike_campaign,
    small_campaign,
)

FORMULAS = ('=HYPERLINK("http://evil.example")', "+1+1", "-2", "@SUM(A1)", "\t=1", "\n=1", " =1", "＝1＋1")


def the_workbook(output: Path, analyses: tuple[Analysis, ...], rubric: Rubric | None = None) -> Workbook:
    paths = write(analyses, rubric or a_rubric(), output, generated=GENERATED)
    return load_workbook(paths[-1])


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows of a sheet as {heading: value}, empty cells as an empty string."""
    headings, *rows = sheet.iter_rows(values_only=True)
    return [{str(heading): value or "" for heading, value in zip(headings, row, strict=True)} for row in rows]


@pytest.fixture(scope="module")
def lifelike(tmp_path_factory: pytest.TempPathFactory) -> Workbook:
    rubric, analyses = lifelike_campaign()
    return the_workbook(tmp_path_factory.mktemp("报告"), analyses, rubric)


def test_there_are_four_sheets(lifelike: Workbook) -> None:
    assert lifelike.sheetnames == ["总览", "缺项清单", "全部结论", "文件登记"]


def test_each_sheet_can_be_filtered_and_printed(lifelike: Workbook) -> None:
    for sheet in lifelike:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.print_title_rows == "$1:$1"
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_text_is_wrapped_and_rows_are_high_enough(lifelike: Workbook) -> None:
    sheet = lifelike["缺项清单"]

    assert all(
        cell.alignment.wrap_text for cell in sheet[2] if isinstance(cell.value, str) and cell.column > 7
    )
    assert all(18 < sheet.row_dimensions[row].height <= 409 for row in range(2, sheet.max_row + 1))


def test_a_gap_is_a_row_with_room_for_the_inspector(tmp_path: Path) -> None:
    rows = table(the_workbook(tmp_path, small_campaign())["缺项清单"])

    assert rows[0] | {"理由与相近原文": ""} == {
        "序号": 1,
        "单位": "舞阳县",
        "材料": "方案",
        "要求": "C3.4",
        "名称": "市场协会、市场商会",
        "通知依据": "三、重点工作（市场协会、市场商会）",
        "状态": "未见",
        "查到的原文": "",
        "出处": "",
        "理由与相近原文": "",
        "建议补充": "请补报市场协会、市场商会的材料。",
        "文件": "舞阳/工作方案.docx",
        "核定意见": "",
        "核定人": "",
        "日期": "",
    }
    assert "相近但不算：“每月10日前由会员部汇总一次”（第3页 第8段）" in str(rows[0]["理由与相近原文"])


def test_a_paper_that_did_not_come_is_a_row_too(tmp_path: Path) -> None:
    rows = table(the_workbook(tmp_path, small_campaign())["缺项清单"])

    whole = [(row["单位"], row["名称"], row["状态"]) for row in rows if not row["要求"]]

    assert whole == [
        ("源汇区", "整件工作方案", "已收到，未能评定"),
        ("源汇区", "整件自查报告", "未收到"),
        ("经济技术开发区", "整件工作方案", "未收到"),
        ("经济技术开发区", "整件自查报告", "未收到"),
    ]


def test_figures_of_the_overview_are_those_of_the_view(lifelike: Workbook) -> None:
    rubric, analyses = lifelike_campaign()
    view = campaign_view(analyses, rubric, generated=GENERATED)
    rows = table(lifelike["总览"])

    totals = [row for row in rows if row["单位"] == "合计"]

    for row, kind in zip(totals, view.kinds, strict=True):
        tally = view.tally_of(kind)
        assert row["具备率（具备/有结论）"] == str(tally.share)
        for state in State:
            assert (row[state_name(state)] or 0) == tally.count(state)


def test_gap_rows_are_as_many_as_the_gaps_counted(lifelike: Workbook) -> None:
    rubric, analyses = lifelike_campaign()
    view = campaign_view(analyses, rubric, generated=GENERATED)

    rows = [row for row in table(lifelike["缺项清单"]) if row["要求"]]

    assert len(rows) == sum(unit.tally.gaps + unit.tally.unclear for unit in view.pages)


def test_every_finding_of_every_file_is_in_the_conclusions(lifelike: Workbook) -> None:
    rubric, analyses = lifelike_campaign()
    asked = sum(len(rubric.needs(one.identity.kind)) for one in analyses if one.findings)

    assert len(table(lifelike["全部结论"])) == asked


def test_conclusions_of_judged_papers_add_up_to_the_totals(lifelike: Workbook) -> None:
    rubric, analyses = lifelike_campaign()
    view = campaign_view(analyses, rubric, generated=GENERATED)
    rows = table(lifelike["全部结论"])

    judged = [row for row in rows if row["文件作用"] == "评定依据" and row["单位"] != "未识别单位"]

    assert sum(row["状态"] == "未见" for row in judged) == view.tally.absent
    assert len(judged) == view.tally.asked + view.tally.not_applicable


def test_every_file_is_registered(lifelike: Workbook) -> None:
    _, analyses = lifelike_campaign()

    names = [row["文件"] for row in table(lifelike["文件登记"])]

    assert sorted(map(str, names)) == sorted(analysis.name for analysis in analyses)


@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_a_county_wrote_becomes_a_formula(tmp_path: Path, formula: str) -> None:
    plan = a_paper(
        f"{formula}.docx",
        "wuyang",
        Kind.WORK_PLAN,
        (a_finding("C1.2", State.HOLLOW, formula), a_finding("C3.4", State.ABSENT, formula)),
        outcome=Outcome.PARTIAL,
        notices=(Notice(formula, formula),),
        doubts=(formula,),
    )

    workbook = the_workbook(tmp_path, (plan,))

    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "f" not in {cell.data_type for cell in cells}
    assert [
        one for one in texts if one.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    ] == []


def test_control_characters_and_broken_names_do_not_stop_the_workbook(tmp_path: Path) -> None:
    name = f"坏\x00\x1b名\udcc4\ufffe{'长' * 300}.docx"
    quote = "甲\x0b乙\x08" + "丙" * 40_000
    plan = a_paper(name, "wuyang", Kind.WORK_PLAN, (a_finding("C1.2", State.HOLLOW, quote),))

    rows = table(the_workbook(tmp_path, (plan,))["缺项清单"])

    row = next(row for row in rows if row["要求"] == "C1.2")
    assert row["文件"] == f"坏名\ufffd{'长' * 300}.docx"
    assert str(row["查到的原文"]).startswith("甲乙丙丙")
    assert str(row["查到的原文"]).endswith("字，见原文）")


def test_an_ampersand_in_the_title_is_no_code_in_the_page_header(tmp_path: Path) -> None:
    rubric = a_rubric().model_copy(update={"title": "A&P 建设"})

    workbook = the_workbook(tmp_path, small_campaign(), rubric)

    assert workbook["总览"].oddHeader.left.text == "A&&P 建设　总览"


def test_the_workbook_holds_no_links_and_no_macros(tmp_path: Path) -> None:
    path = write(small_campaign(), a_rubric(), tmp_path, generated=GENERATED)[-1]

    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        sheets = [package.read(name) for name in names if name.startswith("xl/worksheets/")]

    assert [name for name in names if "externalLink" in name or "vba" in name] == []
    assert all(b"<f>" not in sheet and b"hyperlink" not in sheet for sheet in sheets)


def test_an_empty_campaign_still_makes_a_workbook(tmp_path: Path) -> None:
    rubric = a_rubric().model_copy(update={"units": ()})

    paths = write((), rubric, tmp_path, generated=dt.datetime(2015, 5, 20))

    assert [path.name for path in paths] == ["index.html", "汇总表.xlsx"]


def test_printable_keeps_line_ends_and_tabs() -> None:
    assert printable("甲\t乙\n丙") == "甲\t乙\n丙"


def test_ordinary_text_is_left_as_it_is() -> None:
    assert formula_safe("7月底前完成（A=B）") == "7月底前完成（A=B）"
