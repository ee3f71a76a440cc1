"""Tells the log when a broker comes and goes, once each."""

import logging
import time
from typing import Final

_LOGGER = logging.getLogger(__name__)

STEADY_S: Final = 10.0  # two clients of one id throw each other out within a second or two


class Journal:
    """The story of one broker: a warning when it is lost, an info when it is back. For one thread.

    A connection that ends within ten seconds is no recovery: nothing is told until one has lasted so long.
    """

    def __init__(self, broker: str, client_id: str | None = None) -> None:
        """Begin with nothing told; with a client id of our own it may be another client's as well."""
        self._broker = broker
        self._client_id = client_id
        self._since: float | None = None
        self._is_flapping = False
        self._is_told = False  # that it is connected
        self._trouble = ""

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

    def goes_on(self) -> None:
        """The connection is still there."""
        if not self._is_told and self.is_steady:
            self._notify_connected()

    def lost(self, trouble: str) -> None:
        """The broker cannot be used; `trouble` says why, and what to do."""
        self._is_flapping = self._since is not None and not self.is_steady
        if self._is_flapping:
            trouble = "closes each connection soon"
            if self._client_id is not None:
                trouble += f"; does another client use the client id {self._client_id}?"
        self._since = None
        if trouble != self._trouble:
            self._trouble = trouble
            _LOGGER.warning("The MQTT broker %s %s", self._broker, trouble)
        self._is_told = False

    def _notify_connected(self) -> None:
        self._is_told = True
        self._trouble = ""
        _LOGGER.info("Connected to the MQTT broker %s", self._broker)
