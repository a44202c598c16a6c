"""Reads scans and photographs: a picture of a page goes in, words with places and a confidence come out.

All but ``available`` and ``scans`` needs the extra ``ocr`` and is imported when the first scan arrives.
"""

from __future__ import annotations
