"""Understands what others send to the `set` topics."""

import logging
from collections.abc import Callable, Collection
from typing import Final

from ..messages import Feature
from .topics import Topics

_LOGGER = logging.getLogger(__name__)

_STATES: Final = {b"ON": True, b"OFF": False}
_MAX_LOGGED: Final = 100

type Command = Callable[[str, Feature, bool], None]
"""Switches a camera's feature; returns at once."""


class CommandHandler:
    """Hands the commands of a broker's clients on. For one thread.

    A retained command is passed over: it would be given again with every connection, over what was switched since.
    """

    def __init__(self, topics: Topics, cameras: Collection[str], command: Command) -> None:
        """Know which cameras there are."""
        self._places = {topics.feature_set(name, feature): (name, feature) for name in cameras for feature in Feature}
        self._command = command
        self._logged: set[tuple[str, bytes]] = set()

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics to subscribe to."""
        return tuple(self._places)

    def receive(self, topic: str, payload: bytes, is_retained: bool) -> None:
        """Take a message; what is no command is published once."""
        place = self._places.get(topic)
        if place is None or is_retained:
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
            _LOGGER.warning("MQTT: %s got %r, which changes nothing; send ON or OFF", topic, text)
