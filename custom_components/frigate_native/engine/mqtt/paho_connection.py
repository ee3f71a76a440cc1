"""One connection to a broker, from opening to its end, and words for what goes wrong."""

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
_CONNECT_TIMEOUT_S: Final = 3.0  # `stop` waits for it
_ACCEPT_TIMEOUT_S: Final = 10.0  # from the open socket to the broker's answer
_POLL_S: Final = 0.5
_SOLUTIONS: Final = {
    "Bad user name or password": "check mqtt.user and mqtt.password",
    "Not authorized": "check mqtt.user and mqtt.password",
    "Client identifier not valid": "choose another mqtt.client_id",
}


class PahoConnection(BrokerConnection):
    """A client of a broker, with its last will. For one thread, which also moves its bytes: paho starts none.

    That way nothing is handed to paho before the socket has room, so that a broker that has stopped reading leaves
    what waits in the bounded outbox.
    """

    def __init__(self, config: MqttConfig, will: Publication, subscription: Subscription, wakeup: Wakeup) -> None:
        """Prepare; `wakeup` ends a wait. BrokerError when TLS is wanted of files that cannot be used."""
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
        """Tell whether all that was sent has left this machine; there is room for nothing else before."""
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
        """Connect, wait until the broker lets us in, and subscribe; return False when stopped before."""
        try:
            self._client.connect(*self._address, _KEEP_ALIVE_S)
        except (OSError, UnicodeError) as err:
            raise BrokerError(_describe(err)) from err
        deadline = time.monotonic() + _ACCEPT_TIMEOUT_S
        while not self._is_accepted:
            if stop.is_set():
                return False
            if time.monotonic() > deadline:
                raise BrokerError("does not answer as a broker does; check mqtt.port")
            self.wait(_POLL_S)
        if self._subscription.topics:
            self._client.subscribe([(topic, max(1, self._qos)) for topic in self._subscription.topics])
        return True

    @override
    def send(self, publication: Publication) -> None:
        """Hand a message to the socket; what it does not take leaves during `wait`."""
        qos = max(publication.qos, self._qos)
        sent = self._client.publish(publication.topic, publication.payload, qos, publication.retain)
        if self._client.socket() is None:
            raise self._lost()
        if qos:
            self._unanswered.add(sent.mid)

    @override
    def wait(self, timeout_s: float) -> None:
        """Move bytes in and out when there are any; come back after that, after a wake-up or the time."""
        link = self._client.socket()
        if link is None:
            raise self._lost()
        with selectors.PollSelector() as selector:
            selector.register(self._wakeup, selectors.EVENT_READ)
            wanted = selectors.EVENT_READ if self.can_send else selectors.EVENT_READ | selectors.EVENT_WRITE
            selector.register(link, wanted)
            has_read_ahead = isinstance(link, ssl.SSLSocket) and link.pending()  # of a record; the socket shows nothing
            ready = {key.fd: events for key, events in selector.select(0 if has_read_ahead else timeout_s)}
        self._wakeup.clear()
        events = ready.get(link.fileno(), 0)
        if events & selectors.EVENT_READ or has_read_ahead:
            self._client.loop_read()
        if events & selectors.EVENT_WRITE:
            self._client.loop_write()
        self._client.loop_misc()
        if self._client.socket() is None:
            raise self._lost()

    @override
    def disconnect(self) -> None:
        """End the connection so that the broker forgets the last will."""
        self._client.disconnect()

    @override
    def close(self) -> None:
        """Close the socket; without a goodbye, the broker publishes the last will."""
        link = self._client.socket()
        if link is not None:
            link.close()

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
            solution = _SOLUTIONS.get(str(reason), "look into the broker's log")
            self._refusal = f"refuses the connection ({reason}); {solution}"

    def _lost(self) -> BrokerError:
        if self._is_accepted or self._refusal:
            return BrokerError(self._refusal or "has closed the connection; it is tried again")
        solution = "mqtt.tls_client_cert" if self._is_tls else "mqtt.port, and whether it wants TLS (mqtt.tls_ca_certs)"
        return BrokerError(f"closes the connection before it answers; check {solution}")


def _describe(err: OSError | UnicodeError) -> str:
    if isinstance(err, socket.gaierror | UnicodeError):
        return "is not known under this name; check mqtt.host"
    if isinstance(err, ssl.SSLError) and not isinstance(err, TimeoutError):
        return tls.describe(err)
    if isinstance(err, ConnectionRefusedError):
        return "refuses to be connected; check mqtt.port, and whether the broker runs"
    if isinstance(err, TimeoutError):
        return "does not answer; check mqtt.host, and whether the broker runs"
    return f"cannot be reached ({err.strerror or err}); check mqtt.host and mqtt.port"
