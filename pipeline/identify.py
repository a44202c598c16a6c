"""Which unit a paper is from, what kind of paper it is, and its date, each with its reasons.

Trust, highest first: the title, the signature, the text, the file name, the folder.  Doubt becomes a question
for a person (``Identity.doubts``), never a silent guess.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from extractors.document import Block, BlockKind, Document
from pipeline.dates import Dated, dates
from pipeline.model import Identity, Kind
from pipeline.rubric import Rubric, Unit

__all__ = ["identify", "identify_by_name"]

_RECIPIENT = re.compile(r"^.{2,40}[：:]\s*$")
_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十]+[章条部]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d+[.．、])"
)
_TITLE_END = re.compile(
    r"(?:方案|计划|报告|总结|汇报|材料|请示|申请|通知|函|纪要|名册|一览表|汇总表|表|办法|制度|章程|情况|说明|意见|预案|要点|规划|简报|公约|批复)(?:[（(].{0,12}[）)])?$"
)
_CHAMBER = re.compile(r"(?:商会|协会|团体会员|市场)(?![^，。]{0,4}工商联)")
_SHORT_LETTER = 500  # characters: a covering letter is shorter than any plan
_CLOSING_BLOCKS = 8

_PLACE_WEIGHTS = {"题目": 6.0, "落款": 5.0, "正文": 3.0, "文件名": 2.0, "文件夹": 1.0}


@dataclass(frozen=True, slots=True)
class _Face:
    """The parts of a paper that say what it is."""

    title: str
    closing: tuple[str, ...]
    lines: tuple[str, ...]
    body: str
    file_name: str
    folder: str


def identify(document: Document, name: str, rubric: Rubric) -> Identity:
    """Say which unit sent a paper, what it is and when it was dated; ``name`` is its path as received."""
    face = _face(document, name)
    unit, unit_reasons, unit_doubts = _unit(face, rubric)
    kind, kind_reasons, kind_doubts = _kind(face, rubric)
    if kind is Kind.OTHER and not _is_signed_by(unit, face, rubric):
        unit, unit_reasons = None, ()  # a place named in some other body's paper does not make it the unit's
    date, date_reasons, date_doubts = _date(face)
    needed = date_doubts if kind.is_judged else ()
    return Identity(
        unit=unit,
        kind=kind,
        date=date,
        title=face.title,
        reasons=(*unit_reasons, *kind_reasons, *date_reasons),
        doubts=(*(unit_doubts if kind is not Kind.OTHER else ()), *kind_doubts, *needed),
    )


def identify_by_name(name: str, rubric: Rubric) -> Identity:
    """Say what a file's name and folder tell of a paper whose text could not be read."""
    path = PurePosixPath(name)
    face = _Face("", (), (), "", path.name, "/".join(path.parts[:-1]))
    unit, reasons, _ = _unit(face, rubric)
    found = _kind_by_title(path.name, rubric)
    return Identity(
        unit=unit,
        kind=found[0] if found else Kind.OTHER,
        reasons=(*reasons, *((f"类别：文件名有“{found[1]}”",) if found else ())),
        doubts=("没有读出正文，单位和类别只看了文件名，请核对。",),
    )


def _face(document: Document, name: str) -> _Face:
    blocks = [block for block in document.blocks() if block.locator.part.is_content and block.text.strip()]
    path = PurePosixPath(name)
    lines = tuple(line.strip() for block in blocks for line in block.text.split("\n") if len(line) <= 60)
    closing = tuple(block.text.strip() for block in blocks[-_CLOSING_BLOCKS:])
    return _Face(
        title=_title(blocks),
        closing=closing,
        lines=lines,
        body=document.visible_text(),
        file_name=path.name,
        folder="/".join(path.parts[:-1]),
    )


def _title(blocks: list[Block]) -> str:
    """Return the title: the opening lines up to the recipient, the first numbering or the first sentence."""
    lines: list[str] = []
    for block in blocks[:10]:
        text = " ".join(block.text.split())
        if _RECIPIENT.match(text) or _NUMBERED.match(block.shown) or text.endswith(("。", "；", "，")):
            break
        if len(text) > 80 or (lines and _TITLE_END.search(lines[-1]) and block.kind is not BlockKind.HEADING):
            break
        lines.append(text)
    return "".join(lines)


def _unit(face: _Face, rubric: Rubric) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    scores: dict[str, float] = defaultdict(float)
    seen: dict[str, list[str]] = defaultdict(list)
    for place, weight, unit, word, share in _mentions(face, rubric):
        scores[unit.id] += weight * share
        seen[unit.id].append(f"{place}有“{word}”")
    if not scores:
        return None, (), ("看不出是哪个单位报送的，请指定单位。",)
    ranked = sorted(scores, key=lambda unit_id: (-scores[unit_id], unit_id))
    best = ranked[0]
    reasons = (f"单位：{rubric.unit(best).name}（{'，'.join(seen[best])}）",)
    if len(ranked) > 1 and scores[ranked[1]] >= 0.6 * scores[best]:
        other = rubric.unit(ranked[1]).name
        doubt = (
            f"单位可能是{rubric.unit(best).name}，也可能是{other}（{'，'.join(seen[ranked[1]])}），请核对。"
        )
        return best, reasons, (doubt,)
    return best, reasons, ()


def _signature(face: _Face) -> Iterator[str]:
    """Yield the short closing lines that are no sentences: the sender and the date."""
    return (line for line in face.closing[-4:] if len(line) <= 30 and not line.endswith(("。", "；")))


