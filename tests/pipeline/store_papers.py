"""Papers for the tests of memory and engine: one of each construct that must survive storing."""

from __future__ import annotations

import datetime as dt
import hashlib

from extractors.document import (
    Block,
    BlockKind,
    Box,
    Cell,
    Document,
    Grade,
    Line,
    Locator,
    Notice,
    Outcome,
    Part,
    Quality,
    Table,
)
from pipeline.model import (
    Analysis,
    Assertion,
    Evidence,
    Finding,
    Identity,
    Kind,
    Level,
    NearMiss,
    Slot,
    SlotName,
    State,
)
from pipeline.store import Key

KEY = Key("code 1", "rubric 1", "references 1", "means 1")
QUOTE = "6月底前由会员部培训会员100名"


def a_locator(block: int = 0, **rest: int) -> Locator:
    return Locator(block=block, number=block + 1, **rest)


def a_document() -> Document:
    heading = Block(
        "总体要求", a_locator(), BlockKind.HEADING, label="一、", level=1, heading_path=("一、总体要求",)
    )
    lines = (Line(0, 9, 1, Box(72.0, 90.5, 300.25, 102.0)), Line(9, 17, 2, Box(72.0, 60.1, 200.0, 72.3)))
    paragraph = Block(QUOTE, a_locator(1, page=1), heading_path=("一、总体要求",), lines=lines)
    cells = (
        Cell("工作", 1, 1, page=2, box=Box(1.0, 2.0, 3.0, 4.0)),
        Cell("责任人", 1, 2),
        Cell("建会\n入会", 2, 1, row_span=2, column_span=2),
    )
    table = Table(cells, a_locator(2, page=2), header_rows=1, heading_path=("附件",), caption="任务表")
    nested = Table((Cell("内表", 1, 1),), a_locator(3), parent=table.locate(cells[2], 0, 2))
    box = Block("印章", Locator(4, 1, Part.TEXT_BOX, sheet="表一"))
    return Document(
        content=(heading, paragraph, table, nested, box),
        grades=(Grade(Quality.GOOD, 1), Grade(Quality.FAIR, 2, "ocr_layer")),
        notices=(Notice("hidden_text"), Notice("damaged_xml", "词", is_loss=True, locator=a_locator(1))),
        page_count=2,
        extractor="docx/1",
        is_stamped=True,
    )


def some_findings() -> tuple[Finding, ...]:
    place = a_document().content[1].locate(0, len(QUOTE))
    slots = (Slot(SlotName.WHEN, "6月底前", 0, 5), Slot(SlotName.WHO, "会员部", 6, 9))
    evidence = Evidence(
        *(
            "C1.4",
            QUOTE,
            place,
            Assertion.PLANNED,
            Level.SPECIFIC,
            0.875,
            "培训 + 会员",
            "写明了时间和责任人",
        ),
        slots=slots,
        heading_path=("一、总体要求",),
    )
    second = Evidence("C1.4", "印章", Locator(4, end=2), Assertion.DONE, Level.SLOGAN, 0.5, "章", "只有口号")
    miss = NearMiss("建会", Locator(2, row=2, column=1, end=2, label="工作"), "说的是别的事")
    return (
        Finding("C1.4", State.COVERED, Level.SPECIFIC, "写明", Assertion.PLANNED, 0.9, (evidence, second)),
        Finding("C2.1", State.ABSENT, Level.NOTHING, "全文未见", near_misses=(miss,)),
    )


def an_analysis(name: str = "源汇区/方案.docx", content: bytes = b"", **rest: object) -> Analysis:
    content = content or name.encode()
    given = {
        "outcome": Outcome.PARTIAL,
        "notices": (Notice("hidden_text", "3"),),
        "document": a_document(),
        "identity": Identity(
            "yuanhui", Kind.WORK_PLAN, dt.date(2015, 5, 28), "工作方案", ("题目写明",), ("日期待核",)
        ),
        "findings": some_findings(),
        "seconds": 0.25,
    }
    sha256 = hashlib.sha256(content).hexdigest()
    return Analysis(name, sha256, len(content), **(given | rest))
