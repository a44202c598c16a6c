"""Stand-in for pipeline.messages while that is being written."""

from __future__ import annotations

from extractors.document import Notice, Outcome
from pipeline.model import Assertion, Kind, Level, SlotName, State

_STATES = dict(zip(State, ("具备", "空泛", "自述缺失", "未见", "待核", "不适用"), strict=True))
_LEVELS = dict(zip(Level, ("未见", "口号", "有举措", "具体可查", "有佐证"), strict=True))
_ASSERTIONS = dict(zip(Assertion, ("已做", "拟做", "未做", "上级要求或引文", "别家做的"), strict=True))
_KINDS = dict(zip(Kind, ("工作方案", "自查报告", "基层计划", "申请", "佐证材料", "转送函件", "其他"), strict=True))
_SLOTS = dict(zip(SlotName, ("谁", "何时", "多少", "怎么做"), strict=True))


def state_name(state: State) -> str:
    return _STATES[state]


def level_name(level: Level) -> str:
    return _LEVELS[level]


def assertion_name(assertion: Assertion) -> str:
    return _ASSERTIONS[assertion]


def kind_name(kind: Kind) -> str:
    return _KINDS[kind]


def slot_name(slot: SlotName) -> str:
    return _SLOTS[slot]


_OUTCOMES = dict(
    zip(
        Outcome,
        ("正常", "部分可读", "读不出", "加密", "格式不支持", "空文件", "太大", "超时", "出错", "缺工具", "已忽略"),
        strict=True,
    )
)


def outcome_name(outcome: Outcome) -> str:
    return _OUTCOMES[outcome]


def next_step(outcome: Outcome) -> str:
    return "" if outcome is Outcome.OK else f"{_OUTCOMES[outcome]}。请让报送单位重新发送可以打开的文件。"


def notice_text(notice: Notice) -> str:
    return f"{notice.code} {notice.detail}".strip()
