"""Makes a photographed page look scanned: paper white all over, print dark."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.ocr.pixels import Grey, Picture, shrunk

__all__ = ["evenly_lit", "has_ink", "with_dark_print"]

_REDUCTION = 8
#: Wider than the strokes of a title, so that what is left is the paper behind it (in reduced pixels).
_BEHIND_PRINT = 15
_WHITE = 228
_MOSTLY = 0.98
#: Darker than this is no paper in the shade but something else, and stays dark.
_DARKEST_PAPER = 90
_PALE_PRINT = 70
_INK = 128
#: A speck is not yet print: the share of a sheet that one printed character fills.
_LEAST_INK = 0.00004


def evenly_lit(picture: Picture) -> Picture:
    """Return the picture with shadows and yellow paper taken out; a clean scan comes back as it is."""
    paper = cv2.morphologyEx(
        shrunk(picture, _REDUCTION), cv2.MORPH_CLOSE, np.ones((_BEHIND_PRINT, _BEHIND_PRINT), np.uint8)
    )
    if np.mean(paper.min(axis=2) >= _WHITE) >= _MOSTLY:
        return picture
    smooth = cv2.GaussianBlur(np.clip(paper, _DARKEST_PAPER, 255), (0, 0), _BEHIND_PRINT / 3)
    height, width = picture.shape[:2]
    behind = cv2.resize(smooth, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(picture, behind, scale=250), dtype=np.uint8)


def with_dark_print(grey: Grey) -> Grey:
    """Return the picture with pale print (a worn toner, a third carbon copy) made dark."""
    sample = grey[::4, ::4]
    darkest = float(np.percentile(sample, 0.5))
    if darkest <= _PALE_PRINT or darkest >= _WHITE:
        return grey
    stretched = (grey.astype(np.float32) - darkest) * (255.0 / (255.0 - darkest))
    return np.asarray(np.clip(stretched, 0, 255), dtype=np.uint8)


def has_ink(grey: Grey) -> bool:
    """Whether there is anything on a sheet; the back of a printed page is mostly blank."""
    return float(np.mean(grey < _INK)) > _LEAST_INK
