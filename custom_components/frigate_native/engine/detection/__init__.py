"""Detectors as the engine sees them: regions in, detections out, whatever happens to the processes behind."""

from .pool import DetectorPool, DetectorTotals, RawDetection

__all__ = ["DetectorPool", "DetectorTotals", "RawDetection"]
