"""The two kinds of picture that are worked on here, and how a rendered page becomes one."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pdf.recognise import PageImage

# Several processes share the machine; each keeps to one thread.
cv2.setNumThreads(1)

__all__ = ["Grey", "Mask", "Picture", "Quads", "grey_of", "picture_of", "shrunk"]

#: Height × width × 3, red, green, blue from 0 to 255.
Picture = NDArray[np.uint8]
#: Height × width, 0 is black.
Grey = NDArray[np.uint8]
#: Height × width, 255 where something holds and 0 elsewhere.
Mask = NDArray[np.uint8]
#: Four-cornered areas in pixels, n × 4 × 2 (x, y): top left, top right, bottom right, bottom left.
Quads = NDArray[np.float64]


def picture_of(image: PageImage) -> Picture:
    """Return the pixels of a page."""
    pixels = np.frombuffer(image.pixels, dtype=np.uint8)
    return pixels.reshape(image.height, image.width, 3)


def grey_of(picture: Picture) -> Grey:
    """Return how light each pixel looks to the eye: red print is dark."""
    return np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def shrunk(picture: Picture, factor: int) -> Picture:
    """Return a picture or mask ``factor`` times smaller, each pixel the mean of those it stands for."""
    height, width = picture.shape[:2]
    size = (max(width // factor, 1), max(height // factor, 1))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
