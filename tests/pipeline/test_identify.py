"""Identify: which unit, which kind, which date; a case is one line of tests/cases/identify.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.document import Document
from extractors.plain import document_of
from pipeline.identify import identify, identify_by_name
from pipeline.model import Kind
from pipeline.rubric import built_in

RUBRIC = built_in()
CASES = Path(__file__).parents[1] / "cases" / "identify.txt"


def cases() -> list[list[str]]:
    lines = CASES.read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split(" | ")] for line in lines if line and line[0] != "#"]


def paper(text: str) -> Document:
    return document_of(text.replace("／", "\n"))


@pytest.mark.parametrize(("unit", "kind", "date", "name", "text"), cases())
def test_papers_are_told_apart(unit: str, kind: str, date: str, name: str, text: str) -> None:
    found = identify(paper(text), name, RUBRIC)

    assert (unit, kind, date) == (found.unit or "-", found.kind.value, str(found.date or "-"))


def test_a_unit_that_cannot_be_told_is_a_question() -> None:
    found = identify(paper("“五好”县级工商联建设工作方案／一、目标／完成任务。"), "方案.docx", RUBRIC)

    assert found.unit is None
    assert any("指定单位" in doubt for doubt in found.doubts)


def test_a_file_name_that_disagrees_is_a_question() -> None:
    text = "“五好”建设工作方案／一、目标／源汇区工商联要完成任务。"

    found = identify(paper(text), "召陵区工商联/召陵区方案.docx", RUBRIC)

    assert any("也可能是" in doubt for doubt in found.doubts)


def test_an_unreadable_file_is_known_by_its_name() -> None:
    found = identify_by_name("舞阳/舞阳县工商联自查报告.pdf", RUBRIC)

    assert ("wuyang", Kind.SELF_CHECK) == (found.unit, found.kind)
    assert found.doubts
