"""Keeps two systems of this process out of one database: each would end and delete the other's events."""

import threading
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from ..errors import FolderInUseError
from .database_errors import shown

type _Place = tuple[object, ...]

_lock = threading.Lock()
_claimed: set[_Place] = set()


class DatabaseClaim:
    """A claim on a database by its URL. Any thread may call it."""

    def __init__(self, url: str) -> None:
        """Prepare the claim; an invalid URL claims nothing."""
        self._url = url
        self._place: _Place | None = None

    def acquire(self) -> None:
        """Claim the database, unless this claim holds it already; FolderInUseError if another one does."""
        if self._place is not None:
            return
        place = _place_of(self._url)
        with _lock:
            if place in _claimed:
                name = shown(make_url(self._url))
                raise FolderInUseError(f"{name} is used by another entry; set another database.path or database.url")
            if place is not None:
                _claimed.add(place)
            self._place = place

    def release(self) -> None:
        """Give the database back; may be called twice."""
        with _lock:
            _claimed.discard(self._place or ())
            self._place = None


def _place_of(text: str) -> _Place | None:
    try:
        url = make_url(text)
        if url.get_backend_name() == "sqlite":
            return ("sqlite", Path(url.database or "").resolve())
    except ArgumentError, ValueError, OSError:
        return None
    return (url.get_backend_name(), url.host, url.port, url.database)
