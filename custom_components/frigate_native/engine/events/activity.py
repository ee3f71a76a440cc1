"""Sums up what a camera sees in each second."""

from collections.abc import Callable

from ..messages import ActivityMessage, Message


class ActivityMeter:
    """Reports the motion boxes and active objects of all frames of a second. For the camera's process thread."""

    def __init__(self, camera: str, on_message: Callable[[Message], None]) -> None:
        """Start without frames."""
        self._camera = camera
        self._on_message = on_message
        self._second: int | None = None
        self._motion = 0
        self._objects = 0

    def add(self, frame_time: float, *, motion: int, objects: int) -> None:
        """Add a frame; the first one of another second reports the second before."""
        second = int(frame_time)
        if second != self._second:
            self.flush()
            self._second = second
        self._motion += motion
        self._objects += objects

    def flush(self) -> None:
        """Report what has been added since the last report."""
        if self._second is not None:
            self._on_message(
                ActivityMessage(
                    camera=self._camera, time=float(self._second), motion=self._motion, objects=self._objects
                )
            )
        self._second, self._motion, self._objects = None, 0, 0
