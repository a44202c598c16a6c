"""What an OFD page prints comes back as paragraphs, in reading order, each line with its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Box, Document, Limits, Outcome, Part, Source
from extractors.ofd.geometry import POINTS, offsets
from extractors.ofd.reader import extract
from tests.builders.ofd_builder import ofd, page, text, typeset

_SENTENCE = "县工商联走访会员企业三十五家，协调解决融资难题十二个。"


def document_of(data: bytes) -> Document:
    extraction = extract(Source("方案.ofd", data), Limits())
    assert extraction.document is not None
    return extraction.document


def texts_of(*objects: str) -> list[str]:
    return [block.text for block in document_of(ofd(page("".join(objects)))).blocks()]


def test_lines_of_one_paragraph_are_joined() -> None:
    first, second = _SENTENCE * 3, "（二）" + _SENTENCE * 2

    extraction = extract(Source("方案.ofd", typeset(first, second)), Limits())

    assert extraction.outcome is Outcome.OK
    assert extraction.document is not None
    assert [first, second] == extraction.document.visible_text().split("\n")


def test_paragraph_goes_on_over_the_page_and_page_numbers_stay_apart() -> None:
    paragraph = _SENTENCE * 40

    document = document_of(typeset(paragraph))

    (body,) = (block for block in document.blocks() if block.locator.part is Part.BODY)
    assert paragraph == body.text
    assert {1, 2} == {line.page for line in body.lines}
    assert ["—1—", "—2—"] == [block.text for block in document.blocks() if block.locator.part is Part.FOOTER]


def test_words_have_their_place_on_the_page_in_points() -> None:
    document = document_of(ofd(page(text("五好", left=50, top=100, size=10))))

    (block,) = document.blocks()
    place = block.locate(0, 2)
    assert (1, "五好") == (place.page, document.text_at(place))
    assert place.box is not None
    edges = (place.box.left, place.box.top, place.box.right, place.box.bottom)
    assert pytest.approx([50 * POINTS, 100 * POINTS, 70 * POINTS, 110 * POINTS]) == edges


def test_page_area_that_begins_elsewhere_moves_the_places() -> None:
    document = document_of(ofd(page(text("五好", left=60, top=110, size=10), area="10 10 210 297")))

    (block,) = document.blocks()
    assert block.lines[0].box.left == pytest.approx(50 * POINTS)
    assert block.lines[0].box.top == pytest.approx(100 * POINTS)


def test_objects_drawn_in_any_order_are_read_from_the_top() -> None:
    assert ["一、组织领导", "二、实施步骤"] == texts_of(
        text("二、实施步骤", top=80), text("一、组织领导", top=40)
    )


def test_matrix_turns_points_into_millimetres() -> None:
    words = text("走访企业", size=16, CTM="0.3528 0 0 0.3528 0 0")

    document = document_of(ofd(page(words)))

    (block,) = document.blocks()
    assert block.text == "走访企业"
    assert block.lines[0].box.right - block.lines[0].box.left == pytest.approx(64, abs=0.1)


def test_offsets_with_repeats_and_a_line_break_inside_one_object() -> None:
    code = (
        '<ofd:TextObject ID="1" Size="5" Boundary="20 40 150 20"><ofd:TextCode X="0" Y="5"'
        ' DeltaX="g 3 5 -15 g 3 5" DeltaY="g 3 0 20 g 3 0">责任单位完成时限</ofd:TextCode></ofd:TextObject>'
    )

    assert ["责任单位", "完成时限"] == texts_of(code)


def test_characters_follow_each_other_where_offsets_run_out() -> None:
    code = (
        '<ofd:TextObject ID="1" Size="5" Boundary="20 40 150 20">'
        '<ofd:TextCode X="0" Y="5" DeltaX="5 5">会员发展计划</ofd:TextCode></ofd:TextObject>'
    )

    (block,) = document_of(ofd(page(code))).blocks()

    assert block.text == "会员发展计划"
    assert block.lines[0].box.right == pytest.approx(50 * POINTS)


def test_second_code_without_a_place_keeps_the_first_ones_line() -> None:
    code = (
        '<ofd:TextObject ID="1" Size="5" Boundary="20 40 150 20"><ofd:TextCode X="0" Y="5">甲</ofd:TextCode>'
        '<ofd:TextCode X="5">乙</ofd:TextCode></ofd:TextObject>'
    )

    assert ["甲乙"] == texts_of(code)


def test_text_set_one_character_an_object_is_one_line() -> None:
    words = "建立联系会员企业制度"

    assert [words] == texts_of(*(text(char, left=20 + 5 * n, size=5) for n, char in enumerate(words)))


def test_stretched_line_has_no_blanks() -> None:
    assert ["你院《关于辞职的请示》收悉"] == texts_of(text("你院《关于辞职的请示》收悉", size=5.6, step=6.63))


def test_wide_gap_in_a_line_is_a_blank() -> None:
    assert ["组长 张三"] == texts_of(text("组长", left=20, size=5), text("张三", left=40, size=5))


def test_figures_set_apart_are_parted_and_letters_of_one_word_are_not() -> None:
    figures = (
        '<ofd:TextObject ID="1" Size="3.175" Boundary="20 40 150 5"><ofd:TextCode X="0" Y="3"'
        ' DeltaX="g 4 1.5875 3.2 g 4 1.5875">1663028298</ofd:TextCode></ofd:TextObject>'
    )
    word = (
        '<ofd:TextObject ID="1" Size="5" Boundary="20 60 150 5"><ofd:TextCode X="0" Y="4"'
        ' DeltaX="4.6 1.4 1.4 1.4">Willi</ofd:TextCode></ofd:TextObject>'
    )

    assert ["16630 28298", "Willi"] == texts_of(figures, word)


def test_page_printed_sideways_is_read_along_its_lines() -> None:
    turned = [
        text(words, left=left, top=40, size=5, CTM="0 1 -1 0 0 0")
        for words, left in (("一、组织领导到位", 150), ("二、措施落实有力", 130))
    ]

    document = document_of(ofd(page("".join(turned))))

    assert "一、组织领导到位\n二、措施落实有力" == document.visible_text()
    box = next(document.blocks()).lines[0].box
    assert box.bottom - box.top > box.right - box.left


def test_watermark_across_the_page_is_no_body_text() -> None:
    mark = text("内部资料", left=60, top=120, CTM="0.7071 0.7071 -0.7071 0.7071 0 0")

    document = document_of(ofd(page(text(_SENTENCE) + mark)))

    assert _SENTENCE == document.visible_text()
    assert [(Part.HEADER, "内部资料")] == [
        (block.locator.part, block.text) for block in document.blocks() if block.text != _SENTENCE
    ]


def test_radicals_become_ordinary_characters() -> None:
    assert ["工长"] == texts_of(text("⼯⻓"))


def test_pretty_printed_xml_adds_no_characters() -> None:
    assert ["会员"] == texts_of(text("会员").replace(">会员<", ">\n\t会员\n<"))


@pytest.mark.parametrize("space", ["http://www.ofdspec.org", "http://www.ofdspec.org/2016", "urn:any"])
def test_any_name_space_is_read(space: str) -> None:
    data = page(text("五好")).replace("http://www.ofdspec.org/2016", space)

    assert "五好" == document_of(ofd(data)).visible_text()


@pytest.mark.parametrize(
    ("stated", "found"),
    [
        ("1 2 3", [1, 2, 3]),
        ("g 3 2.5 1", [2.5, 2.5, 2.5, 1]),
        ("g 999999999999 1", [1] * 6),
        ("g 3", []),
        ("g x 1 2", [2]),
        ("g -5 1 2", [2]),
        ("nan inf 1e400 3", [3]),
        ("1,2,3", [1, 2, 3]),
        (None, []),
    ],
)
def test_offsets(stated: str | None, found: list[float]) -> None:
    assert found == offsets(stated, 6)


@given(st.text(alphabet="g 0123456789.-eE,\n", max_size=60), st.integers(0, 20))
def test_offsets_are_never_more_than_asked_for(stated: str, most: int) -> None:
    assert len(offsets(stated, most)) <= most


_HAN = st.sampled_from("县工商联坚持走访会员企业服务发展建立健全制度组织培训座谈调研落实责任明确时限")
_CLAUSE = st.builds(
    lambda words, figure, end: "".join(words) + figure + end,
    st.lists(_HAN, min_size=2, max_size=24),
    st.sampled_from(["", "35家", "2015年", "“双培双带”", "8.6%"]),
    st.sampled_from(["，", "、", "；"]),
)
_PARAGRAPH = st.lists(_CLAUSE, min_size=1, max_size=10).map(lambda clauses: "".join(clauses)[:-1] + "。")


@settings(max_examples=30, deadline=None)
@given(st.lists(_PARAGRAPH, min_size=1, max_size=8))
def test_every_character_typeset_comes_back_in_order_and_can_be_found_again(paragraphs: list[str]) -> None:
    document = document_of(typeset(*paragraphs))

    body = [block for block in document.blocks() if block.locator.part is Part.BODY]
    assert "".join(paragraphs) == "".join(block.text for block in body)
    for block in body:
        assert block.text == "".join(block.text[line.start : line.end] for line in block.lines)
        assert block.text == document.text_at(block.locate(0, len(block.text)))
        assert all(Box(0, 0, 596, 843).union(line.box) == Box(0, 0, 596, 843) for line in block.lines)
