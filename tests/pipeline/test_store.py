"""What is saved comes back without any difference, all of it or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.document import (
    Block,
    BlockKind,
    Box,
    Cell,
    Document,
    Grade,
    Line,
    Locator,
    Notice,
    Outcome,
    Part,
    Quality,
    Table,
)
from pipeline.store import Store
from tests.pipeline.store_papers import KEY, QUOTE, a_document, an_analysis

TEXT = st.text(max_size=12)
NUMBERS = st.integers(0, 2**40)
MAYBE_NUMBERS = st.none() | st.integers(1, 9_999)
POINTS = st.floats(allow_nan=False, allow_infinity=False)
BOXES = st.builds(lambda a, b, c, d: Box(min(a, c), min(b, d), max(a, c), max(b, d)), *[POINTS] * 4)
LOCATORS = st.builds(
    Locator,
    *(NUMBERS, NUMBERS, st.sampled_from(Part), MAYBE_NUMBERS, MAYBE_NUMBERS, NUMBERS, NUMBERS),
    *(MAYBE_NUMBERS, TEXT, TEXT, st.none() | BOXES),
)
PATHS = st.lists(TEXT, max_size=2).map(tuple)
LINES = st.lists(st.builds(Line, NUMBERS, NUMBERS, NUMBERS, BOXES), max_size=2).map(tuple)
BLOCKS = st.builds(Block, TEXT, LOCATORS, st.sampled_from(BlockKind), TEXT, st.integers(0, 9), PATHS, LINES)
CELLS = st.builds(Cell, TEXT, *[st.integers(1, 9)] * 4, MAYBE_NUMBERS, st.none() | BOXES)
TABLES = st.builds(
    Table,
    *(st.lists(CELLS, max_size=4).map(tuple), LOCATORS, st.integers(0, 3), PATHS, TEXT),
    st.none() | LOCATORS,
)
DOCUMENTS = st.builds(
    Document,
    st.lists(BLOCKS | TABLES, max_size=4).map(tuple),
    st.lists(st.builds(Grade, st.sampled_from(Quality), MAYBE_NUMBERS, TEXT), max_size=2).map(tuple),
    st.lists(st.builds(Notice, TEXT, TEXT, st.booleans(), st.none() | LOCATORS), max_size=2).map(tuple),
    *(MAYBE_NUMBERS, TEXT, st.booleans()),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "wuhao.db") as opened:
        yield opened


class TestRoundTrip:
    def test_analysis_comes_back_without_its_text(self, store: Store) -> None:
        analysis = an_analysis()

        store.save(analysis, KEY)

        assert (replace(analysis, document=None),) == store.analyses()

    def test_document_comes_back_whole(self, store: Store) -> None:
        analysis = an_analysis()

        store.save(analysis, KEY)

        assert a_document() == store.document(analysis.sha256)

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(document=DOCUMENTS)
    def test_any_document_comes_back_whole(self, store: Store, document: Document) -> None:
        analysis = an_analysis(document=document, findings=())

        store.save(analysis, KEY)

        assert document == store.document(analysis.sha256)

    def test_half_characters_keep_every_offset(self, store: Store) -> None:
        broken = Block("建\ud83d会", Locator(0))
        analysis = an_analysis(document=Document((broken,)), findings=())

        store.save(analysis, KEY)

        assert store.text_at(analysis.sha256, Locator(0, start=2, end=3)) == "会"
        assert store.text_at(analysis.sha256, Locator(0, end=3)) == "建\ufffd会"

    def test_what_cannot_be_stored_becomes_an_outcome(self, store: Store) -> None:
        monster = Table((Cell("", 1, 1, row_span=10**30),), Locator(0))

        store.save(an_analysis(document=Document((monster,)), findings=()), KEY)

        (kept,) = store.analyses()
        assert (kept.outcome, kept.notices[0].code) == (Outcome.CRASHED, "not_storable")

    def test_analyses_come_in_order_of_name(self, store: Store) -> None:
        for name in ("乙.docx", "甲.docx", "丙.docx"):
            store.save(an_analysis(name), KEY)

        assert [analysis.name for analysis in store.analyses()] == ["丙.docx", "乙.docx", "甲.docx"]

    def test_new_result_replaces_the_old_one(self, store: Store) -> None:
        store.save(an_analysis(), KEY)
        failure = an_analysis(outcome=Outcome.CRASHED, document=None, findings=())

        store.save(failure, KEY)

        assert (failure,) == store.analyses()
        assert {table: 0 for table in DERIVED} == counts(store.path, DERIVED)

    def test_failed_save_leaves_what_was_there(self, store: Store) -> None:
        analysis = an_analysis()
        store.save(analysis, KEY)

        with pytest.raises(AttributeError):
            store.save(an_analysis(findings=("不是结论",)), KEY)

        assert (replace(analysis, document=None),) == store.analyses()


DERIVED = ("blocks", "cells", "grades", "findings", "evidence", "near_misses")


def counts(path: Path, tables: tuple[str, ...]) -> dict[str, int]:
    connection = sqlite3.connect(path)
    try:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}
    finally:
        connection.close()


class TestText:
    def test_quote_is_found_again_at_its_place(self, store: Store) -> None:
        analysis = an_analysis()
        store.save(analysis, KEY)

        (kept,) = store.analyses()

        for finding in kept.findings:
            for piece in (*finding.evidence, *finding.near_misses):
                assert piece.quote == store.text_at(analysis.sha256, piece.locator)

    def test_every_place_gives_the_words_the_document_gives(self, store: Store) -> None:
        analysis, document = an_analysis(), a_document()
        store.save(analysis, KEY)
        places = [block.locate(1, 3) for block in document.blocks()]
        places += [table.locate(cell, 0, 2) for table in document.tables() for cell in table.cells]

        found = [store.text_at(analysis.sha256, place) for place in places]

        assert [document.text_at(place) for place in places] == found

    def test_place_inside_a_merged_cell_is_that_cell(self, store: Store) -> None:
        analysis = an_analysis()
        store.save(analysis, KEY)

        assert store.text_at(analysis.sha256, Locator(2, row=3, column=2, end=2)) == "建会"

    @pytest.mark.parametrize("place", [Locator(99), Locator(2), Locator(2, row=9, column=9)])
    def test_place_that_is_not_there_is_an_error(self, store: Store, place: Locator) -> None:
        analysis = an_analysis()
        store.save(analysis, KEY)

        with pytest.raises(LookupError):
            store.text_at(analysis.sha256, place)

    def test_document_that_is_not_there_is_an_error(self, store: Store) -> None:
        failure = an_analysis(outcome=Outcome.CRASHED, document=None, findings=())
        store.save(failure, KEY)

        with pytest.raises(LookupError):
            store.document(failure.sha256)


class TestSearch:
    def test_finds_words_inside_words(self, store: Store) -> None:
        analysis = an_analysis()
        store.save(analysis, KEY)

        (hit,) = store.search("训会")

        assert (analysis.name, analysis.sha256, QUOTE) == (hit.name, hit.sha256, hit.text)
        assert store.text_at(hit.sha256, hit.locator) == "训会"
        assert hit.locator.page == 2

    def test_finds_cells_with_their_row(self, store: Store) -> None:
        store.save(an_analysis(), KEY)

        assert [str(hit.locator) for hit in store.search("入会")] == ["第2页 表3 第2行“工作”"]

    def test_finds_every_occurrence_paper_by_paper(self, store: Store) -> None:
        twice = Document((Block("建会，再建会", Locator(0)), Block("建会", Locator(1))))
        for name in ("乙.docx", "甲.docx"):
            store.save(an_analysis(name, document=twice, findings=()), KEY)

        found = [(hit.name, hit.locator.block, hit.locator.start) for hit in store.search("建会")]

        places = [(0, 0), (0, 4), (1, 0)]
        assert [(name, *place) for name in ("乙.docx", "甲.docx") for place in places] == found

    @pytest.mark.parametrize("word", ["", "没有的词", "%", "_"])
    def test_finds_nothing_that_is_not_there(self, store: Store, word: str) -> None:
        store.save(an_analysis(), KEY)

        assert list(store.search(word)) == []
