from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.comparing import Copying, Masks, Paper, copies
from pipeline.comparing.align import Grams
from pipeline.comparing.gazetteer import built_in
from pipeline.comparing.model import Direction, Origin, reference
from pipeline.comparing.shingles import likenesses
from pipeline.model import Kind
from pipeline.rubric import built_in as rubric
from tests.pipeline.comparing.comparing_papers import a_paper

MASKS = Masks(rubric(), built_in())
JUNE, JULY = dt.date(2015, 6, 10), dt.date(2015, 7, 3)
PLAN = """源汇区工商联今年先把五百户会员的册子从头到尾捋一遍，电话打不通的上门去找，门锁着的在隔壁店里问。
副主席七个人轮着到老街的会客厅坐班，一人一个月，坐班本放在柜台上，来人问了什么、答了什么，当天写清楚。
9月底前问十乡商会挂牌，由副主席赵晓峰盯到底，镇里的两间房子已经腾出来了，桌椅由会员凑。
每月最后一个星期五开一次对账会，办成的画圈，没办成的当着大家说明原因，连着两个月说不清的换人来办。"""
OWN = """我们的难处是人少，四个人管着三十二个村的商户，常常顾得了这头顾不了那头，只好按村分片。
集上逢单日有人值班，双日关门，会员有事先打电话，打不通就留话，三天之内总有回音。
粮食收购户盼着烘干机，去年借了邻村两台，今年打算自己凑钱买一台，放在粮站的院子里轮着用。"""


def swapped(text: str) -> str:
    """The same text with another unit's names, figures and people put in."""
    for here, there in (
        ("源汇区", "召陵区"),
        ("五百户", "341户"),
        ("七个人", "九个人"),
        ("9月底", "10月底"),
        ("问十乡", "姬石镇"),
        ("赵晓峰", "段有才"),
        ("两间", "三间"),
    ):
        text = text.replace(here, there)
    return text


def copied(papers: Sequence[Paper], references: Sequence[str] = (), **rest: Sequence[Paper]) -> Copying:
    return copies(papers, references, MASKS, **rest)


def texts_of(papers: Sequence[Paper]) -> dict[tuple[str, str], Paper]:
    return {(paper.name, paper.sha256): paper for paper in papers}


def test_exchanged_names_and_figures_hide_nothing() -> None:
    source = a_paper(PLAN, unit="yuanhui", date=JUNE)
    copier = a_paper(f"{swapped(PLAN)}\n{OWN}", unit="shaoling", date=JULY)

    (copy,) = copied([source, copier]).copies

    assert (copier.id, source.id) == (copy.paper, copy.source)
    assert (Origin.OTHER_UNIT, Direction.KNOWN, True) == (copy.origin, copy.direction, copy.is_flagged)
    assert 0.5 < copy.own_share < 0.7
    assert copy.share < copy.own_share
    assert {("段有才", "赵晓峰"), ("姬石镇", "问十乡"), ("341", "五百")} <= {
        (s.here, s.there) for s in copy.swaps
    }


def test_what_is_equal_is_quoted_on_both_sides() -> None:
    papers = [a_paper(PLAN, unit="yuanhui", date=JUNE), a_paper(swapped(PLAN), unit="shaoling", date=JULY)]
    by_id = texts_of(papers)

    (copy,) = copied(papers).copies

    here = by_id[copy.paper.name, copy.paper.sha256].document
    there = by_id[copy.source.name, copy.source.sha256].document
    assert 4 == len(copy.aligned)
    for aligned in copy.aligned:
        assert here.text_at(aligned.here.locator) == aligned.here.quote
        assert there.text_at(aligned.there.locator) == aligned.there.quote
    assert "由副主席段有才盯到底" in copy.aligned[2].here.quote
    assert "由副主席赵晓峰盯到底" in copy.aligned[2].there.quote


def test_each_paragraph_has_its_share() -> None:
    first, *others = PLAN.split("\n")
    copier = a_paper("\n".join([OWN, *map(swapped, others)]), unit="shaoling", date=JULY)

    (copy,) = copied([a_paper(PLAN, unit="yuanhui", date=JUNE), copier]).copies

    assert 3 == len(copy.paragraphs)
    assert all(paragraph.share > 0.8 for paragraph in copy.paragraphs)
    assert first[:8] not in "".join(paragraph.passage.quote for paragraph in copy.paragraphs)


def test_without_dates_nobody_is_called_the_copier() -> None:
    papers = [a_paper(PLAN, unit="yuanhui", date=None), a_paper(swapped(PLAN), unit="shaoling", date=JULY)]

    (copy,) = copied(papers).copies

    assert Direction.UNKNOWN is copy.direction


def test_carriers_and_versions_of_one_unit_are_no_copies_and_count_once() -> None:
    word = a_paper(PLAN, unit="yuanhui", name="方案.docx", date=JUNE)
    scan = a_paper(PLAN, unit="yuanhui", name="方案.pdf", date=JUNE)
    draft = a_paper(PLAN.replace("柜台", "门口"), unit="yuanhui", name="初稿.docx", date=JUNE)

    own = copied([word, scan, draft]).copies
    (copy,) = copied([word, scan, draft, a_paper(swapped(PLAN), unit="shaoling", date=JULY)]).copies

    assert () == own
    assert {"方案.docx", "方案.pdf", "初稿.docx"} == {copy.source.name, *(other.name for other in copy.also)}


