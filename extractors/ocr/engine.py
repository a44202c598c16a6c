"""The one place that knows RapidOCR: finds lines of print in a picture and reads them.

The models are those inside the package; their paths are named, so that nothing is ever looked for elsewhere.
The engine is built once in a process and keeps to one thread, for several processes share the machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
from rapidocr import RapidOCR
from rapidocr.inference_engine.onnxruntime.main import ONNXRuntimeError
from rapidocr.main import RapidOCRError
from rapidocr.utils.output import RapidOCROutput

from extractors.ocr.bands import bands
from extractors.ocr.pixels import Grey, Quads

__all__ = ["FAILURES", "Engine", "engine"]

#: What the libraries raise when a page is beyond them, for want of memory above all.
FAILURES = (cv2.error, ONNXRuntimeError, RapidOCRError)

#: Lines are found on a smaller picture, which costs a third; they are read at full size.
_LONGEST_SIDE = 1280
_TALLEST_CROP = 160
_LONGEST_CROP = 4_000


class Engine:
    """Finds and reads lines of print."""

    def __init__(self, models: Path) -> None:
        self._rapid = RapidOCR(
            params={
                "Global.log_level": "critical",
                "Global.use_cls": False,
                "Global.text_score": 0.0,
                "Global.max_side_len": _LONGEST_SIDE,
                "Det.model_path": str(_only(models, "*_det_*.onnx")),
                "Rec.model_path": str(_only(models, "*_rec_*.onnx")),
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def find(self, grey: Grey) -> Quads:
        """Return the areas of the lines of print, whichever way they run."""
        parts = [self._find(grey[top:bottom]) + np.asarray((0, top)) for top, bottom in bands(grey)]
        return np.concatenate(parts)

    def _find(self, grey: Grey) -> Quads:
        found = self._rapid(
            cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), use_det=True, use_cls=False, use_rec=False
        )
        boxes = getattr(found, "boxes", None)
        if boxes is None or isinstance(found, RapidOCROutput):
            return np.zeros((0, 4, 2), dtype=np.float64)
        return np.asarray(boxes, dtype=np.float64)

    def read(self, grey: Grey, quads: Quads) -> list[tuple[str, float]]:
        """Return for each area the text and how sure the engine is of it, from 0 to 1."""
        if not len(quads):
            return []
        crops = [cv2.cvtColor(_crop(grey, quad), cv2.COLOR_GRAY2RGB) for quad in quads]
        read = self._rapid.recognize_txt(crops)
        return list(zip(read.txts or (), map(float, read.scores or ()), strict=True))


@cache
def engine() -> Engine:
    """Return the engine of this process; a package without its models is as good as none (ImportError)."""
    # Builds for Windows report their use unless told not to; nothing leaves this machine.
    onnxruntime.disable_telemetry_events()
    package = find_spec("rapidocr")
    places: Sequence[str] = (package.submodule_search_locations if package else None) or ()
    return Engine(Path(next(iter(places), "")) / "models")


def _only(models: Path, pattern: str) -> Path:
    for path in sorted(models.glob(pattern)):
        return path
    raise ImportError(f"no model {pattern} in {models}", name="rapidocr")


def _crop(grey: Grey, quad: Quads) -> Grey:
    """Return an area as a level strip."""
    width = float(max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3])))
    height = float(max(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[2] - quad[1])))
    shrink = min(1.0, _TALLEST_CROP / max(height, 1.0), _LONGEST_CROP / max(width, 1.0))
    size = (max(round(width * shrink), 2), max(round(height * shrink), 2))
    corners = np.asarray([(0, 0), (size[0], 0), size, (0, size[1])], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), corners)
    strip = cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, dtype=np.uint8)
