"""Evaluating: figures as in the answer key's own document, with counts and intervals."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Outcome
from pipeline.errors import AnswerKeyError
from pipeline.evaluating.evaluate import evaluate
from pipeline.evaluating.key import AnswerKey, load_key
from pipeline.evaluating.measures import Rate, kappa, macro_f1, scores
from pipeline.model import Analysis, Assertion, Finding, Identity, Kind, Level, State
from pipeline.rubric import built_in

RUBRIC = built_in()
LEVELS = st.integers(0, 4)


def test_a_rate_carries_its_counts_and_interval() -> None:
    assert "0.900 (9/10, 95%区间 0.596–0.982)" == str(Rate(9, 10))


def test_an_empty_rate_has_no_value() -> None:
    assert (None, None, "—") == (Rate(0, 0).value, Rate(0, 0).interval, str(Rate(0, 0)))


def test_scores_of_a_class() -> None:
    found = scores([(True, True), (True, False), (False, True), (True, True)])

    assert (Rate(2, 3), Rate(2, 3), 2 / 3) == (found.precision, found.recall, found.f1)


def test_macro_f1_weighs_classes_alike() -> None:
    pairs = [("a", "a")] * 98 + [("b", "a"), ("b", "b")]

    assert pytest.approx((2 * 98 / 197 + 2 / 3) / 2) == macro_f1(pairs, "ab")


@given(st.lists(LEVELS, min_size=2).filter(lambda levels: len(set(levels)) > 1))
def test_a_reader_agrees_with_himself(levels: list[int]) -> None:
    assert kappa([(level, level) for level in levels]) == pytest.approx(1)


@given(st.lists(st.tuples(LEVELS, LEVELS), min_size=1))
def test_kappa_does_not_care_who_is_who(pairs: list[tuple[int, int]]) -> None:
    assert kappa(pairs) == pytest.approx(kappa([(b, a) for a, b in pairs])) or kappa(pairs) is None


def key_of(**requirements: dict[str, object]) -> AnswerKey:
    file = {"file": "a.docx", "unit": "wuyang", "kind": "work_plan", "requirements": requirements}
    return AnswerKey.model_validate({"campaign": "x", "files": [file]})


def analysis(*findings: Finding) -> Analysis:
    identity = Identity(unit="wuyang", kind=Kind.WORK_PLAN)
    return Analysis("a.docx", "0" * 64, 1, Outcome.OK, identity=identity, findings=findings)


def test_the_machine_stands_beside_the_keyword_search() -> None:
    key = key_of(C1={"state": "absent"}, P1={"state": "covered", "assertion": "planned", "level": 3})
    covered = Finding("P1", State.COVERED, Level.SPECIFIC, "", Assertion.PLANNED)
    absent = Finding("C1", State.ABSENT, Level.NOTHING, "")

    found = evaluate(key, [analysis(covered, absent)], {"a.docx": "无关的话"}, RUBRIC, Rate(1, 1))

    assert (1.0, 1.0) == (found.machine.macro_f1, found.machine.covered.f1)
    assert 0.0 == found.baseline.covered.f1
    assert Rate(1, 1) == found.machine.assertions
    assert Rate(1, 1) == found.intake["单位"]


def test_what_no_one_can_read_is_not_counted() -> None:
    found = evaluate(key_of(P1={"state": "unclear"}), [analysis()], {}, RUBRIC, Rate(0, 0))

    assert () == found.cells


def test_a_requirement_without_a_finding_counts_against_the_machine() -> None:
    found = evaluate(key_of(P1={"state": "covered"}), [analysis()], {}, RUBRIC, Rate(0, 0))

    assert Rate(0, 1) == found.machine.covered.recall


def test_a_file_that_was_not_given_is_named() -> None:
    found = evaluate(key_of(P1={"state": "covered"}), [], {}, RUBRIC, Rate(0, 0))

    assert ("a.docx",) == found.missing_files


@pytest.mark.parametrize("content", ["{", '{"campaign": "x"}', '{"campaign": "x", "files": [{"file": 3}]}'])
def test_a_key_with_a_mistake_is_told_in_chinese(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key.json"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(AnswerKeyError, match="写法不对"):
        load_key(path)


def test_a_key_that_is_not_there_is_told_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(AnswerKeyError, match="打不开"):
        load_key(tmp_path / "key.json")
