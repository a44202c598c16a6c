"""What one run judges by: the rubric, the reference papers, the limits; part of every result's key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from extractors.document import Limits
from pipeline.rubric import Rubric

__all__ = ["Settings"]


@dataclass(frozen=True)
class Settings:
    """Sent to every process once; ``references`` are the texts of the notice and other higher papers."""

    rubric: Rubric
    references: tuple[str, ...] = ()
    limits: Limits = Limits()

    @property
    def hash(self) -> str:
        """Fingerprint of all but the rubric, which has its own."""
        digest = hashlib.sha256(repr(self.limits).encode())
        for text in sorted(self.references):
            digest.update(text.encode())
        return digest.hexdigest()
