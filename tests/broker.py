"""A real MQTT broker for tests, and a client that watches it."""

import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import paho.mqtt.client as paho
from paho.mqtt.enums import CallbackAPIVersion

from tests.certificates import Authority, Signed
from tests.servers import PATIENCE_S, free_port


class Broker:
    """mosquitto on a port of its own; it can be stopped and started again, with what it retained.

    With TLS it has a second port for that, and asks for certificates of the clients if their CA is given.
    """

    def __init__(
        self,
        folder: Path,
        *,
        user: str | None = None,
        password: str = "",
        tls: Signed | None = None,
        clients: Authority | None = None,
    ) -> None:
        self.port = free_port()
        self.tls_port = free_port()
        self._config = folder / "mosquitto.conf"
        self._process: subprocess.Popen[bytes] | None = None
        lines = [f"listener {self.port} 127.0.0.1", f"allow_anonymous {'false' if user else 'true'}"]
        if tls:
            lines += [f"listener {self.tls_port} 127.0.0.1", f"certfile {tls.certificate}", f"keyfile {tls.key}"]
        if clients:
            lines += [f"cafile {clients.certificate}", "require_certificate true"]
        lines += ["persistence true", f"persistence_location {folder}/", "user root"]
        if user:
            passwords = folder / "passwords"
            subprocess.run(["mosquitto_passwd", "-c", "-b", passwords, user, password], check=True)
            lines.append(f"password_file {passwords}")
        self._config.write_text("\n".join(lines) + "\n")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        program = shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/usr/local/sbin:/opt/homebrew/sbin")
        assert program, "mosquitto is not installed"
        self._process = subprocess.Popen(
            [program, "-c", self._config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            time.sleep(0.02)
        raise AssertionError("mosquitto did not start")

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def forget(self) -> None:
        """Lose what was retained."""
        (self._config.parent / "mosquitto.db").unlink(missing_ok=True)

    def stall(self) -> None:
        """Read no more, with all connections open."""
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)
            self._process.send_signal(how)
            self._process.wait(PATIENCE_S)
            self._process = None


@dataclass(frozen=True)
class Received:
    """A message as the observer got it; retained: it lay there before the observer came."""

    topic: str
    payload: bytes
    retained: bool
    qos: int = 0


class Observer:
    """Subscribes to everything and remembers it."""

    def __init__(self, broker: Broker, *, qos: int = 0, **login: Any) -> None:
        self.messages: list[Received] = []
        self._arrived = threading.Condition()
        self._subscribed = threading.Event()
        self._client = paho.Client(CallbackAPIVersion.VERSION2)
        if login:
            self._client.username_pw_set(**login)
        self._client.on_connect = lambda client, *_: client.subscribe("#", qos)
        self._client.on_subscribe = lambda *_: self._subscribed.set()
        self._client.on_message = lambda _client, _data, message: self._receive(message)
        self._client.connect("127.0.0.1", broker.port)
        self._client.loop_start()
        assert self._subscribed.wait(PATIENCE_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.disconnect()
        self._client.loop_stop()

    def send(self, topic: str, payload: str | bytes, *, retain: bool = False) -> None:
        """Publish a message, and wait until the broker has it."""
        self._client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(PATIENCE_S)

    def wait_for(self, wanted: Callable[[Received], bool]) -> Received:
        """Return the first message that fits; fail when none comes in time."""
        deadline = time.monotonic() + PATIENCE_S
        with self._arrived:
            while (found := next(filter(wanted, self.messages), None)) is None:
                left = deadline - time.monotonic()
                assert left > 0, f"not among {[(message.topic, message.payload[:40]) for message in self.messages]}"
                self._arrived.wait(left)
            return found

    def wait_for_topic(self, topic: str, payload: bytes | None = None) -> Received:
        return self.wait_for(lambda message: message.topic == topic and payload in {None, message.payload})

    def payloads(self, topic: str) -> list[bytes]:
        return [message.payload for message in self.messages if message.topic == topic]

    def _receive(self, message: paho.MQTTMessage) -> None:
        with self._arrived:
            self.messages.append(Received(message.topic, bytes(message.payload), bool(message.retain), message.qos))
            self._arrived.notify_all()
