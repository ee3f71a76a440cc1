"""An object's appearance in a few numbers, to recognize it."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from ..frame import Frame
from ..geometry import Box

type Appearance = NDArray[np.float32]
"""(parts * kinds,), square roots of shares; its length is 1."""

_PARTS: Final = 3  # of a box, from top to bottom: a person's head, trunk and legs
_POINTS: Final = (24, 10)  # rows and columns at which the box is sampled
_SIDES: Final = 0.2  # of a box's width ignored on either side: mostly background
# Steps of brightness and of the two colour differences; closer where most clothes are.
_LUMA_STEPS: Final = (37, 55, 76, 102, 136, 179)
_CHROMA_STEPS: Final = (116, 123, 133, 140)
_LUMA_KIND: Final = np.digitize(np.arange(256), _LUMA_STEPS) * (len(_CHROMA_STEPS) + 1) ** 2
_CHROMA_KIND: Final = np.digitize(np.arange(256), _CHROMA_STEPS)
_KINDS: Final = (len(_LUMA_STEPS) + 1) * (len(_CHROMA_STEPS) + 1) ** 2
_PART_OFFSET: Final = (np.arange(_POINTS[0]) * _PARTS // _POINTS[0] * _KINDS)[:, None]


def appearance_of(frame: Frame, box: Box) -> Appearance:
    """Return the appearance of an object in a frame: the shares of colours in its three parts.

    box is (x1, y1, x2, y2) in pixels and lies within the frame.
    """
    side = int((box[2] - box[0]) * _SIDES)
    rows = np.linspace(box[1], box[3] - 1, _POINTS[0]).astype(np.intp)[:, None]
    columns = np.linspace(box[0] + side, box[2] - side - 1, _POINTS[1]).astype(np.intp)
    luma, blue, red = frame.planes
    chroma = rows >> 1, columns >> 1
    kinds = _LUMA_KIND[luma[rows, columns]] + _PART_OFFSET
    kinds += _CHROMA_KIND[blue[chroma]] * (len(_CHROMA_STEPS) + 1) + _CHROMA_KIND[red[chroma]]
    counts = np.bincount(kinds.ravel(), minlength=_PARTS * _KINDS)
    return np.sqrt(counts / kinds.size).astype(np.float32)


def dissimilarity(first: Appearance, second: Appearance) -> float:
    """Return how different two appearances are, 0..1 (Hellinger distance)."""
    return math.sqrt(max(0.0, 1.0 - float(first @ second)))


def blend(first: Appearance, second: Appearance, share: float) -> Appearance:
    """Return a mixture of two appearances; `share` is the second one's weight."""
    mixture = first * np.float32(1 - share) + second * np.float32(share)
    mixture /= np.float32(np.linalg.norm(mixture))
    return mixture
