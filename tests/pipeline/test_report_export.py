from __future__ import annotations

import csv as csv_module
import io
import json
from dataclasses import replace

from extractors.document import Box, Outcome
from pipeline.model import Kind, State
from pipeline.report.export import csv, jsonl
from tests.pipeline.test_report_builders import a_finding, a_paper, lifelike_campaign, small_campaign

KEYS = [
    "file",
    "unit",
    "kind",
    "date",
    "outcome",
    "requirement",
    "state",
    "level",
    "assertion",
    "quote",
    "locator",
    "why",
]


def table(text: str) -> list[dict[str, str]]:
    return list(csv_module.DictReader(io.StringIO(text, newline="")))


def test_a_finding_is_one_json_line() -> None:
    plan = a_paper("舞阳/方案.docx", "wuyang", Kind.WORK_PLAN, (a_finding("C1.4", State.HOLLOW),))

    (line,) = jsonl([plan])

    assert json.loads(line) == {
        "file": "舞阳/方案.docx",
        "unit": "wuyang",
        "kind": "work_plan",
        "date": "2015-05-28",
        "outcome": "ok",
        "requirement": "C1.4",
        "state": "hollow",
        "level": 1,
        "assertion": "planned",
        "quote": "每月10日前由会员部汇总一次",
        "locator": {
            "block": 7,
            "number": 8,
            "part": "body",
            "row": None,
            "column": None,
            "start": 0,
            "end": 10,
            "page": 3,
            "sheet": "",
            "label": "",
            "box": None,
            "text": "第3页 第8段",
        },
        "why": "理由：hollow",
    }


def test_a_file_without_findings_is_one_line_too() -> None:
    (line,) = jsonl([a_paper("加密.pdf", None, Kind.OTHER, outcome=Outcome.ENCRYPTED, date=None)])

    record = json.loads(line)

    assert list(record) == KEYS
    assert record["outcome"] == "encrypted"
    assert {record[key] for key in KEYS if key not in ("file", "kind", "outcome")} == {None}


def test_absent_has_no_quote_and_no_place() -> None:
    (line,) = jsonl([a_paper("方案.docx", "wuyang", Kind.WORK_PLAN, (a_finding("C3.4", State.ABSENT),))])

    record = json.loads(line)

    assert (record["state"], record["level"], record["quote"], record["locator"]) == ("absent", 0, None, None)


def test_a_box_is_written_with_its_sides() -> None:
    finding = a_finding("C1.4", State.HOLLOW)
    place = replace(finding.evidence[0].locator, box=Box(1.0, 2.0, 3.0, 4.0))
    boxed = replace(finding, evidence=(replace(finding.evidence[0], locator=place),))

    (line,) = jsonl([a_paper("方案.pdf", "wuyang", Kind.WORK_PLAN, (boxed,))])

    assert json.loads(line)["locator"]["box"] == {"left": 1.0, "top": 2.0, "right": 3.0, "bottom": 4.0}


def test_there_is_a_line_for_each_file_and_requirement() -> None:
    _, analyses = lifelike_campaign()

    expected = sum(max(1, len(analysis.findings)) for analysis in analyses)

    assert len(list(jsonl(analyses))) == expected
    assert len(table(csv(analyses))) == expected


def test_odd_characters_stay_in_one_line_and_come_back_unchanged() -> None:
    quote = "甲\u2028乙\x85丙\n丁\x00\udcc4"
    plan = a_paper("方案.docx", "wuyang", Kind.WORK_PLAN, (a_finding("C1.4", State.HOLLOW, quote),))

    (line,) = jsonl([plan])

    assert line.encode().decode().splitlines() == [line]
    assert json.loads(line)["quote"] == quote


def test_csv_begins_with_a_mark_and_chinese_headings() -> None:
    text = csv(small_campaign())

    assert text.startswith("\ufeff文件,单位,类别,日期,读出情况,要求,状态,层级,口气,原文,出处,理由\r\n")
    assert text.endswith("\r\n")


def test_csv_rows_are_in_chinese() -> None:
    rows = table(csv(small_campaign()))

    assert list(rows[1].values()) == [
        "舞阳/工作方案.docx",
        "wuyang",
        "工作方案",
        "2015-05-28",
        "正常",
        "C1.4",
        "空泛",
        "口号",
        "拟做",
        "每月10日前由会员部汇总一次",
        "第3页 第8段",
        "理由：hollow",
    ]


def test_csv_cells_are_never_formulas_and_line_ends_are_quoted() -> None:
    quotes = ("=cmd|'/c calc'!A0", "+1", "-1", "@A1", "\t=1", "第一行\n第二行", '说"好"')
    findings = tuple(a_finding(f"C1.{n}", State.HOLLOW, quote) for n, quote in enumerate(quotes, start=1))

    rows = table(csv([a_paper("=方案.docx", "wuyang", Kind.WORK_PLAN, findings)]))

    assert [row["原文"] for row in rows] == [
        "'=cmd|'/c calc'!A0",
        "'+1",
        "'-1",
        "'@A1",
        "'\t=1",
        "第一行\n第二行",
        '说"好"',
    ]
    assert {row["\ufeff文件"] for row in rows} == {"'=方案.docx"}
