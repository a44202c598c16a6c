"""Fields in rich text: an instruction and a result in groups of their own, form fields with their answers."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.rtf.story import Sink
from extractors.word.fields import CHECKED, UNCHECKED, result_of

__all__ = ["Field", "Form"]

_LONGEST_INSTRUCTION = 2_000
_TICK_BOX, _CHOICE = 1, 2
_DEFAULT = 25


@dataclass(slots=True)
class Form:
    """A form field: its kind, the answer (25: the default one), and the entries of a list."""

    kind: int = 0
    answer: int = _DEFAULT
    default: int = 0
    entries: list[str] = field(default_factory=list)

    @property
    def shown(self) -> str:
        """A tick box as a sign, a list as its chosen entry."""
        chosen = self.default if self.answer == _DEFAULT else self.answer
        if self.kind == _TICK_BOX:
            return CHECKED if chosen else UNCHECKED
        if self.kind == _CHOICE and 0 <= chosen < len(self.entries):
            return self.entries[chosen]
        return ""


@dataclass(slots=True, eq=False)
class Field:
    """One field while it is read; ``sink`` takes what it shows."""

    sink: Sink
    instruction: str = ""
    has_result: bool = False
    form: Form | None = None

    def instruct(self, text: str) -> None:
        """Take more of the instruction."""
        self.instruction = (self.instruction + text)[:_LONGEST_INSTRUCTION]

    def show(self, text: str) -> None:
        """Show a part of the stored result."""
        self.has_result = self.has_result or bool(text.strip())
        self.sink(text)

    def end(self) -> str | None:
        """Return what the field shows beyond its stored result, None when that is not known."""
        if self.form is not None and self.form.kind in (_TICK_BOX, _CHOICE):
            return "" if self.has_result else self.form.shown
        return "" if self.has_result else result_of(self.instruction)
