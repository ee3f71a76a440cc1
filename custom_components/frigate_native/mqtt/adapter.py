"""A broker connection through Home Assistant's MQTT integration, which may be loaded and unloaded at any time."""

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Final, override

from homeassistant.components import mqtt
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from ..engine.mqtt.broker_connection import BrokerConnection, BrokerError, Subscription
from ..engine.mqtt.outbox import Publication
from ..engine.mqtt.wakeup import Wakeup

_LOGGER = logging.getLogger(__name__)

BROKER: Final = "of Home Assistant"
_POLL_S: Final = 1.0
_MAX_BATCH: Final = 100  # messages passed to the event loop at once
_QOS: Final = 1  # of commands
_SUBSCRIBE_TIMEOUT_S: Final = 10.0  # for the broker to confirm the subscriptions
_DISCONNECTED: Final = "is disconnected; check the MQTT integration"


class HomeAssistantMqtt:
    """Follows the connection status of the MQTT integration. Runs in the event loop, except `connect`.

    The integration has its own last will and supports no other, so `offline` is not published after a crash.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        """Initialize without a connection."""
        self._hass = hass
        self._end: CALLBACK_TYPE | None = None
        self._connections: list[_HomeAssistantConnection] = []
        self._on_connected: Callable[[], None] = lambda: None
        self.is_connected = False

    @callback
    def async_start(self, on_connected: Callable[[], None]) -> None:
        """Follow the integration, which may be set up, reloaded or removed at any time; call back when it connects."""
        self._on_connected = on_connected
        self._end = mqtt.async_subscribe_connection_status(self._hass, self._async_changed)
        loaded = self._hass.config_entries.async_entries(mqtt.DOMAIN)
        if any(entry.state is ConfigEntryState.LOADED for entry in loaded):
            self._async_changed(mqtt.is_connected(self._hass))

    @callback
    def async_stop(self) -> None:
        """Stop following the integration. May be called twice."""
        if self._end is not None:
            self._end()
        self._end = None
        self._async_changed(False)

    def connect(self, _will: Publication, subscription: Subscription, wakeup: Wakeup) -> BrokerConnection:
        """Return a connection for the publisher's thread. The last will is not supported."""
        return _HomeAssistantConnection(self._hass, self, subscription, wakeup)

    @callback
    def async_add(self, connection: _HomeAssistantConnection) -> None:
        """Report the status to a connection from now on."""
        self._connections.append(connection)
        connection.async_set_connected(self.is_connected)

    @callback
    def async_remove(self, connection: _HomeAssistantConnection) -> None:
        """Remove a connection."""
        if connection in self._connections:
            self._connections.remove(connection)

    @callback
    def _async_changed(self, is_connected: bool) -> None:
        self.is_connected = is_connected
        for connection in tuple(self._connections):
            connection.async_set_connected(is_connected)
        if is_connected:
            self._on_connected()


class _HomeAssistantConnection(BrokerConnection):
    """Passes messages to the event loop in batches, one at a time.

    A batch that was interrupted by a disconnect is sent again, so messages may arrive twice.
    """

    def __init__(
        self, hass: HomeAssistant, source: HomeAssistantMqtt, subscription: Subscription, wakeup: Wakeup
    ) -> None:
        self._hass = hass
        self._source = source
        self._subscription = subscription
        self._wakeup = wakeup
        self._unsubscribe: list[CALLBACK_TYPE] = []
        self._waiting: list[Publication] = []
        self._is_ready = threading.Event()  # connected and subscribed
        self._is_busy = False  # a batch is in the event loop
        self._error = ""

    @property
    @override
    def can_send(self) -> bool:
        return not self._is_busy and len(self._waiting) < _MAX_BATCH

    @property
    @override
    def has_sent(self) -> bool:
        return not self._is_busy and not self._waiting

    @property
    @override
    def is_settled(self) -> bool:
        return self.has_sent  # the integration waits for acknowledgements

    @override
    def open(self, stop: threading.Event) -> bool:
        self._call(self._source.async_add, self)
        while not self._is_ready.is_set():
            if stop.is_set():
                return False
            self._wakeup.wait(_POLL_S)
            self._check()
        return True

    @override
    def send(self, publication: Publication) -> None:
        self._waiting.append(publication)

    @override
    def wait(self, timeout_s: float) -> None:
        self._check()
        if self._waiting and not self._is_busy:
            self._is_busy = True
            batch, self._waiting = self._waiting, []
            self._call(self._async_send, batch)
        self._wakeup.wait(timeout_s)
        self._check()

    @override
    def disconnect(self) -> None:
        """Do nothing, since the connection belongs to the integration."""

    @override
    def close(self) -> None:
        self._call(self._async_close)

    def _check(self) -> None:
        if self._error:
            raise BrokerError(self._error)

    def _call(self, function: Callable[..., object], *arguments: Any) -> None:
        try:
            self._hass.loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError as err:  # the event loop is closed
            raise BrokerError(_DISCONNECTED) from err

    @callback
    def async_set_connected(self, is_connected: bool) -> None:
        """Subscribe when the integration connects; end permanently when it disconnects."""
        if is_connected and not self._is_ready.is_set():
            self._async_start(self._async_subscribe())
        elif not is_connected and self._is_ready.is_set():
            self._async_end(_DISCONNECTED)

    @callback
    def _async_send(self, batch: list[Publication]) -> None:
        self._async_start(self._async_publish(batch))

    @callback
    def _async_start(self, work: Coroutine[Any, Any, None]) -> None:
        self._hass.async_create_background_task(work, "Frigate Native: MQTT")

    async def _async_subscribe(self) -> None:
        try:
            for topic in self._subscription.topics:
                self._unsubscribe.append(
                    await mqtt.async_subscribe(self._hass, topic, self._async_receive, _QOS, encoding=None)
                )
        except HomeAssistantError as err:
            self._async_end(f"rejects subscriptions ({err}); check the MQTT integration")
            return
        await asyncio.gather(*(self._async_subscribed(topic) for topic in self._subscription.topics))
        if not self._source.is_connected:
            self._async_end(_DISCONNECTED)
            return
        self._is_ready.set()
        self._wakeup.set()

    async def _async_subscribed(self, topic: str) -> None:
        """Wait until the broker confirms a subscription, which the integration sends with a delay."""
        done = asyncio.Event()
        end = mqtt.async_on_subscribe_done(self._hass, topic, _QOS, done.set)
        try:
            async with asyncio.timeout(_SUBSCRIBE_TIMEOUT_S):
                await done.wait()
        except TimeoutError:
            _LOGGER.debug("The broker has not confirmed the subscription to %s", topic)
        finally:
            end()

    async def _async_publish(self, batch: list[Publication]) -> None:
        try:
            for each in batch:
                await mqtt.async_publish(self._hass, each.topic, each.payload, each.qos, each.retain)
        except HomeAssistantError as err:
            _LOGGER.debug("A message could not be published: %s", err)
            self._async_end(_DISCONNECTED)
        finally:
            self._is_busy = False
            self._wakeup.set()

    @callback
    def _async_receive(self, message: mqtt.ReceiveMessage) -> None:
        assert isinstance(message.payload, bytes | bytearray)
        self._subscription.on_message(message.topic, bytes(message.payload), message.retain)

    @callback
    def _async_end(self, error: str) -> None:
        self._async_close()
        self._error = error
        self._wakeup.set()

    @callback
    def _async_close(self) -> None:
        self._source.async_remove(self)
        while self._unsubscribe:
            self._unsubscribe.pop()()
