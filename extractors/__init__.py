"""Files in, documents out: complete text of Chinese official papers, with every word's place."""

from __future__ import annotations

from extractors.document import Document, Extraction, Limits, Outcome, Source
from extractors.registry import extract

__all__ = ["Document", "Extraction", "Limits", "Outcome", "Source", "extract"]
