"""Locked, broken and hostile OFD packages each end with their own outcome and never raise."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Extraction, Limits, Outcome, Quality, Source
from extractors.ofd.reader import extract
from tests.builders.ofd_builder import SPACE, ofd, packed, page, text

_SENTENCE = "县工商联走访会员企业三十五家，协调解决融资难题十二个。"
_GOOD = ofd(page(text(_SENTENCE)), page(text("二、实施步骤")))


def read(data: bytes, limits: Limits | None = None) -> Extraction:
    return extract(Source("方案.ofd", data), limits or Limits())


def codes(extraction: Extraction) -> set[str]:
    document = extraction.document
    return {notice.code for notice in (*extraction.notices, *(document.notices if document else ()))}


def test_bytes_that_are_no_package() -> None:
    extraction = read(b"OFD" * 50)

    assert (extraction.outcome, {"not_a_package"}) == (Outcome.UNREADABLE, codes(extraction))


def test_package_without_a_paper() -> None:
    extraction = read(packed({"OFD.xml": f"<ofd:OFD {SPACE}/>"}))

    assert (extraction.outcome, {"no_main_part"}) == (Outcome.UNREADABLE, codes(extraction))


def test_page_that_is_missing_is_told_and_never_counts_as_read() -> None:
    data = ofd(page(text(_SENTENCE)), page(text("二、")), parts={"Doc_0/Pages/Page_1/Content.xml": ""})

    extraction = read(data)

    assert extraction.outcome is Outcome.PARTIAL
    assert extraction.document is not None
    assert (_SENTENCE, Quality.NONE) == (extraction.document.visible_text(), extraction.document.quality)
    assert "damaged_page" in codes(extraction)


def test_blank_paper_is_empty() -> None:
    assert read(ofd(page(""))).outcome is Outcome.EMPTY


def test_all_papers_of_a_package_are_read() -> None:
    second = "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody>"
    pages = '<ofd:Pages><ofd:Page ID="1" BaseLoc="Content.xml"/></ofd:Pages>'
    first = ofd(page(text(_SENTENCE)))
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["OFD.xml"] = members["OFD.xml"].replace(b"</ofd:OFD>", f"{second}</ofd:OFD>".encode())
    members["Doc_1/Document.xml"] = f"<ofd:Document {SPACE}>{pages}</ofd:Document>".encode()
    members["Doc_1/Content.xml"] = page(text("附件：任务分工")).encode()

    document = read(packed(members)).document

    assert document is not None
    assert [(1, _SENTENCE), (2, "附件：任务分工")] == [
        (block.locator.page, block.text) for block in document.blocks()
    ]


def test_current_version_is_the_one_that_is_read() -> None:
    versions = (
        '<ofd:Versions><ofd:Version ID="1" Index="1" Current="true" BaseLoc="Doc_0/Versions/V1.xml"/>'
        "</ofd:Versions>"
    )
    root = f"<ofd:DocVersion {SPACE}><ofd:DocRoot>/Doc_0/Document_1.xml</ofd:DocRoot></ofd:DocVersion>"
    pages = '<ofd:Pages><ofd:Page ID="1" BaseLoc="New.xml"/></ofd:Pages>'
    data = ofd(
        page(text("初稿")),
        in_body=versions,
        parts={
            "Doc_0/Versions/V1.xml": root,
            "Doc_0/Document_1.xml": f"<ofd:Document {SPACE}>{pages}</ofd:Document>",
            "Doc_0/New.xml": page(text("定稿")),
        },
    )

    document = read(data).document

    assert document is not None
    assert "定稿" == document.visible_text()


def test_encrypted_pages_are_encrypted() -> None:
    data = ofd(
        page(""),
        parts={
            "Encryptions.xml": f"<ofd:Encryptions {SPACE}/>",
            "Doc_0/Pages/Page_0/Content.xml": b"\x8f\x11\x02" * 40,
        },
    )

    assert read(data).outcome is Outcome.ENCRYPTED


def test_paper_encrypted_in_part_is_partial() -> None:
    data = ofd(page(text(_SENTENCE)), parts={"Doc_0/decryptseed.dat": b"\x01"})

    extraction = read(data)

    assert (extraction.outcome, {"encrypted_part"}) == (Outcome.PARTIAL, codes(extraction))


def test_package_with_a_password_is_encrypted() -> None:
    locked = bytearray(_GOOD)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = locked.find(signature)
        while start >= 0:
            locked[start + place] |= 1
            start = locked.find(signature, start + 4)

    assert read(bytes(locked)).outcome is Outcome.ENCRYPTED


@pytest.mark.parametrize(
    "location", ["../../../etc/passwd", "/etc/passwd", "C:\\Windows\\win.ini", "\x00", "a/" * 5000]
)
def test_reference_out_of_the_package_finds_nothing(location: str) -> None:
    attachment = f'<ofd:Attachment Name="a"><ofd:FileLoc>{location}</ofd:FileLoc></ofd:Attachment>'
    data = ofd(
        page(text(_SENTENCE)),
        after_pages="<ofd:Attachments>A.xml</ofd:Attachments>",
        parts={"Doc_0/A.xml": f"<ofd:Attachments {SPACE}>{attachment}</ofd:Attachments>"},
    )

    assert () == read(data).members


def test_outer_entity_is_not_opened() -> None:
    hostile = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + page(text("五好")).replace(
        ">五好<", ">五好&x;<"
    )

    extraction = read(ofd(hostile))

    assert extraction.document is not None
    assert "五好" == extraction.document.visible_text()
    assert (extraction.outcome, {"document_type"}) == (Outcome.PARTIAL, codes(extraction))


def test_entities_that_multiply_are_not_expanded() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    hostile = f'<!DOCTYPE a [<!ENTITY e0 "笑">{levels}]>' + page(text("五好")).replace(
        ">五好<", ">五好&e11;<"
    )

    extraction = read(ofd(hostile))

    assert extraction.outcome is not Outcome.OK
    assert extraction.document is None or len(extraction.document.visible_text()) < 100


def test_drawing_that_holds_itself_ends() -> None:
    used = '<ofd:CompositeObject ResourceID="6" Boundary="0 0 9 9"/>' * 3
    unit = f'<ofd:CompositeGraphicUnit ID="6"><ofd:Content>{used}</ofd:Content></ofd:CompositeGraphicUnit>'
    data = ofd(
        page(text(_SENTENCE) + used),
        common="<ofd:PublicRes>Res.xml</ofd:PublicRes>",
        parts={"Doc_0/Res.xml": f"<ofd:Res {SPACE}>{unit}</ofd:Res>"},
    )

    extraction = read(data)

    assert (extraction.outcome, {"unknown_construct"}) == (Outcome.PARTIAL, codes(extraction))


def test_too_many_bytes_of_xml_are_too_big() -> None:
    extraction = read(ofd(page(text(_SENTENCE * 400))), Limits(max_xml_bytes=5_000))

    assert (extraction.outcome, {"xml_too_big"}) == (Outcome.TOO_BIG, codes(extraction))


@pytest.mark.parametrize(
    ("limits", "code"), [(Limits(max_pages=1), "page_limit"), (Limits(max_characters=10), "character_limit")]
)
def test_pages_past_a_limit_are_told(limits: Limits, code: str) -> None:
    extraction = read(_GOOD, limits)

    assert extraction.document is not None
    assert (Outcome.PARTIAL, 2) == (extraction.outcome, extraction.document.page_count)
    assert code in codes(extraction)


@pytest.mark.parametrize(
    "boundary",
    ["", "1 2 3", "nan nan nan nan", "inf 0 1 1", "1e308 1e308 1e308 1e308", "-5 -5 0 0", "a b c d"],
)
def test_impossible_places_do_no_harm(boundary: str) -> None:
    stated = f'Boundary="{boundary}" CTM="{boundary}"'
    code = (
        f'<ofd:TextObject Size="{boundary}" {stated} HScale="nan">'
        '<ofd:TextCode X="x" Y="">五好</ofd:TextCode></ofd:TextObject>'
    )
    drawn = (
        f"<ofd:PathObject {stated}><ofd:AbbreviatedData>M 1 L Z x 3 {boundary} B 1</ofd:AbbreviatedData>"
        f"</ofd:PathObject><ofd:ImageObject {stated}/>"
    )

    extraction = read(ofd(page(code + drawn + text(_SENTENCE), area=boundary), size=boundary))

    assert extraction.document is not None
    assert _SENTENCE in extraction.document.visible_text()


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(_GOOD) - 1), st.integers(0, 255), st.integers(1, len(_GOOD)))
def test_damage_anywhere_has_an_outcome(place: int, value: int, length: int) -> None:
    data = bytearray(_GOOD)
    data[place] = value

    assert isinstance(read(bytes(data)).outcome, Outcome)
    assert isinstance(read(bytes(data[:length])).outcome, Outcome)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet='<>/ofd:PageLyrTxtCod"= 0123456789.-五好&;', max_size=80), st.integers(0, 400))
def test_odd_markup_has_an_outcome(inserted: str, place: int) -> None:
    content = page(text(_SENTENCE))

    extraction = read(ofd(content[:place] + inserted + content[place:]))

    assert isinstance(extraction.outcome, Outcome)
