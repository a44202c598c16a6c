"""Printed lines become paragraphs again, and every line still knows its page and its box."""

from __future__ import annotations

from extractors.document import Block, BlockKind, Box, Document, Limits, Outcome, Part, Source
from extractors.pdf.reader import extract
from tests.builders.pdf_builder import BOTTOM, LEADING, LEFT, RIGHT, SIZE, TOP, Paper, width_of

_LONG = (
    "坚持把加强领导班子建设摆在首位，县工商联主席会议每季度研究一次重点工作，全年召开常委会四次，"
    "执委会两次，对涉及会员企业切身利益的事项一律提交会议讨论，做到事前有沟通、事中有督办、事后有通报。"
)


def _document(paper: Paper) -> Document:
    extraction = extract(Source("自查报告.pdf", paper.data()), Limits())
    assert extraction.document is not None
    assert extraction.outcome is Outcome.OK
    return extraction.document


def _texts(paper: Paper) -> list[str]:
    return [block.text for block in _document(paper).blocks()]


def test_a_paragraph_is_joined_over_its_lines_without_spaces() -> None:
    paper = Paper()
    paper.paragraph(_LONG)
    paper.paragraph("二是健全制度。")

    assert _texts(paper) == [_LONG, "二是健全制度。"]


def test_latin_words_are_joined_with_a_space() -> None:
    paper = Paper()
    first = "All member companies of the county federation were visited"
    size = SIZE * (RIGHT - LEFT) / width_of(first)
    paper.line(first, LEFT, TOP, size)
    paper.line("twice", LEFT, TOP + LEADING, size)

    assert _texts(paper) == ["All member companies of the county federation were visited twice"]


def test_titles_headings_and_signature_stand_alone() -> None:
    paper = Paper()
    paper.title("某某县工商业联合会")
    paper.title("关于开展五好县级工商联建设的自查报告")
    paper.paragraph("某某市工商联：", indent=0)
    paper.paragraph("一、主要做法")
    paper.paragraph(_LONG)
    paper.signature("某某县工商业联合会")
    paper.signature("2015年6月30日")

    assert _texts(paper) == [
        "某某县工商业联合会",
        "关于开展五好县级工商联建设的自查报告",
        "某某市工商联：",
        "一、主要做法",
        _LONG,
        "某某县工商业联合会",
        "2015年6月30日",
    ]


def test_a_title_too_long_for_one_line_is_one_block() -> None:
    paper = Paper()
    paper.line("某某县工商业联合会关于报送开展五好县级工商联", LEFT, TOP, 20)
    paper.line("建设自查情况的报告", LEFT + 134, TOP + 32, 20)
    paper.top = TOP + 100
    paper.paragraph(_LONG)

    assert _texts(paper)[0] == "某某县工商业联合会关于报送开展五好县级工商联建设自查情况的报告"


def test_headings_get_their_place_in_the_outline() -> None:
    paper = Paper()
    paper.paragraph("一、主要做法")
    paper.paragraph(_LONG)

    heading, body = _document(paper).blocks()

    assert heading.kind is BlockKind.HEADING
    assert body.heading_path == ("一、主要做法",)


def test_a_sentence_over_the_page_break_is_one_block_with_both_pages() -> None:
    paper = Paper()
    paper.paragraph("一、主要做法")
    paper.top = BOTTOM - 2 * LEADING
    paper.paragraph(_LONG)

    _, block = _document(paper).blocks()

    assert block.text == _LONG
    assert [line.page for line in block.lines] == [1, 1, 2, 2, 2][: len(block.lines)]
    assert "".join(block.text[line.start : line.end] for line in block.lines) == _LONG


def test_a_quote_is_located_on_the_page_where_it_stands() -> None:
    paper = Paper()
    paper.paragraph("一、主要做法")
    paper.top = BOTTOM - LEADING
    paper.paragraph(_LONG)
    document = _document(paper)
    block = list(document.blocks())[1]
    start = _LONG.index("事后有通报")

    found = block.locate(start, start + 5)

    assert document.text_at(found) == "事后有通报"
    assert found.page == 2
    assert found.box is not None
    assert found.box.top < TOP + 3 * LEADING


def test_line_boxes_stand_where_the_lines_are_printed() -> None:
    paper = Paper()
    paper.line("会员企业", LEFT, TOP)

    (block,) = _document(paper).blocks()

    box = block.lines[0].box
    assert Box(round(box.left), 0, round(box.right), 0) == Box(LEFT, 0, LEFT + 4 * SIZE, 0)
    assert TOP - SIZE / 2 < box.top < box.bottom < TOP + 1.5 * SIZE


