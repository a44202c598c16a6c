from __future__ import annotations

import datetime as dt
from itertools import permutations

from extractors.document import Outcome
from pipeline.model import Analysis, Kind, State
from pipeline.report.selection import Role, place
from tests.pipeline.test_report_builders import a_finding, a_paper

FINDINGS = (a_finding("C1.2", State.COVERED), a_finding("C1.4", State.ABSENT))
MAY, JUNE = dt.date(2015, 5, 12), dt.date(2015, 6, 1)


def a_plan(name: str, *, date: dt.date | None = MAY, content: str = "", **other: object) -> Analysis:
    return a_paper(name, "wuyang", Kind.WORK_PLAN, FINDINGS, date=date, content=content, **other)  # type: ignore[arg-type]


def roles(*analyses: Analysis) -> dict[str, Role]:
    return {placed.analysis.name: placed.role for placed in place(analyses, {"wuyang", "jkq"})}


def test_the_latest_dated_version_speaks_for_the_unit() -> None:
    found = roles(a_plan("旧.docx", date=MAY), a_plan("新.docx", date=JUNE))

    assert found == {"旧.docx": Role.VERSION, "新.docx": Role.JUDGED}


def test_a_final_version_goes_before_a_draft_of_the_same_day() -> None:
    found = roles(a_plan("方案初稿.docx"), a_plan("方案定稿.docx"))

    assert found == {"方案初稿.docx": Role.VERSION, "方案定稿.docx": Role.JUDGED}


def test_of_two_carriers_the_one_read_in_full_is_judged() -> None:
    found = roles(a_plan("方案.docx"), a_plan("方案.pdf", outcome=Outcome.PARTIAL))

    assert found == {"方案.docx": Role.JUDGED, "方案.pdf": Role.CARRIER}


def test_of_two_equal_carriers_the_editable_one_is_judged() -> None:
    found = roles(a_plan("方案.docx"), a_plan("方案.pdf"))

    assert found == {"方案.docx": Role.JUDGED, "方案.pdf": Role.CARRIER}


def test_a_scan_that_was_read_better_goes_before_the_editable_file() -> None:
    findings = (a_finding("C1.2", State.UNCLEAR),)
    poor = a_paper("方案.docx", "wuyang", Kind.WORK_PLAN, findings, date=MAY)

    assert roles(poor, a_plan("方案.pdf")) == {"方案.docx": Role.CARRIER, "方案.pdf": Role.JUDGED}


def test_equal_bytes_are_judged_once_and_the_loose_file_is_the_one_named() -> None:
    found = place([a_plan("a.zip/方案.docx", content="同"), a_plan("方案.docx", content="同")], {"wuyang"})

    assert {(one.analysis.name, one.role, one.beside) for one in found} == {
        ("方案.docx", Role.JUDGED, ""),
        ("a.zip/方案.docx", Role.DUPLICATE, "方案.docx"),
    }


def test_equal_bytes_from_two_units_are_judged_for_each() -> None:
    theirs = a_paper("乙/方案.docx", "jkq", Kind.WORK_PLAN, FINDINGS, content="同")

    found = roles(a_plan("甲/方案.docx", content="同"), theirs)

    assert set(found.values()) == {Role.JUDGED}


def test_an_unreadable_paper_does_not_push_a_readable_one_aside() -> None:
    locked = a_paper("加密.pdf", "wuyang", Kind.WORK_PLAN, outcome=Outcome.ENCRYPTED, date=JUNE)

    assert roles(a_plan("方案.docx"), locked) == {"方案.docx": Role.JUDGED, "加密.pdf": Role.UNREAD}


def test_papers_of_unknown_units_are_judged_one_by_one() -> None:
    found = roles(
        a_paper("甲.docx", None, Kind.WORK_PLAN, FINDINGS),
        a_paper("乙.docx", "elsewhere", Kind.WORK_PLAN, FINDINGS),
    )

    assert found == {"甲.docx": Role.JUDGED, "乙.docx": Role.JUDGED}


def test_what_is_not_held_against_the_requirements_is_listed() -> None:
    assert roles(a_paper("名册.xlsx", "wuyang", Kind.EVIDENCE)) == {"名册.xlsx": Role.LISTED}


def test_the_order_of_the_files_does_not_matter() -> None:
    files = [
        a_plan("方案.docx"),
        a_plan("方案.pdf"),
        a_plan("旧/方案.docx", content="旧"),
        a_plan("b.zip/旧.docx", content="旧"),
    ]

    answers = {tuple(place(order, {"wuyang"})) for order in permutations(files)}

    assert len(answers) == 1
