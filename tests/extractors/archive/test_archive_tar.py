"""Tar archives and packed files: front to back, over damage, never along a link."""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.archive.tarred import extract, extract_packed
from extractors.document import Extraction, Limits, Outcome, Source
from tests.builders.archive_builder import tar_of

PLAN = "舞阳县工商联工作方案\n".encode() * 50
REPORT = "舞阳县工商联自查报告\n".encode() * 50
LONG = "区/" + "长" * 60 + ".txt"
FILES = {"方案.txt": PLAN, LONG: REPORT}
MEGABYTE = 1024 * 1024
FORMS = [
    pytest.param(tarfile.GNU_FORMAT, id="GNU"),
    pytest.param(tarfile.PAX_FORMAT, id="PAX"),
]
PACKERS = [
    pytest.param(gzip.compress, id="gz"),
    pytest.param(bz2.compress, id="bz2"),
    pytest.param(lzma.compress, id="xz"),
]


def opened(data: bytes, name: str = "材料.tar", **limits: int) -> Extraction:
    return extract(Source(name, data), Limits(**limits))


def unpacked(data: bytes, name: str = "材料.tgz", **limits: int) -> Extraction:
    return extract_packed(Source(name, data), Limits(**limits))


def contents(extraction: Extraction) -> dict[str, bytes]:
    return {member.name.partition("/")[2]: member.data for member in extraction.members}


def codes(extraction: Extraction) -> list[str]:
    return [notice.code for notice in extraction.notices]


@pytest.mark.parametrize("form", FORMS)
class TestTar:
    def test_every_file_comes_out_under_its_name(self, form: int) -> None:
        extraction = opened(tar_of(FILES, form=form))

        assert (Outcome.OK, FILES) == (extraction.outcome, contents(extraction))

    @pytest.mark.parametrize("pack", PACKERS)
    def test_packed_or_not(self, form: int, pack: Callable[[bytes], bytes]) -> None:
        extraction = unpacked(pack(tar_of(FILES, form=form)))

        assert (Outcome.OK, FILES) == (extraction.outcome, contents(extraction))

    def test_link_is_listed_and_not_followed(self, form: int) -> None:
        extraction = opened(tar_of({"方案.txt": PLAN}, {"密码": "/etc/passwd", "圈": "圈"}, form=form))

        assert (Outcome.PARTIAL, {"方案.txt": PLAN}) == (extraction.outcome, contents(extraction))
        assert ["材料.tar/密码", "材料.tar/圈"] == [one.name for one in extraction.withheld]
        assert ["member_is_link"] == codes(extraction)

    def test_member_past_the_bound_is_passed_over(self, form: int) -> None:
        data = tar_of({"大.bin": bytes(3 * MEGABYTE), "方案.txt": PLAN}, form=form)

        extraction = opened(data, max_bytes=2 * MEGABYTE)

        assert {"方案.txt": PLAN} == contents(extraction)
        assert [("材料.tar/大.bin", Outcome.TOO_BIG)] == [(w.name, w.outcome) for w in extraction.withheld]


class TestTarNames:
    def test_in_gbk(self) -> None:
        assert ["舞阳县/方案.txt"] == list(
            contents(opened(tar_of({"舞阳县/方案.txt": PLAN}, encoding="gbk")))
        )

    @pytest.mark.parametrize("name", ["../../方案.txt", "/方案.txt"])
    def test_that_would_lead_out(self, name: str) -> None:
        extraction = opened(tar_of({name: PLAN}))

        assert (["方案.txt"], ["unsafe_name"]) == (list(contents(extraction)), codes(extraction))


class TestTarDamage:
    WHOLE = tar_of({"甲.txt": PLAN, "乙.txt": REPORT, "丙.txt": b"x"})

    def test_damaged_header_loses_only_its_own_file(self) -> None:
        data = bytearray(self.WHOLE)
        data[data.index("乙.txt".encode()) + 200] ^= 1

        extraction = opened(bytes(data))

        assert ({"甲.txt": PLAN, "丙.txt": b"x"}, Outcome.PARTIAL, ["archive_damaged"]) == (
            contents(extraction),
            extraction.outcome,
            codes(extraction),
        )

    def test_missing_end_is_a_loss(self) -> None:
        end = self.WHOLE.index("丙.txt".encode())

        assert ["archive_damaged"] == codes(opened(self.WHOLE[:end]))

    def test_negative_size_leads_nowhere(self) -> None:
        data = bytearray(self.WHOLE)
        header = tarfile.TarInfo.frombuf(bytes(data[:512]), "utf-8", "surrogateescape")
        raw = bytearray(header.tobuf(tarfile.GNU_FORMAT))
        raw[124:136] = b"\xff" * 12
        raw[148:156] = b"%06o\0 " % (sum(raw[:148]) + 256 + sum(raw[156:]))

        extraction = opened(bytes(raw) + self.WHOLE[512:])

        assert {"乙.txt": REPORT, "丙.txt": b"x"} == contents(extraction)

    @settings(max_examples=60)
    @given(st.integers(0, 4_000), st.integers(1, 255), st.integers(0, len(WHOLE)))
    def test_changed_or_cut_anywhere_never_fails(self, place: int, change: int, end: int) -> None:
        data = bytearray(self.WHOLE[:end])
        if place < end:
            data[place] ^= change

        extraction = opened(bytes(data))

        assert (extraction.outcome is Outcome.OK) <= (len(extraction.members) == 3)


class TestPackedFile:
    def test_is_called_what_gzip_remembers(self) -> None:
        data = b"\x1f\x8b\x08\x08" + bytes(6) + "区/方案.txt".encode("gbk") + b"\0" + gzip.compress(PLAN)[10:]

        assert {"方案.txt": PLAN} == contents(unpacked(data, "a.gz"))

    @pytest.mark.parametrize("pack", PACKERS)
    def test_is_called_like_the_outer_file_otherwise(self, pack: Callable[[bytes], bytes]) -> None:
        assert {"方案.txt": PLAN} == contents(unpacked(pack(PLAN), "区/方案.txt.gz".replace("区/", "")))

    @pytest.mark.parametrize("pack", PACKERS)
    def test_bomb_is_not_unpacked(self, pack: Callable[[bytes], bytes]) -> None:
        extraction = unpacked(pack(bytes(40 * MEGABYTE)), "炸弹.txt.gz")

        assert (Outcome.TOO_BIG, ()) == (extraction.outcome, extraction.members)

    def test_bomb_of_a_tar_ends_where_the_bound_is(self) -> None:
        data = gzip.compress(tar_of({"方案.txt": PLAN, "炸弹.txt": bytes(40 * MEGABYTE), "后.txt": PLAN}))

        extraction = unpacked(data)

        assert {"方案.txt": PLAN} == contents(extraction)
        assert {"member_too_big", "archive_too_big"} <= set(codes(extraction))

    @pytest.mark.parametrize("pack", PACKERS)
    def test_cut_off_file_is_read_as_far_as_it_goes(self, pack: Callable[[bytes], bytes]) -> None:
        text = b"".join(b"%d\n" % (number * 7919) for number in range(400_000))
        packed = pack(text)

        extraction = unpacked(packed[: len(packed) * 4 // 5], "方案.txt.gz")

        assert (Outcome.PARTIAL, ["member_cut_off"]) == (extraction.outcome, codes(extraction))
        (found,) = contents(extraction).values()
        assert text.startswith(found)

    def test_nothing_but_a_head_is_unreadable(self) -> None:
        assert Outcome.UNREADABLE is unpacked(b"\x1f\x8b\x08\x00", "a.gz").outcome
