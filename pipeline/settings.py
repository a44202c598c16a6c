"""What one run judges by: the rubric, the reference papers, the limits; part of every result's key."""

from __future__ import annotations

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
