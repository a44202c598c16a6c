"""An invented campaign for the report tests: six units, every state, every outcome, several versions.

Quotes come from the rubric's own example sentences, so the pages read like real ones.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace

from extractors.document import Locator, Notice, Outcome
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
from pipeline.rubric import Criterion, KindRule, Program, Requirement, Rubric, Unit, built_in

GENERATED = dt.datetime(2015, 11, 2, 9, 30)
PLAN_DAY = dt.date(2015, 5, 28)
CHECK_DAY = dt.date(2015, 10, 20)


def a_unit(unit_id: str, name: str) -> Unit:
    return Unit(id=unit_id, name=name, status="待建", duty="查漏补缺")


def a_need(
    need_id: str, name: str, *, criterion: str | None = None, kinds: tuple[Kind, ...] = ()
) -> Requirement:
    return Requirement(
        id=need_id,
        name=name,
        criterion=criterion,
        applies_to=kinds or (Kind.WORK_PLAN, Kind.SELF_CHECK),
        clause=f"三、重点工作（{name}）",
        cues=(name,),
        advice=f"请补报{name}的材料。",
    )


def a_rubric() -> Rubric:
    """A small rubric: two criteria, one plan element, one self-check element, three units."""
    return Rubric(
        id="small",
        title="某市“五好”建设",
        status="拟定，待确认",
        program=Program(name="五好", names=("五好",), issuer="某市工商联", issuer_names=("市联",)),
        units=(
            a_unit("wuyang", "舞阳县工商联"),
            a_unit("yuanhui", "源汇区工商联"),
            a_unit("jkq", "经济技术开发区工商联"),
        ),
        steps=(),
        kinds={Kind.WORK_PLAN: KindRule(titles=("方案",))},
        criteria=(
            Criterion(id="C1", name="领导班子好", weight=50),
            Criterion(id="C3", name="商会建设好", weight=50),
        ),
        key_tasks=(),
        requirements=(
            a_need("C1.2", "主席会制度", criterion="C1"),
            a_need("C1.4", "副主席轮值制度", criterion="C1"),
            a_need("C3.4", "市场协会、市场商会", criterion="C3"),
            a_need("P1", "目标规划", kinds=(Kind.WORK_PLAN,)),
            a_need("Z1", "逐项检查", kinds=(Kind.SELF_CHECK,)),
        ),
        hash="0123456789abcdef",
    )


def a_place(block: int = 7, number: int = 8, page: int | None = 3) -> Locator:
    return Locator(block=block, number=number, page=page, start=0, end=10)


def a_finding(requirement: str, state: State, quote: str = "每月10日前由会员部汇总一次") -> Finding:
    """A finding as judging makes them: 未见 has near misses, everything else has evidence."""
    levels = {State.COVERED: Level.SPECIFIC, State.HOLLOW: Level.SLOGAN}
    level = levels.get(state, Level.NOTHING)
    if state in (State.ABSENT, State.NOT_APPLICABLE):
        miss = NearMiss(quote, a_place(), "是上级的要求或引文，不是本单位所做")
        misses = (miss,) if state is State.ABSENT else ()
        return Finding(requirement, state, level, "查遍全文38段（表）没有找到", near_misses=misses)
    assertion = Assertion.LACKING if state is State.LACKING else Assertion.PLANNED
    evidence = Evidence(
        requirement=requirement,
        quote=quote,
        locator=a_place(),
        assertion=assertion,
        level=level,
        confidence=0.9,
        cue="会员部",
        why="有时间，有做法",
        slots=tuple(_slots(quote)),
        heading_path=("二、具体举措", "（一）健全制度"),
    )
    return Finding(requirement, state, level, f"理由：{state}", assertion, 0.9, (evidence,))


def _slots(quote: str) -> Iterator[Slot]:
    for name, text in ((SlotName.WHEN, "每月10日前"), (SlotName.WHO, "会员部")):
        if text in quote:
            start = quote.index(text)
            yield Slot(name, text, start, start + len(text))


def a_paper(
    name: str,
    unit: str | None,
    kind: Kind,
    findings: tuple[Finding, ...] = (),
    *,
    date: dt.date | None = PLAN_DAY,
    outcome: Outcome = Outcome.OK,
    content: str = "",
    notices: tuple[Notice, ...] = (),
    doubts: tuple[str, ...] = (),
) -> Analysis:
    data = (content or name).encode("utf-8", "surrogatepass")
    return Analysis(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        size=20_480 + len(data),
        outcome=outcome,
        notices=notices,
        identity=Identity(unit=unit, kind=kind, date=date, title=name, doubts=doubts),
        findings=findings,
    )


def small_campaign() -> tuple[Analysis, ...]:
    """Three units of ``a_rubric``: 舞阳 sent both, 源汇 an unreadable plan, 开发区 nothing."""
    plan = tuple(
        a_finding(need, state)
        for need, state in (
            ("C1.2", State.COVERED),
            ("C1.4", State.HOLLOW),
            ("C3.4", State.ABSENT),
            ("P1", State.LACKING),
        )
    )
    check = tuple(
        a_finding(need, state)
        for need, state in (
            ("C1.2", State.COVERED),
            ("C1.4", State.UNCLEAR),
            ("C3.4", State.ABSENT),
            ("Z1", State.NOT_APPLICABLE),
        )
    )
    return (
        a_paper("舞阳/工作方案.docx", "wuyang", Kind.WORK_PLAN, plan),
        a_paper("舞阳/自查报告.docx", "wuyang", Kind.SELF_CHECK, check, date=CHECK_DAY),
        a_paper("源汇/方案.pdf", "yuanhui", Kind.WORK_PLAN, outcome=Outcome.ENCRYPTED),
        a_paper("收件/无名.docx", None, Kind.WORK_PLAN, plan[:2]),
    )


_PATTERNS = {
    "linying": (82, 10, 3, 5, 0),
    "yancheng": (74, 14, 4, 8, 0),
    "wuyang": (62, 16, 8, 14, 0),
    "yuanhui": (44, 22, 12, 22, 0),
    "shaoling": (34, 20, 6, 20, 20),
}


def lifelike_campaign() -> tuple[Rubric, tuple[Analysis, ...]]:
    """The shipped rubric and about twenty files as counties send them."""
    rubric = built_in()
    return rubric, tuple(_lifelike(rubric))


def _lifelike(rubric: Rubric) -> Iterator[Analysis]:
    def plan(unit: str) -> tuple[Finding, ...]:
        return _findings(rubric, unit, Kind.WORK_PLAN)

    def check(unit: str) -> tuple[Finding, ...]:
        return _findings(rubric, unit, Kind.SELF_CHECK)

    yield a_paper("临颍/临颍县工商联“五好”建设工作方案.docx", "linying", Kind.WORK_PLAN, plan("linying"))
    yield a_paper("临颍/自查报告.docx", "linying", Kind.SELF_CHECK, check("linying"), date=CHECK_DAY)
    yield a_paper("临颍/佐证材料/执常委名册.xlsx", "linying", Kind.EVIDENCE, date=None)
    yield a_paper("郾城/关于报送工作方案的报告.pdf", "yancheng", Kind.WORK_PLAN, plan("yancheng"))
    yield a_paper(
        "郾城/工作方案（初稿）.doc",
        "yancheng",
        Kind.WORK_PLAN,
        plan("yancheng")[:-9],
        date=dt.date(2015, 5, 12),
        outcome=Outcome.PARTIAL,
        notices=(Notice("unknown_construct", "w:altChunk", is_loss=True),),
    )
    yield a_paper("郾城/自查报告.wps", "yancheng", Kind.SELF_CHECK, check("yancheng"), date=CHECK_DAY)
    yield a_paper("舞阳/舞阳县工商联工作方案(定稿).docx", "wuyang", Kind.WORK_PLAN, plan("wuyang"))
    yield a_paper("舞阳/舞阳县工商联工作方案(定稿).pdf", "wuyang", Kind.WORK_PLAN, plan("wuyang")[:-3])
    yield a_paper(
        "舞阳/报送.zip/舞阳县工商联工作方案(定稿).docx",
        "wuyang",
        Kind.WORK_PLAN,
        plan("wuyang"),
        content="舞阳/舞阳县工商联工作方案(定稿).docx",
    )
    yield a_paper("舞阳/自查自纠报告.docx", "wuyang", Kind.SELF_CHECK, check("wuyang"), date=CHECK_DAY)
    yield a_paper("舞阳/关于申请认定的请示.docx", "wuyang", Kind.APPLICATION, date=CHECK_DAY)
    yield a_paper(
        "源汇/源汇区方案.docx",
        "yuanhui",
        Kind.WORK_PLAN,
        plan("yuanhui"),
        date=None,
        doubts=("没有找到落款日期，请核对。",),
    )
    yield a_paper("源汇/自查.pdf", "yuanhui", Kind.SELF_CHECK, outcome=Outcome.ENCRYPTED, date=None)
    yield a_paper(
        "召陵/召陵区工商联方案（扫描）.pdf",
        "shaoling",
        Kind.WORK_PLAN,
        plan("shaoling"),
        outcome=Outcome.PARTIAL,
        notices=(
            Notice("scanned_page", "3", is_loss=True),
            Notice("scanned_page", "4", is_loss=True),
        ),
    )
    yield a_paper("召陵/~$自查.docx", None, Kind.OTHER, outcome=Outcome.IGNORED, date=None)
    yield a_paper("邮件/IMG_20151019.jpg", None, Kind.OTHER, outcome=Outcome.UNSUPPORTED, date=None)
    yield a_paper(
        "邮件/自查报告2.docx",
        None,
        Kind.SELF_CHECK,
        check("shaoling"),
        date=CHECK_DAY,
        doubts=("文中没有出现任何一个单位的名称，请指定单位。",),
    )
    yield a_paper("街道/老街街道商会工作计划.docx", "yuanhui", Kind.CHAMBER_PLAN)


def _findings(rubric: Rubric, unit: str, kind: Kind) -> tuple[Finding, ...]:
    pick = _picker(_PATTERNS[unit], f"{unit}{kind}")
    return tuple(_lifelike_finding(need, pick(need.id), kind) for need in rubric.needs(kind))


def _picker(percents: tuple[int, ...], seed: str) -> Callable[[str], State]:
    """Choose states with given frequencies, the same on every run and on every machine."""
    states = (State.COVERED, State.HOLLOW, State.LACKING, State.ABSENT, State.UNCLEAR)

    def pick(need: str) -> State:
        number = int(hashlib.sha256(f"{seed}{need}".encode()).hexdigest(), 16) % 100
        for state, percent in zip(states, percents, strict=True):
            number -= percent
            if number < 0:
                return state
        return State.COVERED

    return pick


def _lifelike_finding(need: Requirement, state: State, kind: Kind) -> Finding:
    number = int(hashlib.sha256(need.id.encode()).hexdigest(), 16)
    examples = need.positive if state is State.COVERED else need.negative
    quote = examples[number % len(examples)] if examples else need.name
    finding = a_finding(need.id, state, quote)
    place = a_place(number % 60, number % 60 + 1, number % 6 + 1)
    whys = {
        State.COVERED: "有可查的内容：时间、数量",
        State.HOLLOW: "只有提法，没有举措、时间、数量或责任人",
        State.LACKING: "文中自己说没有或没做到",
        State.ABSENT: "查遍全文86段（表）没有找到，最接近的话见下",
        State.UNCLEAR: "已读到的文字里没有，但第3、4页读不清，不能断定没写",
    }
    level = finding.level if state is not State.COVERED else Level(2 + number % 3)
    is_done = state is State.COVERED and kind is Kind.SELF_CHECK
    evidence = tuple(
        replace(
            piece,
            locator=place,
            level=level,
            assertion=Assertion.DONE if is_done else piece.assertion,
            why="",
        )
        for piece in finding.evidence
    )
    misses = tuple(replace(miss, locator=place) for miss in finding.near_misses)
    return replace(finding, why=whys[state], level=level, evidence=evidence, near_misses=misses)


def test_the_lifelike_campaign_has_every_state_a_person_meets() -> None:
    _, analyses = lifelike_campaign()

    states = {finding.state for analysis in analyses for finding in analysis.findings}

    assert {State.COVERED, State.HOLLOW, State.LACKING, State.ABSENT, State.UNCLEAR} == states
