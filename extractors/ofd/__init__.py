"""OFD files in, documents out: the fixed-page format of Chinese government papers (GB/T 33190-2016)."""

from __future__ import annotations
