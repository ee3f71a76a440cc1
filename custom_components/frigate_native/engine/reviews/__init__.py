"""Turns what happens at a camera into items to review."""

from .keeper import ActiveObject, ReviewKeeper
from .manual import ManualReviews

__all__ = ["ActiveObject", "ManualReviews", "ReviewKeeper"]
