"""Mails as they travel: head, words and attachments, however a Chinese mail program spells them."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Outcome, Source
from extractors.mail.eml import extract
from extractors.mail.words import spoken
from tests.builders.mail_builder import eml_of, encoded_word, file_part, text_part

PLAN = "舞阳县工商联工作方案".encode()
LETTER = "现将我县工作方案报上，请审阅。"


def opened(data: bytes, **limits: int) -> Extraction:
    return extract(Source("邮件.eml", data), Limits(**limits))


def text(extraction: Extraction) -> str:
    return extraction.document.visible_text() if extraction.document else ""


def contents(extraction: Extraction) -> dict[str, bytes]:
    return {member.name.removeprefix("邮件.eml/"): member.data for member in extraction.members}


def codes(extraction: Extraction) -> list[str]:
    return [notice.code for notice in extraction.notices]


class TestHead:
    def test_becomes_a_table_before_the_words(self) -> None:
        heads = (
            f"Subject: {encoded_word('关于报送方案的函')}",
            f"From: {encoded_word('舞阳县工商联')} <wy@example.cn>",
            "Date: Thu, 28 May 2015 09:05:00 +0800",
            "To: sgsl@example.cn",
        )

        extraction = opened(eml_of(text_part(LETTER), heads=heads))

        assert extraction.document
        assert Outcome.OK is extraction.outcome
        assert text(extraction).split("\n") == [
            "主题\t关于报送方案的函",
            "发件人\t舞阳县工商联 <wy@example.cn>",
            "日期\t2015年5月28日 9:05",
            "收件人\tsgsl@example.cn",
            LETTER,
        ]
        (block,) = extraction.document.blocks()
        assert (1, LETTER) == (block.locator.block, extraction.document.text_at(block.locate(0, 99)))

    @pytest.mark.parametrize(
        "raw",
        [
            encoded_word("舞阳县方案"),
            encoded_word("舞阳县方案", "utf-8"),
            "=?gb2312?B?zujR9A==?=\r\n =?gb2312?B?z9i3vbC4?=",
            # Two programs cut after the third byte: in the middle of a character.
            "=?gbk?B?zujR?= =?gbk?B?9M/Yt72wuA==?=",
            "=?GB2312?Q?=CE=E8=D1=F4=CF=D8?= =?GB2312?Q?=B7=BD=B0=B8?=",
            "舞阳县方案".encode("gbk").decode("ascii", "surrogateescape"),
            "舞阳县方案".encode().decode("ascii", "surrogateescape"),
            "=?x-unknown?B?" + base64.b64encode("舞阳县方案".encode("gbk")).decode() + "?=",
        ],
    )
    def test_words_are_read_in_any_encoding(self, raw: str) -> None:
        assert "舞阳县方案" == spoken(raw)

    def test_characters_beyond_gb2312_may_be_called_gb2312(self) -> None:
        word = f"=?gb2312?B?{base64.b64encode('镕基喆'.encode('gb18030')).decode()}?="

        assert "镕基喆" == spoken(word)

    @given(st.text(max_size=60))
    def test_no_head_makes_it_fail(self, raw: str) -> None:
        assert isinstance(spoken(raw), str)

    def test_date_that_is_none_stays_as_it_is(self) -> None:
        assert "日期\t明天" in text(opened(eml_of(text_part(LETTER), heads=("Date: 明天".encode(),))))


class TestWords:
    @pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030", "big5"])
    def test_in_the_stated_encoding(self, charset: str) -> None:
        words = "縣工商聯方案" if charset == "big5" else LETTER

        assert words in text(opened(eml_of(text_part(words, charset))))

    def test_in_another_than_stated(self) -> None:
        part = text_part(LETTER, "gb2312").replace(b"gb2312", b"utf-8")

        assert LETTER in text(opened(eml_of(part)))

    def test_of_a_web_page_are_read(self) -> None:
        page = f"<html><head><meta charset=gb2312></head><body><p>{LETTER}</p><p>附件见后</p></body></html>"

        assert f"{LETTER}\n附件见后" in text(opened(eml_of(text_part(page, "gb2312", "html"))))

    def test_of_two_ways_to_say_the_same_one_is_read(self) -> None:
        ways = (text_part(LETTER), text_part(f"<p>{LETTER}</p>", kind="html"))

        assert text(opened(alternatives(*ways))).count(LETTER) == 1

    def test_of_a_stub_beside_a_page_the_page_is_read(self) -> None:
        ways = (text_part("请用网页方式查看"), text_part(f"<p>{LETTER * 5}</p>", kind="html"))

        assert LETTER in text(opened(alternatives(*ways)))

    def test_in_parts_one_after_the_other_are_all_read(self) -> None:
        parts = (text_part("第一段"), text_part("<p>第二段</p>", kind="html"), text_part("第三段"))

        extraction = opened(eml_of(*parts))

        assert "第一段\n第二段\n第三段" in text(extraction)
        assert extraction.document
        assert [1, 2, 3] == [block.locator.block for block in extraction.document.blocks()]

    def test_before_a_missing_end_are_kept(self) -> None:
        extraction = opened(eml_of(text_part(LETTER))[:-7])

        assert (Outcome.PARTIAL, ["mail_cut_off"]) == (extraction.outcome, codes(extraction))
        assert LETTER in text(extraction)


def alternatives(*ways: bytes) -> bytes:
    return eml_of(*ways).replace(b"multipart/mixed", b"multipart/alternative")


class TestAttachments:
    @pytest.mark.parametrize(
        "disposition",
        [
            f'; filename="{encoded_word("方案.doc")}"',
            "; filename*=gb2312''%B7%BD%B0%B8.doc",
            "; filename*0*=utf-8''%E6%96%B9%E6; filename*1*=%A1%88.doc",
            '; filename="方案.doc"'.encode("gbk"),
            '; filename="方案.doc"'.encode(),
            '; filename="..\\..\\方案.doc"'.encode(),
        ],
        ids=["RFC 2047", "RFC 2231", "RFC 2231 分段", "GBK 原样", "UTF-8 原样", "路径"],
    )
    def test_are_members_under_their_names(self, disposition: str | bytes) -> None:
        extraction = opened(eml_of(text_part(LETTER), file_part(disposition, PLAN)))

        assert (Outcome.OK, {"方案.doc": PLAN}) == (extraction.outcome, contents(extraction))

    def test_name_beside_the_type_will_do(self) -> None:
        part = file_part("", PLAN, f'application/msword; name="{encoded_word("方案.doc")}"')

        assert {"方案.doc": PLAN} == contents(opened(eml_of(part)))

    def test_without_a_name_get_one(self) -> None:
        extraction = opened(eml_of(file_part("", PLAN, "application/pdf"), file_part("", b"2", "image/png")))

        assert ["附件.pdf", "附件.png"] == list(contents(extraction))

    def test_text_file_is_an_attachment_and_no_words(self) -> None:
        extraction = opened(eml_of(text_part(LETTER), file_part('; filename="a.txt"', PLAN, "text/plain")))

        assert {"a.txt": PLAN} == contents(extraction)
        assert PLAN.decode() not in text(extraction)

    def test_forwarded_mail_is_a_mail_of_its_own(self) -> None:
        inner = eml_of(
            text_part(LETTER),
            file_part('; filename="方案.doc"'.encode(), PLAN),
            heads=(f"Subject: {encoded_word('舞阳的方案')}", "From: a@b.cn"),
        )
        forwarded = b"Content-Type: message/rfc822\r\n\r\n" + inner

        extraction = opened(eml_of(text_part("转给你"), forwarded, boundary=b"=outer"))

        ((name, data),) = contents(extraction).items()
        assert "舞阳的方案.eml" == name
        assert {"方案.doc": PLAN} == contents(opened(data))

    def test_past_the_bound_stay_behind(self) -> None:
        parts = [file_part(f'; filename="{number}.bin"', bytes(100)) for number in range(4)]

        extraction = opened(eml_of(*parts), max_unpacked=250)

        assert (Outcome.PARTIAL, ["0.bin", "1.bin"]) == (extraction.outcome, list(contents(extraction)))
        assert ["邮件.eml/2.bin", "邮件.eml/3.bin"] == [one.name for one in extraction.withheld]

    def test_sealed_mail_is_listed_as_encrypted(self) -> None:
        part = file_part('; filename="smime.p7m"', b"?", "application/pkcs7-mime; smime-type=enveloped-data")

        extraction = opened(eml_of(part))

        assert [("邮件.eml/smime.p7m", Outcome.ENCRYPTED)] == [
            (w.name, w.outcome) for w in extraction.withheld
        ]

    def test_file_that_lies_elsewhere_is_missed(self) -> None:
        part = b'Content-Type: message/external-body; name="a.doc"; access-type=URL\r\n\r\nx: y\r\n'

        assert ["member_is_link"] == codes(opened(eml_of(part)))


class TestHostile:
    def test_mail_of_nothing_is_empty(self) -> None:
        assert Outcome.EMPTY is opened(b"\r\n\r\n").outcome

    def test_parts_within_parts_end_somewhere(self) -> None:
        data = b"".join(
            b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (level, level)
            for level in range(200)
        )

        extraction = opened(b"Subject: x\r\nFrom: y\r\n" + data + b"Content-Type: text/plain\r\n\r\nx")

        assert any(notice.is_loss for notice in extraction.notices)

    @settings(max_examples=80)
    @given(st.data())
    def test_changed_or_cut_anywhere_never_fails(self, data: st.DataObject) -> None:
        whole = eml_of(text_part(LETTER), file_part('; filename="方案.doc"'.encode(), PLAN))
        mail = bytearray(whole[: data.draw(st.integers(1, len(whole)))])
        mail[data.draw(st.integers(0, len(mail) - 1))] = data.draw(st.integers(0, 255))

        extraction = opened(bytes(mail))

        assert extraction.outcome in (Outcome.OK, Outcome.PARTIAL, Outcome.EMPTY)
