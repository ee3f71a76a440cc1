"""Publishes what the engine tells to a broker."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Final

from ..concurrency import Worker
from ..config.model import CameraConfig, MqttConfig
from ..messages import CountMessage, EventMessage, Message, SnapshotMessage, Stats
from ..pictures import render_picture, style_from_config
from .connection import Connection
from .outbox import Count, Item, Outbox
from .topics import Topics

_LOGGER = logging.getLogger(__name__)

_FIRST_STATS_S: Final = 10.0
_WAIT_S: Final = 0.5


class MqttPublisher:
    """Frigate's topics on a broker of the user's own. A broker that is away, or comes back later, harms nothing.

    A thread of its own renders and publishes. After each connection all counts are sent again, zeros too, so that
    nobody keeps a stale one. What gives way while the broker is away is Outbox's to say.
    """

    def __init__(self, config: MqttConfig, cameras: Mapping[str, CameraConfig], stats: Callable[[], Stats]) -> None:
        """Prepare; stats is asked for the figures of the `stats` topic, in the publisher's thread."""
        self._topics = Topics(config.topic_prefix)
        self._cameras = cameras
        self._stats = stats
        self._stats_interval_s = config.stats_interval_s
        self._counts = dict.fromkeys(self._topics.counts_of(cameras.values()), 0)
        self._counts_lock = threading.Lock()
        self._outbox = Outbox()
        self._connection = Connection(config, self._topics.available, self._send_all_counts)
        self._worker = Worker("fn:mqtt", self._run)

    @property
    def is_connected(self) -> bool:
        """Tell whether the broker is there."""
        return self._connection.is_connected

    def start(self) -> None:
        """Begin to connect and publish; returns at once."""
        self._connection.start()
        self._worker.start()

    def receive(self, message: Message) -> None:
        """Take one of the engine's messages; any thread may call this, it never blocks."""
        if isinstance(message, CountMessage):
            count = Count(self._topics.count(message.place, message.label), message.count)
            with self._counts_lock:
                self._counts[count.topic] = count.count
                self._outbox.put(count)
        elif isinstance(message, EventMessage | SnapshotMessage):
            self._outbox.put(message)

    def stop(self, timeout_s: float = 5.0) -> None:
        """Publish what waits, then `offline`, and let go of the broker; may be called twice."""
        self._outbox.close()
        self._worker.stop(timeout_s)
        self._connection.stop(timeout_s)

    def _send_all_counts(self) -> None:
        with self._counts_lock:
            for topic, count in self._counts.items():
                self._outbox.put(Count(topic, count))

    def _run(self, stop: threading.Event) -> None:
        next_stats = time.monotonic() + _FIRST_STATS_S
        while not stop.is_set():
            if not self._connection.wait(_WAIT_S):
                continue
            self._publish_waiting()
            if time.monotonic() >= next_stats:
                next_stats = time.monotonic() + self._stats_interval_s
                self._connection.send(self._topics.stats, json.dumps(self._stats().to_payload()))
        if self.is_connected:
            self._publish_waiting()

    def _publish_waiting(self) -> None:
        """Publish all that waits; come back after a moment without anything, or when the broker has gone."""
        while (item := self._outbox.take(_WAIT_S)) is not None:
            if not self._publish(item):
                self._outbox.put_back(item)
                return

    def _publish(self, item: Item) -> bool:
        if isinstance(item, EventMessage):
            return self._connection.send(self._topics.events, json.dumps(item.to_payload()))
        if isinstance(item, Count):
            return self._connection.send(item.topic, str(item.count))
        topic = self._topics.snapshot(item.camera, item.label)
        style = style_from_config(self._cameras[item.camera].snapshots)
        return self._connection.send(topic, render_picture(item.picture, style), retain=True)
