"""Broken, hostile, foreign and empty papers: each has an outcome, none raises."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Notice, Outcome, Quality, Source
from extractors.word.docx import extract
from tests.builders.docx_builder import SPACES, docx, members_of, package, paragraph, row, table

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAPER = docx(paragraph("一、总体要求") + paragraph("深入学习贯彻。") + table(row("任务", "责任人")))
_BODY = "word/document.xml"


def _read(data: bytes, limits: Limits | None = None) -> Extraction:
    return extract(Source("方案.docx", data), limits or Limits())


def _with(name: str, content: str | bytes) -> bytes:
    return package({**members_of(_PAPER), name: content})


@pytest.mark.parametrize(
    ("data", "outcome", "code"),
    [
        (b"not a zip", Outcome.UNREADABLE, "not_a_package"),
        (_PAPER[: len(_PAPER) // 2], Outcome.UNREADABLE, "not_a_package"),
        (package({"mimetype": "x"}), Outcome.UNREADABLE, "no_main_part"),
        (_with(_BODY, ""), Outcome.UNREADABLE, "no_body"),
        (_with(_BODY, "no xml at all"), Outcome.UNREADABLE, "no_body"),
        (_OLE + bytes(600), Outcome.UNREADABLE, "not_a_package"),
        (_OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), Outcome.ENCRYPTED, "encrypted"),
    ],
    ids=["no zip", "cut off", "no main part", "empty body part", "no xml", "old format", "password"],
)
def test_paper_that_cannot_be_read(data: bytes, outcome: Outcome, code: str) -> None:
    extraction = _read(data)

    assert outcome is extraction.outcome
    assert code == extraction.notices[0].code
    assert extraction.notices[0].is_loss


@pytest.mark.parametrize("body", ["", paragraph(), paragraph("  ")])
def test_paper_without_words_is_empty(body: str) -> None:
    assert _read(docx(body)).outcome is Outcome.EMPTY


def test_xml_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    whole = members_of(_PAPER)[_BODY].decode()
    extraction = _read(_with(_BODY, whole[: whole.index("贯彻")]))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert extraction.document.visible_text() == "一、总体要求\n深入学习"
    assert extraction.document.quality is Quality.POOR
    assert Notice("damaged_xml", _BODY, is_loss=True) in extraction.notices


def test_flipped_byte_is_survived() -> None:
    with zipfile.ZipFile(io.BytesIO(_PAPER)) as archive:
        place = archive.getinfo(_BODY).header_offset + 30 + len(_BODY) + 250
    damaged = bytearray(_PAPER)
    damaged[place] ^= 0xFF

    extraction = _read(bytes(damaged))

    assert extraction.outcome in (Outcome.PARTIAL, Outcome.UNREADABLE)
    assert extraction.notices[0].is_loss


def test_damaged_part_beside_the_body_leaves_a_partial_paper() -> None:
    data = docx(paragraph("正文"), styles="<w:style")

    extraction = _read(data)

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert extraction.document.visible_text() == "正文"


def test_strict_variant_is_read() -> None:
    strict = {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "wordprocessingml/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "officeDocument/relationships",
        "http://schemas.openxmlformats.org/drawingml/2006/main": "drawingml/main",
    }
    members = members_of(_PAPER)
    for name in (_BODY, "_rels/.rels"):
        content = members[name].decode()
        for usual, short in strict.items():
            content = content.replace(usual, f"http://purl.oclc.org/ooxml/{short}")
        members[name] = content.encode()

    assert _read(package(members)).document == _read(_PAPER).document


@pytest.mark.parametrize(
    ("kind", "main"),
    [
        ("template.main", "word/document.xml"),
        ("document.macroEnabled.main", "word/document.xml"),
        ("document.main", "word/document2.xml"),
    ],
)
def test_templates_macros_and_other_main_parts(kind: str, main: str) -> None:
    extraction = _read(docx(paragraph("正文"), main_type=kind, main=main))

    assert extraction.outcome is Outcome.OK


def test_names_with_backslashes_are_found() -> None:
    data = package({name.replace("/", "\\"): content for name, content in members_of(_PAPER).items()})

    assert _read(data).outcome is Outcome.OK


def test_utf16_part_is_read() -> None:
    members = members_of(docx(paragraph("正文")))
    members[_BODY] = ('<?xml version="1.0" encoding="UTF-16"?>' + members[_BODY].decode()).encode("utf-16")

    document = _read(package(members)).document

    assert document is not None
    assert document.visible_text() == "正文"


def test_entities_are_neither_fetched_nor_expanded() -> None:
    entity = '<!DOCTYPE w:document [<!ENTITY secret SYSTEM "file:///etc/hostname"><!ENTITY a "炸">]>'
    body = (
        f"{entity}<w:document {SPACES}><w:body>{paragraph('甲')}<w:p><w:r><w:t>&secret;&a;</w:t></w:r></w:p>"
    )
    extraction = _read(_with(_BODY, body + "</w:body></w:document>"))

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert extraction.document.visible_text() == "甲"


def test_bomb_is_not_unpacked() -> None:
    bomb = docx(paragraph("爆" * 300_000))

    extraction = _read(bomb, replace(Limits(), max_xml_bytes=100_000))

    assert extraction.outcome is Outcome.TOO_BIG
    assert len(bomb) < 20_000


def test_size_in_the_directory_may_lie() -> None:
    data = bytearray(docx(paragraph("爆" * 300_000)))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(_BODY).file_size
    small = (50).to_bytes(4, "little")
    data = bytearray(bytes(data).replace(size.to_bytes(4, "little"), small))

    extraction = _read(bytes(data), replace(Limits(), max_xml_bytes=100_000))

    assert extraction.outcome in (Outcome.TOO_BIG, Outcome.UNREADABLE, Outcome.PARTIAL)


@pytest.mark.parametrize("limits", [replace(Limits(), max_characters=10), replace(Limits(), max_bytes=100)])
def test_bounds_on_text_and_file(limits: Limits) -> None:
    assert _read(docx(paragraph("工商联" * 10)), limits).outcome is Outcome.TOO_BIG


def test_nesting_without_end_is_bounded() -> None:
    deep = paragraph("底")
    for _ in range(70):
        deep = table(row(f"<w:tc>{deep}<w:p/></w:tc>"))

    extraction = _read(docx(paragraph("正文") + deep))

    assert extraction.outcome is Outcome.PARTIAL
    assert {"too_deep"} <= {notice.code for notice in extraction.notices}


def test_deep_links_are_bounded() -> None:
    deep = "<w:hyperlink>" * 200 + "<w:r><w:t>底</w:t></w:r>" + "</w:hyperlink>" * 200

    extraction = _read(docx(paragraph("正文", deep)))

    assert extraction.outcome is Outcome.PARTIAL


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(_PAPER) - 1), st.integers(1, 255), st.integers(0, 40))
def test_any_damage_has_an_outcome(place: int, flip: int, cut: int) -> None:
    damaged = bytearray(_PAPER)
    damaged[place] ^= flip

    extraction = _read(bytes(damaged[: len(damaged) - cut]))

    assert (extraction.document is not None) == extraction.outcome.has_text


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_to_the_xml_has_an_outcome(data: st.DataObject) -> None:
    whole = bytearray(members_of(_PAPER)[_BODY])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] = data.draw(st.integers(0, 255))

    extraction = _read(_with(_BODY, bytes(whole)))

    assert (extraction.document is not None) == extraction.outcome.has_text


def test_member_cut_in_the_middle_is_unpacked_as_far_as_it_goes() -> None:
    words = "".join(chr(0x4E00 + (place * 7919) % 20_000) for place in range(3_000))
    members = members_of(docx(paragraph("开头") + paragraph(words)))
    data = package(members)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = archive.getinfo(_BODY)
    start = member.header_offset + 30 + len(_BODY)
    broken = (
        data[: start + 3_000] + bytes(member.compress_size - 3_000) + data[start + member.compress_size :]
    )

    extraction = _read(broken)

    assert zlib.crc32(b"") == 0
    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert extraction.document.visible_text().startswith("开头")
