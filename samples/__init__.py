"""A whole invented campaign: six counties' papers, the city's notice and what a reader found in them."""

from __future__ import annotations
