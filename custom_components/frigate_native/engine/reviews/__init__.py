"""Turns what happens at a camera into items to review."""

from .keeper import ActiveObject, ReviewKeeper

__all__ = ["ActiveObject", "ReviewKeeper"]
