"""Messages of Outlook and what Exchange packs into ``winmail.dat``."""

from __future__ import annotations

import datetime as dt
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Outcome, Source
from extractors.mail import eml, msg, tnef
from extractors.mail.compressed import rich_text
from extractors.mail.outlook import Property
from extractors.registry import extract
from extractors.sniff import Format, sniff
from tests.builders.mail_builder import attachment_of, compound, inside, msg_of, tnef_of

PLAN = "舞阳县工商联工作方案".encode()
LETTER = "现将我县工作方案报上，请审阅。"
HEAD: dict[int, str | bytes] = {
    Property.SUBJECT: "关于报送方案的函",
    Property.SENDER_NAME: "舞阳县工商联",
    Property.SENDER_ADDRESS: "wy@example.cn",
    Property.TO: "市工商联",
}
#: 9:05 in Beijing, in steps of 100 nanoseconds since 1601.
SENT = dt.datetime(2015, 5, 28, 1, 5) - dt.datetime(1601, 1, 1)
MORNING = {Property.SUBMITTED: int(SENT.total_seconds()) * 10_000_000}


def opened(data: bytes) -> Extraction:
    return msg.extract(Source("邮件.msg", data), Limits())


def text(extraction: Extraction) -> str:
    return extraction.document.visible_text() if extraction.document else ""


def contents(extraction: Extraction) -> dict[str, bytes]:
    return {member.name.partition("/")[2]: member.data for member in extraction.members}


class TestMessage:
    def test_is_known_by_its_content(self) -> None:
        assert Format.MSG is sniff(compound(msg_of(HEAD)), "改名.doc")

    @pytest.mark.parametrize("is_unicode", [True, False])
    def test_head_and_words_are_read(self, is_unicode: bool) -> None:
        numbers = MORNING | {Property.CODE: 936}
        tree = msg_of(HEAD | {Property.TEXT: LETTER}, numbers=numbers, is_unicode=is_unicode)

        extraction = opened(compound(tree))

        assert Outcome.OK is extraction.outcome
        assert text(extraction).split("\n") == [
            "主题\t关于报送方案的函",
            "发件人\t舞阳县工商联 <wy@example.cn>",
            "日期\t2015年5月28日 9:05",
            "收件人\t市工商联",
            LETTER,
        ]

    def test_words_without_a_code_page_go_by_the_language(self) -> None:
        tree = msg_of({Property.TEXT: LETTER}, numbers={Property.LANGUAGE: 0x0804}, is_unicode=False)

        assert LETTER in text(opened(compound(tree)))

    def test_page_in_its_own_code_page_is_read(self) -> None:
        page = f"<html><body><p>{LETTER}</p></body></html>".encode("gbk")

        extraction = opened(compound(msg_of(HEAD | {Property.PAGE: page}, numbers={Property.PAGE_CODE: 936})))

        assert LETTER in text(extraction)

    def test_rich_text_is_read_where_there_is_nothing_else(self) -> None:
        rich = b"{\\rtf1\\ansi\\ansicpg936 \\'ce\\'e8\\'d1\\'f4\\'cf\\'d8}"
        packed = struct.pack("<LL4sL", len(rich) + 12, len(rich), b"MELA", 0) + rich

        assert "舞阳县" in text(opened(compound(msg_of(HEAD | {Property.RICH_TEXT: packed}))))


