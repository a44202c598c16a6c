"""Whoever can read pictures hands in a function; what it answers becomes a page like any other."""

from __future__ import annotations

import pytest

from extractors.document import Box, Document, Extraction, Limits, Notice, Outcome, Quality, Source, Table
from extractors.ocr import available, scans
from extractors.ocr.available import recogniser
from extractors.pdf.drawings import Rule
from extractors.pdf.reader import extract
from extractors.pdf.recognise import PageImage, RecognisedPage, grade_of, notices_of
from extractors.pdf.words import Frame, Word
from tests.builders.pdf_builder import Paper, mapped_pdf

WORD = Word("自查报告", 80.0, 100.0, 144.0, 116.0, 16.0)


def scan(pages: int = 1) -> bytes:
    paper = Paper()
    for number in range(pages):
        paper.picture(0, 0, 595, 842)
        if number < pages - 1:
            paper.next_page()
    return paper.data()


def read(data: bytes, *answers: RecognisedPage | None) -> Extraction:
    waiting = list(answers)
    return extract(Source("扫描件.pdf", data), Limits(), lambda _: waiting.pop(0))


def document(extraction: Extraction) -> Document:
    assert extraction.document is not None
    return extraction.document


def test_the_engine_gets_the_page_in_colour_at_200_dots_an_inch() -> None:
    seen: list[PageImage] = []

    def look(image: PageImage) -> RecognisedPage:
        seen.append(image)
        return RecognisedPage()

    extract(Source("扫描件.pdf", scan()), Limits(), look)

    (image,) = seen
    assert (1653, 2339) == (image.width, image.height)
    assert 3 * image.width * image.height == len(image.pixels)
    assert 595 == pytest.approx(image.width / image.dots_per_point, abs=0.5)


def test_words_and_their_places_come_out() -> None:
    extraction = read(scan(), RecognisedPage(words=(WORD,), confidence=0.99))

    (block,) = document(extraction).blocks()
    assert (Outcome.OK, "自查报告") == (extraction.outcome, block.text)
    assert Box(80.0, 100.0, 144.0, 116.0) == block.lines[0].box
    assert [(Quality.FAIR, "recognised")] == [
        (grade.quality, grade.reason) for grade in document(extraction).grades
    ]


def test_ruling_lines_make_a_table() -> None:
    rules = [Rule(False, top, 80.0, 280.0) for top in (100.0, 130.0, 160.0)]
    rules += [Rule(True, left, 100.0, 160.0) for left in (80.0, 180.0, 280.0)]
    words = [
        Word(text, left, top, left + 32.0, top + 16.0, 16.0)
        for text, left, top in (("姓名", 90, 107), ("职务", 190, 107), ("张清", 90, 137), ("主席", 190, 137))
    ]

    extraction = read(scan(), RecognisedPage(words=tuple(words), rules=tuple(rules), confidence=0.99))

    (table,) = document(extraction).content
    assert isinstance(table, Table)
    assert [["姓名", "职务"], ["张清", "主席"]] == [[cell.text for cell in row] for row in table.rows()]


def test_a_page_on_its_side_is_shown_on_its_side() -> None:
    # Upright it is 842 wide; its upper left corner is the lower left one of the page as it came.
    extraction = read(scan(), RecognisedPage(words=(WORD,), confidence=0.99, turns=1))

    (block,) = document(extraction).blocks()
    assert Box(100.0, 842 - 144.0, 116.0, 842 - 80.0) == block.locator.box


def test_a_lean_is_put_back_for_the_place() -> None:
    level = Frame(0.0, 0.0, 600.0, 800.0)
    leaning = Frame(0.0, 0.0, 600.0, 800.0, tilt=2.0)

    box = level.shown(Box(290.0, 0.0, 310.0, 10.0), leaning)

    # At the top of a sheet that leans clockwise print stands 395 × sin 2° further to the right.
    assert (box.left + box.right) / 2 == pytest.approx(300 + 395 * 0.0349, abs=0.1)
    assert box.bottom - box.top > 10.0


