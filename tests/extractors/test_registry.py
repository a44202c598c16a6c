"""Whatever goes through the door, an outcome comes out."""

from __future__ import annotations

import sys
import types

import pytest

from extractors import registry
from extractors.document import Document, Extraction, Limits, Outcome, Source
from extractors.registry import extract
from extractors.sniff import Format

TEXT = "关于五好建设的方案".encode()


def put_in(monkeypatch: pytest.MonkeyPatch, function: object) -> None:
    """Let an invented module read plain text."""
    module = types.ModuleType("extractors_invented")
    module.extract = function  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "extractors_invented", module)
    monkeypatch.setitem(registry._EXTRACTORS, Format.TEXT, "extractors_invented:extract")


@pytest.mark.parametrize(
    ("name", "data", "outcome", "codes"),
    [
        ("空.docx", b"", Outcome.EMPTY, []),
        ("拔早了.docx", bytes(100), Outcome.EMPTY, []),
        ("~$方案.docx", b"\x05admin", Outcome.IGNORED, []),
        ("Thumbs.db", b"x", Outcome.IGNORED, []),
        ("照片.jpg", b"\xff\xd8\xff\xe0", Outcome.UNREADABLE, ["damaged_file"]),
        ("程序.exe", b"MZ\x90\x00\x03", Outcome.UNSUPPORTED, ["unsupported_format"]),
        ("坏.pdf", b"\x01\x02\x03", Outcome.UNREADABLE, ["damaged_content"]),
        ("坏.docx", b"PK\x03\x04 then nothing", Outcome.UNREADABLE, None),
        ("坏.pdf", b"%PDF-1.4 then nothing", Outcome.UNREADABLE, None),
    ],
)
def test_outcome(name: str, data: bytes, outcome: Outcome, codes: list[str] | None) -> None:
    extraction = extract(Source(name, data))

    assert outcome is extraction.outcome
    assert extraction.document is None or not extraction.document.content
    if codes is not None:
        assert codes == [notice.code for notice in extraction.notices]


def test_file_past_the_limit_is_too_big() -> None:
    assert Outcome.TOO_BIG is extract(Source("方案.txt", TEXT), Limits(max_bytes=10)).outcome


def test_text_is_read() -> None:
    extraction = extract(Source("改名.doc", TEXT))

    assert extraction.document
    assert (extraction.outcome, extraction.document.visible_text()) == (Outcome.OK, "关于五好建设的方案")


def test_extractor_gets_source_and_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    put_in(monkeypatch, lambda *given: seen.extend(given) or Extraction(Outcome.OK, Document(())))

    extract(Source("a.txt", TEXT), Limits(max_pages=3))

    assert [Source("a.txt", TEXT), Limits(max_pages=3)] == seen


def test_defect_of_an_extractor_is_an_outcome_with_the_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: Source, limits: Limits) -> Extraction:
        raise KeyError("附件")

    put_in(monkeypatch, broken)

    extraction = extract(Source("a.txt", TEXT))

    (notice,) = extraction.notices
    assert (extraction.outcome, notice.code, notice.is_loss) == (Outcome.CRASHED, "crashed", True)
    assert notice.detail.startswith("KeyError: '附件' (test_registry.py:")


def test_lack_of_memory_is_no_defect(monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(source: Source, limits: Limits) -> Extraction:
        raise MemoryError

    put_in(monkeypatch, greedy)

    assert Outcome.TOO_BIG is extract(Source("a.txt", TEXT)).outcome


def test_missing_library_concerns_only_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(registry._EXTRACTORS, Format.RTF, "no_such_library.rtf:extract")

    extraction = extract(Source("a.rtf", b"{\\rtf1"))

    assert (extraction.outcome, extraction.notices[0].detail) == (Outcome.MISSING_TOOL, "no_such_library")
    assert Outcome.OK is extract(Source("a.txt", TEXT)).outcome


def test_stop_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(source: Source, limits: Limits) -> Extraction:
        raise KeyboardInterrupt

    put_in(monkeypatch, stopped)

    with pytest.raises(KeyboardInterrupt):
        extract(Source("a.txt", TEXT))