def _is_signed_by(unit_id: str | None, face: _Face, rubric: Rubric) -> bool:
    if unit_id is None:
        return False
    signed = "\n".join((face.title, *_signature(face), face.file_name, face.folder))
    return any(name in signed for name in rubric.unit(unit_id).names)


def _mentions(face: _Face, rubric: Rubric) -> Iterator[tuple[str, float, Unit, str, float]]:
    signature = "\n".join(_signature(face))
    places = (("题目", face.title), ("落款", signature), ("文件名", face.file_name), ("文件夹", face.folder))
    for unit in rubric.units:
        for place, text in places:
            word = next((name for name in unit.names if name in text), "")
            if word:
                yield place, _PLACE_WEIGHTS[place], unit, word, 1.0
    counts = {unit.id: max(face.body.count(name) for name in unit.names) for unit in rubric.units}
    total = sum(counts.values())
    for unit in rubric.units:
        if counts[unit.id]:
            word = max(unit.names, key=lambda name: (face.body.count(name), len(name)))
            yield "正文", _PLACE_WEIGHTS["正文"], unit, word, counts[unit.id] / total


def _kind(face: _Face, rubric: Rubric) -> tuple[Kind, tuple[str, ...], tuple[str, ...]]:
    trap = _trap(face, rubric)
    if trap:
        return Kind.OTHER, (f"类别：其他（{trap}，不是“五好”材料）",), ()
    names_program = any(name in face.title or name in face.body for name in rubric.program.names)
    for place, text in (("题目", face.title), ("文件名", face.file_name), ("正文开头", face.body[:300])):
        found = _kind_by_title(text, rubric)
        if found is None:
            continue
        kind, word = found
        kind = _narrowed(kind, face, rubric)
        reasons = (f"类别：{place}有“{word}”",)
        if kind.is_judged and not names_program:
            if not _from_federation(face):
                return Kind.OTHER, (*reasons, "全文没有提到“五好”建设"), ()
            doubt = f"题目像“{word}”，但全文没有提到“五好”建设，请核对是不是本次要求报送的材料。"
            return kind, reasons, (doubt,)
        return kind, reasons, ()
    doubts = ("看不出是方案、自查报告还是别的材料，请指定类别。",) if names_program else ()
    return Kind.OTHER, ("类别：没有认得出的题目",), doubts


def _trap(face: _Face, rubric: Rubric) -> str:
    """Return the word that shows the title belongs to some other campaign."""
    named = any(name in face.title for name in rubric.program.names)
    traps = (*rubric.program.traps, *(trap for rule in rubric.kinds.values() for trap in rule.traps))
    title = face.title or face.file_name
    found = next((trap for trap in traps if trap in title), "")
    return f"题目有“{found}”" if found and not named else ""


def _kind_by_title(text: str, rubric: Rubric) -> tuple[Kind, str] | None:
    """Return the kind whose title word ends latest: ``关于报送方案的报告`` is a report of sending."""
    hits = [
        (text.rfind(title) + len(title), len(title), kind, title)
        for kind, rule in rubric.kinds.items()
        for title in rule.titles
        if title in text
    ]
    if not hits:
        return None
    by_kind = {kind: title for _, _, kind, title in hits}
    for kind in (Kind.SELF_CHECK, Kind.WORK_PLAN):
        if kind in by_kind and Kind.TRANSMITTAL not in by_kind:
            return kind, by_kind[kind]
    _, _, kind, title = max(hits, key=lambda hit: (hit[2] is Kind.TRANSMITTAL, hit[0], hit[1]))
    return kind, title


def _narrowed(kind: Kind, face: _Face, rubric: Rubric) -> Kind:
    if kind is Kind.TRANSMITTAL and len(face.body) > _SHORT_LETTER:
        inner = _kind_by_title(face.title.replace("关于报送", "").replace("关于上报", ""), rubric)
        return inner[0] if inner else kind
    if kind in (Kind.WORK_PLAN, Kind.CHAMBER_PLAN):
        is_chamber = bool(_CHAMBER.search(face.title or face.file_name)) and "工商联" not in face.title
        return Kind.CHAMBER_PLAN if is_chamber else Kind.WORK_PLAN
    return kind


def _from_federation(face: _Face) -> bool:
    return "工商联" in face.title or "工商业联合会" in face.title or "工商联" in "".join(face.closing[-3:])


def _date(face: _Face) -> tuple[dt.date | None, tuple[str, ...], tuple[str, ...]]:
    """Return the date of the paper (成文日期): the last line that is only a date, or sender and date."""
    for line in reversed(face.lines):
        found = list(dates(line))
        if found and _is_signature(line, found[-1]):
            return found[-1].date, (f"日期：落款“{line}”",), ()
    head = list(dates(face.title))
    if head:
        return head[-1].date, ("日期：题目中的日期",), ()
    named = list(dates(face.file_name))
    if named:
        return named[-1].date, ("日期：文件名中的日期",), ("成文日期只在文件名里有，请核对。",)
    return None, (), ("没有找到成文日期，请补充。",)


def _is_signature(line: str, dated: Dated) -> bool:
    """Whether nothing follows the date, and what goes before it is a sender and no sentence."""
    before, after = line[: dated.start].strip("（( 　"), line[dated.end :].strip("）) 　")
    return not after and len(before) <= 24 and not re.search(r"[。，；：:、]|前|至|到|截|自|于", before)
