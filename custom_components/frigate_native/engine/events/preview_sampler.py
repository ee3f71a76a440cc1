"""Selects the frames of a camera's preview."""

from collections.abc import Callable
from typing import Final

from ..frame import Frame
from ..messages import Message, PreviewFrameMessage

_MOVING_S: Final = 1.0
_STILL_S: Final = 30.0


class PreviewSampler:
    """Reports a frame each second while something moves, else each half minute. For the camera's process thread."""

    def __init__(self, camera: str, on_message: Callable[[Message], None]) -> None:
        """Start without frames."""
        self._camera = camera
        self._on_message = on_message
        self._last: float | None = None

    def add(self, frame: Frame, *, is_moving: bool) -> None:
        """Report a frame if it is time, or if the clock was set back."""
        passed_s = _STILL_S if self._last is None else frame.time - self._last
        if passed_s >= (_MOVING_S if is_moving else _STILL_S) or passed_s < 0:
            self._last = frame.time
            self._on_message(PreviewFrameMessage(camera=self._camera, frame=frame))
