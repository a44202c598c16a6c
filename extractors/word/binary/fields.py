"""Fields in an old Word paper: marks in the text around an instruction and its stored result."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.word.fields import result_of

__all__ = ["Closed", "Fields"]

_LONGEST_INSTRUCTION = 2_000
_MOST_OPEN = 200


@dataclass(frozen=True, slots=True)
class Closed:
    """A field that has ended: what it shows by itself (None: not known) and where its form data lies."""

    shown: str | None
    instruction: str
    data: int | None = None


@dataclass(slots=True)
class _Open:
    instruction: str = ""
    has_result: bool = False
    data: int | None = None
    is_object: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at one point of a story, outermost first; they may span paragraphs."""

    fields: list[_Open] = field(default_factory=list)

    @property
    def is_in_instruction(self) -> bool:
        """Whether text met here belongs to an instruction and is not shown."""
        return any(not found.has_result for found in self.fields)

    def begin(self) -> None:
        """Open a field."""
        if len(self.fields) < _MOST_OPEN:
            self.fields.append(_Open())

    def separate(self) -> None:
        """Go over from instruction to result."""
        if self.fields:
            self.fields[-1].has_result = True

    @property
    def is_in_object(self) -> bool:
        """Whether what stands here is only the picture of an embedded object."""
        return any(found.is_object for found in self.fields)

    @property
    def innermost(self) -> str:
        """The instruction of the field opened last."""
        return self.fields[-1].instruction.strip() if self.fields else ""

    def mark_object(self) -> None:
        """Remember that the innermost field shows an embedded object."""
        if self.fields:
            self.fields[-1].is_object = True

    def instruct(self, text: str) -> None:
        """Take more of the innermost field's instruction."""
        if self.fields and not self.fields[-1].has_result:
            self.fields[-1].instruction = (self.fields[-1].instruction + text)[:_LONGEST_INSTRUCTION]

    def keep(self, data: int) -> None:
        """Remember where the form data of the innermost field lies."""
        if self.fields:
            self.fields[-1].data = data

    def end(self) -> Closed | None:
        """Close the innermost field; None when none is open."""
        if not self.fields:
            return None
        closed = self.fields.pop()
        is_silent = closed.has_result or self.is_in_instruction
        shown = "" if is_silent else result_of(closed.instruction)
        return Closed(shown, closed.instruction.strip(), closed.data)
