"""A place for one thing, where the newest wins."""

import threading


class Mailbox[T]:
    """Hands the newest item from one thread to another and counts those that nobody took in time."""

    def __init__(self) -> None:
        """Start empty and open."""
        self._condition = threading.Condition()
        self._item: T | None = None
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many items were replaced before anyone took them."""
        return self._dropped

    def put(self, item: T) -> None:
        """Leave an item; one that still lies here is dropped."""
        with self._condition:
            if self._item is not None:
                self._dropped += 1
            self._item = item
            self._condition.notify()

    def take(self, timeout_s: float) -> T | None:
        """Return the item, or None when none came within `timeout_s` or the box is closed."""
        with self._condition:
            if self._item is None and not self._closed:
                self._condition.wait(timeout_s)
            item, self._item = self._item, None
            return item

    def close(self) -> None:
        """Wake whoever waits; nothing is handed out after that but what lies here."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
