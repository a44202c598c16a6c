r"""Cuts rich text into groups, control words (``\par``), bytes in hexadecimal (``\'d6``) and plain bytes."""

from __future__ import annotations

import binascii
import enum
import re
from collections.abc import Iterator
from typing import NamedTuple

__all__ = ["Kind", "Token", "Tokens"]

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,40})(-?\d{1,10})? ?"
    rb"|((?:\\'[0-9a-fA-F]{2})+)"
    rb"|\\([^a-zA-Z])"
    rb"|([{}])"
    rb"|([^\\{}\r\n\0]+)"
    rb"|[\r\n\0]+|\\",
    re.DOTALL,
)
_BRACE = re.compile(rb"\\bin(\d{1,10}) ?|\\.|[{}]", re.DOTALL)
_OPENING = re.compile(rb"[\s\0]*\{")


class Kind(enum.IntEnum):
    """What a token is; the numbers are the places of its pattern."""

    WORD = 1
    WORD_WITH_NUMBER = 2
    BYTES = 3
    SYMBOL = 4
    BRACE = 5
    TEXT = 6


_KINDS = {int(kind): kind for kind in Kind}


class Token(NamedTuple):
    """One token: the name of a control word with its number, a sign, or bytes of text."""

    kind: Kind
    value: bytes
    number: int | None = None


class Tokens:
    """The tokens of a file in order; groups can be left out as a whole without being cut up."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def __iter__(self) -> Iterator[Token]:
        while self._place < len(self._data):
            found = _TOKEN.match(self._data, self._place)
            if found is None:
                self._place += 1
                continue
            self._place = found.end()
            if found.lastindex is None:
                continue
            kind = _KINDS[found.lastindex]
            if kind is Kind.WORD or kind is Kind.WORD_WITH_NUMBER:
                yield self._word(found)
            elif kind is Kind.BYTES:
                yield Token(kind, binascii.unhexlify(found[kind].replace(b"\\'", b"")))
            else:
                yield Token(kind, found[kind])

    def _word(self, found: re.Match[bytes]) -> Token:
        number = None if found[2] is None else int(found[2])
        if found[1] == b"bin" and number is not None and number > 0:
            self._place += number
        return Token(Kind.WORD, found[1], number)

    def skip_group(self) -> None:
        """Go on right before the brace that ends the group we are in."""
        self._place = self._end_of_group(self._place)

    def skip_next_group(self) -> None:
        """Leave out the group that begins here, if one does."""
        opening = _OPENING.match(self._data, self._place)
        if opening:
            self._place = self._end_of_group(opening.end()) + 1

    def rest_of_group(self) -> bytes:
        """Return what is left of the group we are in, and leave it out."""
        start = self._place
        self.skip_group()
        return self._data[start : self._place]

    def _end_of_group(self, place: int) -> int:
        depth = 0
        while found := _BRACE.search(self._data, place):
            place = found.end()
            if found[1]:
                place += int(found[1])
            elif found[0] == b"{":
                depth += 1
            elif found[0] == b"}":
                if not depth:
                    return found.start()
                depth -= 1
        return len(self._data)
