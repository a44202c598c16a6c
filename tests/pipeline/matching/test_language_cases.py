"""Slots, assertions and dates as case files: a case is one line, no Python needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.dates import dates
from pipeline.matching.assertion import AssertionReader
from pipeline.matching.slots import slots
from pipeline.model import Kind, SlotName
from pipeline.rubric import built_in

CASES = Path(__file__).parents[2] / "cases"


def cases(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split(" | ")] for line in lines if line and line[0] != "#"]


@pytest.mark.parametrize(("expected", "paper", "matter", "sentence"), cases("assertion.txt"))
def test_rules_read_who_says_what(expected: str, paper: str, matter: str, sentence: str) -> None:
    reader = AssertionReader(built_in().program)
    start = sentence.index(matter)
    kind = Kind.WORK_PLAN if paper == "方案" else Kind.SELF_CHECK

    reading = reader.read(sentence, start, start + len(matter), kind)

    assert expected == reading.assertion.value


@pytest.mark.parametrize(("expected", "sentence"), cases("slots.txt"))
def test_slots_hold_what_can_be_checked(expected: str, sentence: str) -> None:
    found = slots(sentence)

    order = (SlotName.WHEN, SlotName.HOW_MUCH, SlotName.WHO, SlotName.HOW)
    shown = ["、".join(slot.text for slot in found if slot.name is name) or "-" for name in order]
    assert expected == "；".join(shown)
    assert all(sentence[slot.start : slot.end] == slot.text for slot in found)


@pytest.mark.parametrize(("expected", "written"), cases("dates.txt"))
def test_dates_in_every_spelling(expected: str, written: str) -> None:
    found = [str(dated.date) for dated in dates(f"（{written}）")]

    assert expected == (found[0] if found else "-")
