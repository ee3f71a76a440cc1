"""Regions: the squares of a frame in which the detector runs."""

from .planner import plan_regions
from .scheduler import DetectionScheduler

__all__ = ["DetectionScheduler", "plan_regions"]
