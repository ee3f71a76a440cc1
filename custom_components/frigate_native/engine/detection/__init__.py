"""Detection for the engine: regions in, detections out; detector processes are restarted when they fail."""

from ...detector.helper import HelperAddress
from .pool import DetectorPool, DetectorTotals, RawDetection

__all__ = ["DetectorPool", "DetectorTotals", "HelperAddress", "RawDetection"]
