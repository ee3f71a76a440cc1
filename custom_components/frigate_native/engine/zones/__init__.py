"""Zones: named polygons of a frame."""

from .zone import Zone

__all__ = ["Zone"]
