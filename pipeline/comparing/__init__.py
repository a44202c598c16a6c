"""What only shows across papers: copied text, names of other places, figures that do not fit."""

from __future__ import annotations

from pipeline.comparing.copies import copies
from pipeline.comparing.figures import conflicts
from pipeline.comparing.masking import Masks
from pipeline.comparing.model import Conflict, Copy, Copying, ForeignName, Paper, PaperId, Passage
from pipeline.comparing.places import ForeignNames

__all__ = [
    "Conflict",
    "Copy",
    "Copying",
    "ForeignName",
    "ForeignNames",
    "Masks",
    "Paper",
    "PaperId",
    "Passage",
    "conflicts",
    "copies",
]
