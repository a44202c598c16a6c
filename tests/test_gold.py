"""The gold set keeps its promises: sizes, voices, and labels that point at real units and requirements."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache

import pytest

from benchmarks.gold import SEALED, GoldPaper, Label, ordered_units, papers
from pipeline.model import Assertion, State
from pipeline.rubric import built_in

RUBRIC = built_in()


@cache
def gold() -> tuple[GoldPaper, ...]:
    return tuple(papers())


@cache
def labelled() -> tuple[tuple[str, Label], ...]:
    """Return every label with its writer."""
    whole = [(paper.writer, label) for paper in gold() for found in paper.labels.values() for label in found]
    return (*whole, *((writer, label) for writer, _, _, found in ordered_units() for label in found))


def test_the_set_is_as_large_as_it_says() -> None:
    units = sum(len(paper.sentences) for paper in gold()) + sum(1 for _ in ordered_units())

    assert len(gold()) >= 40
    assert units >= 4000


def test_sealed_writers_are_never_among_the_units_written_to_order() -> None:
    assert SEALED.isdisjoint(writer for writer, _, _, _ in ordered_units())


@pytest.mark.parametrize("paper", gold(), ids=lambda paper: paper.id)
def test_labels_point_at_units_and_requirements_that_exist(paper: GoldPaper) -> None:
    ids = {need.id for need in RUBRIC.needs(paper.kind)}

    assert all(1 <= number <= len(paper.sentences) for number in paper.labels)
    assert {label.requirement for found in paper.labels.values() for label in found} <= ids
    assert ids == {verdict.requirement for verdict in paper.verdicts}


@pytest.mark.parametrize("paper", gold(), ids=lambda paper: paper.id)
def test_verdicts_other_than_absent_name_their_unit(paper: GoldPaper) -> None:
    bare = [v.requirement for v in paper.verdicts if (v.unit is None) != (v.state is State.ABSENT)]

    assert bare == []


def test_every_requirement_is_spoken_of_in_many_voices() -> None:
    positives: Counter[str] = Counter()
    voices: dict[str, set[str]] = defaultdict(set)
    for writer, label in labelled():
        if label.voice in (Assertion.DONE, Assertion.PLANNED) and label.level >= 2:
            positives[label.requirement] += 1
            voices[label.requirement].add(writer)

    few = {
        need.id: (positives[need.id], len(voices[need.id]))
        for need in RUBRIC.requirements
        if positives[need.id] < 50 or len(voices[need.id]) < 8
    }

    assert few == {}


def test_hard_negatives_are_there() -> None:
    said = Counter(label.voice for _, label in labelled())
    slogans = sum(label.level == 1 for _, label in labelled())

    negatives = (said[Assertion.LACKING], said[Assertion.INSTRUCTED], said[Assertion.OTHER_BODY], slogans)
    assert min(negatives) >= 100
