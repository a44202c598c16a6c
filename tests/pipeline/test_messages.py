"""Every code that the program can store has a Chinese sentence."""

from __future__ import annotations

import ast
import enum
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractors.document import Locator, Notice, Outcome
from extractors.office import Failure
from extractors.word.drawings import HangingKind
from pipeline import messages
from pipeline.messages import NOTICES, next_step, notice_text, outcome_name
from pipeline.model import Assertion, Kind, Level, SlotName, State

ROOT = Path(__file__).parents[2]
#: Calls whose code is their first argument, or for a refusal a later one.
PLACES = dict.fromkeys(("Notice", "note", "lose", "_remark"), 0)
PLACES |= {"UnreadableError": 1, "_Reason": 1, "refuse": 1, "withhold": 2}
#: Codes that are members of an enum: what hangs in a drawing, how a conversion failed.
MEMBERS = {*Failure, *(kind.value for kind in HangingKind)} - {"text_box", "words"}


def codes() -> set[str]:
    files = [path for folder in ("extractors", "pipeline") for path in (ROOT / folder).rglob("*.py")]
    return {code for path in files for code in codes_in(ast.parse(path.read_text(encoding="utf-8")))}


def codes_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            place = PLACES.get(str(name))
            values = node.args[place : place + 1] if place is not None else []
            values += [word.value for word in node.keywords if word.arg == "problem"]
        elif isinstance(node, ast.Assign):
            is_code = any(getattr(target, "id", "") == "code" for target in node.targets)
            values = [node.value] if is_code else []
        else:
            continue
        for value in values:
            yield from texts_in(value)


def texts_in(value: ast.AST) -> Iterator[str]:
    """Yield the texts an expression may come to: itself, or one of two."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp | ast.BoolOp):
        for part in ast.iter_child_nodes(value):
            yield from texts_in(part)


def test_every_code_in_the_source_has_a_sentence() -> None:
    found = codes() | MEMBERS

    assert set() == found - NOTICES.keys()
    assert {"scanned_page", "damaged_xml", "process_died", "xml_too_big", "attachment_limit"} <= found


def test_no_sentence_is_for_a_code_that_is_gone() -> None:
    assert set() == NOTICES.keys() - codes() - MEMBERS


@pytest.mark.parametrize("code", sorted(NOTICES))
@pytest.mark.parametrize("detail", ["", "第三部分"])
def test_sentences_are_whole_with_and_without_detail(code: str, detail: str) -> None:
    said = notice_text(Notice(code, detail))

    assert said.endswith("。")
    assert not any(blank in said for blank in ("{", "}", "  ", "。。", "：。", " 。", "第页"))


def test_every_bad_outcome_says_what_to_do() -> None:
    silent = [outcome for outcome in Outcome if not next_step(outcome)]

    assert silent == [Outcome.OK, Outcome.IGNORED]


def test_sentence_says_where() -> None:
    notice = Notice("private_character", "E000", locator=Locator(3, number=4, page=2))

    assert notice_text(notice) == "第2页 第4段：有自造字 E000，读不出是什么字。请打开原件核对此处。"


def test_unknown_code_is_shown_and_not_hidden() -> None:
    assert (
        notice_text(Notice("new_code", "细节", is_loss=True))
        == "new_code（细节）。可能有文字没有读出。请打开原件核对此处。"
    )
    assert notice_text(Notice("new_code")) == "new_code。"


@pytest.mark.parametrize(
    ("name_of", "members"),
    [
        (messages.state_name, State),
        (messages.level_name, Level),
        (messages.assertion_name, Assertion),
        (messages.kind_name, Kind),
        (messages.slot_name, SlotName),
        (outcome_name, Outcome),
    ],
)
def test_every_member_has_a_name_of_its_own(name_of: object, members: type[enum.Enum]) -> None:
    names = [name_of(member) for member in members]  # type: ignore[operator]

    assert all(names) and len(members) == len(set(names))
