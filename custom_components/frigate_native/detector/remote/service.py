"""Answers clients, one request after the other."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

import zmq

from ..backends import BackendError, RegionError
from ..description import DescriptionError
from .models import Models, RefusedError
from .wire import (
    ModelData,
    ModelRequest,
    Region,
    Request,
    WireError,
    pack_error,
    pack_model_answer,
    pack_rows,
    unpack_request,
)

_LOGGER = logging.getLogger(__name__)

_SLICE_MS: Final = 200
_WAITING: Final = 4  # messages of one client; the protocol has one at a time
_HEADER_BYTES: Final = 10_000
_MAX_CLIENTS: Final = 256


class Service:
    """Binds an address and serves whoever speaks the protocol; each client has a model of its own choice."""

    def __init__(self, models: Models, endpoint: str, max_bytes: int) -> None:
        """Bind; raises zmq.ZMQError. A client that sends a frame of more than max_bytes is disconnected."""
        self._models = models
        self._chosen: OrderedDict[bytes, str] = OrderedDict()  # model by client
        self._complaint = ""
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.ROUTER)
        self._socket.linger = 0
        self._socket.maxmsgsize = max_bytes + _HEADER_BYTES
        self._socket.setsockopt(zmq.RCVHWM, _WAITING)
        self._socket.setsockopt(zmq.SNDHWM, _WAITING)
        self._socket.bind(endpoint)
        self.endpoint = self._socket.getsockopt_string(zmq.LAST_ENDPOINT)

    def serve(self, is_needed: Callable[[], bool]) -> None:
        """Answer until is_needed, asked several times a second, says no."""
        while is_needed():
            if not self._socket.poll(_SLICE_MS):
                continue
            client, *frames = self._socket.recv_multipart()
            if not frames or frames[0]:  # not from a REQ socket: nobody knows where its answer begins
                self._complain("a message without the empty frame of a REQ socket")
                continue
            self._socket.send_multipart([client, b"", *self._answer(client, frames[1:])])

    def close(self) -> None:
        """Close the socket; clients open theirs anew."""
        self._context.destroy(0)

    def _answer(self, client: bytes, frames: Sequence[bytes]) -> list[bytes]:
        try:
            return self._reply(client, unpack_request(frames))
        except (WireError, RefusedError) as err:
            self._complain(str(err))
            return pack_error(str(err))

    def _reply(self, client: bytes, request: Request) -> list[bytes]:
        match request:
            case ModelRequest():
                is_there = self._models.has(request.name)
                return pack_model_answer(
                    model_available=is_there, model_loaded=is_there and self._choose(client, request.name)
                )
            case ModelData():
                return self._take(client, request)
            case Region():
                return self._detect(client, request)

    def _take(self, client: bytes, request: ModelData) -> list[bytes]:
        try:
            self._models.take(request.name, request.data)
        except (RefusedError, OSError) as err:
            self._complain(str(err))
            return pack_model_answer(model_saved=False, model_loaded=False, error=str(err))
        return pack_model_answer(model_saved=True, model_loaded=self._choose(client, request.name))

    def _choose(self, client: bytes, name: str) -> bool:
        """Load a model for a client and remember that; return whether it runs."""
        try:
            self._models.load(name)
        except (RefusedError, BackendError, DescriptionError) as err:
            self._complain(str(err))
            return False
        self._chosen[client] = name
        self._chosen.move_to_end(client)
        if len(self._chosen) > _MAX_CLIENTS:
            self._chosen.popitem(last=False)
        return True

    def _detect(self, client: bytes, region: Region) -> list[bytes]:
        name = self._chosen.get(client, self._models.own)
        try:
            return pack_rows(self._models.load(name).run(region.tensor))
        except RegionError as err:
            raise RefusedError(str(err)) from err
        except (BackendError, DescriptionError) as err:
            self._models.unload(name)
            self._complain(str(err))
            return pack_error(str(err))

    def _complain(self, text: str) -> None:
        """Say what is wrong once, not at every request."""
        if text != self._complaint:
            self._complaint = text
            _LOGGER.warning("%s", text)
