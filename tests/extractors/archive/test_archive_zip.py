"""What a zip archive holds comes out, whatever made it and however damaged it is."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.archive.zipped import extract
from extractors.document import Extraction, Limits, Outcome, Source
from tests.builders.archive_builder import Entry, plain_zip, unicode_path, zip_of

PLAN = "舞阳县工商联工作方案\n".encode() * 50
REPORT = "舞阳县工商联自查报告\n".encode() * 50
MEGABYTE = 1024 * 1024


def opened(data: bytes, **limits: int) -> Extraction:
    return extract(Source("材料.zip", data), Limits(**limits))


def names(extraction: Extraction) -> list[str]:
    return [member.name.removeprefix("材料.zip/") for member in extraction.members]


def codes(extraction: Extraction) -> list[str]:
    return [notice.code for notice in extraction.notices]


def kept_back(extraction: Extraction) -> dict[str, tuple[Outcome, str]]:
    return {one.name.removeprefix("材料.zip/"): (one.outcome, one.notice.code) for one in extraction.withheld}


class TestOrdinary:
    def test_every_file_is_a_source_of_its_own(self) -> None:
        extraction = opened(plain_zip({"方案.txt": PLAN, "区/": b"", "区/报告.txt": REPORT, "空.txt": b""}))

        assert (Outcome.OK, ()) == (extraction.outcome, extraction.notices)
        assert [("材料.zip/方案.txt", PLAN), ("材料.zip/区/报告.txt", REPORT), ("材料.zip/空.txt", b"")] == [
            (member.name, member.data) for member in extraction.members
        ]

    @pytest.mark.parametrize(
        "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
    )
    def test_any_common_packing(self, method: int) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as archive:
            archive.writestr("方案.txt", PLAN)

        assert [PLAN] == [member.data for member in opened(buffer.getvalue()).members]

    def test_what_a_mac_or_an_open_word_leaves_is_not_dropped(self) -> None:
        litter = {"__MACOSX/._方案.docx": b"\x00\x05\x16\x07", "~$方案.docx": b"\x05admin", "Thumbs.db": b"x"}

        assert list(litter) == names(opened(plain_zip(litter)))

    @pytest.mark.parametrize("data", [plain_zip({}), plain_zip({"区/": b""})])
    def test_archive_without_files_is_empty(self, data: bytes) -> None:
        assert (Outcome.EMPTY, ()) == ((found := opened(data)).outcome, found.members)


class TestNames:
    @pytest.mark.parametrize(
        ("entry", "name"),
        [
            (Entry("舞阳县/方案.docx".encode("gbk")), "舞阳县/方案.docx"),
            (Entry("舞阳县/方案.docx".encode()), "舞阳县/方案.docx"),
            (Entry("舞阳县/方案.docx".encode(), flags=0x800), "舞阳县/方案.docx"),
            (Entry(b"plan.docx", extra=unicode_path("方案.docx", b"plan.docx")), "方案.docx"),
            (Entry(b"plan.docx", extra=unicode_path("方案.docx", b"another")), "plan.docx"),
            (Entry(b"plan.docx", extra=b"\x75\x70\xff\xff\x01"), "plan.docx"),
            (Entry("café.txt".encode("cp437")), "café.txt"),
            (Entry("区\\乡\\方案.docx".encode("gbk")), "区/乡/方案.docx"),
        ],
        ids=["GBK", "UTF-8 无标志", "UTF-8", "Unicode 名", "Unicode 名不符", "坏扩展", "cp437", "反斜杠"],
    )
    def test_are_read_in_their_encoding(self, entry: Entry, name: str) -> None:
        assert [name] == names(opened(zip_of(entry)))

    @pytest.mark.parametrize(
        ("raw", "name"),
        [
            ("../../etc/方案.docx", "etc/方案.docx"),
            ("/根/方案.docx", "根/方案.docx"),
            ("C:\\Windows\\方案.docx", "Windows/方案.docx"),
            ("//server/share/方案.docx", "server/share/方案.docx"),
            ("a/./b//方案.docx", "a/b/方案.docx"),
            ("方\n案\x00\x1b[31m.docx", "方案[31m.docx"),
            ("方案\u202excod.exe", "方案xcod.exe"),
            ("..", "未命名1"),
            ("", "未命名1"),
        ],
    )
    def test_lead_nowhere_and_show_what_they_are(self, raw: str, name: str) -> None:
        assert [name] == names(opened(zip_of(Entry(raw.encode(), b"x", flags=0x800))))

    @pytest.mark.parametrize("raw", ["../方案.docx", "/方案.docx", "C:方案.docx", "a\\..\\..\\方案.docx"])
    def test_that_would_lead_out_are_mentioned(self, raw: str) -> None:
        extraction = opened(zip_of(Entry(raw.encode(), b"x", flags=0x800)))

        assert (Outcome.OK, ["unsafe_name"]) == (extraction.outcome, codes(extraction))

    def test_of_300_characters_are_shortened_and_keep_their_suffix(self) -> None:
        long = "关于" * 150

        first, second = names(opened(plain_zip({f"{long}甲.docx": PLAN, f"{long}乙.docx": REPORT})))

        assert (long[:114] + "….docx") == first
        assert second == first.replace(".docx", "(2).docx")

    def test_that_stand_twice_are_told_apart(self) -> None:
        entries = [Entry("方案.docx", b"1"), Entry("方案.docx", b"2"), Entry("../方案.docx", b"3")]

        assert ["方案.docx", "方案(2).docx", "方案(3).docx"] == names(opened(zip_of(*entries)))

    @given(st.lists(st.text(max_size=30), min_size=1, max_size=8))
    def test_are_always_different_relative_and_visible(self, raw: Sequence[str]) -> None:
        entries = (Entry(name.encode("utf-8", "surrogatepass"), b"x", flags=0x800) for name in raw)

        found = names(opened(zip_of(*entries)))

        assert len(set(found)) == len(found) == len(raw)
        for name in found:
            assert not set(name.split("/")) & {"", ".", ".."}
            assert not any(unicodedata.category(char) in ("Cc", "Cf", "Cs") for char in name)


class TestHostile:
    def test_bomb_is_not_unpacked_but_named(self) -> None:
        extraction = opened(plain_zip({"方案.txt": PLAN, "炸弹.txt": bytes(40 * MEGABYTE)}))

        assert (Outcome.PARTIAL, ["方案.txt"]) == (extraction.outcome, names(extraction))
        assert {"炸弹.txt": (Outcome.TOO_BIG, "member_too_big")} == kept_back(extraction)
        assert "炸弹.txt" == extraction.notices[0].detail

    def test_many_members_may_not_grow_beyond_the_bound_together(self) -> None:
        data = plain_zip({f"{number}.txt": bytes(MEGABYTE) for number in range(5)})

        extraction = opened(data, max_unpacked=3 * MEGABYTE)

        assert (["0.txt", "1.txt", "2.txt"], ["3.txt", "4.txt"]) == (
            names(extraction),
            list(kept_back(extraction)),
        )

    def test_members_that_share_bytes_come_out_once(self) -> None:
        entry = Entry("甲.txt", bytes(MEGABYTE))
        data = zip_of(entry, Entry("乙.txt", bytes(MEGABYTE)), places={1: 0})

        extraction = opened(data)

        assert (["甲.txt"], {"乙.txt": (Outcome.UNREADABLE, "member_overlaps")}) == (
            names(extraction),
            kept_back(extraction),
        )

    def test_size_that_is_a_lie_does_not_help(self) -> None:
        extraction = opened(zip_of(Entry("炸弹.txt", bytes(40 * MEGABYTE), stated_size=10)))

        assert (Outcome.UNREADABLE, {"炸弹.txt": (Outcome.UNREADABLE, "member_damaged")}) == (
            extraction.outcome,
            kept_back(extraction),
        )

    def test_size_far_beyond_what_there_is_does_no_harm(self) -> None:
        entry = Entry("方案.txt", PLAN, method=zipfile.ZIP_STORED, stated_size=2**31)

        assert [PLAN] == [member.data for member in opened(zip_of(entry)).members]

    def test_more_members_than_allowed_are_counted(self) -> None:
        extraction = opened(plain_zip({f"{number}.txt": b"x" for number in range(7)}), max_members=3)

        assert (3, [("too_many_members", "4")]) == (
            len(extraction.members),
            [(notice.code, notice.detail) for notice in extraction.notices],
        )

    def test_directory_of_a_hundred_thousand_entries_is_not_even_read(self) -> None:
        extraction = opened(plain_zip({}) + b"PK\x01\x02" * 100_001)

        assert (Outcome.UNREADABLE, ["too_many_members"]) == (extraction.outcome, codes(extraction))

    def test_link_leads_nowhere(self) -> None:
        link = Entry("密码", b"/etc/passwd", attributes=0o120777 << 16)

        assert {"密码": (Outcome.UNREADABLE, "member_is_link")} == kept_back(opened(zip_of(link)))

    def test_nothing_is_written_anywhere(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("io.open", lambda *_, **__: pytest.fail("a file was opened"))
        monkeypatch.setattr("os.open", lambda *_, **__: pytest.fail("a file was opened"))

        assert 1 == len(opened(zip_of(Entry("../方案.txt", PLAN))).members)


class TestLocked:
    def test_members_with_a_password_are_listed(self) -> None:
        extraction = opened(zip_of(Entry("方案.txt", PLAN), Entry("名单.xls", b"?", flags=0x1)))

        assert (Outcome.PARTIAL, ["方案.txt"]) == (extraction.outcome, names(extraction))
        assert {"名单.xls": (Outcome.ENCRYPTED, "member_encrypted")} == kept_back(extraction)

    def test_archive_of_nothing_else_is_encrypted(self) -> None:
        extraction = opened(zip_of(Entry("甲", b"?", flags=0x1), Entry("乙", b"?", flags=0x1)))

        assert (Outcome.ENCRYPTED, "甲 等 2 个") == (extraction.outcome, extraction.notices[0].detail)

    def test_packing_that_nobody_here_knows(self) -> None:
        extraction = opened(zip_of(Entry("方案.txt", PLAN, method=9)))

        assert {"方案.txt": (Outcome.UNSUPPORTED, "member_packed_unknown")} == kept_back(extraction)


class TestDamaged:
    WHOLE = zip_of(Entry("方案.txt", PLAN), Entry("报告.txt", REPORT))

    def test_cut_off_archive_gives_what_is_there(self) -> None:
        extraction = opened(self.WHOLE[:-150])

        assert (Outcome.PARTIAL, ["方案.txt"]) == (extraction.outcome, names(extraction)[:1])
        assert PLAN == extraction.members[0].data
        assert "archive_damaged" in codes(extraction)

    def test_wrong_check_sum_is_a_loss(self) -> None:
        extraction = opened(zip_of(Entry("方案.txt", PLAN, stated_crc=1)))

        assert (Outcome.PARTIAL, ["member_cut_off"]) == (extraction.outcome, codes(extraction))

    def test_member_away_from_its_place_is_found_by_its_name(self) -> None:
        data = bytearray(self.WHOLE)
        place = data.rindex(b"PK\x01\x02")
        data[place + 42 : place + 46] = b"\x05\x00\x00\x00"

        assert ["方案.txt", "报告.txt"] == names(opened(bytes(data)))

    def test_member_missing_from_the_directory_is_found(self) -> None:
        data = bytearray(self.WHOLE)
        place = data.index(b"PK\x01\x02")
        # The comment of the first entry swallows the second one.
        data[place + 32] = len(data) - 22 - place - 46 - len("方案.txt".encode("gbk"))

        extraction = opened(bytes(data))

        assert (["方案.txt", "报告.txt"], ["archive_damaged"]) == (names(extraction), codes(extraction))

    def test_one_of_several_volumes_says_so(self) -> None:
        data = zip_of(Entry("方案.txt", PLAN), disk=2)

        assert ["missing_volume"] == codes(opened(data))

    @settings(max_examples=60)
    @given(st.integers(0, len(WHOLE)))
    def test_cut_anywhere_never_fails_and_never_claims_to_be_whole(self, place: int) -> None:
        extraction = opened(self.WHOLE[:place])

        is_whole = place == len(self.WHOLE)
        assert is_whole == (extraction.outcome is Outcome.OK)
        for member, original in zip(extraction.members, (PLAN, REPORT), strict=False):
            assert original.startswith(member.data)

    @settings(max_examples=120)
    @given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
    def test_any_changed_byte_does_no_harm(self, place: int, change: int) -> None:
        data = bytearray(self.WHOLE)
        data[place] ^= change

        extraction = opened(bytes(data))

        if extraction.outcome is Outcome.OK:
            assert [PLAN, REPORT] == [member.data for member in extraction.members]
        else:
            assert any(notice.is_loss for notice in extraction.notices)
