"""Handle commands on the `set` topics."""

import logging
from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Final

from ..messages import Feature
from .topics import Topics

_LOGGER = logging.getLogger(__name__)

_STATES: Final = {b"ON": True, b"OFF": False}
_MAX_LOGGED: Final = 100

type Command = Callable[[str, Feature, bool], None]
"""Switches a feature of a camera without blocking."""


class CommandHandler:
    """Passes on commands from MQTT clients. For one thread.

    Retained commands are ignored: they would be repeated on every connection and undo later changes.
    """

    def __init__(
        self,
        topics: Topics,
        cameras: Collection[str],
        command: Command,
        calls: Mapping[str, Callable[[], None]] = MappingProxyType({}),
    ) -> None:
        """Initialize with the names of the cameras; calls are for topics on which any payload is a command."""
        self._calls = calls
        self._places = {topics.feature_set(name, feature): (name, feature) for name in cameras for feature in Feature}
        self._command = command
        self._logged: set[tuple[str, bytes]] = set()

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics to subscribe to."""
        return (*self._places, *self._calls)

    def receive(self, topic: str, payload: bytes, is_retained: bool) -> None:
        """Handle a message. An invalid command is logged once."""
        if is_retained:
            return
        if (call := self._calls.get(topic)) is not None:
            call()
        place = self._places.get(topic)
        if place is None:
            return
        is_on = _STATES.get(payload)
        if is_on is None:
            self._log_once(topic, payload[:20])
            return
        self._command(*place, is_on)

    def _log_once(self, topic: str, payload: bytes) -> None:
        if (topic, payload) not in self._logged and len(self._logged) < _MAX_LOGGED:
            self._logged.add((topic, payload))
            text = payload.decode(errors="replace")
            _LOGGER.warning("MQTT: ignoring %r on %s; send ON or OFF", text, topic)
