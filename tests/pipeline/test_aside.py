"""Members are put aside under their hashes, each container gets its share, nothing goes in circles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.document import Document, Extraction, Limits, Notice, Outcome, Source, Withheld
from pipeline.aside import narrowed, put_aside
from pipeline.intake import Found, Nest
from pipeline.model import Member

LIMITS = Limits(max_members=10, max_depth=3, max_unpacked=1_000)
ZIP = Found("材料.zip", Path("材料.zip"), 100, sha256="z" * 64)


SNAKE = Source("材料.zip/蛇.zip", b"bites its tail")


def source(name: str, data: bytes = b"x") -> Source:
    return Source(f"材料.zip/{name}", data)


def extraction(*members: Source, withheld: tuple[Withheld, ...] = ()) -> Extraction:
    return Extraction(Outcome.OK, members=members, withheld=withheld)


def codes(found: Extraction) -> list[tuple[str, str, bool]]:
    return [(notice.code, notice.detail, notice.is_loss) for notice in found.notices]


class TestPutAside:
    def test_members_lie_in_the_room_under_their_hashes(self, tmp_path: Path) -> None:
        one, other = source("../方案.docx", b"1"), source("报告.docx", b"2")

        found, members = put_aside(extraction(one, other), ZIP, LIMITS, tmp_path)

        assert (Member(one.name, one.sha256, 1), Member(other.name, other.sha256, 1)) == members
        assert {one.sha256: b"1", other.sha256: b"2"} == {
            path.name: path.read_bytes() for path in tmp_path.iterdir()
        }
        assert (Outcome.OK, ()) == (found.outcome, found.notices)

    def test_members_of_one_name_are_told_apart(self, tmp_path: Path) -> None:
        notice = Notice("member_encrypted", "a.txt", is_loss=True)
        locked = Withheld("材料.zip/a.txt", Outcome.ENCRYPTED, notice)

        _, members = put_aside(
            extraction(source("a.txt"), source("a.txt"), withheld=(locked,)), ZIP, LIMITS, tmp_path
        )

        assert ["材料.zip/a(2).txt", "材料.zip/a(3).txt"] == [member.name for member in members]

    def test_name_that_cannot_be_stored_is_mended(self, tmp_path: Path) -> None:
        _, (member,) = put_aside(extraction(source("方\ud800案.txt")), ZIP, LIMITS, tmp_path)

        assert "材料.zip/方?案.txt" == member.name

    @pytest.mark.parametrize(
        "container",
        [
            pytest.param(replace(ZIP, sha256=SNAKE.sha256), id="它自己"),
            pytest.param(replace(ZIP, nest=Nest((SNAKE.sha256,))), id="外一层"),
            pytest.param(replace(ZIP, nest=Nest((SNAKE.sha256, "1" * 64))), id="外两层"),
        ],
    )
    def test_container_inside_itself_is_named_and_not_opened_again(
        self, tmp_path: Path, container: Found
    ) -> None:
        found, members = put_aside(extraction(SNAKE), container, LIMITS, tmp_path)

        assert (Outcome.OK, [("recursive", "蛇.zip", False)]) == (found.outcome, codes(found))
        assert ([SNAKE.name], []) == ([member.name for member in members], list(tmp_path.iterdir()))

    def test_too_deep_a_nest_is_not_opened(self, tmp_path: Path) -> None:
        deep = replace(ZIP, nest=Nest(("1", "2", "3")))

        found, members = put_aside(extraction(source("甲"), source("乙")), deep, LIMITS, tmp_path)

        assert (Outcome.TOO_BIG, ()) == (found.outcome, members)
        assert [("nested_too_deep", "甲 等 2 个", True)] == codes(found)
        assert ["材料.zip/甲", "材料.zip/乙"] == [one.name for one in found.withheld]

    @pytest.mark.parametrize("limits", [replace(LIMITS, max_members=2), replace(LIMITS, max_unpacked=25)])
    def test_what_is_too_much_stays_behind(self, tmp_path: Path, limits: Limits) -> None:
        files = [source(name, name.encode() * 3) for name in ("甲", "乙", "丙")]
        letter = replace(extraction(*files), document=Document(()))

        found, members = put_aside(letter, ZIP, limits, tmp_path)

        assert (Outcome.PARTIAL, 2) == (found.outcome, len(members))
        assert [("member_too_big", "丙", True)] == codes(found)

    def test_outcome_that_is_bad_already_stays(self, tmp_path: Path) -> None:
        found, _ = put_aside(Extraction(Outcome.UNREADABLE, members=(source("甲"),)), ZIP, LIMITS, tmp_path)

        assert Outcome.UNREADABLE is found.outcome


class TestShares:
    def test_file_in_a_folder_has_all(self) -> None:
        assert LIMITS is narrowed(LIMITS, ZIP)

    def test_only_container_in_a_mail_gets_all_that_is_left(self) -> None:
        nest = Nest(("m",), members=1, size=100, level_members=1, level_size=100)

        found = narrowed(LIMITS, replace(ZIP, nest=nest))

        assert (10, 900) == (found.max_members, found.max_unpacked)

    @given(st.lists(st.integers(0, 2_000), min_size=1, max_size=30))
    def test_all_together_get_no_more_than_is_left(self, sizes: list[int]) -> None:
        shares = [
            narrowed(
                LIMITS,
                replace(ZIP, size=size, nest=Nest(("z",), len(sizes), sum(sizes), len(sizes), sum(sizes))),
            )
            for size in sizes
        ]

        assert sum(share.max_unpacked for share in shares) <= max(0, LIMITS.max_unpacked - sum(sizes))
        assert sum(share.max_members for share in shares) <= max(0, 30 - len(sizes))
