from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree, html

from extractors.document import Notice, Outcome
from pipeline.errors import UsageError
from pipeline.model import Analysis, Kind, NearMiss, State
from pipeline.report import campaign_view, write
from pipeline.report.heatmap import heat_maps
from pipeline.rubric import Rubric
from tests.pipeline.test_report_builders import (
    GENERATED,
    a_finding,
    a_paper,
    a_place,
    a_rubric,
    lifelike_campaign,
    small_campaign,
)

HOSTILE = (
    "</script><script>alert(1)</script>"
    "<img src='https://evil.example/x.png' onerror='x'>&amp;\x00\x08\x1b\u202e"
)
STATES = (State.ABSENT, State.LACKING, State.HOLLOW, State.UNCLEAR, State.COVERED)


def written(
    output: Path, analyses: tuple[Analysis, ...] = (), rubric: Rubric | None = None
) -> dict[str, str]:
    """Write a campaign and return its pages by their path."""
    paths = write(analyses or small_campaign(), rubric or a_rubric(), output, generated=GENERATED)
    pages = (path for path in paths if path.suffix == ".html")
    return {path.relative_to(output).as_posix(): path.read_text(encoding="utf-8") for path in pages}


def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def hostile_campaign() -> tuple[Analysis, ...]:
    finding = a_finding("C1.2", State.HOLLOW, HOSTILE)
    missing = a_finding("C3.4", State.ABSENT, HOSTILE)
    return (
        a_paper(
            f"{HOSTILE}/{'长' * 300}.docx",
            "wuyang",
            Kind.WORK_PLAN,
            (finding, missing),
            outcome=Outcome.PARTIAL,
            notices=(Notice(HOSTILE, HOSTILE, is_loss=True),),
            doubts=(HOSTILE,),
        ),
        a_paper("坏编码\udcc4\udce3.doc", None, Kind.OTHER, outcome=Outcome.UNREADABLE),
        a_paper("../../etc/passwd", "../../evil", Kind.WORK_PLAN, (finding,)),
    )


@pytest.fixture(scope="module")
def lifelike(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    rubric, analyses = lifelike_campaign()
    return written(tmp_path_factory.mktemp("报告"), analyses, rubric)


def test_there_is_an_overview_and_a_page_for_every_unit(tmp_path: Path) -> None:
    assert list(written(tmp_path)) == [
        "index.html",
        "units/wuyang.html",
        "units/yuanhui.html",
        "units/jkq.html",
        "units/_unknown.html",
    ]


@pytest.mark.parametrize("campaign", [small_campaign, hostile_campaign])
def test_pages_are_well_formed_even_as_xml(tmp_path: Path, campaign: object) -> None:
    for page in written(tmp_path, campaign()).values():  # type: ignore[operator]
        etree.fromstring(page.encode(), etree.XMLParser(resolve_entities=False, no_network=True))


def test_words_of_a_submission_never_become_markup(tmp_path: Path) -> None:
    for page in written(tmp_path, hostile_campaign()).values():
        document = tree(page)
        assert len(document.xpath("//script")) == 1
        assert document.xpath("//img | //iframe | //object | //link | //*[@onerror] | //*[@style]") == []


def test_hostile_words_are_still_there_to_read(tmp_path: Path) -> None:
    page = written(tmp_path, hostile_campaign())["units/wuyang.html"]

    quotes = [mark.text_content() for mark in tree(page).xpath("//mark")]

    assert quotes == [re.sub("[\x00\x08\x1b]", "", HOSTILE).replace("\u202e", "\ufffd")]


def test_page_names_never_come_from_a_submission(tmp_path: Path) -> None:
    output = tmp_path / "output"

    written(output, hostile_campaign())

    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        "_unknown.html",
        "index.html",
        "jkq.html",
        "wuyang.html",
        "yuanhui.html",
        "汇总表.xlsx",
    ]


def test_no_page_fetches_anything(lifelike: dict[str, str], tmp_path: Path) -> None:
    for page in [*lifelike.values(), *written(tmp_path, hostile_campaign()).values()]:
        for name in ("href", "src", "action", "data", "poster", "srcset", "background"):
            targets = tree(page).xpath(f"//@{name}")
            assert [target for target in targets if "//" in target or ":" in target] == []
        style = tree(page).xpath("string(//style)")
        assert not re.search(r"@import|url\((?!#)", style)


