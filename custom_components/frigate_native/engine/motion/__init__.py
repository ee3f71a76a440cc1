"""Motion detection: where a frame differs from the background."""

from .detector import MotionDetector

__all__ = ["MotionDetector"]
