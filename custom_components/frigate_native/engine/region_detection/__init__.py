"""Looking: a frame's regions become its detections."""

from .region_detector import RegionDetections, RegionDetector

__all__ = ["RegionDetections", "RegionDetector"]
