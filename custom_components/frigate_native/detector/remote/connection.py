"""A connection to a server: one request at a time, each with a timeout."""

import time
from collections.abc import Callable, Sequence
from typing import Any

import zmq
from zmq.utils.monitor import recv_monitor_message

from ..protocol import RemoteSpec

_SLICE_MS = 200
_HEARTBEAT_MS, _DEAD_AFTER_MS = 2000, 6000  # a machine that loses power does not close its connections


class NoAnswerError(Exception):
    """There was no answer; the message says why."""


class Connection:
    """A REQ socket that is reopened after every unanswered request. For one thread."""

    def __init__(self, spec: RemoteSpec) -> None:
        """Connect; raises zmq.ZMQError if the endpoint is not a valid address."""
        self._spec = spec
        self._context = zmq.Context()
        self._socket: zmq.Socket[bytes] | None = None
        self._monitor: zmq.Socket[bytes] | None = None
        self._open()

    def request(
        self, frames: Sequence[bytes | memoryview], timeout_s: float, on_wait: Callable[[], None] | None = None
    ) -> list[bytes]:
        """Return the answer's frames; raises NoAnswerError.

        on_wait is called several times a second; an exception from it ends the wait.
        """
        socket = self._socket or self._open()
        is_good = False
        try:
            socket.send_multipart(frames, zmq.DONTWAIT)
            self._await(socket, time.monotonic() + timeout_s, on_wait)
            answer: list[bytes] = socket.recv_multipart(zmq.DONTWAIT)
            is_good = True
        except zmq.ZMQError as err:
            raise NoAnswerError(str(err)) from err
        finally:
            if not is_good:
                self.close()
        return answer

    def close(self) -> None:
        """Close the socket; the next request opens a new one."""
        if self._socket:
            self._socket.disable_monitor()
            self._socket.close(self._spec.linger_ms)
        if self._monitor:
            self._monitor.close(0)
        self._socket = self._monitor = None

    def end(self) -> None:
        """Close the socket and its thread; no more requests."""
        self.close()
        self._context.destroy(0)

    def _open(self) -> zmq.Socket[Any]:
        socket = self._context.socket(zmq.REQ)
        socket.linger = self._spec.linger_ms
        if keys := self._spec.keys:
            socket.curve_serverkey = keys.server_key.encode()
            socket.curve_publickey = keys.client_key.encode()
            socket.curve_secretkey = keys.client_secret.encode()
        socket.setsockopt(zmq.HEARTBEAT_IVL, _HEARTBEAT_MS)
        socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, _DEAD_AFTER_MS)
        self._socket = socket
        self._monitor = socket.get_monitor_socket(zmq.EVENT_DISCONNECTED)
        socket.connect(self._spec.endpoint)
        return socket

    def _await(self, socket: zmq.Socket[bytes], deadline: float, on_wait: Callable[[], None] | None) -> None:
        """Return when an answer has arrived; raises NoAnswerError if the connection ends."""
        assert self._monitor is not None
        poller = zmq.Poller()
        poller.register(socket, zmq.POLLIN)
        poller.register(self._monitor, zmq.POLLIN)
        while (left_ms := int((deadline - time.monotonic()) * 1000)) > 0:
            ready = dict(poller.poll(min(left_ms, _SLICE_MS) if on_wait else left_ms))
            if socket in ready:
                return
            if self._monitor in ready:
                recv_monitor_message(self._monitor, zmq.DONTWAIT)
                raise NoAnswerError("the connection ended")
            if on_wait:
                on_wait()
        raise NoAnswerError("no answer")
