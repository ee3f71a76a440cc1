"""Pictures that wait to be drawn."""

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Final

from .viewer import Viewer

MAX_PER_DOOR: Final = 128
MAX_PER_VIEWER: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Something that can be drawn. Viewers of views with the same key get the same picture.

    version identifies what would be drawn now, such as the newest frame; it is called in the event loop. draw is called
    in another thread and takes milliseconds.
    """

    key: Hashable
    version: Callable[[], Hashable]
    draw: Callable[[], bytes]


@dataclass(slots=True, kw_only=True, eq=False)
class WaitingPicture:
    """A view for a viewer, and how many requests wait for it."""

    view: View
    viewer: Viewer
    picture: asyncio.Future[bytes | None]
    requests: int = 0


class TooManyPicturesError(Exception):
    """A viewer, or all viewers with or without login, must try again later."""


class PictureQueue:
    """Takes turns: between viewers with and without login, then between viewers, then first come, first served.

    For the event loop.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._doors: OrderedDict[bool, OrderedDict[Viewer, deque[WaitingPicture]]] = OrderedDict(
            {False: OrderedDict(), True: OrderedDict()}
        )

    def __len__(self) -> int:
        """Return the number of waiting pictures."""
        return sum(map(_count, self._doors.values()))

    def find(self, view: View, viewer: Viewer) -> WaitingPicture | None:
        """Return a picture of the same view that waits at the same door."""
        waiting = (item for line in self._doors[viewer.is_public].values() for item in line)
        return next((item for item in waiting if item.view.key == view.key), None)

    def add(self, item: WaitingPicture) -> None:
        """Add a picture; TooManyPicturesError if there is no room."""
        door = self._doors[item.viewer.is_public]
        if _count(door) >= MAX_PER_DOOR or len(door.get(item.viewer, ())) >= MAX_PER_VIEWER:
            raise TooManyPicturesError
        door.setdefault(item.viewer, deque()).append(item)

    def discard(self, item: WaitingPicture) -> None:
        """Remove a picture that is no longer requested, if it is still waiting."""
        line = self._doors[item.viewer.is_public].get(item.viewer, ())
        if line and item in line:
            line.remove(item)
            self._forget_empty(item.viewer)

    def next(self) -> WaitingPicture | None:
        """Remove and return the picture whose turn it is, if any."""
        for is_public, door in self._doors.items():
            if not door:
                continue
            viewer, line = next(iter(door.items()))
            item = line.popleft()
            self._doors.move_to_end(is_public)
            door.move_to_end(viewer)
            self._forget_empty(viewer)
            return item
        return None

    def _forget_empty(self, viewer: Viewer) -> None:
        door = self._doors[viewer.is_public]
        if not door[viewer]:
            del door[viewer]


def _count(door: OrderedDict[Viewer, deque[WaitingPicture]]) -> int:
    return sum(map(len, door.values()))
