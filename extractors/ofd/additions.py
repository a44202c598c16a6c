"""Reads what comes with an OFD paper: electronic seals and attached files."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from extractors.attached import AttachedFile
from extractors.document import Limits
from extractors.ofd.structure import Element, Paper, located, words_of

__all__ = ["Seals", "attached_files", "seals_of"]

_MOST_SIGNATURES = 1_000


@dataclass(frozen=True, slots=True)
class Seals:
    """How many signatures a paper bears, and the ids of the pages on which their seals show."""

    count: int = 0
    pages: frozenset[str] = frozenset()


def seals_of(paper: Paper) -> Seals:
    """Return the electronic signatures of a paper; whether they hold true is not examined."""
    root = paper.package.xml(paper.signatures) if paper.signatures else None
    pages: set[str] = set()
    count = 0
    for entry in () if root is None else islice(root.iterfind("{*}Signature"), _MOST_SIGNATURES):
        part = located(paper.package, paper.signatures, entry.get("BaseLoc", ""))
        signature = paper.package.xml(part) if part else None
        if signature is not None:
            count += 1
            pages.update(stamp.get("PageRef", "") for stamp in signature.iterfind(".//{*}StampAnnot"))
    return Seals(count, frozenset(pages))


def attached_files(paper: Paper, limits: Limits) -> Iterator[AttachedFile]:
    """Yield the files attached to a paper."""
    for part in paper.located("Attachments"):
        root = paper.package.xml(part)
        entries = () if root is None else root.iterfind("{*}Attachment")
        # One more than allowed, so that it shows when there are too many.
        for entry in islice(entries, limits.max_members + 1):
            yield _attached(paper, part, entry)


def _attached(paper: Paper, base: str, entry: Element) -> AttachedFile:
    reference = words_of(entry.find("{*}FileLoc"))
    part = located(paper.package, base, reference)
    name = entry.get("Name", "") or posixpath.basename(part)
    suffix = posixpath.splitext(part)[1]
    if suffix and not name.lower().endswith(suffix.lower()):
        name += suffix
    data = paper.package.carried(part) if part else None
    return AttachedFile(name, data, "" if data is not None else "attachment_unreadable")
