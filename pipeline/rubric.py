"""A rubric file: units, steps, requirements and cues as data that a clerk can edit.

The file is YAML.  It is checked when it is loaded; every mistake is reported with file, line and what to
do, all mistakes at once.  The loaded ``Rubric`` is frozen and carries the hash of the file's bytes, which is
stored with every result made from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from pipeline.errors import RubricError
from pipeline.model import Kind, Tier

__all__ = [
    "Criterion",
    "KeyTask",
    "KindRule",
    "Program",
    "Requirement",
    "Rubric",
    "Step",
    "Unit",
    "built_in",
    "load",
    "parse",
]

Words = tuple[Annotated[str, Field(min_length=1)], ...]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Unit(_Strict):
    """A county federation (县级工商联) that owes papers."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    code: str = ""
    aliases: Words = ()
    typos: Words = ()
    status: str = ""
    duty: str = ""
    is_recognised: bool = False
    deadline: dt.date | None = None
    deadline_latest_reading: dt.date | None = None

    @property
    def names(self) -> Words:
        """Every way the unit may be written, longest first."""
        return tuple(sorted({self.name, *self.aliases, *self.typos}, key=lambda n: (-len(n), n)))


class Step(_Strict):
    """One dated step of the campaign (实施步骤)."""

    id: str
    name: str
    start: dt.date
    end: dt.date
    actor: str = ""
    duties: Words = ()
    due: Kind | None = None
    submit_to: str = ""

    @model_validator(mode="after")
    def _ends_after_start(self) -> Step:
        if self.end < self.start:
            raise ValueError("end（止日）早于 start（起日），请改正日期")
        return self


class KindRule(_Strict):
    """How a kind of paper is told by its title."""

    titles: Words
    traps: Words = ()
    senders: Words = ()


class Criterion(_Strict):
    """One of the five goods (五好)."""

    id: str
    name: str
    weight: int = Field(ge=0, le=100)
    aliases: Words = ()


class KeyTask(_Strict):
    """One of the notice's key tasks (重点工作)."""

    id: str
    name: str


class Requirement(_Strict):
    """One thing a paper must show.

    ``cues`` are patterns: a plain word, or parts joined by `` + `` that must stand near each other in any
    order, alternatives joined by ``|``, ``@name`` for a word class, ``!`` for what must not be there.
    """

    id: str = Field(pattern=r"^[A-Z]+[0-9]+(\.[0-9]+)?$")
    name: str
    criterion: str | None = None
    key_task: str | None = None
    tier: Tier | None = None
    applies_to: tuple[Kind, ...] = (Kind.WORK_PLAN, Kind.SELF_CHECK)
    clause: str
    weight: float = Field(default=1.0, ge=0)
    keywords: Words = ()
    cues: Words
    counter: Words = ()
    proofs: Words = ()
    advice: str
    positive: Words = ()
    negative: Words = ()


class Program(_Strict):
    """What the campaign is called, who runs it, and whose demands are not the units' own deeds."""

    name: str
    names: Words
    issuer: str
    issuer_names: Words
    issuer_people: Words = ()
    traps: Words = ()


class Rubric(_Strict):
    """Everything the tool knows about one campaign; another city or year is another file."""

    id: str
    title: str
    status: str
    program: Program
    pass_mark: int = 90
    units: tuple[Unit, ...]
    steps: tuple[Step, ...]
    kinds: dict[Kind, KindRule]
    criteria: tuple[Criterion, ...]
    key_tasks: tuple[KeyTask, ...]
    classes: dict[str, Words] = {}
    requirements: tuple[Requirement, ...]
    hash: str = ""

    @model_validator(mode="after")
    def _hangs_together(self) -> Rubric:
        mistakes = [*self._repeated_ids(), *self._dangling_names()]
        if mistakes:
            raise ValueError("；".join(mistakes))
        return self

    def _repeated_ids(self) -> Iterator[str]:
        for title, items in (
            ("单位", self.units),
            ("步骤", self.steps),
            ("要求", self.requirements),
            ("标准", self.criteria),
        ):
            ids = [item.id for item in items]
            yield from (f"{title}编号 {i} 重复" for i in sorted({i for i in ids if ids.count(i) > 1}))

    def _dangling_names(self) -> Iterator[str]:
        criteria = {criterion.id for criterion in self.criteria}
        tasks = {task.id for task in self.key_tasks}
        for need in self.requirements:
            if need.criterion and need.criterion not in criteria:
                yield f"要求 {need.id} 所属标准 {need.criterion} 不存在"
            if need.key_task and need.key_task not in tasks:
                yield f"要求 {need.id} 所属重点工作 {need.key_task} 不存在"
            for cue in need.cues:
                for name in _class_names(cue):
                    if name not in self.classes:
                        yield f"要求 {need.id} 的线索“{cue}”用了未定义的词类 @{name}"

    @cached_property
    def by_id(self) -> dict[str, Requirement]:
        """Requirements by id."""
        return {need.id: need for need in self.requirements}

    def unit(self, unit_id: str) -> Unit:
        """Return the unit with this id."""
        return next(unit for unit in self.units if unit.id == unit_id)

    def needs(self, kind: Kind) -> tuple[Requirement, ...]:
        """Return the requirements a paper of this kind is held against, in the file's order."""
        return tuple(need for need in self.requirements if kind in need.applies_to)


