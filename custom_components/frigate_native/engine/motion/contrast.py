"""Stretch the brightness of small frames, so that motion shows in the dark and in fog."""

from collections import deque
from typing import Final

import numpy as np

from .scaling import Gray

_DARK: Final = 4  # percentile
_BRIGHT: Final = 96
_FRAMES: Final = 50
_LEAST_RANGE: Final = 8  # a plainer frame shows noise alone
_FULL: Final = 255.0


class Contrast:
    """Stretches frames between the means of their darkest and brightest parts. For one camera."""

    def __init__(self) -> None:
        """Start without frames."""
        self._ranges: deque[tuple[float, float]] = deque(maxlen=_FRAMES)

    def stretch(self, small: Gray) -> Gray:
        """Return the next frame, stretched to 0 to 255."""
        dark, bright = np.percentile(small, (_DARK, _BRIGHT))
        if bright - dark >= _LEAST_RANGE:
            self._ranges.append((float(dark), float(bright)))
        if not self._ranges:
            return small
        low, high = np.mean(self._ranges, axis=0)
        stretched: Gray = (np.clip(small, low, high) - np.float32(low)) * np.float32(_FULL / (high - low))
        return stretched.astype(np.float32)
