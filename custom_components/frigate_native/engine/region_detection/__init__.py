"""Region detection: run the detector on regions of a frame."""

from .region_detector import RegionDetections, RegionDetector

__all__ = ["RegionDetections", "RegionDetector"]
