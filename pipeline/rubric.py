"""A rubric file: units, steps, requirements and cues as data that a clerk can edit.

The file is YAML.  It is checked when it is loaded; every mistake is reported with file, line and what to
do, all mistakes at once (``pipeline.rubric_mistakes``).  The loaded ``Rubric`` is frozen and carries the
hash of the file's bytes, which is stored with every result made from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from pipeline.errors import RubricError, reason
from pipeline.model import Kind, Tier
from pipeline.rubric_mistakes import Mistake, Page, decoded, syntax_mistake

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

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _checked_date(value: object) -> object:
    """Let only 2015-06-30 through; pydantic alone would take 20150630 for a count of seconds."""
    if not isinstance(value, str):
        return value
    try:
        return dt.date.fromisoformat(value if _ISO_DATE.fullmatch(value) else "")
    except ValueError as error:
        raise ValueError("日期要写成 2015-06-30 的样子，并且确有这一天") from error


def _tidied(cue: str) -> str:
    """Write a cue as one line: it may be broken after any ``+`` or ``|`` in the file."""
    return re.sub(r"\s*\|\s*", "|", re.sub(r"\s*\+\s*", " + ", cue))


Text = Annotated[str, Field(min_length=1)]
Cue = Annotated[str, Field(min_length=1), AfterValidator(_tidied)]
Words = tuple[Text, ...]
Date = Annotated[dt.date, BeforeValidator(_checked_date)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Unit(_Strict):
    """A county federation (县级工商联) that owes papers."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Text
    code: str = ""
    aliases: Words = ()
    typos: Words = ()
    status: str = ""
    duty: str = ""
    is_recognised: bool = False
    deadline: Date | None = None
    deadline_latest_reading: Date | None = None

    @property
    def names(self) -> Words:
        """Every way the unit may be written, longest first."""
        return tuple(sorted({self.name, *self.aliases, *self.typos}, key=lambda n: (-len(n), n)))


class Step(_Strict):
    """One dated step of the campaign (实施步骤)."""

    id: Text
    name: Text
    start: Date
    end: Date
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

    id: Text
    name: Text
    weight: int = Field(ge=0, le=100)
    aliases: Words = ()


class KeyTask(_Strict):
    """One of the notice's key tasks (重点工作)."""

    id: Text
    name: Text


class Requirement(_Strict):
    """One thing a paper must show.

    ``cues`` are patterns: a plain word, or parts joined by `` + `` that must stand near each other in any
    order, alternatives joined by ``|``, ``@name`` for a word class, ``!`` for what must not be there.
    """

    id: str = Field(pattern=r"^[A-Z]+[0-9]+(\.[0-9]+)?$")
    name: Text
    criterion: str | None = None
    key_task: str | None = None
    tier: Tier | None = None
    applies_to: tuple[Kind, ...] = (Kind.WORK_PLAN, Kind.SELF_CHECK)
    clause: Text
    weight: float = Field(default=1.0, ge=0)
    keywords: Words = ()
    is_about_lacks: bool = False
    cues: tuple[Cue, ...]
    counter: Words = ()
    proofs: Words = ()
    advice: Text
    positive: Words = ()
    negative: Words = ()


class Program(_Strict):
    """What the campaign is called, who runs it, and whose demands are not the units' own deeds."""

    name: Text
    names: Words
    issuer: Text
    issuer_names: Words
    issuer_people: Words = ()
    traps: Words = ()


class Rubric(_Strict):
    """Everything the tool knows about one campaign; another city or year is another file."""

    id: Text
    title: Text
    status: str
    program: Program
    pass_mark: int = Field(default=90, ge=0, le=100)
    units: tuple[Unit, ...]
    steps: tuple[Step, ...]
    kinds: dict[Kind, KindRule]
    criteria: tuple[Criterion, ...]
    key_tasks: tuple[KeyTask, ...]
    classes: dict[str, Words] = {}
    requirements: tuple[Requirement, ...]
    hash: str = ""

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


#: The keys that may stand in each section, to tell a clerk what a misspelt key was meant to be.
_KEYS = {
    "units": tuple(Unit.model_fields),
    "steps": tuple(Step.model_fields),
    "kinds": tuple(KindRule.model_fields),
    "criteria": tuple(Criterion.model_fields),
    "key_tasks": tuple(KeyTask.model_fields),
    "requirements": tuple(Requirement.model_fields),
    "program": tuple(Program.model_fields),
    "": tuple(key for key in Rubric.model_fields if key != "hash"),
}


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
        raise RubricError(f"评价标准文件打不开：{path}（{reason(error)}）。请检查路径和读取权限。") from error
    return parse(data, str(path))


def parse(data: bytes, name: str) -> Rubric:
    """Check the bytes of a rubric file; ``name`` is used in messages only.

    Raises:
        RubricError: the message has one line per mistake, in the order of the file.

    """
    try:
        text = decoded(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        advice = "不是 UTF-8 编码。请用记事本打开，“另存为”时编码选 UTF-8"
        raise RubricError(Mistake(line, "", advice).told(name)) from error
    try:
        page = Page.read(text)
    except yaml.YAMLError as error:
        raise RubricError(syntax_mistake(error, text).told(name)) from error
    rubric, mistakes = None, [*page.mistakes()]
    if page.content or not mistakes:
        try:
            rubric = Rubric.model_validate({**page.content, "hash": hashlib.sha256(data).hexdigest()})
        except ValidationError as error:
            mistakes += (page.mistake(one, _KEYS) for one in error.errors())
    if mistakes or rubric is None:
        raise RubricError("\n".join(dict.fromkeys(mistake.told(name) for mistake in sorted(mistakes))))
    return rubric
