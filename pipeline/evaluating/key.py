"""An answer key: what a person found by reading (format: docs/reference.md)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import AnswerKeyError, reason
from pipeline.model import Assertion, Kind, State

__all__ = ["AnswerKey", "KeyedFile", "KeyedVerdict", "load_key"]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class KeyedVerdict(_Strict):
    """What a person says of one requirement in one paper."""

    state: State
    assertion: Assertion | None = None
    level: int | None = Field(default=None, ge=0, le=4)
    quote: str | None = None


class KeyedFile(_Strict):
    """What a person says of one file."""

    file: str
    unit: str | None = None
    kind: Kind | None = None
    date: dt.date | None = None
    outcome: str | None = None
    requirements: dict[str, KeyedVerdict] = {}


class Promise(_Strict):
    """A measure of a plan and what became of it."""

    unit: str
    plan_quote: str
    outcome: str
    self_check_quote: str | None = None


class Copied(_Strict):
    """A paper copied from another or from the notice."""

    file: str
    source: str = Field(alias="from")
    share: float


class ForeignPlace(_Strict):
    """A place name that does not belong to the unit."""

    file: str
    place: str


class NumberConflict(_Strict):
    """Figures that contradict each other."""

    file: str
    what: str
    quotes: tuple[str, ...]


class Cross(_Strict):
    """What shows only across papers."""

    promises: tuple[Promise, ...] = ()
    copied: tuple[Copied, ...] = ()
    foreign_places: tuple[ForeignPlace, ...] = ()
    number_conflicts: tuple[NumberConflict, ...] = ()
    same_submission: tuple[tuple[str, ...], ...] = ()
    versions: tuple[tuple[str, ...], ...] = ()


class AnswerKey(_Strict):
    """A whole campaign as a person read it."""

    campaign: str
    files: tuple[KeyedFile, ...]
    cross: Cross = Cross()


_ADVICE = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这个键",
    "enum": "不是允许的取值",
    "json_invalid": "不是完整的 JSON",
    "string_type": "应当是文字",
    "less_than_equal": "层级只有 0 到 4",
    "greater_than_equal": "层级只有 0 到 4",
}


def load_key(path: Path) -> AnswerKey:
    """Read an answer key.

    Raises:
        AnswerKeyError: it cannot be read or does not have the right form; the message says where.

    """
    try:
        return AnswerKey.model_validate_json(path.read_bytes())
    except OSError as error:
        raise AnswerKeyError(f"答案文件打不开：{path}（{reason(error)}）。请检查路径。") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "开头"
        advice = _ADVICE.get(first["type"], "取值不合要求")
        raise AnswerKeyError(
            f"答案文件 {path} 的 {where} 处写法不对：{advice}。请对照 docs/reference.md 修改。"
        ) from error
