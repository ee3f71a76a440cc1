"""Tracking: detections become objects that keep their identity."""

from .tracker import Tracker

__all__ = ["Tracker"]
