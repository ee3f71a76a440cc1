"""Passes messages from the engine's threads to the event loop."""

import threading
from collections.abc import Callable, Container
from dataclasses import replace
from itertools import count

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.dispatcher import async_dispatcher_connect, async_dispatcher_send
from homeassistant.util.signal_type import SignalType

from ..const import DOMAIN, SIGNAL_CLIP, SIGNAL_EVENT, SIGNAL_EXPORT, SIGNAL_REVIEW
from ..engine.messages import (
    ActivityMessage,
    AdviceMessage,
    CameraMessage,
    CameraState,
    ClipMessage,
    ClockMessage,
    CountMessage,
    DetectorMessage,
    DiskMessage,
    EventMessage,
    EventNoteMessage,
    ExportMessage,
    FeatureMessage,
    Message,
    MotionMessage,
    PreviewFrameMessage,
    ReviewMessage,
    SnapshotFileMessage,
    SnapshotMessage,
    StoreMessage,
)

type _Topic = tuple[type[object], tuple[str, ...]]

_NEWEST_WINS = (CountMessage, MotionMessage, SnapshotMessage)
_TRANSIENT = (EventMessage, EventNoteMessage, ClipMessage, SnapshotFileMessage, ExportMessage)  # not remembered


class Bridge:
    """Passes the engine's messages to the event loop and remembers the newest of each kind and name.

    `receive` is for the engine's threads, everything else for the event loop. Messages that arrive while the loop is
    busy are delivered together, so that a busy camera wakes it only once; of counts, motion and snapshots only the
    newest of each name is kept. Events and states are never dropped, but events are passed without their pictures,
    since each holds a frame that is not drawn here.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str, topic_prefix: str) -> None:
        """Prepare the bridge; subscribe `receive` to the NVR to start it."""
        self._hass = hass
        self._entry_id = entry_id
        self._events_topic = f"{topic_prefix}/events"
        self._reviews_topic = f"{topic_prefix}/reviews"
        self._lock = threading.Lock()
        self._pending: dict[object, Message] = {}
        self._is_open = True
        self._numbers = count()
        self._latest: dict[_Topic, Message] = {}
        self._failures: dict[str, CameraMessage] = {}
        self._inherited: set[str] = set()  # cameras

    def receive(self, message: Message) -> None:
        """Accept a message in any thread. Returns at once."""
        if isinstance(message, ActivityMessage | PreviewFrameMessage):  # each second, only for recordings
            return
        if isinstance(message, EventMessage | ReviewMessage):
            message = replace(message, picture=None)
        key: object = topic_of(message) if isinstance(message, _NEWEST_WINS) else next(self._numbers)
        with self._lock:
            if not self._is_open:
                return
            is_first = not self._pending
            self._pending.pop(key, None)
            self._pending[key] = message
        if not is_first:
            return
        try:
            self._hass.loop.call_soon_threadsafe(self._async_deliver)
        except RuntimeError:  # the loop is closed
            self._is_open = False

    @callback
    def async_stop(self) -> None:
        """Drop all pending and later messages."""
        with self._lock:
            self._is_open = False
            self._pending = {}

    @callback
    def async_prime(self, message: Message) -> None:
        """Set the state from before the first message."""
        self._remember(message)

    @callback
    def async_inherit(self, other: Bridge, cameras: Container[str]) -> None:
        """Start with the states, failures and pictures of cameras that another bridge remembers.

        A state is kept while the camera connects again.
        """
        for message in (*other._failures.values(), *other._latest.values()):
            if isinstance(message, CameraMessage | SnapshotMessage) and message.camera in cameras:
                self._remember(message)
                self._inherited.add(message.camera)

    @callback
    def async_subscribe[M](self, kind: type[M], names: tuple[str, ...], listener: Callable[[M], None]) -> CALLBACK_TYPE:
        """Call a listener with each new message of a kind and name; return a function that unsubscribes it."""
        return async_dispatcher_connect(self._hass, self._signal(kind, names), listener)

    @callback
    def latest[M](self, kind: type[M], names: tuple[str, ...]) -> M | None:
        """Return the newest message of a kind and name."""
        message = self._latest.get((kind, names))
        return message if isinstance(message, kind) else None

    @callback
    def is_running(self, camera: str) -> bool:
        """Return whether a camera's stream is running."""
        message = self.latest(CameraMessage, (camera,))
        return message is not None and message.state is CameraState.RUNNING

    @callback
    def last_failure(self, camera: str) -> CameraMessage | None:
        """Return the last failure of a camera's stream since the start."""
        return self._failures.get(camera)

    def _signal[M](self, kind: type[M], names: tuple[str, ...]) -> SignalType[M]:
        return SignalType("/".join((DOMAIN, self._entry_id, kind.__name__, *names)))

    @callback
    def _async_deliver(self) -> None:
        with self._lock:
            messages, self._pending = self._pending, {}
        for message in messages.values():
            if self._is_superseded(message):
                continue
            self._remember(message)
            kind, names = topic_of(message)
            async_dispatcher_send(self._hass, self._signal(kind, names), message)
            if isinstance(message, EventMessage):
                async_dispatcher_send(self._hass, SIGNAL_EVENT, self._entry_id, self._events_topic, message)
            elif isinstance(message, ReviewMessage):
                async_dispatcher_send(self._hass, SIGNAL_REVIEW, self._entry_id, self._reviews_topic, message)
            elif isinstance(message, ClipMessage):
                async_dispatcher_send(self._hass, SIGNAL_CLIP, self._entry_id, message)
            elif isinstance(message, ExportMessage):
                async_dispatcher_send(self._hass, SIGNAL_EXPORT, self._entry_id, message)

    def _is_superseded(self, message: Message) -> bool:
        """Return whether a message says less than an inherited state."""
        if not isinstance(message, CameraMessage):
            return False
        return message.state is CameraState.CONNECTING and message.camera in self._inherited

    def _remember(self, message: Message) -> None:
        if isinstance(message, _TRANSIENT):
            return
        self._latest[topic_of(message)] = message
        if isinstance(message, CameraMessage) and message.state is CameraState.FAILED:
            self._failures[message.camera] = message


def topic_of(message: Message) -> _Topic:
    """Return a message's kind, and the names that distinguish it from others of that kind."""
    return type(message), _names_of(message)


def _names_of(message: Message) -> tuple[str, ...]:
    match message:
        case CountMessage():
            return (message.place, message.label)
        case SnapshotMessage():
            return (message.camera, message.label)
        case (
            CameraMessage()
            | MotionMessage()
            | ActivityMessage()
            | PreviewFrameMessage()
            | EventMessage()
            | EventNoteMessage()
            | ReviewMessage()
            | ClipMessage()
            | SnapshotFileMessage()
            | ExportMessage()
        ):
            return (message.camera,)
        case AdviceMessage():
            return (message.camera, message.topic)
        case FeatureMessage():
            return (message.camera, message.feature)
        case DetectorMessage():
            return (message.detector,)
        case StoreMessage() | DiskMessage() | ClockMessage():
            return ()
