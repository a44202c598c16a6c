"""What has been taken out of one container so far, what had to stay behind, and how much room is left.

Every container goes through here, so the bounds are the same for all: the number of members, the bytes of
one, the bytes of all, and how many times its own size a container may grow to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.archive.names import cleaned, free_name, is_unsafe, listed
from extractors.document import Document, Extraction, Limits, Notice, Outcome, Source, Withheld

__all__ = ["Crate", "DamagedError", "LockedError"]

# A white page scanned as bitmap packs a thousand times; below this size that is no attack.
_HARMLESS = 32 * 1024 * 1024


class DamagedError(Exception):
    """The bytes of a member end too early or are not what they should be."""


class LockedError(DamagedError):
    """The bytes of a member cannot be had without its password."""


@dataclass(frozen=True, slots=True)
class _Reason:
    outcome: Outcome
    code: str


_TOO_BIG = _Reason(Outcome.TOO_BIG, "member_too_big")
_LOCKED = _Reason(Outcome.ENCRYPTED, "member_encrypted")
_DAMAGED = _Reason(Outcome.UNREADABLE, "member_damaged")


class Crate:
    """The members of one container, collected one after the other."""

    def __init__(self, container: Source, limits: Limits) -> None:
        self._container = container
        self._limits = limits
        self._members: list[Source] = []
        self._withheld: list[Withheld] = []
        self._paths: set[str] = set()
        self._notices: list[Notice] = []
        self._affected: dict[tuple[str, bool], list[str]] = defaultdict(list)
        self._refusal = Outcome.UNREADABLE
        self._beyond = 0
        self._spent = 0
        growth = max(_HARMLESS, limits.max_ratio * len(container.data))
        self.most_in_all = min(limits.max_unpacked, growth)

    @property
    def room(self) -> int:
        """How many bytes the next member may have."""
        return min(self.most_in_all - self._spent, self._limits.max_bytes)

    @property
    def is_full(self) -> bool:
        """Whether no more members are listed; those that come are only counted."""
        return len(self._paths) >= self._limits.max_members

    @property
    def listed(self) -> int:
        """How many members are known by name."""
        return len(self._paths)

    @property
    def taken(self) -> int:
        """How many members have been taken out."""
        return len(self._members)

    @property
    def is_whole(self) -> bool:
        """Whether nothing had to stay behind."""
        return not self._withheld and not self._beyond and not any(notice.is_loss for notice in self._noted())

    def has_room_for(self, size: int) -> bool:
        """Whether another member of this size would be taken."""
        return not self.is_full and size <= self.room

    def take(self, name: str, chunks: Iterable[bytes], size: int = 0) -> bool:
        """Take a member out and say whether it came; ``size`` is what the container says of it.

        ``chunks`` is read no further than there is room.  It may raise ``DamagedError``; what came before
        is kept.
        """
        if self.is_full:
            self._beyond += 1
            return False
        if size > self.room:
            return self._withhold(name, _TOO_BIG, size)
        data = bytearray()
        fault = self._fill(data, chunks)
        # What a damaged member began with is worth reading; of one too big or locked nothing is kept.
        if fault and not (data and fault is _DAMAGED):
            return self._withhold(name, fault, max(size, len(data)))
        path = self._path(name)
        self._spent += len(data)
        self._members.append(Source(f"{self._container.name}/{path}", bytes(data)))
        if fault:
            self._remark("member_cut_off", path, is_loss=True)
        return True

    def _fill(self, data: bytearray, chunks: Iterable[bytes]) -> _Reason | None:
        """Collect the bytes of a member and say what went wrong, if anything did."""
        try:
            for chunk in chunks:
                data += chunk
                if len(data) > self.room:
                    return _TOO_BIG
        except LockedError:
            return _LOCKED
        except DamagedError:
            return _DAMAGED
        return None

    def withhold(self, name: str, outcome: Outcome, code: str, size: int = 0) -> None:
        """List a member that cannot be taken out."""
        if self.is_full:
            self._beyond += 1
        else:
            self._withhold(name, _Reason(outcome, code), size)

    def pass_over(self, count: int) -> None:
        """Count members that are not even listed."""
        self._beyond += count

    def note(self, code: str, detail: str = "", *, is_loss: bool = False) -> None:
        """Remember something about the container as a whole."""
        notice = Notice(code, detail, is_loss)
        if notice not in self._notices:
            self._notices.append(notice)

    def refuse(self, outcome: Outcome, code: str, detail: str = "") -> None:
        """Say why the container could not be opened, or not to its end."""
        self._refusal = outcome
        self.note(code, detail, is_loss=True)

    def _withhold(self, name: str, reason: _Reason, size: int) -> bool:
        path = self._path(name)
        notice = Notice(reason.code, path, is_loss=True)
        self._withheld.append(Withheld(f"{self._container.name}/{path}", reason.outcome, notice, size))
        self._remark(reason.code, path, is_loss=True)
        return False

    def _path(self, name: str) -> str:
        path = free_name(cleaned(name) or f"未命名{len(self._paths) + 1}", self._paths)
        self._paths.add(path)
        if is_unsafe(name):
            self._remark("unsafe_name", path, is_loss=False)
        return path

    def _remark(self, code: str, path: str, *, is_loss: bool) -> None:
        """Remember something about one member; members of which the same is true share a notice."""
        self._affected[code, is_loss].append(path)

    def concluded(self, document: Document | None = None) -> Extraction:
        """Decide what came of the container; ``document`` is its own text, of a mail for instance."""
        notices = (*self._noted(), *(document.notices if document else ()))
        members, withheld = tuple(self._members), tuple(self._withheld)
        is_lossy = any(notice.is_loss for notice in notices)
        if members or document:
            outcome = Outcome.PARTIAL if is_lossy else Outcome.OK
        elif withheld:
            outcome = _shared(withheld)
        else:
            outcome = self._refusal if is_lossy else Outcome.EMPTY
        return Extraction(outcome, document, notices, members, withheld)

    def _noted(self) -> tuple[Notice, ...]:
        affected = (Notice(code, listed(names), is_loss) for (code, is_loss), names in self._affected.items())
        beyond = (Notice("too_many_members", str(self._beyond), is_loss=True),) if self._beyond else ()
        return (*self._notices, *affected, *beyond)


def _shared(withheld: Iterable[Withheld]) -> Outcome:
    """Return how most of the members ended."""
    ((outcome, _),) = Counter(one.outcome for one in withheld).most_common(1)
    return outcome