def test_the_policy_allows_exactly_our_own_script_and_style(lifelike: dict[str, str]) -> None:
    for page in lifelike.values():
        document = tree(page)
        policy = document.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
        assert policy.startswith("default-src 'none'; ")
        for tag in ("script", "style"):
            content = page.split(f"<{tag}>", 1)[1].split(f"</{tag}>", 1)[0]
            digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy


def test_every_link_leads_somewhere(lifelike: dict[str, str]) -> None:
    anchors = {name: set(tree(page).xpath("//@id")) for name, page in lifelike.items()}

    for name, page in lifelike.items():
        for target in tree(page).xpath("//a/@href"):
            path, _, anchor = target.partition("#")
            folder = "units/" if name.startswith("units/") else ""
            there = path.removeprefix("../") if path.startswith("../") else folder + path if path else name
            assert there in anchors
            assert not anchor or anchor in anchors[there]


def test_ids_are_unique(lifelike: dict[str, str]) -> None:
    for page in lifelike.values():
        ids = tree(page).xpath("//@id")
        assert sorted(ids) == sorted(set(ids))


def test_the_overview_says_that_it_is_a_draft_and_the_rubric_a_proposal(lifelike: dict[str, str]) -> None:
    words = text(tree(lifelike["index.html"]))

    assert "本表为机器初稿，依据我们对通知的理解，由人认定。" in words
    assert "拟定，待市联确认" in words


def test_the_overview_lists_every_file(lifelike: dict[str, str]) -> None:
    _, analyses = lifelike_campaign()

    names = [text(cell) for cell in tree(lifelike["index.html"]).xpath("//td[@class='name']")]

    assert sorted(names) == sorted(analysis.name for analysis in analyses)


def test_the_heat_map_has_one_cell_for_each_row_of_the_view() -> None:
    rubric, analyses = lifelike_campaign()
    view = campaign_view(analyses, rubric, generated=GENERATED)

    marks = [mark for drawing in heat_maps(view.units, rubric) for row in drawing.rows for mark in row.marks]

    assert len(marks) == view.tally.asked + view.tally.not_applicable


def test_cells_of_the_heat_map_never_lie_on_each_other() -> None:
    rubric, analyses = lifelike_campaign()
    view = campaign_view(analyses, rubric, generated=GENERATED)

    for drawing in heat_maps(view.units, rubric):
        places = [(mark.x, row.y) for row in drawing.rows for mark in row.marks]
        assert len(places) == len(set(places))
        assert all(drawing.left <= x < drawing.right for x, _ in places)


def test_many_units_are_drawn_in_several_pictures() -> None:
    units = campaign_view(small_campaign(), a_rubric(), generated=GENERATED).units

    drawings = list(heat_maps(units * 11, a_rubric()))

    assert [len(drawing.labels) for drawing in drawings] == [16, 16, 1]


def test_states_differ_by_shape_as_well_as_by_colour(lifelike: dict[str, str]) -> None:
    symbols = tree(lifelike["index.html"]).xpath("//symbol[starts-with(@id, 'm-')]")

    def shape(symbol: html.HtmlElement) -> tuple[str, ...]:
        parts = symbol.xpath("./circle/@r | ./path/@d")
        return tuple(parts)

    assert len({shape(symbol) for symbol in symbols}) == len(symbols) == 8


def test_tooltips_name_unit_paper_requirement_and_state(lifelike: dict[str, str]) -> None:
    titles = tree(lifelike["index.html"]).xpath("//svg//a[@href='units/wuyang.html#work_plan-C1.4']/title")

    assert re.fullmatch(
        "舞阳县 工作方案 C1.4 副主席轮值制度：(具备|空泛|自述缺失|未见|待核).*", titles[0].text
    )


def the_rows(page: str, state: State) -> Iterator[html.HtmlElement]:
    yield from tree(page).xpath(f"//tr[@data-state='{state}']")


def test_figures_of_the_pages_are_those_of_the_view(lifelike: dict[str, str]) -> None:
    rubric, analyses = lifelike_campaign()
    view = campaign_view(analyses, rubric, generated=GENERATED)

    for unit in view.pages:
        page = lifelike[f"units/{unit.page}"]
        for state in STATES:
            assert len(list(the_rows(page, state))) == unit.tally.count(state)


