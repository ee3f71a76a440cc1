"""The one door between the engine's threads and the event loop."""

import threading
from collections.abc import Callable
from dataclasses import replace
from itertools import count

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect, async_dispatcher_send
from homeassistant.util.signal_type import SignalType

from ..const import DOMAIN, SIGNAL_CLIP, SIGNAL_EVENT
from ..engine.messages import (
    CameraMessage,
    CameraState,
    ClipMessage,
    CountMessage,
    DetectorMessage,
    DiskMessage,
    EventMessage,
    FeatureMessage,
    Message,
    MotionMessage,
    SnapshotFileMessage,
    SnapshotMessage,
    StoreMessage,
)

type _Topic = tuple[type[object], tuple[str, ...]]

_NEWEST_WINS = (CountMessage, MotionMessage, SnapshotMessage)
_PASSING = (EventMessage, ClipMessage, SnapshotFileMessage)  # there is no end to the events they name


class Bridge:
    """Brings the engine's messages into the event loop and remembers the newest of each kind and name.

    `receive` is for the engine's threads; everything else belongs to the event loop. Messages that come while the
    loop is busy are handed over together, so that a busy camera costs the loop one wake-up; of counts, motion and
    snapshots only the newest of each name is kept. Facts (events, states) are never dropped, but events come without
    their pictures: each holds a frame, and nobody here draws it.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str, topic_prefix: str) -> None:
        """Prepare the door; nothing passes before `receive` is given to the engine."""
        self._hass = hass
        self._entry_id = entry_id
        self._events_topic = f"{topic_prefix}/events"
        self._lock = threading.Lock()
        self._waiting: dict[object, Message] = {}
        self._is_open = True
        self._numbers = count()
        self._latest: dict[_Topic, Message] = {}
        self._failures: dict[str, CameraMessage] = {}

    def receive(self, message: Message) -> None:
        """Take a message in any thread and return at once."""
        if isinstance(message, EventMessage):
            message = replace(message, picture=None)
        key: object = topic_of(message) if isinstance(message, _NEWEST_WINS) else next(self._numbers)
        with self._lock:
            if not self._is_open:
                return
            is_first = not self._waiting
            self._waiting.pop(key, None)
            self._waiting[key] = message
        if not is_first:
            return
        try:
            self._hass.loop.call_soon_threadsafe(self._async_deliver)
        except RuntimeError:  # the loop has been closed: nobody is left to hear it
            self._is_open = False

    @callback
    def async_stop(self) -> None:
        """Drop what waits and whatever still comes."""
        with self._lock:
            self._is_open = False
            self._waiting = {}

    @callback
    def async_prime(self, message: Message) -> None:
        """Remember what was true before the first message came."""
        self._remember(message)

    @callback
    def async_subscribe[M](self, kind: type[M], names: tuple[str, ...], listener: Callable[[M], None]) -> CALLBACK_TYPE:
        """Call a listener with each new message of a kind and name; return how to end that."""
        return async_dispatcher_connect(self._hass, self._signal(kind, names), listener)

    @callback
    def latest[M](self, kind: type[M], names: tuple[str, ...]) -> M | None:
        """Return the newest message of a kind and name."""
        message = self._latest.get((kind, names))
        return message if isinstance(message, kind) else None

    @callback
    def is_running(self, camera: str) -> bool:
        """Tell whether a camera's stream runs."""
        message = self.latest(CameraMessage, (camera,))
        return message is not None and message.state is CameraState.RUNNING

    @callback
    def last_failure(self, camera: str) -> CameraMessage | None:
        """Return what a camera's stream failed of last, since the start."""
        return self._failures.get(camera)

    def _signal[M](self, kind: type[M], names: tuple[str, ...]) -> SignalType[M]:
        return SignalType("/".join((DOMAIN, self._entry_id, kind.__name__, *names)))

    @callback
    def _async_deliver(self) -> None:
        with self._lock:
            messages, self._waiting = self._waiting, {}
        for message in messages.values():
            self._remember(message)
            kind, names = topic_of(message)
            async_dispatcher_send(self._hass, self._signal(kind, names), message)
            if isinstance(message, EventMessage):
                async_dispatcher_send(self._hass, SIGNAL_EVENT, self._entry_id, self._events_topic, message)
            elif isinstance(message, ClipMessage):
                async_dispatcher_send(self._hass, SIGNAL_CLIP, self._entry_id, message)

    def _remember(self, message: Message) -> None:
        if isinstance(message, _PASSING):
            return
        self._latest[topic_of(message)] = message
        if isinstance(message, CameraMessage) and message.state is CameraState.FAILED:
            self._failures[message.camera] = message


def topic_of(message: Message) -> _Topic:
    """Return what a message is about: its kind, and the names that tell it from others of the kind."""
    return type(message), _names_of(message)


def _names_of(message: Message) -> tuple[str, ...]:
    match message:
        case CountMessage():
            return (message.place, message.label)
        case SnapshotMessage():
            return (message.camera, message.label)
        case CameraMessage() | MotionMessage() | EventMessage() | ClipMessage() | SnapshotFileMessage():
            return (message.camera,)
        case FeatureMessage():
            return (message.camera, message.feature)
        case DetectorMessage():
            return (message.detector,)
        case StoreMessage() | DiskMessage():
            return ()
