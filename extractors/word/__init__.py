"""Word papers: the package of ``.docx`` and its kin, and the older binary formats."""

from __future__ import annotations
