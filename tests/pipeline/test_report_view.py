from __future__ import annotations

from dataclasses import replace

from extractors.document import Notice, Outcome
from pipeline.model import Analysis, Kind, Slot, SlotName, State
from pipeline.report import campaign_view, status_lines
from pipeline.report.names import page_name
from pipeline.report.passage import of_evidence
from pipeline.report.tally import Tally
from pipeline.report.view import CampaignView, PaperView, Standing
from tests.pipeline.test_report_builders import (
    GENERATED,
    a_finding,
    a_paper,
    a_rubric,
    lifelike_campaign,
    small_campaign,
)


def a_view(*analyses: Analysis) -> CampaignView:
    return campaign_view(analyses or small_campaign(), a_rubric(), generated=GENERATED)


def the_paper(view: CampaignView, unit: str, kind: Kind) -> PaperView:
    papers = next(one for one in view.units if one.id == unit).papers
    return next(paper for paper in papers if paper.kind is kind)


def test_every_unit_of_the_rubric_has_both_papers_even_if_it_sent_nothing() -> None:
    standings = {unit.id: [paper.standing for paper in unit.papers] for unit in a_view().units}

    assert standings == {
        "wuyang": [Standing.JUDGED, Standing.JUDGED],
        "yuanhui": [Standing.UNREAD, Standing.MISSING],
        "jkq": [Standing.MISSING, Standing.MISSING],
    }


def test_counts_follow_the_findings() -> None:
    paper = the_paper(a_view(), "wuyang", Kind.WORK_PLAN)

    assert paper.tally == Tally(covered=1, hollow=1, lacking=1, absent=1)


def test_gaps_come_first_and_in_the_order_of_their_weight() -> None:
    paper = the_paper(a_view(), "wuyang", Kind.WORK_PLAN)

    assert [row.state for row in paper.gaps] == [State.ABSENT, State.LACKING, State.HOLLOW]


def test_rows_are_gaps_covered_or_not_applicable_and_none_is_lost() -> None:
    rubric, analyses = lifelike_campaign()
    view = campaign_view(analyses, rubric, generated=GENERATED)

    for unit in view.pages:
        for paper in unit.papers:
            shown = [*paper.gaps, *paper.covered, *paper.not_applicable]
            assert sorted(row.anchor for row in shown) == sorted(row.anchor for row in paper.rows)


def test_every_file_is_listed_once() -> None:
    rubric, analyses = lifelike_campaign()

    view = campaign_view(analyses, rubric, generated=GENERATED)

    assert sorted(file.name for file in view.files) == sorted(analysis.name for analysis in analyses)
    assert [file.number for file in view.files] == list(range(1, len(analyses) + 1))
    assert len(view.files) == sum(len(unit.files) for unit in view.pages)


def test_the_order_of_the_analyses_does_not_matter() -> None:
    rubric, analyses = lifelike_campaign()

    forwards = campaign_view(analyses, rubric, generated=GENERATED)
    backwards = campaign_view(analyses[::-1], rubric, generated=GENERATED)

    assert forwards == backwards


def test_a_requirement_without_a_finding_is_to_be_checked_not_absent() -> None:
    plan = a_paper("方案.docx", "wuyang", Kind.WORK_PLAN, (a_finding("C1.2", State.COVERED),))

    paper = the_paper(a_view(plan), "wuyang", Kind.WORK_PLAN)

    assert paper.tally == Tally(covered=1, unclear=3)


def test_a_finding_the_rubric_no_longer_asks_for_is_still_shown() -> None:
    plan = a_paper("方案.docx", "wuyang", Kind.WORK_PLAN, (a_finding("X9", State.ABSENT),))

    paper = the_paper(a_view(plan), "wuyang", Kind.WORK_PLAN)

    assert paper.rows[-1].requirement == "X9"
    assert paper.rows[-1].name == "现行评价标准里没有这一项"


def test_the_note_says_which_paper_was_judged_and_that_there_are_others() -> None:
    findings = (a_finding("C1.2", State.COVERED),)
    view = a_view(
        a_paper("方案.docx", "wuyang", Kind.WORK_PLAN, findings),
        a_paper("方案.pdf", "wuyang", Kind.WORK_PLAN, findings),
    )

    paper = the_paper(view, "wuyang", Kind.WORK_PLAN)

    assert paper.note.startswith("依据《方案.docx》评定，落款日期：2015年5月28日。同类材料另有1件")
    assert [file.name for file in paper.others] == ["方案.pdf"]


def test_a_missing_paper_warns_of_files_whose_unit_is_unknown() -> None:
    paper = the_paper(a_view(), "jkq", Kind.WORK_PLAN)

    assert "另有1件材料未识别出单位" in paper.note


def test_an_unread_paper_says_why_and_what_to_do() -> None:
    paper = the_paper(a_view(), "yuanhui", Kind.WORK_PLAN)

    assert paper.note == "收到《源汇/方案.pdf》，但未能评定（加密）。请报送单位重新发送未加密的文件。"


