"""What is wrong with a rubric file, said so that a clerk can put it right: line, place, what to do.

The file is read as plain text values (YAML's own guessing of numbers, dates and yes/no is switched off,
so a code such as 411122 needs no quotes).  Three kinds of mistakes are told together: what YAML lets pass
(a key written twice), what no single field can know (an id used twice, a class that is not there, a cue
that cannot be read), and what pydantic says of the fields, put into Chinese.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml
from pydantic_core import ErrorDetails

__all__ = ["Mistake", "Page", "Place", "Raw", "decoded", "syntax_mistake"]

Raw: TypeAlias = "str | list[Raw] | dict[str, Raw]"
Place: TypeAlias = tuple[str | int, ...]

# libyaml is about ten times faster and marks lines as well
_Loader: type[yaml.BaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_PLAIN_TAGS = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))

_ADVICE = {
    "missing": "缺少这一项，请补上",
    "enum": "取值不在允许的范围内，请对照自带的 luohe-2015.yaml 填写",
    "string_type": "应当是一段文字",
    "tuple_type": "应当是清单，请写成 [甲, 乙]，或者每行一条“- 甲”",
    "dict_type": "应当是“键: 值”的清单",
    "model_type": "应当是“键: 值”的清单",
    "int_parsing": "应当是整数，如 20",
    "float_parsing": "应当是数字，如 3 或 1.5",
    "bool_parsing": "应当是 true（是）或 false（否）",
    "greater_than_equal": "数字太小，不能低于 0",
    "less_than_equal": "数字太大，不能高于 100",
    "string_too_short": "不能为空，请填写，或者删去这一条",
}
_BAD_ID = {
    "units": "编号只用小写英文字母、数字和下划线，如 wuyang",
    "requirements": "编号写法不对，请照 C1.4、P2、Z9 的样子写",
}
_UNIQUE_IDS = {
    "units": "单位",
    "steps": "步骤",
    "criteria": "标准",
    "key_tasks": "重点工作",
    "requirements": "要求",
}
_WORD_LISTS = ("cues", "counter", "aliases", "typos", "titles", "traps", "senders", "names", "issuer_names")
_BARE_SIGN = re.compile(r"(?:^\s*-|:|[\[,])\s+[@!&*%|`]|\[[@!&*%|`]")
_BAD_COLON = re.compile(r"\s*(?:- )?[a-z_]+(?:：|:\S)")
_WIDE_SIGNS = str.maketrans("＋｜！＠", "+|!@")
_LONGEST_TOLD = 40  # characters of a cue repeated in a message
_DEEPEST = 12  # a rubric needs 5; libyaml's composer overruns the C stack on thousands


class _Unwanted(yaml.YAMLError):
    """YAML that a rubric never needs and that could do harm."""

    def __init__(self, line: int, advice: str) -> None:
        super().__init__(advice)
        self.line, self.advice = line, advice


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """One thing to put right; sorts by its place in the file."""

    line: int
    where: str
    advice: str

    def told(self, name: str) -> str:
        """Return the sentence for the clerk; ``name`` is the file's."""
        return f"{name} 第{self.line}行{' ' + self.where if self.where else ''}：{self.advice}。"


def decoded(data: bytes) -> str:
    """Return the text of the file; Notepad's mark at the start is dropped."""
    return data.decode("utf-8-sig")


def syntax_mistake(error: yaml.YAMLError, text: str) -> Mistake:
    """Say where YAML stopped understanding and what usually is the matter there."""
    if isinstance(error, _Unwanted):
        return Mistake(error.line, "", error.advice)
    mark = getattr(error, "problem_mark", None)
    number = mark.line if mark else 0
    lines = text.splitlines()[: number + 1]
    line = lines[-1] if len(lines) > number else ""
    if _BARE_SIGN.search(line):
        return Mistake(number + 1, "", "以 @ ! & * % | 开头的内容要用英文双引号括起来")
    if "\t" in line:
        return Mistake(number + 1, "", "这一行里有 Tab，缩进和间隔请改用空格")
    colons = [place for place, before in enumerate(lines) if _BAD_COLON.match(before)]
    if colons:
        return Mistake(colons[-1] + 1, "", "键的后面要用半角冒号加一个空格，如 id: C1.4")
    advice = "写法有误，从这里读不下去。请看这一行和上一行：缩进是否对齐，逗号是否半角，括号、引号是否成对"
    return Mistake(number + 1, "", advice)


