"""Regions: which squares of a frame the detector gets to see."""

from .planner import plan_regions
from .scheduler import DetectionScheduler

__all__ = ["DetectionScheduler", "plan_regions"]
