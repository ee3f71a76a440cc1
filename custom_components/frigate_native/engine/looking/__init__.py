"""Looking: a frame's regions become its detections."""

from .looker import Look, Looker

__all__ = ["Look", "Looker"]
