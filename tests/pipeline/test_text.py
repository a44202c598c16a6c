"""Sentences in their place: every character of a sentence can be found again in the document."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Block, BlockKind, Cell, Document, Locator, Part, Table
from extractors.plain import document_of
from pipeline.text import clauses, sentences

LETTERS = st.text(alphabet="会员主席轮值，。；！“”：12月 ", max_size=80)


def body(*texts: str) -> Document:
    return document_of("\n".join(texts))


def test_a_paragraph_is_cut_at_full_stops_and_semicolons() -> None:
    found = sentences(body("一是建库；二是更新。“已办结。”另行报告"))

    assert ["一是建库；", "二是更新。", "“已办结。”", "另行报告"] == [one.text for one in found]


def test_a_sentence_knows_its_headings_and_the_one_before() -> None:
    found = sentences(body("一、班子建设", "每月轮值。由副主席负责。"))

    assert "每月轮值。" == found[2].before
    assert ("一、班子建设",) == found[2].heading_path
    assert found[0].is_heading


def test_a_run_in_heading_is_a_heading() -> None:
    found = sentences(body("（一）动员部署（4月—6月）。召开党组会，研究方案，统计数据，布置任务，落实到人。"))

    assert [True, False] == [one.is_heading for one in found]


def test_a_table_row_is_one_sentence_quoted_by_cell() -> None:
    (_, row) = sentences(body("| 任务 | 责任人 |", "| 副主席轮值，每人一个月 | 李明 |"))

    quote, locator = row.quote(0, 5)

    assert "副主席轮值，每人一个月" == quote
    assert "表1 第2行“任务”" == str(locator)


def test_a_cell_that_only_names_the_matter_gives_way_to_what_is_said_of_it() -> None:
    (_, row) = sentences(body("| 项目 | 情况 |", "| 党组建设 | 4月成立党组，成员3人 |"))

    assert "4月成立党组，成员3人" == row.quote(0, 4)[0]


def test_a_merged_cell_above_is_context() -> None:
    cells = (
        Cell("班子", 1, 1, row_span=2),
        Cell("主席会每季一次", 1, 2),
        Cell("轮值每月一人", 2, 2),
    )
    table = Table(cells, Locator(block=0, number=1))

    found = sentences(Document((table,)))

    assert "班子" == found[1].context


def test_running_heads_and_comments_are_not_what_the_paper_says() -> None:
    parts = (Part.HEADER, Part.FOOTER, Part.COMMENT, Part.FOOTNOTE)
    blocks = tuple(Block("已建库。", Locator(block=i, part=part)) for i, part in enumerate(parts))

    assert [Part.FOOTNOTE] == [one.anchors[0].item.locator.part for one in sentences(Document(blocks))]


@given(st.lists(LETTERS, max_size=6))
def test_every_quote_is_found_again(lines: list[str]) -> None:
    document = body(*lines)

    for sentence in sentences(document):
        quote, locator = sentence.quote(0, len(sentence.text))
        assert quote == document.text_at(locator)


@given(LETTERS)
def test_clauses_hold_every_character_but_the_marks(text: str) -> None:
    held = {place for start, end in clauses(text) for place in range(start, end)}

    assert set("，：；。") >= {text[place] for place in set(range(len(text))) - held}


def test_headings_come_from_the_extractor() -> None:
    block = Block("无编号的标题", Locator(block=0), kind=BlockKind.HEADING, level=1)

    assert sentences(Document((block,)))[0].is_heading
