"""What the publisher needs of a way to a broker, whoever offers it."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from ..errors import FrigateNativeError
from .outbox import Publication
from .wakeup import Wakeup


class BrokerError(FrigateNativeError):
    """A broker cannot be used, or has gone; the text goes on after its name, and ends with the solution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Topics to hear from the beginning of a connection on; on_message gets topic, payload and whether it lay there."""

    topics: tuple[str, ...]
    on_message: Callable[[str, bytes, bool], None]


class BrokerConnection(Protocol):
    """A connection to a broker, from opening to its end. For one thread; what is sent arrives in its order.

    `open`, `send` and `wait` raise BrokerError when the broker is not there.
    """

    @property
    def can_send(self) -> bool:
        """Tell whether there is room for another message."""
        ...

    @property
    def has_sent(self) -> bool:
        """Tell whether all that was sent has left."""
        ...

    @property
    def is_settled(self) -> bool:
        """Tell whether all that was sent has left, and arrived as far as its quality of service asks."""
        ...

    def open(self, stop: Event) -> bool:
        """Connect and subscribe; return False when stopped before."""
        ...

    def send(self, publication: Publication) -> None:
        """Take a message that leaves now or during `wait`."""
        ...

    def wait(self, timeout_s: float) -> None:
        """Send and receive; come back soon after that, after a wake-up or the time."""
        ...

    def disconnect(self) -> None:
        """End the connection so that the last will, if there is one, is forgotten."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


type Connect = Callable[[Publication, Subscription, Wakeup], BrokerConnection]
"""Prepares a link: with a last will, with what it is to hear, and with what ends its waiting."""
