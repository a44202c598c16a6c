"""Spreadsheets in, documents out: what each cell shows, sheet by sheet."""

from __future__ import annotations