def _class_names(cue: str) -> Iterator[str]:
    for part in cue.split("+"):
        for word in part.strip().lstrip("!").split("|"):
            if word.strip().startswith("@"):
                yield word.strip()[1:]


def built_in(name: str = "luohe-2015") -> Rubric:
    """Return a rubric that ships with the tool."""
    resource = resources.files("pipeline") / "rubrics" / f"{name}.yaml"
    return parse(resource.read_bytes(), f"{name}.yaml")


def load(path: Path) -> Rubric:
    """Read and check a rubric file.

    Raises:
        RubricError: the file cannot be read or has mistakes; the message lists each with its line.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RubricError(f"评价标准文件打不开：{path}（{error.strerror}）。请检查路径和读取权限。") from error
    return parse(data, str(path))


def parse(data: bytes, name: str) -> Rubric:
    """Check the bytes of a rubric file; ``name`` is used in messages only."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RubricError(f"{name} 不是 UTF-8 编码。请用记事本“另存为”，编码选 UTF-8。") from error
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise RubricError(_syntax_message(name, error)) from error
    if not isinstance(content, dict) or node is None:
        raise RubricError(f"{name} 第1行：内容应是“键: 值”的清单。请对照自带的 luohe-2015.yaml 修改。")
    try:
        return Rubric.model_validate({**content, "hash": hashlib.sha256(data).hexdigest()})
    except ValidationError as error:
        lines = [_mistake(name, node, one) for one in error.errors()]
        raise RubricError("\n".join(dict.fromkeys(lines))) from error


def _syntax_message(name: str, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    line = f"第{mark.line + 1}行" if mark else ""
    return f"{name} {line}：YAML 写法有误（常见原因：缩进不齐、冒号后缺空格、引号不成对）。请改正后重试。"


_ADVICE = {
    "missing": "缺少这一项，请补上",
    "extra_forbidden": "没有这个键，请检查拼写或删去",
    "enum": "取值不在允许的范围内，请对照自带标准文件填写",
    "string_type": "应当是文字，请加上引号",
    "tuple_type": "应当是清单，请写成 [甲, 乙] 或逐行“- 甲”",
    "date_from_datetime_parsing": "应当是日期，请写成 2015-06-30",
    "string_pattern_mismatch": "编号写法不对，请照 C1.4、P2、Z9 的样子写",
    "string_too_short": "不能为空，请填写或删去这一条",
}


def _mistake(name: str, node: yaml.Node, error: Any) -> str:
    place = [step for step in error["loc"] if not str(step).startswith("function-")]
    where = ".".join(str(step + 1) if isinstance(step, int) else str(step) for step in place)
    reason = str(error["ctx"]["error"]) if error["type"] == "value_error" else ""
    advice = reason or _ADVICE.get(error["type"], f"取值不合要求（{error['msg']}），请改正")
    return f"{name} 第{_line_of(node, place)}行 {where or '整个文件'}：{advice}。"


def _line_of(node: yaml.Node, place: list[Any]) -> int:
    """Return the 1-based line of the deepest part of ``place`` that exists in the file."""
    line = node.start_mark.line + 1
    for step in place:
        child: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(step):
                    line, child = key.start_mark.line + 1, value
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            child = node.value[step]
            line = child.start_mark.line + 1
        if child is None:
            break
        node = child
    return int(line)
