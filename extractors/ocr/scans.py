"""Reads PDFs whose pages may be scans: the PDF reader with the engine of this machine handed in."""

from __future__ import annotations

from extractors.document import Extraction, Limits, Source
from extractors.ocr.available import recogniser
from extractors.pdf import reader

__all__ = ["extract"]


def extract(source: Source, limits: Limits) -> Extraction:
    """Read one PDF; without the extra ``ocr`` its scanned pages stay unread and say so."""
    return reader.extract(source, limits, recogniser(limits))
