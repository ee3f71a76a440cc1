"""Zones: named polygons in a frame."""

from .ground import GroundPoint
from .zone import Zone

__all__ = ["GroundPoint", "Zone"]
