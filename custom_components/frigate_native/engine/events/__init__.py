"""Turns tracked objects into events and counts."""

from .counts import CountBoard
from .keeper import EventKeeper
from .manual import ManualEvents

__all__ = ["CountBoard", "EventKeeper", "ManualEvents"]
