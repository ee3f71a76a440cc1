"""Pictures that were drawn, for the next viewers of the same view."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

from .picture_queue import View

_MAX_BYTES: Final = 8_000_000
_MAX_AGE_S: Final = 1.0  # of an outdated picture, returned while others wait to be drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    version: Hashable
    time: float
    picture: bytes


class DrawnPictures:
    """Keeps the newest picture of each view, as long as there is room. Times are monotonic. For the event loop."""

    def __init__(self) -> None:
        """Start empty."""
        self._drawn: OrderedDict[Hashable, _Drawn] = OrderedDict()
        self._bytes = 0

    def find(self, view: View, now: float, *, is_busy: bool) -> bytes | None:
        """Return a view's picture if it is up to date, or while it is busy, drawn within the last second."""
        if (drawn := self._drawn.get(view.key)) is None:
            return None
        self._drawn.move_to_end(view.key)
        is_young = is_busy and now - drawn.time < _MAX_AGE_S
        return drawn.picture if is_young or drawn.version == view.version() else None

    def keep(self, view: View, version: Hashable, now: float, picture: bytes) -> None:
        """Keep a picture, drawn from a version or one after it; drop those not requested for the longest time."""
        self._drop(view.key)
        self._drawn[view.key] = _Drawn(version=version, time=now, picture=picture)
        self._bytes += len(picture)
        while self._bytes > _MAX_BYTES:
            self._drop(next(iter(self._drawn)))

    def _drop(self, key: Hashable) -> None:
        if (drawn := self._drawn.pop(key, None)) is not None:
            self._bytes -= len(drawn.picture)
