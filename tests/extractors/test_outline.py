"""Headings are told by their numbers and styles; everything else knows under which it stands."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Block, BlockKind, Cell, Locator, Part, Table
from extractors.outline import leading_number, outline


def _blocks(lines: Sequence[str], part: Part = Part.BODY) -> list[Block]:
    """Make blocks of lines; ``标签|文字`` has an automatic number, ``#1 文字`` a heading style."""
    return [_block(index, line, part) for index, line in enumerate(lines)]


def _block(index: int, line: str, part: Part) -> Block:
    locator = Locator(index, index + 1, part)
    if line.startswith("#"):
        return Block(line[3:], locator, BlockKind.HEADING, level=int(line[1]))
    label, bar, text = line.partition("|")
    return Block(text, locator, label=label) if bar else Block(line, locator)


def _levels(*lines: str) -> list[int]:
    return [block.level for block in outline(_blocks(lines)) if isinstance(block, Block)]


def _paths(*lines: str) -> list[tuple[str, ...]]:
    return [block.heading_path for block in outline(_blocks(lines))]


def test_official_numbering_gives_the_levels() -> None:
    levels = _levels("工作方案", "一、总体要求", "（一）指导思想", "1.学习", "（1）集中学习", "二、重点工作")

    assert levels == [0, 1, 2, 3, 4, 1]


def test_text_knows_the_headings_above_it() -> None:
    paths = _paths("各县区：", "一、总体要求", "正文。", "（一）目标", "正文。", "二、步骤", "正文。")

    assert paths == [
        (),
        (),
        ("一、总体要求",),
        ("一、总体要求",),
        ("一、总体要求", "（一）目标"),
        (),
        ("二、步骤",),
    ]


def test_head_that_runs_into_its_paragraph_ends_the_path() -> None:
    line = "（一）动员部署（2015年4月—6月）。各县区召开党组会、主席会，认真研究存在的问题，制定工作方案。"

    _, block, after = outline(_blocks(["四、实施步骤", line, "要把握节奏。"]))

    assert isinstance(block, Block)
    assert block.kind is BlockKind.PARAGRAPH
    assert block.heading_path == ("四、实施步骤", "（一）动员部署（2015年4月—6月）")
    assert after.heading_path == block.heading_path


def test_head_before_a_colon_runs_in_too() -> None:
    assert _paths("1.会员发展：全年新增60家，其中企业会员不少于七成。") == [("1.会员发展",)]


def test_list_items_are_no_headings() -> None:
    lines = (
        "一、存在问题",
        "（一）主要表现",
        "1.会员数据库尚未建成，执委履职情况没有台账，年底考评缺少依据；",
        "2.新发展会员35家。其中企业会员20家，个人会员15家。",
        "3.发展会员60家",
        "二、打算",
    )

    blocks = outline(_blocks(lines))

    assert [block.level for block in blocks if isinstance(block, Block)] == [1, 2, 0, 0, 0, 1]
    assert blocks[4].heading_path == ("一、存在问题", "（一）主要表现")


def test_enumeration_in_words_is_no_heading() -> None:
    assert _levels("一、重点工作", "一是健全领导班子", "二是壮大会员队伍") == [1, 0, 0]


def test_figures_are_no_headings() -> None:
    assert _levels("1.5万元", "2015.5.20", "3、4月份集中走访", "一、二季度小结") == [0, 0, 0, 0]


def test_automatic_number_counts_like_a_typed_one() -> None:
    assert _paths("一、|总体要求", "（一）|目标", "正文。") == [
        (),
        ("一、总体要求",),
        ("一、总体要求", "（一）目标"),
    ]


def test_bullet_is_no_number() -> None:
    assert _levels("•|走访会员", "•|召开座谈会") == [0, 0]


def test_order_of_kinds_is_taken_from_the_paper() -> None:
    lines = (
        "1、班子建设",
        "（一）主席会",
        "（二）轮值",
        "2、会员建设",
        "（一）发展",
        "（二）服务",
        "3、保障",
    )

    assert _levels(*lines) == [1, 2, 2, 1, 2, 2, 1]


