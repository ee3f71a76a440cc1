"""Wake up a thread that waits for sockets."""

import selectors
import socket
import threading


class Wakeup:
    """A flag to wait for along with sockets. Any thread may set it; one thread waits for it and clears it."""

    def __init__(self) -> None:
        """Open a pair of connected sockets."""
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._lock = threading.Lock()
        self._is_set = False
        self._is_closed = False

    def fileno(self) -> int:
        """Return the file descriptor, which is readable while the flag is set."""
        return self._reader.fileno()

    def set(self) -> None:
        """End the current wait, or the next one. Never blocks."""
        with self._lock:
            if not (self._is_set or self._is_closed):
                self._is_set = True
                self._writer.send(b"\0")

    def clear(self) -> None:
        """Clear the flag. Check for work after this, not before."""
        with self._lock:
            if self._is_set:
                self._is_set = False
                self._reader.recv(1)

    def wait(self, timeout_s: float) -> None:
        """Wait for the flag only, and clear it."""
        with selectors.PollSelector() as selector:
            selector.register(self, selectors.EVENT_READ)
            selector.select(timeout_s)
        self.clear()

    def close(self) -> None:
        """Close the sockets. Setting the flag has no effect afterwards."""
        with self._lock:
            self._is_closed = True
            self._reader.close()
            self._writer.close()
