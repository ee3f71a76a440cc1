"""Ends another thread's wait for sockets."""

import selectors
import socket
import threading


class Wakeup:
    """A flag that a thread can wait for together with its sockets. Any thread may set it; one waits and clears it."""

    def __init__(self) -> None:
        """Open a pair of sockets: what is written into one makes the other readable."""
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._lock = threading.Lock()
        self._is_set = False
        self._is_closed = False

    def fileno(self) -> int:
        """Return what a selector watches: readable while the flag is set."""
        return self._reader.fileno()

    def set(self) -> None:
        """End the wait under way, or the next one; never blocks."""
        with self._lock:
            if not (self._is_set or self._is_closed):
                self._is_set = True
                self._writer.send(b"\0")

    def clear(self) -> None:
        """Take the flag down; what was left before `set` is to be looked at after this."""
        with self._lock:
            if self._is_set:
                self._is_set = False
                self._reader.recv(1)

    def wait(self, timeout_s: float) -> None:
        """Wait for the flag alone, and clear it."""
        with selectors.PollSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            selector.select(timeout_s)
        self.clear()

    def close(self) -> None:
        """Let go of the sockets; setting the flag does nothing from now on."""
        with self._lock:
            self._is_closed = True
            self._reader.close()
            self._writer.close()
