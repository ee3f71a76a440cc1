"""Motion: where a picture differs from the background."""

from .detector import MotionDetector

__all__ = ["MotionDetector"]