class TestAttachments:
    def test_are_members_under_their_long_names(self) -> None:
        tree = msg_of(HEAD, [attachment_of("方案.doc", PLAN), attachment_of("..\\名单.xls", b"2")])

        assert {"方案.doc": PLAN, "名单.xls": b"2"} == contents(opened(compound(tree)))

    def test_message_inside_is_a_mail_with_attachments_of_its_own(self) -> None:
        inner = msg_of(HEAD | {Property.TEXT: LETTER}, [attachment_of("方案.doc", PLAN)], numbers=MORNING)
        tree = msg_of({Property.SUBJECT: "转"}, [attachment_of("转发", inside(inner))])

        ((name, data),) = contents(opened(compound(tree))).items()

        assert ("关于报送方案的函.eml", Format.EML) == (name, sniff(data, name))
        read = eml.extract(Source(name, data), Limits())
        assert {"方案.doc": PLAN} == contents(read)
        assert text(read).split("\n") == [
            "主题\t关于报送方案的函",
            "发件人\t舞阳县工商联 <wy@example.cn>",
            "日期\t2015年5月28日 9:05",
            "收件人\t市工商联",
            LETTER,
        ]

    def test_message_inside_is_always_the_same_bytes(self) -> None:
        inner = inside(msg_of(HEAD, [attachment_of("方案.doc", PLAN)]))
        data = compound(msg_of(HEAD, [attachment_of("转发", inner)]))

        assert contents(opened(data)) == contents(opened(data))

    def test_object_and_link_are_missed(self) -> None:
        linked = {"__properties_version1.0": bytes(8), "__substg1.0_3707001F": "表.xls".encode("utf-16-le")}
        tree = msg_of(HEAD, [attachment_of("图.ole", {"CONTENTS": b"x"}), linked])

        extraction = opened(compound(tree))

        assert Outcome.PARTIAL is extraction.outcome
        assert [("邮件.msg/图.ole", "embedded_object"), ("邮件.msg/表.xls", "member_is_link")] == [
            (one.name, one.notice.code) for one in extraction.withheld
        ]

    @settings(max_examples=60)
    @given(st.data())
    def test_changed_or_cut_anywhere_never_fails(self, data: st.DataObject) -> None:
        whole = compound(msg_of(HEAD | {Property.TEXT: LETTER}, [attachment_of("方案.doc", PLAN)]))
        damaged = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))

        assert extract(Source("邮件.msg", bytes(damaged))).outcome is not Outcome.CRASHED


class TestRichText:
    def test_reference_repeats_what_came_before(self) -> None:
        # "{\rtf1\ansi" is in the dictionary from its first byte on.
        packed = b"\x01" + struct.pack(">H", 0 << 4 | 9) + b"\x02" + b"x" + struct.pack(">H", 219 << 4)
        data = struct.pack("<LL4sL", 0, 12, b"LZFu", 0) + packed

        assert b"{\\rtf1\\ansi" == rich_text(data, 100)[:11]

    @pytest.mark.parametrize("data", [b"", bytes(15), bytes(40), b"\xff" * 40])
    def test_what_is_none_gives_nothing(self, data: bytes) -> None:
        assert b"" == rich_text(data, 100)

    @given(st.binary(max_size=200))
    def test_never_grows_past_the_bound(self, data: bytes) -> None:
        packed = struct.pack("<LL4sL", 0, 2**31, b"LZFu", 0) + data

        assert len(rich_text(packed, 50)) <= 50


class TestWinmail:
    CODE_PAGE = (0x9007, struct.pack("<LL", 936, 0))
    BEGINS = (0x9002, bytes(14))

    def attached(self, data: bytes) -> Extraction:
        return tnef.extract(Source("winmail.dat", data), Limits())

    def test_attachments_are_members(self) -> None:
        data = tnef_of(
            self.CODE_PAGE,
            (0x800C, LETTER.encode("gbk") + b"\0"),
            *(self.BEGINS, (0x8010, "方案.doc".encode("gbk") + b"\0"), (0x800F, PLAN)),
            *(self.BEGINS, (0x8010, b"2~1.XLS\0"), (0x800F, b"2"), (0x9005, long_name("名单.xls"))),
        )

        extraction = self.attached(data)

        assert Format.TNEF is sniff(data, "winmail.dat")
        assert {"方案.doc": PLAN, "名单.xls": b"2"} == contents(extraction)
        assert (Outcome.OK, LETTER) == (extraction.outcome, text(extraction))

    def test_cut_off_one_gives_what_is_there(self) -> None:
        data = tnef_of(self.BEGINS, (0x8010, b"a.doc\0"), (0x800F, PLAN), self.BEGINS, (0x800F, bytes(99)))

        extraction = self.attached(data[:-50])

        assert (Outcome.PARTIAL, PLAN) == (extraction.outcome, extraction.members[0].data)

    @given(st.binary(max_size=80))
    def test_any_bytes_do_no_harm(self, data: bytes) -> None:
        properties = tnef_of(self.BEGINS, (0x800F, b"x"), (0x9005, data))

        assert 1 == len(self.attached(properties).members)


def long_name(name: str) -> bytes:
    """Return the properties of an attachment: a number, a named one, then the long name."""
    raw = name.encode("utf-16-le") + b"\0\0"
    named = struct.pack("<HH16sLL", 3, 0x8001, bytes(16), 0, 7) + struct.pack("<L", 1)
    value = struct.pack("<HHLL", 0x1F, 0x3707, 1, len(raw)) + raw + bytes(-len(raw) % 4)
    return struct.pack("<LHHL", 3, 3, 0x3705, 1) + named + value
