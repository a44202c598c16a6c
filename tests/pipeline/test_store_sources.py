"""What lies in the folders is linked to what is known: what must be read again, and what need not."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from extractors.document import Limits, Outcome
from pipeline.intake import Found, discover
from pipeline.rubric import built_in
from pipeline.settings import Settings
from pipeline.store import Key, Store
from tests.pipeline.store_papers import KEY, an_analysis

NOW = dt.datetime(2015, 11, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "wuhao.db") as opened:
        yield opened


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "报送件"
    folder.mkdir()
    return folder


def put(folder: Path, name: str, content: str = "", *, day: int = 1) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content or name, encoding="utf-8")
    os.utime(path, (day * 86_400, day * 86_400))
    return path


def visit(
    store: Store, *folders: Path, key: Key = KEY, outcome: Outcome = Outcome.OK
) -> tuple[list[str], bool]:
    """Do what a run does, without extractors; return the names read and whether the folders changed."""
    run = store.begin(key, NOW)
    is_changed = store.link(discover(folders), run, folders)
    read = []
    for found in store.pending(key, run):
        read.append(found.name)
        analysis = an_analysis(found.name, outcome=outcome)
        store.save(replace(analysis, sha256=found.sha256, size=found.size), key)
    return read, is_changed


def known(store: Store) -> dict[str, tuple[str | None, bool]]:
    return {status.name: (status.duplicate_of, status.is_vanished) for status in store.statuses()}


class TestWhatIsRead:
    def test_everything_the_first_time(self, store: Store, inbox: Path) -> None:
        put(inbox, "乙.docx")
        put(inbox, "区/甲.docx")

        assert visit(store, inbox) == (["乙.docx", "区/甲.docx"], True)

    def test_nothing_the_second_time(self, store: Store, inbox: Path) -> None:
        put(inbox, "甲.docx")
        visit(store, inbox)

        assert visit(store, inbox) == ([], False)

    def test_unchanged_file_is_not_even_opened(
        self, store: Store, inbox: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(inbox, "甲.docx")
        visit(store, inbox)
        really = Path.open

        def watched(path: Path, *how: Any, **more: Any) -> Any:
            # Others open files too: the versions of libraries are read from theirs.
            assert inbox not in path.parents, f"{path} was opened"
            return really(path, *how, **more)

        monkeypatch.setattr(Path, "open", watched)

        assert visit(store, inbox) == ([], False)

    def test_file_with_new_words(self, store: Store, inbox: Path) -> None:
        put(inbox, "甲.docx", "一稿")
        put(inbox, "乙.docx")
        visit(store, inbox)

        put(inbox, "甲.docx", "二稿", day=2)

        assert visit(store, inbox) == (["甲.docx"], True)

    def test_file_that_was_only_touched_is_known_by_its_hash(self, store: Store, inbox: Path) -> None:
        put(inbox, "甲.docx", day=1)
        visit(store, inbox)

        put(inbox, "甲.docx", day=2)

        assert visit(store, inbox) == ([], False)

    def test_file_that_never_got_a_result(self, store: Store, inbox: Path) -> None:
        put(inbox, "甲.docx")
        store.link(discover([inbox]), store.begin(KEY, NOW), [inbox])

        assert visit(store, inbox) == (["甲.docx"], False)

    def test_file_that_could_not_be_opened_when_its_turn_came(self, store: Store, inbox: Path) -> None:
        put(inbox, "甲.docx")
        visit(store, inbox)
        store.save(replace(an_analysis("甲.docx", outcome=Outcome.UNREADABLE), sha256=""), KEY)

        assert visit(store, inbox) == (["甲.docx"], False)

    def test_file_that_changed_while_it_was_read(self, store: Store, inbox: Path) -> None:
        put(inbox, "甲.docx")
        visit(store, inbox)
        store.save(an_analysis("甲.docx", b"other words"), KEY)

        assert visit(store, inbox) == (["甲.docx"], False)

    @pytest.mark.parametrize("part", ["code", "rubric", "references"])
    def test_everything_when_code_or_rubric_changed(self, store: Store, inbox: Path, part: str) -> None:
        put(inbox, "甲.docx")
        visit(store, inbox)

        assert visit(store, inbox, key=replace(KEY, **{part: "2"})) == (["甲.docx"], False)

    @pytest.mark.parametrize(
        ("outcome", "read"),
        [(Outcome.OK, []), (Outcome.PARTIAL, ["甲.docx"]), (Outcome.TIMEOUT, ["甲.docx"])],
    )
    def test_what_was_not_read_in_full_when_limits_or_tools_changed(
        self, store: Store, inbox: Path, outcome: Outcome, read: list[str]
    ) -> None:
        put(inbox, "甲.docx")
        visit(store, inbox, outcome=outcome)

        assert (read, False) == visit(store, inbox, key=replace(KEY, means="2"))

    def test_file_that_cannot_be_opened_is_tried_once_and_again_when_it_can(
        self, store: Store, inbox: Path
    ) -> None:
        path = put(inbox, "甲.docx")
        path.unlink()
        path.symlink_to(inbox.parent / "别处")
        assert visit(store, inbox)[0] == ["甲.docx"]
        assert visit(store, inbox)[0] == []

        path.unlink()
        put(inbox, "甲.docx")

        assert visit(store, inbox) == (["甲.docx"], True)


class TestIsCurrent:
    def found(self, inbox: Path) -> Found:
        (found,) = discover([inbox])
        return found

    def test_only_after_it_was_saved(self, store: Store, inbox: Path) -> None:
        put(inbox, "甲.docx")

        before = store.is_current(self.found(inbox), KEY)
        visit(store, inbox)

        assert (before, store.is_current(self.found(inbox), KEY)) == (False, True)

    def test_not_for_another_rubric_or_another_size(self, store: Store, inbox: Path) -> None:
        put(inbox, "甲.docx")
        visit(store, inbox)
        found = self.found(inbox)

        assert not store.is_current(found, replace(KEY, rubric="2"))
        assert not store.is_current(replace(found, size=1), KEY)


class TestDuplicates:
    def test_same_words_are_linked_and_read_once(self, store: Store, inbox: Path) -> None:
        for name in ("丙.docx", "乙.docx", "甲.docx"):
            put(inbox, name, "同样的话")

        assert visit(store, inbox)[0] == ["丙.docx"]
        assert {name: original for name, (original, _) in known(store).items()} == {
            "丙.docx": None,
            "乙.docx": "丙.docx",
            "甲.docx": "丙.docx",
        }
        assert [analysis.name for analysis in store.analyses()] == ["丙.docx", "乙.docx", "甲.docx"]

    def test_copy_stands_in_when_the_first_one_changes(self, store: Store, inbox: Path) -> None:
        put(inbox, "丙.docx", "同样的话")
        put(inbox, "乙.docx", "同样的话")
        visit(store, inbox)

        put(inbox, "丙.docx", "新的话", day=2)

        assert visit(store, inbox)[0] == ["丙.docx", "乙.docx"]
        assert known(store) == {"丙.docx": (None, False), "乙.docx": (None, False)}

    def test_copy_stands_in_when_the_first_one_goes(self, store: Store, inbox: Path) -> None:
        first = put(inbox, "丙.docx", "同样的话")
        put(inbox, "乙.docx", "同样的话")
        visit(store, inbox)

        first.unlink()

        assert visit(store, inbox)[0] == ["乙.docx"]
        assert known(store) == {"丙.docx": (None, True), "乙.docx": (None, False)}

    def test_file_that_becomes_a_copy_has_the_result_of_the_first(self, store: Store, inbox: Path) -> None:
        put(inbox, "丙.docx", "一样")
        put(inbox, "乙.docx", "两样")
        visit(store, inbox)

        put(inbox, "乙.docx", "一样", day=2)

        assert visit(store, inbox) == ([], True)
        assert len({analysis.sha256 for analysis in store.analyses()}) == 1
        assert [analysis.name for analysis in store.analyses()] == ["丙.docx", "乙.docx"]

    def test_empty_files_are_no_copies_of_each_other(self, store: Store, inbox: Path) -> None:
        (inbox / "甲.docx").touch()
        (inbox / "乙.docx").touch()

        assert visit(store, inbox)[0] == ["乙.docx", "甲.docx"]


class TestWhatGoes:
    def test_vanished_file_is_kept_and_marked(self, store: Store, inbox: Path) -> None:
        path = put(inbox, "甲.docx")
        put(inbox, "乙.docx")
        visit(store, inbox)

        path.unlink()

        assert visit(store, inbox) == ([], True)
        assert known(store) == {"甲.docx": (None, True), "乙.docx": (None, False)}
        assert [analysis.name for analysis in store.analyses()] == ["乙.docx"]

    def test_file_that_is_back_is_not_read_again(self, store: Store, inbox: Path) -> None:
        path = put(inbox, "甲.docx")
        visit(store, inbox)
        path.unlink()
        visit(store, inbox)

        put(inbox, "甲.docx")

        assert visit(store, inbox) == ([], True)
        assert [analysis.name for analysis in store.analyses()] == ["甲.docx"]

    def test_files_of_another_folder_are_not_gone(self, store: Store, inbox: Path, tmp_path: Path) -> None:
        put(inbox, "甲.docx")
        put(tmp_path / "另一批", "乙.docx")
        visit(store, inbox)

        visit(store, tmp_path / "另一批")

        assert known(store) == {"甲.docx": (None, False), "乙.docx": (None, False)}


class TestNames:
    def test_same_name_in_two_folders_is_two_sources(self, store: Store, inbox: Path, tmp_path: Path) -> None:
        put(inbox, "区/方案.docx", "一区的")
        put(tmp_path / "另一批", "区/方案.docx", "另一区的")
        visit(store, inbox)

        assert visit(store, tmp_path / "另一批")[0] == ["另一批/区/方案.docx"]
        assert (
            sorted(known(store)),
            visit(store, inbox, tmp_path / "另一批")[0],
        ) == (["区/方案.docx", "另一批/区/方案.docx"], [])

    def test_folder_that_was_moved_is_not_read_again(self, store: Store, inbox: Path, tmp_path: Path) -> None:
        put(inbox, "方案.docx")
        visit(store, inbox)

        inbox.rename(tmp_path / "改名")

        assert visit(store, tmp_path / "改名")[0] == []
        assert known(store) == {"方案.docx": (None, False)}

    def test_other_paper_of_the_same_name_does_not_replace_one_that_is_gone(
        self, store: Store, inbox: Path, tmp_path: Path
    ) -> None:
        path = put(inbox, "方案.docx", "一区的")
        visit(store, inbox)
        path.unlink()

        put(tmp_path / "另一批", "方案.docx", "另一区的方案")

        assert visit(store, tmp_path / "另一批")[0] == ["另一批/方案.docx"]
        assert [analysis.name for analysis in store.analyses()] == ["另一批/方案.docx", "方案.docx"]

    @pytest.mark.skipif(os.name == "nt", reason="Windows 文件名总是 Unicode")
    def test_name_in_gbk_bytes_can_be_read_again(self, store: Store, inbox: Path) -> None:
        path = inbox / os.fsdecode("方案.docx".encode("gb18030"))
        path.write_text("话")
        run = store.begin(KEY, NOW)
        store.link(discover([inbox]), run, [inbox])

        (found,) = store.pending(KEY, run)

        assert ("方案.docx", path) == (found.name, found.path)


class TestKey:
    SETTINGS = Settings(built_in())

    def test_is_the_same_for_the_same_settings(self) -> None:
        key = Key.of(self.SETTINGS)

        assert key == Key.of(replace(self.SETTINGS))
        assert key.rubric == self.SETTINGS.rubric.hash

    @pytest.mark.parametrize(
        ("part", "changed"),
        [
            ("rubric", {"rubric": built_in().model_copy(update={"hash": "2"})}),
            ("references", {"references": ("通知",)}),
            ("means", {"limits": Limits(max_pages=1)}),
        ],
    )
    def test_differs_in_what_changed(self, part: str, changed: dict[str, object]) -> None:
        before, after = Key.of(self.SETTINGS), Key.of(replace(self.SETTINGS, **changed))

        different = [one.name for one in fields(Key) if getattr(before, one.name) != getattr(after, one.name)]
        assert different == [part]

    def test_does_not_mind_the_order_of_references(self) -> None:
        one, other = (
            Key.of(replace(self.SETTINGS, references=texts)) for texts in (("甲", "乙"), ("乙", "甲"))
        )

        assert one == other
