"""Log when a broker connects and disconnects, once each."""

import logging
import time
from typing import Final

_LOGGER = logging.getLogger(__name__)

_MAX_DROPPED: Final = 100  # topics that are remembered as logged
STEADY_S: Final = 10.0  # two clients with the same ID disconnect each other within a second or two


class ConnectionLog:
    """Logs a warning when a broker is lost and an info when it is back. For one thread.

    A connection that ends within ten seconds is not a recovery: nothing is logged until one lasts longer.
    """

    def __init__(self, broker: str, client_id: str | None = None) -> None:
        """Initialize; a client ID, if given, may also be in use by another client."""
        self._broker = broker
        self._client_id = client_id
        self._since: float | None = None
        self._is_flapping = False
        self._is_reported = False  # the connection is logged
        self._error = ""
        self._dropped: set[str] = set()

    @property
    def is_steady(self) -> bool:
        """Whether the connection has lasted long enough to be reliable."""
        return self._since is not None and time.monotonic() - self._since > STEADY_S

    def connected(self, dropped: int) -> None:
        """Log a connection, and the event messages dropped before it."""
        self._since = time.monotonic()
        if dropped:
            _LOGGER.warning(
                "%d event messages were dropped while the MQTT broker %s was offline", dropped, self._broker
            )
        if not self._is_flapping:
            self._notify_connected()

    def still_connected(self) -> None:
        """Log the connection once it is steady."""
        if not self._is_reported and self.is_steady:
            self._notify_connected()

    def dropped(self, topic: str, problem: str) -> None:
        """Log once for each topic that a message cannot be sent."""
        if topic not in self._dropped and len(self._dropped) < _MAX_DROPPED:
            self._dropped.add(topic)
            _LOGGER.warning("MQTT: a message to %.200r is dropped: %s", topic, problem)

    def lost(self, error: str) -> None:
        """Log that the broker is unavailable; the error includes a solution."""
        self._is_flapping = self._since is not None and not self.is_steady
        if self._is_flapping:
            error = "keeps closing the connection"
            if self._client_id is not None:
                error += f"; another client may be using the client ID {self._client_id}"
        self._since = None
        if error != self._error:
            self._error = error
            _LOGGER.warning("The MQTT broker %s %s", self._broker, error)
        self._is_reported = False

    def _notify_connected(self) -> None:
        self._is_reported = True
        self._error = ""
        _LOGGER.info("Connected to the MQTT broker %s", self._broker)
