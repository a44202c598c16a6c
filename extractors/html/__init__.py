"""Web pages in, documents out; Word and WPS save papers as such too."""

from __future__ import annotations
