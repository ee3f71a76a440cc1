"""Regions: which squares of a frame the detector gets to see."""

from .attention import Attention
from .planner import plan_regions

__all__ = ["Attention", "plan_regions"]