@dataclass(frozen=True, slots=True)
class Page:
    """A rubric file as read: its values as plain text, and the nodes that know their lines."""

    root: yaml.Node | None
    content: dict[str, Raw] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Page:
        """Read YAML text; what is not a list of keys at the top reads as an empty page.

        Raises:
            yaml.YAMLError: the text is not YAML.

        """
        _check_events(text)
        loader = _Loader(text)
        try:
            root = loader.get_single_node()
            content = loader.construct_document(root) if isinstance(root, yaml.MappingNode) else {}
        finally:
            loader.dispose()
        return cls(root, content)

    def mistakes(self) -> Iterator[Mistake]:
        """Yield what is wrong although each field by itself may be well."""
        if not isinstance(self.root, yaml.MappingNode):
            yield Mistake(1, "", "文件开头应是“键: 值”的清单，请对照自带的 luohe-2015.yaml 修改")
            return
        for line, advice in _slips(self.root):
            yield Mistake(line, "", advice)
        for place, advice in _clashes(self.content):
            yield Mistake(self._line(place), self._where(place), advice)

    def mistake(self, error: ErrorDetails, keys: Mapping[str, Sequence[str]]) -> Mistake:
        """Put one of pydantic's findings into Chinese; ``keys`` are those each section may have."""
        place = tuple(step for step in error["loc"] if step != "[key]")
        return Mistake(self._line(place), self._where(place), _advice(error, place, keys))

    def _line(self, place: Place) -> int:
        """Return the 1-based line of the deepest part of ``place`` that is in the file."""
        node = self.root
        line = node.start_mark.line if node is not None else 0
        for step in place:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return int(line) + 1

    def _where(self, place: Place) -> str:
        """Return the place in words: ``requirements › C1.4 › cues › 第2条``."""
        words: list[str] = []
        value: Raw = self.content
        for step in place:
            if isinstance(step, int):
                value = value[step] if isinstance(value, list) and step < len(value) else ""
                name = value.get("id", "") if isinstance(value, dict) else ""
                words.append(name if isinstance(name, str) and name else f"第{step + 1}条")
            else:
                value = value.get(step, "") if isinstance(value, dict) else ""
                words.append(step)
        return " › ".join(words)


