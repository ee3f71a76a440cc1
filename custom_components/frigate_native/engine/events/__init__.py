"""Events: the life of tracked objects as others see it."""

from .counts import CountBoard
from .keeper import EventKeeper
from .manual import ManualEvents

__all__ = ["CountBoard", "EventKeeper", "ManualEvents"]
