"""Publish the engine's messages to a broker."""

import json
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any, Final

from ..concurrency import Backoff, Worker
from ..config.model import CameraConfig, MqttConfig
from ..local_time import LocalZone, system_zone
from ..messages import (
    CameraMessage,
    CameraState,
    CountMessage,
    EventMessage,
    EventNoteMessage,
    EventType,
    Feature,
    FeatureMessage,
    Message,
    MotionMessage,
    ReviewMessage,
    SnapshotMessage,
    Stats,
)
from ..pictures import render_picture, style_from_config
from .broker_connection import BrokerConnection, BrokerError, Connect, Subscription
from .commands import Command, CommandHandler
from .connection_log import ConnectionLog
from .outbox import Change, Outbox, Publication
from .paho_connection import PahoConnection
from .topics import Topics
from .wakeup import Wakeup

_FIRST_STATS_S: Final = 10.0
_FIRST_PAUSE_S: Final = 1.0
_MAX_PAUSE_S: Final = 30.0
_WAIT_S: Final = 1.0
_MAX_BATCH: Final = 100  # messages between two reads from the socket
_DISCONNECT_SHARE: Final = 0.8  # of the timeout of `stop`; the rest is for closing


class MqttPublisher:
    """Publishes Frigate's topics. The broker may be unavailable at any time.

    One thread (`fn:mqtt`) renders, connects and publishes. On each connection all states are published again,
    including zeros, so that subscribers have no stale ones. See Outbox for what is dropped while disconnected.
    """

    def __init__(
        self,
        config: MqttConfig,
        cameras: Mapping[str, CameraConfig],
        stats: Callable[[], Stats | Mapping[str, Any]],
        *,
        command: Command | None = None,
        connect: Connect | None = None,
        broker: str | None = None,
        time_zone: LocalZone = system_zone,
    ) -> None:
        """Initialize; stats returns the payload of the `stats` topic and is called in the publisher's thread.

        command handles received commands, in any thread; without it, nothing is subscribed. connect opens a
        connection other than to the configured host; the log calls it `broker`. time_zone is for the times on images.
        """
        self._config = config
        self._connect = connect or partial(PahoConnection, config)
        self._topics = Topics(config.topic_prefix)
        self._pictures = {name: camera.mqtt for name, camera in cameras.items()}
        self._stats = stats
        self._time_zone = time_zone
        self._next_stats = 0.0
        self._outbox = Outbox()
        for topic in self._topics.counts_of(cameras.values()):
            self._outbox.put_state(Publication(topic=topic, payload=b"0"))
        self._running = dict.fromkeys(cameras, False)
        self._detecting = {name: camera.detect.enabled for name, camera in cameras.items()}
        for camera in cameras:
            self._put_review_status(camera)
            self._put_motion(camera, has_motion=False)
            self._put_status(camera)
        self._activity: Callable[[], Mapping[str, Any]] | None = None
        calls = {self._topics.on_connect: self._publish_activity}
        commands = CommandHandler(self._topics, cameras, command, calls) if command is not None else None
        self._subscription = (
            Subscription(topics=commands.topics, on_message=commands.receive)
            if commands is not None
            else Subscription(topics=(), on_message=lambda *_: None)
        )
        own_id = config.client_id if connect is None else None
        self._log = ConnectionLog(broker or f"{config.host}:{config.port}", own_id)
        self._wakeup = Wakeup()
        self._worker = Worker("fn:mqtt", self._run)
        self._is_connected = False
        self._is_stopped = False
        self._disconnect_timeout_s = 0.0

    @property
    def is_connected(self) -> bool:
        """Whether the broker is connected."""
        return self._is_connected

    def answer(self, activity: Callable[[], Mapping[str, Any]]) -> None:
        """Answer `onConnect` with what this returns for `camera_activity`; it may be called in any thread."""
        self._activity = activity

    def start(self) -> None:
        """Start connecting and publishing, without blocking."""
        self._next_stats = time.monotonic() + _FIRST_STATS_S
        self._worker.start()

    def receive(self, message: Message) -> None:
        """Receive a message of the engine. Thread-safe; never blocks."""
        if self._is_stopped:
            return
        match message:
            case CountMessage():
                place, label = message.place, message.label
                for topic, count in (
                    (self._topics.count(place, label), message.count),
                    (self._topics.active_count(place, label), message.active),
                ):
                    state = Publication(topic=topic, payload=str(count).encode())
                    self._outbox.put_state(state, only_if_changed=True)
            case EventMessage():
                self._outbox.put_event(replace(message, picture=None))  # a thousand frames would fill up the memory
            case ReviewMessage():
                self._outbox.put_event(replace(message, picture=None))
                self._put_review_status(message.camera, message)
            case FeatureMessage():
                topic = self._topics.feature_state(message.camera, message.feature)
                self._outbox.put_state(
                    Publication(topic=topic, payload=b"ON" if message.is_on else b"OFF", retain=True)
                )
                if message.feature is Feature.DETECT:
                    self._detecting[message.camera] = message.is_on
                    self._put_status(message.camera)
            case EventNoteMessage():
                payload = json.dumps(message.to_payload()).encode()
                self._outbox.put_single(Publication(topic=self._topics.tracked_object_update, payload=payload))
            case MotionMessage():
                self._put_motion(message.camera, has_motion=message.has_motion)
            case CameraMessage():
                self._running[message.camera] = message.state is CameraState.RUNNING
                self._put_status(message.camera)
            case SnapshotMessage() if self._is_enabled(message):
                self._outbox.put_picture(message)
            case _:
                return
        self._wakeup.set()

    def stop(self, timeout_s: float = 5.0) -> None:
        """Publish pending messages and `stopped`, and disconnect. May be called twice."""
        self._is_stopped = True
        self._disconnect_timeout_s = timeout_s * _DISCONNECT_SHARE
        self._worker.request_stop()
        self._wakeup.set()
        if self._worker.stop(timeout_s):
            self._wakeup.close()

    def _is_enabled(self, message: SnapshotMessage) -> bool:
        """Return whether the camera's images are published, and the object has entered a required zone."""
        config = self._pictures[message.camera]
        required = config.required_zones
        return config.enabled and (not required or not set(required).isdisjoint(message.picture.entered_zones))

    def _run(self, stop: threading.Event) -> None:
        pauses = Backoff(_FIRST_PAUSE_S, _MAX_PAUSE_S)
        while not stop.is_set():
            try:
                self._serve(stop)
            except BrokerError as err:
                if self._log.is_steady:
                    pauses.reset()
                self._log.lost(str(err))
            self._pause(stop, pauses.next_s())

    def _serve(self, stop: threading.Event) -> None:
        """Publish over one connection until it fails (BrokerError) or the thread is stopped."""
        will = self._availability("offline")
        with closing(self._connect(will, self._subscription, self._wakeup)) as connection:
            if not connection.open(stop):
                return
            connection.send(self._availability("online"))
            self._log.connected(self._outbox.start_over())
            self._is_connected = True
            try:
                while not stop.is_set():
                    self._step(connection, _WAIT_S)
                    self._log.still_connected()
                self._disconnect(connection)
            finally:
                self._is_connected = False

    def _pause(self, stop: threading.Event, pause_s: float) -> None:
        """Wait before reconnecting. Images are rendered meanwhile: a JPEG takes a hundredth of a frame's memory."""
        end = time.monotonic() + pause_s
        while not stop.is_set() and (left_s := end - time.monotonic()) > 0:
            if not self._render_next():
                self._wakeup.wait(left_s)

    def _step(self, connection: BrokerConnection, timeout_s: float) -> None:
        """Publish pending messages, or wait for new ones."""
        has_rendered = self._render_next()
        self._send_waiting(connection)
        self._send_stats(connection)
        has_more = has_rendered or (connection.can_send and not self._outbox.is_empty)
        connection.wait(0 if has_more else timeout_s)

    def _disconnect(self, connection: BrokerConnection) -> None:
        """Publish pending messages in half of the time, then `stopped`, and wait for its acknowledgement."""
        begin = time.monotonic()
        while not self._outbox.is_empty and time.monotonic() - begin < self._disconnect_timeout_s / 2:
            self._step(connection, _WAIT_S / 10)
        connection.send(self._availability("stopped"))
        while not connection.is_settled and time.monotonic() - begin < self._disconnect_timeout_s:
            connection.wait(_WAIT_S / 10)
        if connection.is_settled:
            connection.disconnect()

    def _render_next(self) -> bool:
        """Render one queued image as a state. Return whether there was one."""
        message = self._outbox.take_picture()
        if message is None:
            return False
        topic = self._topics.snapshot(message.camera, message.label)
        style = style_from_config(self._pictures[message.camera], self._time_zone())
        jpeg = render_picture(message.picture, style)
        self._outbox.put_state(Publication(topic=topic, payload=jpeg, retain=True))
        return True

    def _send_waiting(self, connection: BrokerConnection) -> None:
        for _ in range(_MAX_BATCH):
            if connection.has_sent:
                self._outbox.confirm()
            if not connection.can_send:
                return
            item = self._outbox.take()
            if item is None:
                return
            self._send(connection, item if isinstance(item, Publication) else self._change(item))

    def _send_stats(self, connection: BrokerConnection) -> None:
        if connection.can_send and time.monotonic() >= self._next_stats:
            self._next_stats = time.monotonic() + self._config.stats_interval_s
            stats = self._stats()
            payload = json.dumps(stats.to_payload() if isinstance(stats, Stats) else stats).encode()
            self._send(connection, Publication(topic=self._topics.stats, payload=payload))

    def _send(self, connection: BrokerConnection, publication: Publication) -> None:
        """Send a message, or drop an invalid one, so that it does not block the others."""
        if (problem := publication.problem) is None:
            connection.send(publication)
        else:
            self._log.dropped(publication.topic, problem)

    def _change(self, message: Change) -> Publication:
        topic = self._topics.events if isinstance(message, EventMessage) else self._topics.reviews
        return Publication(topic=topic, payload=json.dumps(message.to_payload()).encode())

    def _put_review_status(self, camera: str, message: ReviewMessage | None = None) -> None:
        is_open = message is not None and message.type is not EventType.END
        status = message.after.severity.upper() if message is not None and is_open else "NONE"
        self._outbox.put_state(Publication(topic=self._topics.review_status(camera), payload=status.encode()))

    def _put_motion(self, camera: str, *, has_motion: bool) -> None:
        self._outbox.put_state(
            Publication(topic=self._topics.motion(camera), payload=b"ON" if has_motion else b"OFF"),
            only_if_changed=True,
        )

    def _put_status(self, camera: str) -> None:
        status = "online" if self._running[camera] else "offline"
        shown = status if self._detecting[camera] else "disabled"
        self._outbox.put_state(
            Publication(topic=self._topics.detect_status(camera), payload=shown.encode()), only_if_changed=True
        )

    def _publish_activity(self) -> None:
        if self._activity is not None:
            payload = json.dumps(self._activity()).encode()
            self._outbox.put_single(Publication(topic=self._topics.camera_activity, payload=payload))
            self._wakeup.set()

    def _availability(self, state: str) -> Publication:
        return Publication(topic=self._topics.available, payload=state.encode(), qos=1, retain=True)
