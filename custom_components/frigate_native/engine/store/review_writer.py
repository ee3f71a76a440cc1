"""Hands review items to the storage thread."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import Final, Protocol

from ..errors import StoreError
from ..messages import EventType, ReviewMessage
from ..pictures import render_scene
from .review_records import ReviewWrite
from .store import EventStore

_LOGGER = logging.getLogger(__name__)

_MOST_ITEMS: Final = 1000
_MOST_PICTURES: Final = 16  # each holds a frame, a few MB


class Submit(Protocol):
    """Runs a job in the storage thread; one that waits is kept until the database can be used."""

    def __call__(self, job: Callable[[EventStore], None], *, waits: bool = False) -> Future[None]:
        """Queue the job."""
        ...


class ReviewWriter:
    """Keeps the newest state of each item until it is stored.

    While the database cannot be used, up to 1000 items wait; further ones push out the oldest. Thumbnails are drawn in
    the storage thread; items with a picture that have to wait behind 16 others lose it.
    """

    def __init__(self, submit: Submit) -> None:
        """Prepare; submit is the storage thread's."""
        self._submit = submit
        self._lock = threading.Lock()
        self._waiting: dict[str, ReviewMessage] = {}
        self._is_queued = False
        self._drawn: dict[str, float] = {}  # time of the frame in an open item's thumbnail

    def receive(self, message: ReviewMessage) -> None:
        """Accept a message in any thread. Returns at once."""
        with self._lock:
            if len(self._waiting) >= _MOST_PICTURES:
                message = replace(message, picture=None)
            self._waiting[message.after.id] = message
            if len(self._waiting) > _MOST_ITEMS:
                self._waiting.pop(next(iter(self._waiting)))
                _LOGGER.error("A review item is lost: the event database was unavailable for too long")
            if self._is_queued:
                return
            self._is_queued = True
        self._submit(self._write, waits=True).add_done_callback(self._done)

    def _done(self, _job: Future[None]) -> None:
        with self._lock:
            self._is_queued = False

    def _write(self, store: EventStore) -> None:
        with self._lock:
            self._is_queued = False
            taken, self._waiting = self._waiting, {}
        try:
            store.reviews.write([self._to_write(message) for message in taken.values()])
        except StoreError:
            with self._lock:
                self._waiting = taken | self._waiting
                self._is_queued = True  # the job is kept
            raise
        for message in taken.values():
            if message.type is EventType.END:
                self._drawn.pop(message.after.id, None)
            elif message.picture is not None:
                self._drawn[message.after.id] = message.picture.frame.time

    def _to_write(self, message: ReviewMessage) -> ReviewWrite:
        return ReviewWrite(state=message.after, webp=self._draw(message))

    def _draw(self, message: ReviewMessage) -> bytes | None:
        """Return the thumbnail if it has changed."""
        picture = message.picture
        if picture is None or self._drawn.get(message.after.id) == picture.frame.time:
            return None
        try:
            return render_scene(picture)
        except (OSError, ValueError, RuntimeError) as err:
            _LOGGER.warning("The thumbnail of review item %s cannot be drawn: %s", message.after.id, err)
            return None
