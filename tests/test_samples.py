"""The invented campaign: built the same every time, its key complete and every quote in its place."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from extractors import Extraction, Outcome, Source, extract
from pipeline.evaluating.key import AnswerKey, load_key
from samples import key, portable
from samples.build import build
from samples.markup import Change, Grid, GridCell, Paragraph, Role, parse

SAMPLES = Path(key.__file__).parent
JUDGED = [entry for entry in key.entries() if entry.is_judged]
#: The twelve papers proper: no earlier version, no second carrier.
PAPERS = {entry.text: entry for entry in JUDGED if not entry.text.endswith("-draft")}


def label(entry: key.Entry) -> str:
    return entry.file


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def states(text: str) -> Counter[str]:
    return Counter(note.state for note in key.notes_on(text).values())


@cache
def extracted(path: Path, name: str) -> Extraction:
    return extract(Source(name, path.read_bytes()))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in build(folder)}


@pytest.fixture(scope="module")
def submissions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("submissions")
    list(build(folder))
    return folder


@pytest.fixture(scope="module")
def answers() -> AnswerKey:
    return load_key(SAMPLES / "answer-key.json")


class TestBuilding:
    def test_twice_gives_the_same_bytes(self, tmp_path: Path) -> None:
        first = contents(tmp_path / "一")

        second = contents(tmp_path / "二")

        assert first == second

    def test_gives_word_and_pdf_in_equal_parts(self) -> None:
        carriers = Counter(Path(entry.file).suffix for entry in key.entries())

        assert carriers == {".docx": 10, ".pdf": 10}

    @pytest.mark.parametrize("entry", key.entries(), ids=label)
    def test_gives_files_that_are_read_without_loss(self, entry: key.Entry, submissions: Path) -> None:
        extraction = extracted(submissions / entry.file, entry.file)

        assert extraction.document is not None
        found = squeezed(extraction.document.visible_text())
        assert extraction.outcome is Outcome.OK
        assert [p for p in key.paper_of(entry.text).passages() if squeezed(p) not in found] == []

    def test_gives_one_paper_in_two_carriers_with_the_same_words(self, submissions: Path) -> None:
        twins = [entry for entry in key.entries() if entry.text == "shaoling/plan"]

        documents = [extracted(submissions / twin.file, twin.file).document for twin in twins]

        texts = {squeezed(document.visible_text()) for document in documents if document}
        assert (len(twins), len(texts)) == (2, 1)


class TestPapers:
    def test_are_a_plan_and_a_report_from_each_of_six_units(self) -> None:
        units = ("wuyang", "linying", "yancheng", "yuanhui", "shaoling", "jkq")

        sent = Counter((entry.unit, entry.kind) for entry in PAPERS.values())

        assert sent == {(unit, kind): 1 for unit in units for kind in ("work_plan", "self_check")}

    def test_come_with_chamber_plans_and_papers_that_do_not_belong(self) -> None:
        kinds = Counter(entry.kind for entry in key.entries() if not entry.is_judged)

        assert kinds == {"chamber_plan": 4, "other": 2}

    @pytest.mark.parametrize("text", PAPERS)
    def test_are_of_a_lifelike_length(self, text: str) -> None:
        assert 1200 <= len(key.paper_of(text).visible_text()) <= 2500

    @pytest.mark.parametrize("text", PAPERS)
    def test_are_uneven(self, text: str) -> None:
        count = states(text)

        assert 8 <= count["absent"] <= 16
        assert 3 <= count["hollow"] <= 8
        assert 2 <= count["lacking"] <= 6

    def test_hold_every_construct_at_least_once(self) -> None:
        items = [item for text in PAPERS for item in key.paper_of(text).items]
        roles = {item.role for item in items if isinstance(item, Paragraph)}
        changes = {run.change for item in items if isinstance(item, Paragraph) for run in item.runs}
        spans = {
            (cell.row_span > 1, cell.column_span > 1)
            for item in items
            if isinstance(item, Grid)
            for cell in item.cells
        }

        assert set(Role) - {Role.HEADER} == roles
        assert set(Change) == changes
        assert {(False, False), (True, False), (False, True)} == spans


class TestKey:
    def test_in_the_repository_is_what_the_notes_give(self) -> None:
        assert key.render() == (SAMPLES / "answer-key.json").read_text(encoding="utf-8")

    def test_has_every_file(self, answers: AnswerKey, submissions: Path) -> None:
        built = {
            path.relative_to(submissions).as_posix() for path in submissions.rglob("*") if path.is_file()
        }

        assert built == {file.file for file in answers.files}

    @pytest.mark.parametrize("entry", JUDGED, ids=label)
    def test_says_something_of_every_requirement(self, entry: key.Entry) -> None:
        assert sorted(key.requirements_for(entry.kind)) == sorted(key.notes_on(entry.text))

    @pytest.mark.parametrize("entry", JUDGED, ids=label)
    def test_gives_each_state_the_level_it_can_have(self, entry: key.Entry) -> None:
        allowed = {"covered": {2, 3, 4}, "hollow": {1}, "lacking": {0}, "absent": {0}}
        notes = key.notes_on(entry.text)

        assert {r: n for r, n in notes.items() if n.level not in allowed[n.state]} == {}
        assert {r: n for r, n in notes.items() if bool(n.quote) == (n.state == "absent")} == {}
        assert {r: n for r, n in notes.items() if (n.state == "lacking") != (n.assertion == "lacking")} == {}

    @pytest.mark.parametrize("entry", JUDGED, ids=label)
    def test_quotes_words_of_one_paragraph_or_cell(self, entry: key.Entry) -> None:
        passages = list(key.paper_of(entry.text).passages())
        quotes = [note.quote for note in key.notes_on(entry.text).values()]

        assert [quote for quote in quotes if not any(quote in passage for passage in passages)] == []

    @pytest.mark.parametrize("entry", JUDGED, ids=label)
    def test_quotes_words_that_are_found_in_the_file(self, entry: key.Entry, submissions: Path) -> None:
        document = extracted(submissions / entry.file, entry.file).document
        assert document is not None
        texts = [block.text for block in document.blocks() if block.locator.part.is_content]
        texts += [cell.text.replace("\n", "") for table in document.tables() for cell in table.cells]
        quotes = [note.quote for note in key.notes_on(entry.text).values()]

        assert [quote for quote in quotes if not any(quote in text for text in texts)] == []


class TestCrossFindings:
    def passages(self, unit: str, kind: str) -> str:
        entry = next(e for e in PAPERS.values() if (e.unit, e.kind) == (unit, kind))
        return key.paper_of(entry.text).visible_text()

    def test_promises_are_quoted_from_plan_and_report(self, answers: AnswerKey) -> None:
        promises = answers.cross.promises

        assert [p for p in promises if p.plan_quote not in self.passages(p.unit, "work_plan")] == []
        reported = [(p.unit, p.self_check_quote) for p in promises if p.self_check_quote]
        assert [(u, quote) for u, quote in reported if quote not in self.passages(u, "self_check")] == []

    def test_one_report_drops_three_promises_and_lowers_a_target(self, answers: AnswerKey) -> None:
        silent = [p.unit for p in answers.cross.promises if p.self_check_quote is None]
        lowered = [p.unit for p in answers.cross.promises if "6000万元" in p.plan_quote]

        assert silent == ["yuanhui"] * 3
        assert lowered == ["yuanhui"]

    def test_figures_and_places_are_in_the_paper_they_are_named_for(self, answers: AnswerKey) -> None:
        words = [(c.file, quote) for c in answers.cross.number_conflicts for quote in c.quotes]
        words += [(place.file, place.place) for place in answers.cross.foreign_places]
        text_of = {entry.file: key.paper_of(entry.text).visible_text() for entry in key.entries()}

        assert [found for found in words if found[1] not in text_of[found[0]]] == []

    def test_copies_share_as_much_as_the_key_says(self, answers: AnswerKey) -> None:
        text_of = {entry.file: key.paper_of(entry.text).visible_text() for entry in key.entries()}
        text_of["notice"] = (SAMPLES / "notice.txt").read_text(encoding="utf-8")

        measured = {c.file: shared(text_of[c.file], text_of[c.source]) for c in answers.cross.copied}

        assert measured == pytest.approx({c.file: c.share for c in answers.cross.copied}, abs=0.05)

    def test_one_report_is_late(self) -> None:
        late = [e.unit for e in PAPERS.values() if e.kind == "self_check" and e.date > "2015-10-31"]

        assert late == ["jkq"]

    def test_all_files_named_exist(self) -> None:
        cross = yaml.safe_load((SAMPLES / "campaign.yaml").read_text(encoding="utf-8"))["cross"]
        files = {entry.file for entry in key.entries()}

        groups = [*cross["same_submission"], *cross["versions"]]

        assert {name for group in groups for name in group} <= files


def shared(text: str, other: str, length: int = 8) -> float:
    """Return the share of characters that stand in a run of equal ones."""
    text, other = re.sub(r"\W", "", text), re.sub(r"\W", "", other)
    known = {other[n : n + length] for n in range(len(other) - length + 1)}
    runs = (n for n in range(len(text) - length + 1) if text[n : n + length] in known)
    return len({position for n in runs for position in range(n, n + length)}) / len(text)


class TestMarkup:
    def test_numbered_headings_carry_their_label_apart_from_the_text(self) -> None:
        paper = parse("+ 班子\n++ 党组\n++ 主席会\n+ 会员\n++ 发展")

        headings = [(item.label, item.text) for item in paper.items if isinstance(item, Paragraph)]

        expected = [
            ("一、", "班子"),
            ("（一）", "党组"),
            ("（二）", "主席会"),
            ("二、", "会员"),
            ("（一）", "发展"),
        ]
        assert expected == headings

    def test_cells_are_merged_downwards_and_sideways(self) -> None:
        (grid,) = parse("| 得分 | < | 总分 |\n| 班子 | 会员 | ^ |").items

        assert isinstance(grid, Grid)
        assert (
            GridCell("得分", 0, 0, column_span=2),
            GridCell("总分", 0, 2, row_span=2),
            GridCell("班子", 1, 0),
            GridCell("会员", 1, 1),
        ) == grid.cells

    def test_rows_of_unequal_length_are_refused(self) -> None:
        with pytest.raises(ValueError, match="unequal"):
            parse("| 甲 | 乙 |\n| 丙 |")

    def test_tracked_changes_show_the_final_words_and_footnotes_stand_apart(self) -> None:
        paper = parse("会员{删:九}{增:十}名{脚注:含团体。}。")

        assert list(paper.passages()) == ["会员十名。", "含团体。"]


class TestPrintedLines:
    @given(st.text(alphabet="会员商会，。（）“”0123456789%", max_size=200), st.integers(4, 28))
    def test_hold_all_the_words_in_order(self, text: str, characters: int) -> None:
        assert text == "".join(portable.wrap(text, characters * 16.0, 16.0))

    def test_never_begin_with_a_closing_mark(self) -> None:
        lines = list(portable.wrap("一二三四，五六七八。九", 4 * 16.0, 16.0))

        assert lines == ["一二三四，", "五六七八。", "九"]

    def test_leave_footnotes_to_word(self) -> None:
        with pytest.raises(ValueError, match="Word"):
            portable.write(parse("会员十名{脚注:含团体。}。"))