def test_the_overview_prints_the_counts_of_each_paper(tmp_path: Path) -> None:
    page = written(tmp_path)["index.html"]

    rows = tree(page).xpath("//table[@class='coverage']/tbody/tr")
    counts = [[text(cell) for cell in row.xpath("./td[@class='count' or @class='share']")] for row in rows]

    assert counts == [
        ["1", "1", "1", "1", "0", "1/4（25%）"],
        ["1", "0", "0", "1", "1", "1/2（50%）"],
        *[[]] * 4,
        ["1", "1", "1", "1", "0", "1/4（25%）"],
        ["1", "0", "0", "1", "1", "1/2（50%）"],
    ]


def test_a_gap_row_says_what_is_asked_where_what_was_found_and_what_to_add(tmp_path: Path) -> None:
    page = written(tmp_path)["units/wuyang.html"]

    row = tree(page).xpath("//tr[@id='work_plan-C1.4']")[0]

    need, state, found, advice = row.xpath("./td")
    assert text(need) == "C1.4 副主席轮值制度 领导班子好 三、重点工作（副主席轮值制度）"
    assert text(state) == "空泛"
    assert text(advice) == "请补报副主席轮值制度的材料。"
    assert found.xpath("string(.//mark)") == "每月10日前由会员部汇总一次"
    assert [u.get("title") for u in found.xpath(".//mark/u")] == ["何时", "谁"]
    assert "二、具体举措 › （一）健全制度" in text(found)
    assert "第3页 第8段 · 拟做 · 口号" in text(found)
    assert "还没有写明：多少、怎么做" in text(found)


def test_a_near_miss_is_quoted_with_its_place_and_the_reason_against_it(tmp_path: Path) -> None:
    finding = a_finding("C3.4", State.ABSENT)
    miss = NearMiss("市联要求成立市场协会", a_place(), "是上级的要求或引文，不是本单位所做")
    plan = a_paper(
        "方案.docx",
        "wuyang",
        Kind.WORK_PLAN,
        (finding.__class__("C3.4", State.ABSENT, finding.level, finding.why, near_misses=(miss,)),),
    )

    page = written(tmp_path, (plan,))["units/wuyang.html"]

    quotation = tree(page).xpath("//tr[@id='work_plan-C3.4']//blockquote[@class='miss']")[0]
    assert text(quotation) == "市联要求成立市场协会 第3页 第8段 · 是上级的要求或引文，不是本单位所做"


def test_gaps_stand_before_what_is_covered(tmp_path: Path) -> None:
    page = written(tmp_path)["units/wuyang.html"]

    plan = tree(page).xpath("//section[@id='work_plan']")[0]

    assert [row.get("data-state") for row in plan.xpath(".//tr[@data-state]")] == [
        "absent",
        "lacking",
        "hollow",
        "covered",
    ]
    assert len(plan.xpath(".//details//tr[@data-state='covered']")) == 1


def test_each_filter_shows_its_count_and_its_key(tmp_path: Path) -> None:
    page = written(tmp_path)["units/wuyang.html"]

    buttons = tree(page).xpath("//button[@data-filter]")

    assert [text(button) for button in buttons] == [
        "全部 8 0",
        "未见 2 1",
        "自述缺失 1 2",
        "空泛 1 3",
        "待核 1 4",
        "具备 2 5",
    ]
    keys = tree(page).xpath("//*[@data-shortcut]")
    assert all(control.get("data-shortcut") == control.xpath("string(.//kbd)") for control in keys)


def test_a_unit_that_sent_nothing_is_told_apart_from_one_that_could_not_be_read(tmp_path: Path) -> None:
    pages = written(tmp_path)

    assert "未收到工作方案" in text(tree(pages["units/jkq.html"]))
    assert "工作方案已收到，未能评定" in text(tree(pages["units/yuanhui.html"]))


def test_the_page_of_unknown_units_goes_away_when_there_are_none(tmp_path: Path) -> None:
    written(tmp_path)

    written(tmp_path, small_campaign()[:3])

    assert not (tmp_path / "units" / "_unknown.html").exists()


def test_the_same_campaign_gives_the_same_pages(tmp_path: Path) -> None:
    assert written(tmp_path / "甲") == written(tmp_path / "乙")


def test_no_half_written_file_stays_behind(tmp_path: Path) -> None:
    written(tmp_path)

    assert list(tmp_path.rglob("*.part")) == []


def test_a_file_that_cannot_be_replaced_is_explained(tmp_path: Path) -> None:
    (tmp_path / "汇总表.xlsx").mkdir()

    with pytest.raises(UsageError, match=r"写不进《.*汇总表\.xlsx》.*WPS、Excel"):
        written(tmp_path)

    assert list(tmp_path.rglob("*.part")) == []
