"""What a run has to read, round after round: the files, then what came out of them, level by level.

All of one level is known before any of it is read.  So which of several equal files is the original does not
depend on which container was opened first, and a run that was killed ends with the rows of any other.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from pipeline.intake import Found
from pipeline.model import Analysis
from pipeline.store.key import Key
from pipeline.store.repository import Store

__all__ = ["Rounds"]


class Rounds:
    """The tasks of one run, and how far it is.

    ``done`` counts the files read, ``total`` those known so far that had to be; ``read`` also the members
    that were listed only.  Iterating yields None where results must be saved before there is more to do.
    """

    def __init__(self, store: Store, key: Key, run: int, room: Path) -> None:
        self._store = store
        self._key = key
        self._run = run
        self._room = room
        self.done = self.total = self.read = 0

    def __iter__(self) -> Iterator[Found | None]:
        """Yield the files of each round in order of name."""
        for depth in itertools.count():
            count = self._store.count_pending(self._key, self._run, depth)
            if not count:
                return
            self.total += count
            yield from self._store.pending(self._key, self._run, depth, self._room)
            while self.done < self.total:
                yield None
            self._store.settle(self._run)

    def save(self, analysis: Analysis) -> None:
        """Keep a result; the bytes of a member are needed no longer."""
        self._store.save(analysis, self._key)
        self.done += 1
        self.read += 1 + len(analysis.withheld)
        # All empty members are one file, which others may still need.
        if analysis.sha256 and analysis.size:
            (self._room / analysis.sha256).unlink(missing_ok=True)
