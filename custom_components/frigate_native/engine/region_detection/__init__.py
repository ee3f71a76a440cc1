"""Looking: a frame's regions become its detections."""

from .region_detector import Look, RegionDetector

__all__ = ["Look", "RegionDetector"]