def test_stretched_setting_leaves_no_spaces_between_han() -> None:
    paper = Paper()
    paper.line("班 子 建 设 好", LEFT, TOP)
    paper.line("团结教育引导好服务发展作用好", LEFT, TOP + 2 * LEADING, spacing=3)

    assert _texts(paper) == ["班子建设好", "团结教育引导好服务发展作用好"]


def test_a_wide_typed_gap_stays_one_space() -> None:
    paper = Paper()
    paper.line("责任人：张三　　　电话：395001", LEFT, TOP)

    assert _texts(paper) == ["责任人：张三 电话：395001"]


def test_a_numbered_item_begins_a_paragraph_even_after_a_full_line() -> None:
    paper = Paper()
    full = "加强理论学习坚持会前学法定期组织主席会议成员集中学习中央文件精神"
    paper.line(full[:26] + "。", LEFT + 2 * SIZE, TOP)
    paper.line("（二）健全工作机制，明确各位副主席分工，定期调度通报情况", LEFT + 2 * SIZE, TOP + LEADING)
    paper.line("并纳入年度考核。", LEFT, TOP + 2 * LEADING)

    assert _texts(paper) == [
        full[:26] + "。",
        "（二）健全工作机制，明确各位副主席分工，定期调度通报情况并纳入年度考核。",
    ]


def test_hanging_items_stay_whole() -> None:
    paper = Paper()
    paper.paragraph("1." + _LONG, indent=0, hanging=SIZE)
    paper.paragraph("2." + _LONG, indent=0, hanging=SIZE)

    assert _texts(paper) == ["1." + _LONG, "2." + _LONG]


def test_entries_of_a_contents_page_stand_apart() -> None:
    paper = Paper()
    paper.line("一、总体要求" + "." * 84 + "1", LEFT, TOP)
    paper.line("二、主要任务" + "." * 84 + "3", LEFT, TOP + LEADING)
    paper.line("三、保障措施" + "." * 84 + "5", LEFT, TOP + 2 * LEADING)

    assert [text[:6] for text in _texts(paper)] == ["一、总体要求", "二、主要任务", "三、保障措施"]


def test_letters_struck_twice_for_bold_are_read_once() -> None:
    paper = Paper()
    paper.line("工作目标", LEFT, TOP)
    paper.line("工作目标", LEFT + 0.4, TOP)

    assert _texts(paper) == ["工作目标"]


def test_words_written_on_a_dotted_rule_replace_it() -> None:
    paper = Paper()
    paper.line("联系人：________________", LEFT, TOP)
    paper.line("王小明", LEFT + 5 * SIZE, TOP)

    (text,) = _texts(paper)

    assert text.strip("_ ").replace("_", "") == "联系人：王小明"


def test_radicals_read_as_the_characters_they_look_like() -> None:
    paper = Paper()
    paper.line("⼯商联⻓⺠（２０１５）", LEFT, TOP)

    (text,) = _texts(paper)

    assert text == "工商联长民（２０１５）"


def test_blocks_are_numbered_and_addressed_in_order() -> None:
    paper = Paper()
    paper.title("工作方案")
    paper.paragraph(_LONG)

    blocks: list[Block] = list(_document(paper).blocks())

    assert [block.locator.block for block in blocks] == [0, 1]
    assert [block.locator.number for block in blocks] == [1, 2]
    assert {block.locator.part for block in blocks} == {Part.BODY}
    assert all(line.box.left >= LEFT - 1 and line.box.right <= RIGHT + 1 for b in blocks for line in b.lines)


def test_short_lines_of_one_length_are_a_list_and_no_paragraph() -> None:
    paper = Paper()
    names = ["张建国主席", "李红梅主席", "王立新主席", "赵志强主席", "孙晓明主席"]
    for number, name in enumerate(names):
        paper.line(name, LEFT, TOP + number * LEADING)

    assert _texts(paper) == names


def test_punctuation_hanging_into_the_margin_does_not_widen_the_page() -> None:
    paper = Paper()
    full = "充分发挥党组把方向管大局的作用建立主席会月例会每月第二个星期二召开"[:28]
    lines = (full, full + "，", full, full[:-1] + "，", full + "。", full, "缺席须书面请假。")
    for number, line in enumerate(lines):
        paper.line(line, LEFT, TOP + number * LEADING)

    assert _texts(paper) == ["".join(lines)]