def test_the_notice_is_subtracted_before_units_are_compared() -> None:
    notice = PLAN
    papers = [
        a_paper(f"{swapped(PLAN)}\n{OWN}", unit="shaoling", date=JUNE),
        a_paper(f"{PLAN}\n{OWN[::-1]}", unit="yuanhui", date=JULY),
    ]

    found = copied(papers, [notice]).copies

    assert {Origin.REFERENCE} == {copy.origin for copy in found}
    assert ["shaoling.docx", "yuanhui.docx"] == [copy.paper.name for copy in found if copy.is_flagged]
    for copy in found:
        document = reference(notice).document
        assert all(document.text_at(one.there.locator) == one.there.quote for one in copy.aligned)


def test_a_phrase_of_the_notice_is_shown_and_not_flagged() -> None:
    text = OWN + "\n每月最后一个星期五开一次对账会。"

    (copy,) = copied([a_paper(text)], [PLAN]).copies

    assert (Origin.REFERENCE, False) == (copy.origin, copy.is_flagged)
    assert 0.05 < copy.share < 0.2


def test_last_years_paper_is_a_source_for_its_own_unit_too() -> None:
    last_year = a_paper(PLAN, unit="yuanhui", name="2014.docx", date=None)
    this_year = a_paper(PLAN.replace("9月底", "10月底"), unit="yuanhui", date=JULY)

    (copy,) = copied([this_year], earlier=[last_year]).copies

    assert (Origin.LAST_YEAR, Direction.KNOWN) == (copy.origin, copy.direction)
    assert (this_year.id, last_year.id) == (copy.paper, copy.source)


def test_papers_of_nobody_are_named_and_other_kinds_passed_over() -> None:
    unknown = a_paper(PLAN, unit=None, name="无名.docx")
    rules = a_paper(PLAN, unit="linying", kind=Kind.EVIDENCE)

    found = copied([unknown, rules, a_paper(PLAN, unit="yuanhui")])

    assert ((), (unknown.id,)) == (found.copies, found.left_out)


def test_honest_papers_are_silent() -> None:
    papers = [a_paper(PLAN, unit="yuanhui"), a_paper(OWN, unit="shaoling"), a_paper(OWN[::-1], unit="jkq")]

    assert () == copied(papers).copies


def test_wording_that_many_share_leads_to_its_earliest_holder() -> None:
    texts = [PLAN] * 40

    pairs = list(likenesses(texts))

    assert [(0, other) for other in range(1, 40)] == [(pair.first, pair.second) for pair in pairs]


def test_figures_in_a_row_are_no_wording() -> None:
    assert [] == list(Grams("○月○名○家○元○件○人").runs("○月○名○家○元○件○人"))


HAN = st.integers(0x4E00, 0x9FA5).map(chr)
UNRELATED = st.lists(st.text(HAN, min_size=40, max_size=120), min_size=1, max_size=4)


@settings(max_examples=30)
@given(UNRELATED, st.randoms(use_true_random=False))
def test_unrelated_papers_and_the_order_of_papers_change_nothing(
    others: list[str], chance: random.Random
) -> None:
    related = [
        a_paper(PLAN, unit="yuanhui", date=JUNE),
        a_paper(f"{swapped(PLAN)}\n{OWN}", unit="shaoling", date=JULY),
        a_paper(swapped(PLAN), unit="jkq", date=JULY),
    ]
    unrelated = [
        a_paper(text, unit="wuyang", name=f"{number}.docx", date=JUNE) for number, text in enumerate(others)
    ]
    mixed = [*related, *unrelated]
    chance.shuffle(mixed)

    alone, together = copied(related), copied(mixed)

    assert 3 == len(alone.copies)
    assert alone == together


@settings(max_examples=30)
@given(
    st.text(alphabet="甲乙丙丁3，。\n 区县", max_size=120),
    st.text(alphabet="甲乙丙丁3，。\n 区县", max_size=120),
)
def test_every_run_is_equal_and_every_quote_is_found_again(one: str, other: str) -> None:
    papers = [
        a_paper(f"开头{one}", unit="yuanhui", date=JUNE),
        a_paper(f"开头{other}", unit="shaoling", date=JULY),
    ]
    by_id = texts_of(papers)

    for copy in copied(papers, [one]).copies:
        assert 0 < copy.literal <= copy.copied <= copy.own <= copy.characters or copy.literal == 0
        here = by_id[copy.paper.name, copy.paper.sha256].document
        assert all(here.text_at(aligned.here.locator) == aligned.here.quote for aligned in copy.aligned)


@pytest.mark.parametrize("kind", [Kind.WORK_PLAN, Kind.CHAMBER_PLAN])
def test_a_copy_of_a_copy_shows_both_sources(kind: Kind) -> None:
    papers = [
        replace(a_paper(PLAN, unit="yuanhui", date=JUNE), kind=kind),
        replace(a_paper(swapped(PLAN), unit="shaoling", date=JULY), kind=kind),
        replace(a_paper(PLAN, unit="wuyang", date=dt.date(2015, 8, 1)), kind=kind),
    ]

    found = [(copy.paper.name[:6], copy.source.name[:6]) for copy in copied(papers).copies]

    assert [("shaoli", "yuanhu"), ("wuyang", "shaoli"), ("wuyang", "yuanhu")] == found
