"""What stands in each sheet of 汇总表.xlsx, as plain values; ``pipeline.report.xlsx`` gives them looks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.model import State
from pipeline.report.passage import Passage
from pipeline.report.tally import Tally
from pipeline.report.view import CampaignView, FindingRow, PaperView, Standing, UnitView

__all__ = ["Column", "Sheet", "Value", "sheets"]

#: A state is printed by its Chinese name and coloured.
Value = str | int | State


@dataclass(frozen=True, slots=True)
class Column:
    """A column's heading and its width in characters; ``is_by_hand`` marks those left to the inspector."""

    title: str
    width: int
    is_by_hand: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet: headings in the first row, then the rows, then notes below the table."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Value, ...]]
    notes: tuple[str, ...] = ()


def sheets(view: CampaignView) -> tuple[Sheet, ...]:
    """Return the four sheets in order."""
    return (
        Sheet("总览", _OVERVIEW, _overview(view), _notes(view)),
        Sheet("缺项清单", _GAPS, _gaps(view)),
        Sheet("全部结论", _CONCLUSIONS, _conclusions(view)),
        Sheet("文件登记", _FILES, _files(view)),
    )


_OVERVIEW = (
    Column("单位", 22),
    Column("材料", 10),
    Column("具备", 7),
    Column("空泛", 7),
    Column("自述缺失", 10),
    Column("未见", 7),
    Column("待核", 7),
    Column("不适用", 8),
    Column("具备率（具备/有结论）", 18),
    Column("说明", 60),
)
_GAPS = (
    Column("序号", 5),
    Column("单位", 11),
    Column("材料", 6),
    Column("要求", 6),
    Column("名称", 15),
    Column("通知依据", 20),
    Column("状态", 9),
    Column("查到的原文", 30),
    Column("出处", 13),
    Column("理由与相近原文", 26),
    Column("建议补充", 24),
    Column("文件", 16),
    Column("核定意见", 13, is_by_hand=True),
    Column("核定人", 8, is_by_hand=True),
    Column("日期", 9, is_by_hand=True),
)
_CONCLUSIONS = (
    Column("单位", 11),
    Column("材料", 6),
    Column("文件", 24),
    Column("文件作用", 14),
    Column("要求", 6),
    Column("名称", 18),
    Column("类别", 18),
    Column("状态", 9),
    Column("层级", 9),
    Column("口气", 9),
    Column("原文", 44),
    Column("出处", 16),
    Column("理由", 26),
)
_FILES = (
    Column("序号", 5),
    Column("单位", 18),
    Column("文件", 34),
    Column("类别", 9),
    Column("日期", 13),
    Column("读出情况", 10),
    Column("作用", 22),
    Column("下一步", 28),
    Column("疑问", 22),
    Column("读取说明", 26),
    Column("内容相同的文件", 20),
    Column("字节数", 10),
    Column("指纹（sha256）", 20),
)


def _notes(view: CampaignView) -> tuple[str, ...]:
    return (
        f"{view.title}　评价标准 {view.rubric}（{view.rubric_status}，指纹 {view.rubric_hash or '无'}）　"
        f"生成时间 {view.generated:%Y-%m-%d %H:%M}",
        "本表为机器初稿，依据我们对通知的理解，由人认定。“待核”不等于“没有”，不计入具备率的分母；"
        "没有收到材料不等于没有开展工作。",
        "合计不含“未识别单位”的材料。金色表头的列由核定人填写。",
    )


def _overview(view: CampaignView) -> Iterator[tuple[Value, ...]]:
    yield from (row for unit in view.units for row in _papers(unit))
    for kind in view.kinds:
        papers = view.papers_of(kind)
        remark = f"收到{papers[0].kind_name} {view.received(kind)}"
        yield "合计", papers[0].short_name, *_figures(view.tally_of(kind)), remark
    if view.unknown:
        yield from _papers(view.unknown)


def _papers(unit: UnitView) -> Iterator[tuple[Value, ...]]:
    """An unread or missing paper has no figures: a nought would look like a verdict."""
    for paper in unit.papers:
        nothing = ("",) * 6 + (str(paper.standing),)
        figures = _figures(paper.tally) if paper.standing is Standing.JUDGED else nothing
        yield unit.name, paper.short_name, *figures, _remark(paper)


def _figures(tally: Tally) -> tuple[Value, ...]:
    return (
        tally.covered,
        tally.hollow,
        tally.lacking,
        tally.absent,
        tally.unclear,
        tally.not_applicable,
        str(tally.share),
    )


def _remark(paper: PaperView) -> str:
    others = "".join(f"\n另有《{file.name}》：{file.role_text}" for file in paper.others)
    return paper.note + others if paper.standing is Standing.JUDGED else paper.note


def _gaps(view: CampaignView) -> Iterator[tuple[Value, ...]]:
    rows = (row for unit in view.pages for paper in unit.papers for row in _gaps_of(unit, paper))
    return ((number, *row) for number, row in enumerate(rows, start=1))


_BY_HAND = ("", "", "")


def _gaps_of(unit: UnitView, paper: PaperView) -> Iterator[tuple[Value, ...]]:
    """A paper that is missing as a whole is a row too: gaps are rows, not omissions."""
    if paper.standing is not Standing.JUDGED:
        names = "\n".join(file.name for file in paper.others)
        whole = f"整件{paper.kind_name}"
        yield (
            *(unit.short_name, paper.short_name, "", whole, "", str(paper.standing), "", "", paper.note),
            *("", names, *_BY_HAND),
        )
    name = paper.file.name if paper.file else ""
    for row in paper.gaps:
        yield (
            *(unit.short_name, paper.short_name, row.requirement, row.name, row.clause, row.state),
            *(_quotes(row.passages), _places(row.passages), _reasons(row), row.advice, name, *_BY_HAND),
        )


def _quotes(passages: Iterable[Passage]) -> str:
    return "\n".join(passage.quote for passage in passages)


def _places(passages: Iterable[Passage]) -> str:
    return "\n".join(passage.place for passage in passages)


def _reasons(row: FindingRow) -> str:
    misses = (f"相近但不算：“{miss.quote}”（{miss.place}）{miss.why}" for miss in row.near_misses)
    return "\n".join((row.why, *misses))


def _conclusions(view: CampaignView) -> Iterator[tuple[Value, ...]]:
    for file, rows in view.conclusions:
        for row in rows:
            deciding = row.deciding
            yield (
                *(file.unit, file.kind_name, file.name, str(file.role), row.requirement, row.name, row.group),
                *(row.state, row.level_name, deciding.assertion if deciding else ""),
                *(_quotes(row.passages), _places(row.passages), row.why),
            )


def _files(view: CampaignView) -> Iterator[tuple[Value, ...]]:
    for file in view.files:
        yield (
            *(file.number, file.unit, file.name, file.kind_name, file.date_text, file.outcome_name),
            *(file.role_text, file.next_step, "\n".join(file.doubts), "\n".join(file.notices)),
            *("\n".join(file.twins), file.size, file.sha256),
        )
