"""Room for one item: the newest replaces the one before."""

import threading


class Mailbox[T]:
    """Hands the newest item from one thread to another and counts those that were not taken in time."""

    def __init__(self) -> None:
        """Start empty and open."""
        self._condition = threading.Condition()
        self._item: T | None = None
        self._closed = False
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many items were replaced before they were taken."""
        return self._dropped

    def put(self, item: T) -> None:
        """Put an item in; one that is still here is dropped."""
        with self._condition:
            if self._item is not None:
                self._dropped += 1
            self._item = item
            self._condition.notify()

    def take(self, timeout_s: float) -> T | None:
        """Return the item; None if none arrives within `timeout_s` or the mailbox is closed."""
        with self._condition:
            if self._item is None and not self._closed:
                self._condition.wait(timeout_s)
            item, self._item = self._item, None
            return item

    def close(self) -> None:
        """Wake waiting threads; after that only an item that is already here can be taken."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()
