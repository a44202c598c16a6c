"""PDF files in, documents out."""

from __future__ import annotations
