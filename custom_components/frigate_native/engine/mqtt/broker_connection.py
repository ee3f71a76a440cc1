"""The interface of a broker connection, as the publisher uses it."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from ..errors import FrigateNativeError
from .outbox import Publication
from .wakeup import Wakeup


class BrokerError(FrigateNativeError):
    """A broker is unavailable. The text follows the broker's name and ends with a solution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """Topics to subscribe to on connecting; on_message receives topic, payload and whether it was retained."""

    topics: tuple[str, ...]
    on_message: Callable[[str, bytes, bool], None]


class BrokerConnection(Protocol):
    """A connection to a broker. For one thread; messages arrive in the order in which they are sent.

    `open`, `send` and `wait` raise BrokerError when the broker is unavailable.
    """

    @property
    def can_send(self) -> bool:
        """Whether another message can be sent."""
        ...

    @property
    def has_sent(self) -> bool:
        """Whether all messages have left."""
        ...

    @property
    def is_settled(self) -> bool:
        """Whether all messages have left, and are acknowledged as their quality of service requires."""
        ...

    def open(self, stop: Event) -> bool:
        """Connect and subscribe. Return False if stopped before."""
        ...

    def send(self, publication: Publication) -> None:
        """Queue a message, which is sent now or during `wait`."""
        ...

    def wait(self, timeout_s: float) -> None:
        """Send and receive. Return after some traffic, a wake-up or the timeout."""
        ...

    def disconnect(self) -> None:
        """Disconnect cleanly, so that the broker does not publish the last will."""
        ...

    def close(self) -> None:
        """Release all resources."""
        ...


type Connect = Callable[[Publication, Subscription, Wakeup], BrokerConnection]
"""Creates a connection from a last will, a subscription and the wake-up that ends its wait."""
