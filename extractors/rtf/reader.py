"""Reads a rich text file from its first to its last token and puts its parts in order."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.document import Part, Source
from extractors.rtf.core import Reading
from extractors.rtf.destinations import DESTINATIONS, LEFT_OUT, SEEN_THROUGH
from extractors.rtf.properties import PROPERTIES, SAID, SIGNS
from extractors.rtf.tokens import Kind, Token, Tokens
from extractors.word.items import Item, Ledger

__all__ = ["RtfReader"]

_HEADS = (Part.HEADER, Part.FOOTER)
_OTHER_PARTS = (Part.FOOTNOTE, Part.ENDNOTE, *_HEADS, Part.COMMENT)


class RtfReader:
    """One rich text paper; ``is_broken`` says, once it is read, that the file ends before its last brace."""

    def __init__(self, data: bytes, ledger: Ledger, name: str = "") -> None:
        self.is_broken = False
        self._is_group_start = False
        self._ledger = ledger
        self._reading = Reading(Tokens(data), ledger, name)

    @property
    def members(self) -> list[Source]:
        """The files carried inside, found while the items are read."""
        return self._reading.members

    def items(self) -> Iterator[Item]:
        """Yield everything in the paper: body, footnotes, endnotes, headers, footers, comments."""
        reading = self._reading
        for token in reading.tokens:
            self._take(token)
            if token.value == b"}" and token.kind is Kind.BRACE and not reading.is_inside:
                break
        else:
            self.is_broken = True
            self._ledger.lose("damaged_content", "rtf")
        reading.close_all()
        if reading.story.is_open:
            reading.end_paragraph()
        yield from reading.stories[0].items()
        for part in _OTHER_PARTS:
            yield from self._part(part)

    def _part(self, part: Part) -> Iterator[Item]:
        seen: set[tuple[Item, ...]] = set()
        for items in map(tuple, self._reading.parts.get(part, ())):
            if part not in _HEADS or items not in seen:
                yield from items
            seen.add(items)

    def _take(self, token: Token) -> None:
        reading = self._reading
        if token.kind is Kind.TEXT or token.kind is Kind.BYTES:
            reading.take(token.value)
        elif token.kind is Kind.BRACE:
            self._brace(token.value)
            return
        elif token.kind is Kind.SYMBOL:
            self._sign(token.value)
        else:
            self._word(token)
        self._is_group_start = False

    def _brace(self, brace: bytes) -> None:
        self._reading.is_starred = False
        self._is_group_start = brace == b"{"
        if self._is_group_start:
            self._reading.open_group()
        else:
            self._reading.close_group()

    def _sign(self, sign: bytes) -> None:
        reading = self._reading
        if sign == b"*":
            # Within a group the mark means nothing; some programs write it there.
            reading.is_starred = self._is_group_start
        elif reading.is_skipped():
            return
        elif sign in SIGNS:
            reading.flush()
            reading.say(SIGNS[sign])
        elif sign in (b"\n", b"\r"):
            reading.end_paragraph()

    def _word(self, token: Token) -> None:
        reading = self._reading
        word = token.value
        is_starred, reading.is_starred = reading.is_starred, False
        if word in SAID:
            if not reading.is_skipped():
                reading.flush()
                reading.say(SAID[word])
            return
        reading.end_skipping()
        if handler := DESTINATIONS.get(word) or PROPERTIES.get(word):
            reading.flush()
            handler(reading, token.number)
        elif word in LEFT_OUT or (is_starred and word not in SEEN_THROUGH):
            reading.flush()
            reading.tokens.skip_group()