def _check_events(text: str) -> None:
    """Stop at what a rubric never needs, before anything is built of it: deep nests and references."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if depth > _DEEPEST:
            raise _Unwanted(line, "括号或缩进套得太多层，请对照自带的 luohe-2015.yaml 改成清单")
        if isinstance(event, yaml.AliasEvent):
            raise _Unwanted(line, "不能用 * 引用别处的内容；要写星号，请用英文双引号括起来")


def _child(node: yaml.Node | None, step: str | int) -> tuple[int, yaml.Node] | None:
    """Return the line (from 0) and the node that ``step`` leads to."""
    if isinstance(node, yaml.MappingNode):
        pairs = (pair for pair in node.value if pair[0].value == step)
        return next(((key.start_mark.line, value) for key, value in pairs), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line, node.value[step]
    return None


def _slips(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """Yield what YAML lets pass: keys written twice, and tags made by a bare ``!``."""
    if node.tag not in _PLAIN_TAGS:
        yield node.start_mark.line + 1, "以 ! 开头的内容要用英文双引号括起来"
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                yield line, f"“{key.value}”在第{seen[key.value]}行已经写过，请合并或删去一处"
            seen.setdefault(key.value, line)
            yield from _slips(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _slips(item)


def _clashes(content: Mapping[str, Raw]) -> Iterator[tuple[Place, str]]:
    """Yield what only shows when the whole file is looked at."""
    if "hash" in content:
        yield ("hash",), "这一项由程序计算，请删去"
    for section, title in _UNIQUE_IDS.items():
        ids = [(index, item.get("id")) for index, item in _items(content, section)]
        counts = Counter(id_ for _, id_ in ids if isinstance(id_, str))
        for index, id_ in ids:
            if isinstance(id_, str) and counts[id_] > 1:
                yield (section, index, "id"), f"{title}编号 {id_} 重复，请改成不同的编号"
    for index, item in _items(content, "requirements"):
        for key, section in (("criterion", "criteria"), ("key_task", "key_tasks")):
            known = [other.get("id") for _, other in _items(content, section)]
            if key in item and item[key] not in known:
                yield ("requirements", index, key), f"{section} 里没有编号 {item[key]}，请改正或在那里补上"
    yield from _word_clashes(content)


def _word_clashes(content: Mapping[str, Raw]) -> Iterator[tuple[Place, str]]:
    classes = content.get("classes", {})
    known = classes if isinstance(classes, dict) else {}
    for place, word in _words(content):
        if "，" in word:
            yield place, f"“{word}”里有全角逗号，词与词之间请用半角逗号加空格"
        if place[0] == "classes" and re.search(r"[+|!@]", word):
            yield place, f"词类里只写词，“{word}”里不能有 + | ! @"
        if place[-2] == "cues" and word.strip():
            yield from ((place, advice) for advice in _cue_advice(word, known))
    for index, item in _items(content, "requirements"):
        if item.get("cues") == []:
            yield ("requirements", index, "cues"), "至少要有一条线索"


def _cue_advice(cue: str, classes: Mapping[str, Raw]) -> Iterator[str]:
    """Yield what keeps a cue from being read as it was meant."""
    told = cue if len(cue) <= _LONGEST_TOLD else f"{cue[:_LONGEST_TOLD]}…"
    if cue != cue.translate(_WIDE_SIGNS):
        yield f"线索“{told}”里的 ＋｜！＠ 要改成半角 + | ! @"
        return
    parts = [part.strip() for part in cue.split("+")]
    if all(part.startswith("!") for part in parts):
        yield f"线索“{told}”只有“不能有”的部分，请加上要找的词"
    for part in parts:
        for word in part.removeprefix("!").split("|"):
            word = word.strip()
            name = word.removeprefix("@")
            if not name:
                yield f"线索“{told}”的 + 或 | 旁边缺一个词，请补上或删去符号"
            elif re.search(r"[\s!@]", name):
                yield f"线索“{told}”的“{word}”里有空格或符号，各部分之间要用 + 连接"
            elif word.startswith("@") and name not in classes:
                near = difflib.get_close_matches(name, list(classes), n=1, cutoff=0.5)
                hint = f"，是不是 @{near[0]}" if near else ""
                yield f"线索“{told}”用的词类 {word} 在 classes 里没有{hint}，请改正或补上"


def _words(content: Mapping[str, Raw]) -> Iterator[tuple[Place, str]]:
    """Yield every entry of the lists that hold words, with its place."""
    for section, value in content.items():
        for place, key, many in _lists(section, value):
            if section == "classes" or key in _WORD_LISTS:
                yield from (((*place, n), word) for n, word in enumerate(many) if isinstance(word, str))


def _lists(section: str, value: Raw) -> Iterator[tuple[Place, str, list[Raw]]]:
    """Yield the lists one or two levels below a section."""
    if isinstance(value, dict):
        nested: Iterator[tuple[str | int, Raw]] = iter(value.items())
    elif isinstance(value, list):
        nested = iter(enumerate(value))
    else:
        return
    for step, item in nested:
        if isinstance(item, list):
            yield (section, step), str(step), item
        elif isinstance(item, dict):
            inner = ((key, many) for key, many in item.items() if isinstance(many, list))
            yield from (((section, step, key), key, many) for key, many in inner)


def _items(content: Mapping[str, Raw], section: str) -> Iterator[tuple[int, dict[str, Raw]]]:
    items = content.get(section)
    if isinstance(items, list):
        yield from ((index, item) for index, item in enumerate(items) if isinstance(item, dict))


def _advice(error: ErrorDetails, place: Place, keys: Mapping[str, Sequence[str]]) -> str:
    kind = error["type"]
    section = str(place[0]) if place else ""
    if kind == "value_error":
        return str(error["ctx"]["error"])
    if kind == "extra_forbidden":
        possible = keys.get(section if len(place) > 1 else "", ())
        near = difflib.get_close_matches(str(place[-1]), possible, n=1)
        return f"没有“{place[-1]}”这个键，{f'是不是想写“{near[0]}”' if near else '请检查拼写或删去'}"
    if kind == "string_pattern_mismatch":
        return _BAD_ID.get(section, "编号写法不对，请对照自带的 luohe-2015.yaml 填写")
    return _ADVICE.get(kind, "取值不合要求，请对照自带的 luohe-2015.yaml 填写")
