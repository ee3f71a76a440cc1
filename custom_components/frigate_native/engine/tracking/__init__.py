"""Tracking: turn detections into objects with a stable identity."""

from .tracker import Tracker

__all__ = ["Tracker"]
