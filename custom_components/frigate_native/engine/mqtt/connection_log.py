"""Tells the log when a broker comes and goes, once each."""

import logging
import time
from typing import Final

_LOGGER = logging.getLogger(__name__)

STEADY_S: Final = 10.0  # two clients of one id throw each other out within a second or two


class ConnectionLog:
    """The story of one broker: a warning when it is lost, an info when it is back. For one thread.

    A connection that ends within ten seconds is no recovery: nothing is published until one has lasted so long.
    """

    def __init__(self, broker: str, client_id: str | None = None) -> None:
        """Begin with nothing published; with a client id of our own it may be another client's as well."""
        self._broker = broker
        self._client_id = client_id
        self._since: float | None = None
        self._is_flapping = False
        self._is_reported = False  # that it is connected
        self._error = ""

    @property
    def is_steady(self) -> bool:
        """Tell whether the connection has lasted long enough to be trusted."""
        return self._since is not None and time.monotonic() - self._since > STEADY_S

    def connected(self, dropped: int) -> None:
        """The broker has let us in; so many event messages were dropped before that."""
        self._since = time.monotonic()
        if dropped:
            _LOGGER.warning("%d event messages were dropped while the MQTT broker %s was away", dropped, self._broker)
        if not self._is_flapping:
            self._notify_connected()

    def still_connected(self) -> None:
        """The connection is still there."""
        if not self._is_reported and self.is_steady:
            self._notify_connected()

    def lost(self, error: str) -> None:
        """The broker cannot be used; `error` says why, and what to do."""
        self._is_flapping = self._since is not None and not self.is_steady
        if self._is_flapping:
            error = "closes each connection soon"
            if self._client_id is not None:
                error += f"; does another client use the client id {self._client_id}?"
        self._since = None
        if error != self._error:
            self._error = error
            _LOGGER.warning("The MQTT broker %s %s", self._broker, error)
        self._is_reported = False

    def _notify_connected(self) -> None:
        self._is_reported = True
        self._error = ""
        _LOGGER.info("Connected to the MQTT broker %s", self._broker)
