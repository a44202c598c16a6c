"""Verdicts on whole papers: what must never change them, and what always must."""

from __future__ import annotations

from functools import cache

import pytest

from extractors.plain import document_of
from pipeline.judging.judge import judge
from pipeline.matching.match import Matcher
from pipeline.model import Finding, Kind, State
from pipeline.rubric import built_in
from pipeline.text import sentences

NOTICE = "各县区要建立副主席轮值制度，建立完善执常委数据库，并实行动态管理。重视异地商会、市场协会。"
SECTIONS = (
    "一、班子建设\n7名企业家副主席按月到机关值班，由办公室主任李明排班，6月底前贴出轮值表。",
    "二、会员工作\n9月底前建成执委常委数据库，录入86人，一人一档，每季度更新一次。",
    "三、商会建设\n异地商会这一块至今还是空白，没有一家。要进一步重视市场协会建设。",
)
TITLE = "舞阳县工商联“五好”建设工作方案"


@cache
def matcher() -> Matcher:
    return Matcher(built_in(), [NOTICE])


def verdicts(*sections: str) -> dict[str, Finding]:
    document = document_of("\n".join((TITLE, *sections)))
    evidence = matcher().match(sentences(document), Kind.WORK_PLAN)
    findings = judge(built_in().needs(Kind.WORK_PLAN), evidence, document)
    for finding in findings:
        for piece in finding.evidence:
            assert piece.quote == document.text_at(piece.locator)
    return {finding.requirement: finding for finding in findings}


def states(*sections: str) -> dict[str, State]:
    return {need: finding.state for need, finding in verdicts(*sections).items()}


def test_acts_lacks_and_slogans_are_told_apart() -> None:
    found = states(*SECTIONS)

    assert State.COVERED is found["C1.4"]
    assert State.COVERED is found["C2.3"]
    assert State.LACKING is found["C3.2"]
    assert State.HOLLOW is found["C3.4"]


def test_the_order_of_sections_changes_nothing() -> None:
    assert states(*SECTIONS) == states(*reversed(SECTIONS))


@pytest.mark.parametrize(
    ("one", "other"), [("舞阳县", "临颍县"), ("7名", "七名"), ("86人", "８６人"), ("6月", "六月")]
)
def test_names_numerals_and_width_change_nothing(one: str, other: str) -> None:
    changed = (section.replace(one, other) for section in SECTIONS)

    assert states(*SECTIONS) == states(*changed)


@pytest.mark.parametrize(("need", "section"), [("C1.4", 0), ("C2.3", 1), ("C3.2", 2)])
def test_without_its_only_evidence_a_requirement_is_absent(need: str, section: int) -> None:
    rest = SECTIONS[:section] + SECTIONS[section + 1 :]

    assert State.ABSENT is states(*rest)[need]


def test_the_notice_quoted_creates_no_coverage() -> None:
    quoted = states("附：市工商联通知要求", NOTICE)

    assert State.COVERED not in {quoted[need] for need in ("C1.4", "C2.3", "C3.2", "C3.4")}


def test_rules_alone_answer_without_a_model() -> None:
    document = document_of("\n".join((TITLE, *SECTIONS)))
    rules = Matcher(built_in(), [NOTICE], use_model=False)

    findings = judge(
        built_in().needs(Kind.WORK_PLAN), rules.match(sentences(document), Kind.WORK_PLAN), document
    )

    assert State.COVERED is {f.requirement: f.state for f in findings}["C1.4"]