def test_kind_left_out_does_not_leave_a_gap_in_levels() -> None:
    assert _levels("一、要求", "1.学习", "2.调研", "二、步骤", "1.动员") == [1, 2, 2, 1, 2]


def test_chapters_and_articles() -> None:
    lines = (
        "第一章　总则",
        "第一条　本会名称为舞阳县工商联。",
        "补充一款。",
        "第二章　会员",
        "第二条　会员分三类。",
    )

    assert _paths(*lines) == [
        (),
        ("第一章 总则", "第一条"),
        ("第一章 总则", "第一条"),
        (),
        ("第二章 会员", "第二条"),
    ]


def test_title_in_a_heading_style_stays_out_of_the_path() -> None:
    blocks = outline(_blocks(["#1 工作方案", "一、要求", "正文。"]))

    assert [block.heading_path for block in blocks] == [(), (), ("一、要求",)]
    assert isinstance(blocks[0], Block)
    assert (blocks[0].kind, blocks[0].level) == (BlockKind.HEADING, 0)


def test_heading_styles_without_numbers() -> None:
    lines = ("#1 总体要求", "正文。", "#2 目标", "1.学习", "正文。", "#1 步骤", "正文。")

    assert _paths(*lines)[4] == ("总体要求", "目标", "1.学习")
    assert _paths(*lines)[6] == ("步骤",)


def test_sentence_in_a_heading_style_is_a_paragraph() -> None:
    assert _levels("#1 总体要求", "#1 各单位要高度重视，认真落实，确保取得实效。", "#1 步骤") == [1, 0, 1]


def test_colon_in_a_heading_style_does_not_make_a_paragraph() -> None:
    assert _levels("#1 总体要求", "#1 附件：会员35家名册", "#1 步骤") == [1, 1, 1]


def test_contents_list_is_no_outline() -> None:
    assert _levels("目录", "一、总体要求\t1", "二、步骤……3", "一、总体要求", "二、步骤") == [0, 0, 0, 1, 1]


def test_attachment_begins_anew() -> None:
    assert _paths("一、要求", "（一）目标", "附件1", "说明文字。")[2:] == [(), ()]


def test_section_numbers_need_a_beginning() -> None:
    assert _levels("1.1 目标", "1.2 任务", "3.15 晚会", "2.1 动员") == [1, 1, 0, 1]


def test_table_takes_the_path_of_its_place() -> None:
    table = Table((Cell("任务", 1, 1),), Locator(2, 1))

    found = outline([*_blocks(["一、分工", "见下表。"]), table])

    assert found[2].heading_path == ("一、分工",)


def test_text_box_and_notes_leave_the_body_alone() -> None:
    content = [
        *_blocks(["一、要求"]),
        *_blocks(["二、框里的标题", "框里的话"], Part.TEXT_BOX),
        *_blocks(["正文。"]),
        *_blocks(["三、注"], Part.FOOTNOTE),
        *_blocks(["四、页眉"], Part.HEADER),
    ]

    found = outline(content)

    assert [item.heading_path for item in found] == [
        (),
        ("一、要求",),
        ("一、要求", "二、框里的标题"),
        ("一、要求",),
        (),
        (),
    ]
    assert isinstance(found[-1], Block)
    assert found[-1].kind is BlockKind.PARAGRAPH


def test_leading_number_is_offered_here_too() -> None:
    assert leading_number("（一）动员") == ("（一）", 3)


_LINE = st.text(alphabet="一二、（）1.第章条总要求。：附件 #\t", max_size=14)


@given(st.lists(_LINE, max_size=12))
def test_texts_and_order_stay_and_a_second_pass_changes_no_path(lines: list[str]) -> None:
    blocks = [Block(line, Locator(index, index + 1)) for index, line in enumerate(lines)]

    found = outline(blocks)

    assert [block.text for block in found if isinstance(block, Block)] == lines
    assert [item.locator for item in found] == [block.locator for block in blocks]
    assert all(
        isinstance(item, Block) and (item.level > 0) <= (item.kind is BlockKind.HEADING) for item in found
    )
