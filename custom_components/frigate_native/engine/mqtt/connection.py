"""The connection to a broker: last will, reconnecting, and words for what goes wrong."""

import logging
import threading
from collections.abc import Callable
from typing import Any, Final

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from ..config.model import MqttConfig

_LOGGER = logging.getLogger(__name__)

_KEEP_ALIVE_S: Final = 60
_CONNECT_TIMEOUT_S: Final = 5.0
_RETRY_FIRST_S: Final = 1
_RETRY_MOST_S: Final = 60
_SEND_TIMEOUT_S: Final = 5.0
_BAD_LOGIN: Final = {"Bad user name or password", "Not authorized"}


class Connection:
    """One client of one broker, with `offline` as its last will. Reconnects by itself, with growing pauses."""

    def __init__(self, config: MqttConfig, availability_topic: str, on_connect: Callable[[], None]) -> None:
        """Prepare; on_connect is called in the client's thread after every successful connection."""
        self._address = f"{config.host}:{config.port}"
        self._config = config
        self._topic = availability_topic
        self._on_connect = on_connect
        self._connected = threading.Event()
        self._trouble = ""
        self._client = self._new_client()

    @property
    def is_connected(self) -> bool:
        """Tell whether the broker is there."""
        return self._connected.is_set()

    def start(self) -> None:
        """Begin to connect, in the client's own thread; returns at once whether the broker is there or not."""
        self._client.connect_async(self._config.host, self._config.port, _KEEP_ALIVE_S)
        self._client.loop_start()

    def stop(self, timeout_s: float) -> None:
        """Say `offline`, wait for it to arrive, and end the client's thread."""
        if self.is_connected:
            self.send(self._topic, "offline", qos=1, retain=True, timeout_s=timeout_s)
        self._connected.clear()
        self._client.disconnect()
        self._client.loop_stop()

    def wait(self, timeout_s: float) -> bool:
        """Wait until the broker is there; return whether it is."""
        return self._connected.wait(timeout_s)

    def send(
        self,
        topic: str,
        payload: str | bytes,
        *,
        qos: int = 0,
        retain: bool = False,
        timeout_s: float = _SEND_TIMEOUT_S,
    ) -> bool:
        """Publish and wait until it has left this machine (qos 0) or has arrived (qos 1); return whether it has."""
        info = self._client.publish(topic, payload, qos=qos, retain=retain)
        try:
            info.wait_for_publish(timeout_s)
        except RuntimeError, ValueError:  # not connected, or paho's own queue is full
            return False
        return info.is_published()

    def _new_client(self) -> paho.Client:
        client = paho.Client(CallbackAPIVersion.VERSION2, client_id=self._config.client_id)
        client.connect_timeout = _CONNECT_TIMEOUT_S
        client.reconnect_delay_set(_RETRY_FIRST_S, _RETRY_MOST_S)
        if self._config.user is not None:
            client.username_pw_set(self._config.user, self._config.password)
        client.will_set(self._topic, "offline", qos=1, retain=True)
        client.on_connect = self._connect_answered
        client.on_connect_fail = self._connect_failed
        client.on_disconnect = self._disconnected
        return client

    def _connect_answered(self, client: paho.Client, _data: Any, _flags: Any, reason: ReasonCode, _more: Any) -> None:
        if reason.is_failure:
            mend = "check mqtt.user and mqtt.password" if str(reason) in _BAD_LOGIN else "check the broker's log"
            self._warn(f"refuses the connection ({reason}); {mend}")
            return
        client.publish(self._topic, "online", qos=1, retain=True)
        _LOGGER.info("Connected to the MQTT broker %s", self._address)
        self._trouble = ""
        self._connected.set()
        self._on_connect()

    def _connect_failed(self, _client: paho.Client, _data: Any) -> None:
        self._warn("cannot be reached; check mqtt.host and mqtt.port, and whether it runs")

    def _disconnected(self, _client: paho.Client, _data: Any, _flags: Any, reason: ReasonCode, _more: Any) -> None:
        if self._connected.is_set():
            self._connected.clear()
            self._warn(f"has gone ({reason}); another client with the client id {self._config.client_id} may be why")

    def _warn(self, trouble: str) -> None:
        """Log what is wrong, once until it changes."""
        if trouble != self._trouble:
            self._trouble = trouble
            _LOGGER.warning("The MQTT broker %s %s", self._address, trouble)
