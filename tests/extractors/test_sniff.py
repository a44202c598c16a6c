"""A file is what its bytes say; the name only tells apart what is the same inside."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sniff import Format, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTENT_TYPES = "[Content_Types].xml"
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


def a_zip(*names: str, first: tuple[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        if first:
            package.writestr(*first)
        for name in names:
            package.writestr(name, "x" * 40)
    return buffer.getvalue()


def a_compound_file(*streams: str) -> bytes:
    """Return the smallest OLE2 file with some empty streams in its root: header, sector table, directory."""
    header = OLE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack(
        "<109I", 0, *[FREE] * 108
    )
    table = struct.pack("<128I", 0xFFFFFFFD, *([END] + [FREE] * 126))
    entries = [an_entry("Root Entry", 5, child=1)]
    entries += [an_entry(name, 2, right=number + 2) for number, name in enumerate(streams[:-1])]
    entries += [an_entry(name, 2) for name in streams[-1:]]
    return header + table + b"".join(entries).ljust(512, b"\x00")


def an_entry(name: str, kind: int, *, right: int = FREE, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\x00") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, right, child)
    return head + bytes(36) + struct.pack("<IQ", END, 0)


def a_tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("方案.docx"))
    return buffer.getvalue()


MAIL = "From: a@b.cn\r\nTo: c@d.cn\r\nSubject: =?gb18030?B?1tc=?=\r\n\r\n报送材料"
PAGE = "<html xmlns:w='urn:schemas-microsoft-com:office:word'><body>方案</body></html>"
PROGRAM = b"MZ\x90\x00" + bytes(range(256))

CASES = [
    ("方案.docx", a_zip(CONTENT_TYPES, "word/document.xml"), Format.DOCX),
    ("宏.docm", a_zip(CONTENT_TYPES, "word/document.xml", "word/vbaProject.bin"), Format.DOCX),
    ("改名.doc", a_zip(CONTENT_TYPES, "word/document.xml"), Format.DOCX),
    ("反斜杠.docx", a_zip(CONTENT_TYPES, "word\\document.xml"), Format.DOCX),
    ("大写.docx", a_zip(CONTENT_TYPES.upper(), "WORD/document.xml"), Format.DOCX),
    ("别处的正文.docx", a_zip(CONTENT_TYPES, "正文/document.xml"), Format.DOCX),
    ("表.xlsx", a_zip(CONTENT_TYPES, "xl/workbook.xml"), Format.XLSX),
    ("幻灯.pptx", a_zip(CONTENT_TYPES, "ppt/presentation.xml"), Format.PPTX),
    ("公文.ofd", a_zip("OFD.xml", "Doc_0/Document.xml"), Format.OFD),
    ("文.odt", a_zip(first=("mimetype", "application/vnd.oasis.opendocument.text")), Format.ODT),
    ("表.ods", a_zip(first=("mimetype", "application/vnd.oasis.opendocument.spreadsheet")), Format.ODS),
    ("材料.zip", a_zip("方案.docx", "word/说明.txt"), Format.ZIP),
    ("空.zip", a_zip(), Format.ZIP),
    ("方案.doc", a_compound_file("WordDocument", "1Table"), Format.DOC),
    ("大写.doc", a_compound_file("1TABLE", "WORDDOCUMENT"), Format.DOC),
    ("方案.wps", a_compound_file("WordDocument"), Format.WPS),
    ("改名.pdf", a_compound_file("WordDocument"), Format.DOC),
    ("表.xls", a_compound_file("Workbook"), Format.XLS),
    ("老表.xls", a_compound_file("Book"), Format.XLS),
    ("表.et", a_compound_file("Workbook"), Format.ET),
    ("幻灯.ppt", a_compound_file("PowerPoint Document"), Format.PPT),
    ("邮件.msg", a_compound_file("__properties_version1.0"), Format.MSG),
    ("有密码.docx", a_compound_file("EncryptionInfo", "EncryptedPackage"), Format.OLE_ENCRYPTED),
    ("别的.doc", a_compound_file("CONTENTS"), Format.UNKNOWN),
    ("坏的.doc", OLE + b"\xff" * 600, Format.UNKNOWN),
    ("方案.pdf", b"%PDF-1.4\n", Format.PDF),
    ("邮件网关加了一行.pdf", b"\r\n<gateway>\r\n%PDF-1.4\n", Format.PDF),
    ("方案.rtf", b"{\\rtf1\\ansi", Format.RTF),
    ("改名.doc", b"{\\rtf1\\ansi", Format.RTF),
    ("材料.rar", b"Rar!\x1a\x07\x01\x00", Format.RAR),
    ("材料.7z", b"7z\xbc\xaf\x27\x1c\x00\x04", Format.SEVENZIP),
    ("材料.gz", b"\x1f\x8b\x08\x00", Format.GZIP),
    ("材料.tar", a_tar(), Format.TAR),
    ("材料.bz2", b"BZh91AY&SY", Format.BZIP2),
    ("英文开头.txt", b"BZh is how this text begins", Format.TEXT),
    ("材料.xz", b"\xfd7zXZ\x00\x00", Format.XZ),
    ("winmail.dat", b"\x78\x9f\x3e\x22\x01\x00", Format.TNEF),
    ("自解压.exe", PROGRAM + a_zip("方案.docx"), Format.ZIP),
    ("自解压.exe", PROGRAM + b"Rar!\x1a\x07\x00", Format.RAR),
    ("程序.exe", PROGRAM, Format.UNKNOWN),
    ("最后一卷.zip", b"\x01\x02" + a_zip("方案.docx"), Format.ZIP),
    ("幻灯.odp", a_zip("content.xml", "META-INF/manifest.xml"), Format.UNKNOWN),
    ("书.epub", a_zip(first=("mimetype", "application/epub+zip")), Format.UNKNOWN),
    ("照片.jpg", b"\xff\xd8\xff\xe0", Format.IMAGE),
    ("照片.png", b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    ("照片.webp", b"RIFF\x10\x00\x00\x00WEBPVP8 ", Format.IMAGE),
    ("照片.heic", b"\x00\x00\x00\x18ftypheic", Format.IMAGE),
    ("照片.bmp", b"BM\x10\x00\x00\x00" + bytes(8), Format.IMAGE),
    ("传真.tif", b"II*\x00\x08\x00", Format.IMAGE),
    ("方案.txt", "关于五好建设的方案".encode(), Format.TEXT),
    ("记事本.txt", "关于五好建设的方案".encode("gb18030"), Format.TEXT),
    ("记事本.txt", "关于五好建设的方案".encode("utf-16"), Format.TEXT),
    ("英文开头.txt", b"BM is how this text begins", Format.TEXT),
    ("表.csv", "单位,人数\n".encode("gb18030"), Format.CSV),
    ("网页.html", PAGE.encode(), Format.HTML),
    ("改名.doc", b"\xef\xbb\xbf" + PAGE.encode(), Format.HTML),
    (
        "单个文件网页.doc",
        b"MIME-Version: 1.0\r\nDate: x\r\nContent-Type: multipart/related; b=1\r\n",
        Format.MHTML,
    ),
    (
        "老格式.xml",
        b"<?xml version='1.0'?><?mso-application progid=\"Word.Document\"?><w:x/>",
        Format.WORD_XML,
    ),
    ("平面.xml", b"<?xml version='1.0'?><pkg:package xmlns:pkg='x'>", Format.WORD_XML),
    ("邮件.eml", MAIL.encode("gb18030"), Format.EML),
    ("信.txt", "From: 舞阳县工商联\n方案一份".encode(), Format.TEXT),
    ("~$方案.docx", b"\x05admin".ljust(54, b"\x00").ljust(162, b" "), Format.LOCK_FILE),
    (".~方案.docx", b"\x05admin".ljust(162, b"\x00"), Format.LOCK_FILE),
    (".~lock.方案.odt#", b",admin,pc,02.11.2015 09:30,file:///x;", Format.LOCK_FILE),
    ("~$其实是方案.docx", a_zip(CONTENT_TYPES, "word/document.xml"), Format.DOCX),
    ("Thumbs.db", a_compound_file("256_x"), Format.LITTER),
    ("区/.DS_Store", b"\x00\x00\x00\x01Bud1", Format.LITTER),
    ("区\\desktop.ini", b"[.ShellClassInfo]", Format.LITTER),
    ("__MACOSX/._方案.docx", b"\x00\x05\x16\x07\x00\x02\x00\x00", Format.LITTER),
    ("空.docx", b"", Format.EMPTY),
    ("拔早了.docx", bytes(20_000), Format.EMPTY),
    ("前面全是零.docx", bytes(5_000) + b"x", Format.UNKNOWN),
    ("乱.docx", b"\x01\x02\x03\xff\xfe\x80", Format.UNKNOWN),
]


@pytest.mark.parametrize(("name", "data", "expected"), CASES, ids=[f"{c[0]}-{c[2]}" for c in CASES])
def test_format(name: str, data: bytes, expected: Format) -> None:
    assert expected is sniff(data, name)


@pytest.mark.parametrize("kept", [0.4, 0.6, 0.8])
def test_download_that_was_cut_off_is_still_what_it_was(kept: float) -> None:
    data = a_zip(CONTENT_TYPES, "_rels/.rels", "word/document.xml", "word/styles.xml")

    assert Format.DOCX is sniff(data[: int(len(data) * kept)], "方案.docx")


def test_text_may_be_cut_inside_a_character() -> None:
    text = "方案" * 5_000

    assert {Format.TEXT} == {
        sniff((" " * n + text).encode(code), "a.txt") for n in range(4) for code in CODES
    }


CODES = ("utf-8", "gb18030")


def test_zip_that_claims_very_many_members_is_not_listed() -> None:
    data = b"PK\x03\x04" + b"PK\x01\x02" * 30_000

    assert Format.ZIP is sniff(data, "炸弹.docx.zip")


@given(st.sampled_from([data for _, data, _ in CASES]), st.data())
def test_damaged_bytes_never_raise(data: bytes, draw: st.DataObject) -> None:
    damaged = bytearray(data)
    for place, value in draw.draw(
        st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 255)), max_size=8)
    ):
        if damaged:
            damaged[place % len(damaged)] = value
    end = draw.draw(st.integers(0, len(damaged)))

    assert sniff(bytes(damaged[:end]), "方案.docx") in Format
