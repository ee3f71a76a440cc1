"""Motion detection against a running average, with a second average that ignores flicker."""

import numpy as np
from numpy.typing import NDArray

from ..config.model import MotionConfig
from ..frame import Luma
from ..geometry import Box, Size
from .components import find_boxes, grow
from .contrast import Contrast
from .scaling import Gray, Shrinker

_WARM_UP_FRAMES = 30  # until the background is known
_FRAMES_UNTIL_ABSORBED = 10  # consecutive frames with motion after which it starts to become background
_UPHEAVAL_ALPHA = 0.2  # weight of a frame in the background during warm-up and upheaval, at least


class MotionDetector:
    """Finds the boxes with motion in a camera's frames. For one thread.

    A pixel counts as moving if it differs from the background by more than `threshold` in this frame and in the
    running average of differences. Works on a small copy of the frame, `frame_height` pixels high.
    """

    def __init__(self, config: MotionConfig, size: Size, mask: NDArray[np.uint8] | None) -> None:
        """Prepare for frames of this size; mask is (H, W), 0 where motion is ignored."""
        self._config = config
        height = min(config.frame_height or max(1, size.height // 6), size.height)
        small = Size(max(1, height * size.width // size.height), height)
        self._factor = size.height / height
        self._size = size
        self._shrinker = Shrinker(size, small)
        self._masked = None if mask is None else self._shrinker.shrink(mask) == 0
        self._unmasked_pixels = small.width * small.height - (
            0 if self._masked is None else np.count_nonzero(self._masked)
        )
        self._background: Gray = np.zeros((small.height, small.width), np.float32)
        self._average_delta = np.zeros_like(self._background)
        self._contrast = Contrast() if config.improve_contrast else None
        self._frames = 0
        self._frames_with_motion = 0
        self._is_blind = config.enabled
        self._picture: Gray | None = None

    @property
    def picture(self) -> Gray | None:
        """The small copy of the latest frame; None while motion is not detected."""
        return self._picture

    @property
    def is_blind(self) -> bool:
        """Whether motion is unreliable in the latest frame: during warm-up, or if most of it has changed."""
        return self._is_blind

    def detect(self, luma: Luma) -> list[Box]:
        """Return the boxes with motion in the next frame, (H, W) uint8, in its pixels. None during warm-up."""
        if not self._config.enabled:
            return []
        small = self._shrinker.shrink(luma)
        if self._contrast is not None:
            small = self._contrast.stretch(small)
        if self._masked is not None:
            small[self._masked] = 255
        self._picture = small
        self._frames += 1
        if self._frames <= _WARM_UP_FRAMES:
            self._learn(small)
            return []
        boxes = [self._to_frame(box) for box in self._find(small)]
        self._frames_with_motion = self._frames_with_motion + 1 if boxes else 0
        if not boxes or self._frames_with_motion >= _FRAMES_UNTIL_ABSORBED:
            self._learn(small)
        return boxes

    def _learn(self, small: Gray) -> None:
        if self._frames == 1:
            self._background = small.copy()
        else:
            alpha = self._config.frame_alpha
            weight = max(alpha, _UPHEAVAL_ALPHA) if self._is_blind else alpha
            self._background += (small - self._background) * np.float32(weight)

    def _start_again(self, small: Gray) -> None:
        """Take a frame as the background: too much has changed to say what moves in it."""
        self._is_blind = True
        self._background = small.copy()
        self._average_delta[:] = 0

    def _find(self, small: Gray) -> list[Box]:
        delta = np.abs(small - np.rint(self._background))
        self._average_delta += (delta - self._average_delta) * np.float32(self._config.delta_alpha)
        threshold = self._config.threshold
        differs = delta > threshold
        changed = np.count_nonzero(differs)
        self._is_blind = bool(changed > self._config.lightning_threshold * self._unmasked_pixels)
        skipped = self._config.skip_motion_threshold
        if skipped is not None and changed > skipped * self._unmasked_pixels:
            self._start_again(small)
            return []
        moving = differs & (np.rint(self._average_delta) > threshold)
        if not moving.any():
            return []
        return find_boxes(grow(moving), self._config.contour_area)

    def _to_frame(self, box: Box) -> Box:
        x1, y1, x2, y2 = (int(value * self._factor) for value in box)
        return x1, y1, min(x2, self._size.width), min(y2, self._size.height)