def test_papers_of_unknown_units_have_a_page_but_no_part_in_the_totals() -> None:
    view = a_view()

    assert view.unknown is not None
    assert [paper.tally.asked for paper in view.unknown.papers] == [4]
    assert view.tally == Tally(covered=2, hollow=1, lacking=1, absent=2, unclear=1, not_applicable=1)


def test_totals_are_the_sum_of_the_units() -> None:
    rubric, analyses = lifelike_campaign()
    view = campaign_view(analyses, rubric, generated=GENERATED)

    by_kind = sum((view.tally_of(kind) for kind in view.kinds), Tally())

    assert view.tally == by_kind


def test_common_gaps_count_papers_and_name_the_units() -> None:
    gap = a_view().common_gaps[0]

    assert (gap.requirement, str(gap.total)) == ("C3.4", "2/2（100%）")
    assert [(one.kind, one.units) for one in gap.kinds] == [
        (Kind.WORK_PLAN, ("舞阳县",)),
        (Kind.SELF_CHECK, ("舞阳县",)),
    ]


def test_what_is_only_to_be_checked_is_no_common_gap() -> None:
    shares = {gap.requirement: str(gap.total) for gap in a_view().common_gaps}

    assert shares["C1.4"] == "1/2（50%）"
    assert "C1.2" not in shares


def test_equal_files_of_two_units_point_at_each_other() -> None:
    findings = (a_finding("C1.2", State.COVERED),)
    view = a_view(
        a_paper("甲/方案.docx", "wuyang", Kind.WORK_PLAN, findings, content="抄"),
        a_paper("乙/方案.docx", "jkq", Kind.WORK_PLAN, findings, content="抄"),
    )

    assert [(file.name, file.twins) for file in view.files] == [
        ("甲/方案.docx", ("乙/方案.docx",)),
        ("乙/方案.docx", ("甲/方案.docx",)),
    ]


def test_a_notice_repeated_a_hundred_times_is_said_once() -> None:
    notices = (Notice("ink", is_loss=True),) * 100

    view = a_view(a_paper("方案.docx", "wuyang", Kind.WORK_PLAN, outcome=Outcome.PARTIAL, notices=notices))

    assert len(view.files[0].notices) == 1


def test_files_that_need_a_person_are_counted() -> None:
    assert a_view().files_for_person == 1


def test_a_quote_is_cut_at_its_slots_and_stays_whole() -> None:
    evidence = a_finding("C1.2", State.HOLLOW).evidence[0]

    passage = of_evidence(evidence)

    assert "".join(piece.text for piece in passage.pieces) == evidence.quote
    assert [piece.text for piece in passage.pieces if piece.slot] == ["每月10日前", "会员部"]
    assert passage.unfilled == ("多少", "怎么做")


def test_misplaced_and_overlapping_slots_do_not_disturb_the_quote() -> None:
    evidence = a_finding("C1.2", State.HOLLOW).evidence[0]
    slots = (
        Slot(SlotName.WHEN, "每月10日", 0, 5),
        Slot(SlotName.HOW, "10日前", 2, 6),
        Slot(SlotName.WHO, "没有", 900, 902),
        Slot(SlotName.WHO, "", 5, 5),
    )

    passage = of_evidence(replace(evidence, slots=slots))

    assert "".join(piece.text for piece in passage.pieces) == evidence.quote


def test_a_very_long_quote_is_cut_with_the_number_of_characters_left_out() -> None:
    evidence = replace(a_finding("C1.2", State.HOLLOW).evidence[0], quote="长" * 1000, slots=())

    passage = of_evidence(evidence)

    assert passage.pieces[-1].text.endswith("（下略400字，见原文）")
    assert passage.quote == "长" * 1000


def test_page_names_avoid_the_devices_of_windows_and_never_collide() -> None:
    names = [page_name(unit) for unit in (None, "con", "unknown", "wuyang", "com1")]

    assert names == ["_unknown.html", "_con.html", "unknown.html", "wuyang.html", "_com1.html"]


def test_the_status_lines_show_each_unit_and_the_total() -> None:
    lines = status_lines(a_view())

    assert lines == (
        "舞阳县          方案 具备1 空泛1 自述缺失1 未见1 待核0 │ "
        "自查 具备1 空泛0 自述缺失0 未见1 待核1 不适用1  缺: C3.4, P1",
        "源汇区          方案 已收到，未能评定                  │ 自查 未收到",
        "经济技术开发区  方案 未收到                            │ 自查 未收到",
        "合计            方案 具备1 空泛1 自述缺失1 未见1 待核0 │ "
        "自查 具备1 空泛0 自述缺失0 未见1 待核1 不适用1",
    )


def test_a_rubric_without_units_still_gives_a_view() -> None:
    rubric = a_rubric().model_copy(update={"units": ()})

    view = campaign_view(small_campaign(), rubric, generated=GENERATED)

    assert (view.units, view.kinds, len(view.files)) == ((), (), 4)
    assert status_lines(view) == ()
