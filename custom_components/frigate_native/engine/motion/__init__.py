"""Motion detection: where a frame differs from the background."""

from .detector import MotionDetector
from .same_scene import is_same_scene

__all__ = ["MotionDetector", "is_same_scene"]
