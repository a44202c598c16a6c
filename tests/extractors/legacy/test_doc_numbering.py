"""Automatic numbers of old papers are worked out as Word shows them."""

from __future__ import annotations

import pytest

from extractors.document import Limits, Outcome, Source
from extractors.word import legacy
from extractors.word.binary.lists import FORMATS
from extractors.word.binary.streams import Place
from extractors.word.legacy import extract
from extractors.word.numerals import numeral
from tests.builders.doc_builder import Paragraph, doc, in_list, level, lists, paragraph

_STAND_IN = [level(0, "")] * 8


def shown(structures: dict[Place, bytes], *body: Paragraph | str) -> list[str]:
    document = extract(Source("方案.doc", doc(*body, structures=structures)), Limits()).document
    assert document is not None
    return [block.shown for block in document.blocks()]


def items(*numbers: tuple[int, int]) -> list[Paragraph]:
    return [paragraph("项", properties=in_list(number, depth)) for number, depth in numbers]


@pytest.mark.parametrize(
    ("code", "pattern", "label"),
    [
        (0, "%1.", "2."),
        (1, "%1.", "II."),
        (4, "%1)", "b)"),
        (10, "%1、", "二、"),
        (11, "%1、", "二、"),
        (18, "%1", "②"),
        (22, "%1.", "02."),
        (28, "%1", "②"),
        (30, "%1．", "乙．"),
        (37, "（%1）", "（二）"),
        (38, "%1、", "贰、"),
        (39, "第%1条", "第二条"),
    ],
)
def test_counts_in_the_format_of_the_level(code: int, pattern: str, label: str) -> None:
    found = shown(lists([level(code, pattern)]), *items((1, 0), (1, 0)))

    assert label + "项" == found[1]


def test_every_chinese_format_has_a_writer() -> None:
    chinese = [FORMATS[code] for code in (10, 11, *range(26, 41))]

    assert [] == [name for name in chinese if numeral(1, name) is None]


def test_lower_levels_start_again_and_quote_those_above() -> None:
    levels = [level(39, "%1、"), level(0, "%1.%2"), *([level(0, "")] * 7)]

    found = shown(lists(levels), *items((1, 0), (1, 1), (1, 1), (1, 0), (1, 1)))

    assert ["一、项", "一.1项", "一.2项", "二、项", "二.1项"] == found


def test_legal_level_counts_in_plain_digits() -> None:
    levels = [level(39, "第%1章"), level(0, "%1.%2", flags=0x04), *([level(0, "")] * 7)]

    assert ["第一章项", "1.1项"] == shown(lists(levels), *items((1, 0), (1, 1)))


def test_level_that_does_not_restart_goes_on() -> None:
    levels = [level(39, "%1、"), level(0, "%2.", flags=0x08), *([level(0, "")] * 7)]

    found = shown(lists(levels), *items((1, 0), (1, 1), (1, 0), (1, 1)))

    assert ["一、项", "1.项", "二、项", "2.项"] == found


def test_two_uses_of_a_list_count_on_and_a_start_of_its_own_begins_anew() -> None:
    structures = lists([level(0, "%1、"), *_STAND_IN], uses=[(0, None), (0, None), (0, 1)])

    found = shown(structures, *items((1, 0), (2, 0), (3, 0)))

    assert ["1、项", "2、项", "1、项"] == found


def test_bullets_show_as_bullets() -> None:
    assert ["•项"] == shown(lists([level(23, "\uf06c")]), *items((1, 0)))


def test_list_that_is_missing_is_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractors.office.find_office", lambda: None)

    extraction = legacy.extract(Source("方案.doc", doc(*items((5, 0)))), Limits())

    assert extraction.outcome is Outcome.PARTIAL
    assert ["numbering_not_read"] == [notice.code for notice in extraction.notices]