def test_a_stamp_is_on_record() -> None:
    extraction = read(scan(), RecognisedPage(words=(WORD,), confidence=0.99, is_stamped=True))

    assert document(extraction).is_stamped
    assert Notice("stamp", "1") in document(extraction).notices


@pytest.mark.parametrize(
    ("confidence", "expected"),
    [
        (0.99, Quality.FAIR),
        (0.90, Quality.FAIR),
        (0.89, Quality.POOR),
        (0.75, Quality.POOR),
        (0.6, Quality.NONE),
    ],
)
def test_a_page_is_never_better_than_fair(confidence: float, expected: Quality) -> None:
    assert expected is grade_of(RecognisedPage(words=(WORD,), confidence=confidence), 1).quality


def test_badly_read_pages_are_a_loss() -> None:
    extraction = read(scan(), RecognisedPage(words=(WORD,), confidence=0.5))

    assert Outcome.PARTIAL is extraction.outcome
    assert Notice("badly_recognised", "1", is_loss=True) in document(extraction).notices


def test_doubtful_lines_are_told_but_not_without_end() -> None:
    page = RecognisedPage(words=(WORD,), confidence=0.99, doubtful=tuple("甲乙丙丁戊己庚"))

    told = [notice.detail for notice in notices_of(page, 3)]

    assert ["第3页“甲”", "第3页“乙”", "第3页“丙”", "第3页“丁”", "第3页“戊”", "第3页另有2处"] == told


def test_areas_that_could_not_be_read_are_a_loss() -> None:
    page = RecognisedPage(words=(WORD,), confidence=0.99, unread_count=1)

    assert [Notice("badly_recognised", "2", is_loss=True)] == list(notices_of(page, 2))


def test_a_picture_without_words_is_unread_and_not_the_want_of_a_tool() -> None:
    extraction = read(scan(), RecognisedPage())

    assert Outcome.UNREADABLE is extraction.outcome
    assert Notice("nothing_recognised", "1", is_loss=True) in document(extraction).notices


def test_the_blank_back_of_a_page_is_no_loss() -> None:
    extraction = read(scan(2), RecognisedPage(words=(WORD,), confidence=0.99), RecognisedPage(is_blank=True))

    assert Outcome.OK is extraction.outcome
    assert Quality.FAIR is document(extraction).quality


def test_a_page_the_engine_does_not_look_at_stays_unread() -> None:
    extraction = read(scan(2), RecognisedPage(words=(WORD,), confidence=0.99), None)

    assert Outcome.PARTIAL is extraction.outcome
    assert Notice("scanned_page", "2", is_loss=True) in document(extraction).notices
    assert "自查报告" == document(extraction).visible_text()


def test_garbled_text_is_read_from_its_picture() -> None:
    garbled = mapped_pdf("ABCDEFGHIJKLMNOPQRSTUVWX", "".join(chr(0xE000 + number) for number in range(24)))

    extraction = read(garbled, RecognisedPage(words=(WORD,), confidence=0.95))

    assert (Outcome.OK, "自查报告") == (extraction.outcome, document(extraction).visible_text())


def test_garbled_text_stays_when_its_picture_says_nothing() -> None:
    garbled = mapped_pdf("ABCDEFGHIJKLMNOPQRSTUVWX", "".join(chr(0xE000 + number) for number in range(24)))

    extraction = read(garbled, RecognisedPage())

    assert ["private_use"] == [grade.reason for grade in document(extraction).grades]
    assert Notice("garbled_page", "1", is_loss=True) in document(extraction).notices


def test_without_the_extra_nobody_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(available, "is_installed", lambda: False)

    assert recogniser(Limits()) is None


def test_no_page_is_begun_when_time_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(available, "is_installed", lambda: True)
    times = iter([0.0, 73.0])
    recognise = recogniser(Limits(seconds=120.0), lambda: next(times))

    assert recognise is not None
    assert recognise(PageImage(1, 1, b"\xff\xff\xff", 1.0)) is None


def test_the_door_for_pdf_opens_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(available, "is_installed", lambda: False)

    extraction = scans.extract(Source("扫描件.pdf", scan()), Limits())

    assert Outcome.MISSING_TOOL is extraction.outcome
    assert Notice("needs_ocr") in extraction.notices
