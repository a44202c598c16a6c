"""Character errors of recognised scans against the texts they were printed from, and the order of table rows.

    python -m benchmarks.ocr [FOLDER]

Three pages of our own sample papers are drawn at 200 dots an inch and put into a PDF as a scanner does,
first clean, then leaning by one degree with a red stamp over the text and the grain of a cheap scanner.
Blanks are not counted.  With a folder, the pages are kept there as pictures.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from extractors.document import Document, Limits, Source, Table
from extractors.ocr.available import is_installed
from extractors.ocr.scans import extract
from samples.markup import Paragraph, parse
from tests.builders.scan_builder import Sheet, as_pdf, has_font, leaning, noisy

TEXTS = Path(__file__).parents[1] / "samples" / "texts"
FOOT = 740.0
CLEAN_TARGET, SPOILT_TARGET = 0.02, 0.05
ROWS = (
    ("序号", "工作任务", "责任人", "完成时限"),
    ("1", "全年发展会员70名，企业会员过半", "杨洁", "12月31日"),
    ("2", "89名执委、常委的资料录入电脑", "李运来", "9月30日"),
    ("3", "组建龙城、孟庙两镇商会", "牛保山", "10月底前"),
    ("4", "举办银企对接会，签约2600万元", "张清和", "11月"),
)
PLAIN_ROWS = (
    ("姓名", "职务", "联系企业", "走访次数"),
    ("张清和", "主席", "银鸽纸业", "12次"),
    ("牛保山", "副主席", "南街村集团", "9次"),
    ("李运来", "办公室主任", "双汇物流", "7次"),
)


@dataclass(frozen=True, slots=True)
class Result:
    """What one page came to."""

    name: str
    characters: int
    errors: int
    whole_paragraphs: int
    paragraphs: int
    seconds: float
    document: Document

    @property
    def rate(self) -> float:
        return self.errors / max(self.characters, 1)


def printed(name: str) -> Sheet:
    """Print the first page of a sample paper."""
    sheet = Sheet()
    paper = parse((TEXTS / name).read_text(encoding="utf-8"))
    sheet.title(paper.title, size=20.0)
    for item in paper.items:
        if isinstance(item, Paragraph) and item.text != paper.title:
            # 28 characters a line; a paragraph that would run over the foot is left out.
            if sheet.top + 28 * (len(item.text) / 28 + 1) > FOOT:
                break
            sheet.paragraph(item.text)
    return sheet


def tables() -> Sheet:
    """Print a page with a ruled and an unruled table between paragraphs."""
    sheet = Sheet()
    sheet.title("郾城区争创“五好”任务分解表")
    sheet.paragraph("按照方案要求，各项任务分解如下，请各责任人按时限办结。")
    sheet.table(ROWS, (40, 220, 80, 100))
    sheet.paragraph("班子成员联系企业情况：")
    sheet.table(PLAIN_ROWS, (80, 110, 140, 100), is_ruled=False)
    sheet.signature("郾城区工商业联合会")
    sheet.signature("2015年10月12日")
    return sheet


def spoilt(sheet: Sheet) -> Image.Image:
    """Return the page with a stamp over its last lines, leaning and grainy."""
    sheet.stamp(400.0, sheet.top - 50.0, "郾城区工商业联合会")
    return noisy(leaning(sheet.image, 1.0))


def measured(name: str, page: Image.Image, said: Sequence[str]) -> Result:
    source = Source(f"{name}.pdf", as_pdf([page]))
    started = time.process_time()
    extraction = extract(source, Limits())
    seconds = time.process_time() - started
    if extraction.document is None:
        raise SystemExit(f"{name}: {extraction.outcome}")
    truth, read = bare("".join(said)), bare(extraction.document.visible_text())
    blocks = {bare(block.text) for block in extraction.document.blocks()}
    blocks |= {
        bare("".join(cell.text for cell in row))
        for table in extraction.document.tables()
        for row in table.rows()
    }
    whole = sum(bare(text) in blocks for text in said)
    return Result(name, len(truth), distance(truth, read), whole, len(said), seconds, extraction.document)


def bare(text: str) -> str:
    return "".join(text.split())


def distance(one: str, other: str) -> int:
    """Return how many characters must be put in, taken out or changed to make one text the other."""
    before = list(range(len(other) + 1))
    for row, char in enumerate(one, start=1):
        now = [row]
        for column, candidate in enumerate(other, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (char != candidate)))
        before = now
    return before[-1]


def rows_in_order(document: Document) -> tuple[int, int]:
    """Return how many table rows came out whole and in order, and how many were printed."""
    grids = [tuple(cell.text for cell in row) for table in document.tables() for row in table.rows()]
    lines = [bare(block.text) for block in document.blocks()]
    ruled = sum(row == expected for row, expected in zip(grids, ROWS, strict=False))
    plain = [lines.index("".join(row)) if "".join(row) in lines else -1 for row in PLAIN_ROWS]
    kept = sum(place >= 0 for place in plain) if plain == sorted(plain) else 0
    return ruled + kept, len(ROWS) + len(PLAIN_ROWS)


def results(folder: Path | None) -> Iterator[tuple[bool, Result]]:
    sheets = {
        "方案": lambda: printed("yancheng/plan.txt"),
        "自查": lambda: printed("linying/self-check.txt"),
        "表格": tables,
    }
    for is_spoilt in (False, True):
        for name, draw in sheets.items():
            sheet = draw()
            page = spoilt(sheet) if is_spoilt else sheet.image
            if folder:
                page.save(folder / f"{name}{'-污损' if is_spoilt else ''}.png")
            yield is_spoilt, measured(name, page, sheet.said)


def main() -> None:
    if not is_installed() or not has_font():
        raise SystemExit("needs the extra ocr and a Chinese font")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    found = list(results(folder))
    for is_spoilt, result in found:
        kind = "污损" if is_spoilt else "清洁"
        grade = result.document.grades[0]
        seen = "有章" if result.document.is_stamped else "无章"
        print(
            f"{kind} {result.name}  {result.characters:4} 字  错 {result.errors:2}  {result.rate:6.2%}"
            f"  完整段落 {result.whole_paragraphs}/{result.paragraphs}"
            f"  {result.seconds:4.1f} 秒  {grade.quality.name} {seen}"
        )
        if isinstance(next(result.document.tables(), None), Table):
            print("    表格行完整有序 {}/{}".format(*rows_in_order(result.document)))
    for is_wanted, target in ((False, CLEAN_TARGET), (True, SPOILT_TARGET)):
        chosen = [result for is_spoilt, result in found if is_spoilt is is_wanted]
        rate = sum(result.errors for result in chosen) / sum(result.characters for result in chosen)
        print(f"{'污损' if is_wanted else '清洁'}页合计错误率 {rate:.2%}（目标 ≤ {target:.0%}）")


if __name__ == "__main__":
    main()
