"""Zones: named polygons in a frame."""

from .zone import Zone

__all__ = ["Zone"]
