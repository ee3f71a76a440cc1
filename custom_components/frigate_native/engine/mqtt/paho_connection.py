"""A connection to a broker with paho, and descriptions of its errors."""

import selectors
import socket
import ssl
import threading
import time
from typing import Any, Final, override

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from ..config.model import MqttConfig
from . import tls
from .broker_connection import BrokerConnection, BrokerError, Subscription
from .outbox import Publication
from .wakeup import Wakeup

_KEEP_ALIVE_S: Final = 60
_CONNECT_TIMEOUT_S: Final = 3.0  # stopping waits for it
_ACCEPT_TIMEOUT_S: Final = 10.0  # from the open socket to the broker's CONNACK
_POLL_S: Final = 0.5
_SOLUTIONS: Final = {
    "Bad user name or password": "check mqtt.user and mqtt.password",
    "Not authorized": "check mqtt.user and mqtt.password",
    "Client identifier not valid": "choose another mqtt.client_id",
}


class PahoConnection(BrokerConnection):
    """An MQTT client with a last will. For one thread, which also does the socket I/O: paho starts none.

    So nothing is passed to paho before the socket is writable, and the messages for a broker that has stopped
    reading stay in the bounded outbox.
    """

    def __init__(self, config: MqttConfig, will: Publication, subscription: Subscription, wakeup: Wakeup) -> None:
        """Initialize; `wakeup` ends a wait. Raises BrokerError if the TLS files are invalid."""
        self._address = config.host, config.port
        self._is_tls = config.tls is not None
        self._qos = config.qos
        self._subscription = subscription
        self._wakeup = wakeup
        self._is_accepted = False
        self._refusal = ""
        self._unanswered: set[int] = set()
        self._client = self._new_client(config)
        self._client.will_set(will.topic, will.payload, will.qos, will.retain)

    @property
    @override
    def can_send(self) -> bool:
        """Whether all messages have left; only then is there room for another."""
        return self.has_sent

    @property
    @override
    def has_sent(self) -> bool:
        return not self._client.want_write()

    @property
    @override
    def is_settled(self) -> bool:
        return self.has_sent and not self._unanswered

    @override
    def open(self, stop: threading.Event) -> bool:
        """Connect, wait until the broker accepts, and subscribe. Return False if stopped before."""
        try:
            self._client.connect(*self._address, _KEEP_ALIVE_S)
        except (OSError, UnicodeError) as err:
            raise BrokerError(_describe(err)) from err
        deadline = time.monotonic() + _ACCEPT_TIMEOUT_S
        while not self._is_accepted:
            if stop.is_set():
                return False
            if time.monotonic() > deadline:
                raise BrokerError("does not respond like an MQTT broker; check mqtt.port")
            self.wait(_POLL_S)
        if self._subscription.topics:
            self._client.subscribe([(topic, max(1, self._qos)) for topic in self._subscription.topics])
        return True

    @override
    def send(self, publication: Publication) -> None:
        """Write a message to the socket. The rest is sent during `wait`."""
        qos = max(publication.qos, self._qos)
        sent = self._client.publish(publication.topic, publication.payload, qos, publication.retain)
        if self._client.socket() is None:
            raise self._lost()
        if qos:
            self._unanswered.add(sent.mid)

    @override
    def wait(self, timeout_s: float) -> None:
        """Read and write the socket when possible. Return after that, after a wake-up or the timeout."""
        sock = self._client.socket()
        if sock is None:
            raise self._lost()
        with selectors.PollSelector() as selector:
            selector.register(self._wakeup, selectors.EVENT_READ)
            events = selectors.EVENT_READ if self.can_send else selectors.EVENT_READ | selectors.EVENT_WRITE
            selector.register(sock, events)
            has_read_ahead = isinstance(sock, ssl.SSLSocket) and sock.pending()  # in a TLS record
            ready = {key.fd: events for key, events in selector.select(0 if has_read_ahead else timeout_s)}
        self._wakeup.clear()
        events = ready.get(sock.fileno(), 0)
        if events & selectors.EVENT_READ or has_read_ahead:
            self._client.loop_read()
        if events & selectors.EVENT_WRITE:
            self._client.loop_write()
        self._client.loop_misc()
        if self._client.socket() is None:
            raise self._lost()

    @override
    def disconnect(self) -> None:
        """Disconnect cleanly, so that the broker does not publish the last will."""
        self._client.disconnect()

    @override
    def close(self) -> None:
        """Close the socket. Without `disconnect`, the broker publishes the last will."""
        sock = self._client.socket()
        if sock is not None:
            sock.close()

    def _new_client(self, config: MqttConfig) -> paho.Client:
        client = paho.Client(CallbackAPIVersion.VERSION2, client_id=config.client_id, reconnect_on_failure=False)
        client.connect_timeout = _CONNECT_TIMEOUT_S
        if config.user is not None:
            client.username_pw_set(config.user, config.password)
        if config.tls is not None:
            client.tls_set_context(tls.new_context(config.tls))
        client.on_connect = self._on_connect
        client.on_message = lambda _client, _data, message: self._subscription.on_message(
            message.topic, bytes(message.payload), bool(message.retain)
        )
        client.on_publish = lambda _client, _data, mid, *_: self._unanswered.discard(mid)
        return client

    def _on_connect(self, _client: paho.Client, _data: Any, _flags: Any, reason: ReasonCode, _more: Any) -> None:
        self._is_accepted = not reason.is_failure
        if reason.is_failure:
            solution = _SOLUTIONS.get(str(reason), "check the broker's log")
            self._refusal = f"refuses the connection ({reason}); {solution}"

    def _lost(self) -> BrokerError:
        if self._is_accepted or self._refusal:
            return BrokerError(self._refusal or "closed the connection; reconnecting")
        solution = "mqtt.tls_client_cert" if self._is_tls else "mqtt.port, and whether it needs TLS (mqtt.tls_ca_certs)"
        return BrokerError(f"closes the connection without a response; check {solution}")


def _describe(err: OSError | UnicodeError) -> str:
    if isinstance(err, socket.gaierror | UnicodeError):
        return "has an unknown hostname; check mqtt.host"
    if isinstance(err, ssl.SSLError) and not isinstance(err, TimeoutError):
        return tls.describe(err)
    if isinstance(err, ConnectionRefusedError):
        return "refuses the connection; check mqtt.port, and that the broker is running"
    if isinstance(err, TimeoutError):
        return "does not respond; check mqtt.host, and that the broker is running"
    return f"is unreachable ({err.strerror or err}); check mqtt.host and mqtt.port"
