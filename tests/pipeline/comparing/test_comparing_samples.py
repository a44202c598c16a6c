"""The invented campaign: what comparing finds there against what its readers found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors import Limits, Source, extract
from pipeline.comparing import ForeignNames, Masks, Paper, conflicts, copies
from pipeline.comparing.gazetteer import built_in as places
from pipeline.comparing.model import Direction, Origin
from pipeline.evaluating.key import Cross, load_key
from pipeline.identify import identify
from pipeline.rubric import built_in
from samples import key
from samples.build import build

SAMPLES = Path(key.__file__).parent
NOTICE = (SAMPLES / "notice.txt").read_text(encoding="utf-8")
RUBRIC = built_in()


def read(folder: Path) -> Iterator[Paper]:
    for path in build(folder):
        source = Source(str(path.relative_to(folder)), path.read_bytes())
        document = extract(source, Limits()).document
        assert document is not None
        identity = identify(document, source.name, RUBRIC)
        yield Paper(source.name, source.sha256, identity.unit, identity.kind, identity.date, document)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[Paper, ...]:
    return tuple(read(tmp_path_factory.mktemp("submissions")))


@pytest.fixture(scope="module")
def answers() -> Cross:
    return load_key(SAMPLES / "answer-key.json").cross


def test_every_copy_is_found_and_no_honest_paper_is_accused(
    papers: tuple[Paper, ...], answers: Cross
) -> None:
    masks = Masks(RUBRIC, places())

    flagged = [copy for copy in copies(papers, [NOTICE], masks).copies if copy.is_flagged]

    sources = {"notice1": "notice"}
    found = {(copy.paper.name, sources.get(copy.source.name, copy.source.name)) for copy in flagged}
    assert {(one.file, one.source) for one in answers.copied} == found
    for one in answers.copied:
        (copy,) = (copy for copy in flagged if copy.paper.name == one.file)
        assert one.share == pytest.approx(copy.share, abs=0.05)


def test_the_later_paper_is_the_copier(papers: tuple[Paper, ...]) -> None:
    found = copies(papers, [NOTICE], Masks(RUBRIC, places())).copies

    (copy,) = (copy for copy in found if copy.origin is Origin.OTHER_UNIT)
    assert Direction.KNOWN is copy.direction
    assert ("卢卫国", "赵晓峰") in {(swap.here, swap.there) for swap in copy.swaps}


def test_without_the_notice_the_copy_between_units_is_still_the_only_one(papers: tuple[Paper, ...]) -> None:
    found = copies(papers, [], Masks(RUBRIC, places())).copies

    assert ["经开区/新建 Microsoft Word 文档.docx"] == [copy.paper.name for copy in found]


def test_every_foreign_name_is_found_and_none_in_an_honest_paper(
    papers: tuple[Paper, ...], answers: Cross
) -> None:
    foreign = ForeignNames(RUBRIC, places(), [NOTICE])

    found = {(paper.name, name.name) for paper in papers for name in foreign.find(paper)}

    assert {(one.file, one.place) for one in answers.foreign_places} == found


def test_every_wrong_figure_is_found_and_no_right_one_questioned(
    papers: tuple[Paper, ...], answers: Cross
) -> None:
    found = {paper.name: conflicts(paper, RUBRIC) for paper in papers}

    expected = {one.file: one.quotes for one in answers.number_conflicts}
    assert set(expected) == {name for name, conflict in found.items() if conflict}
    for name, quotes in expected.items():
        (conflict,) = found[name]
        assert set(quotes) <= {passage.quote for passage in conflict.passages}
