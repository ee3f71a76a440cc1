"""Answers the requests of clients, one at a time."""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Final

import zmq

from ..backends import BackendError, RegionError
from ..description import DescriptionError
from ..plain_text import one_line
from .keys import Keys, protect
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
_WAITING: Final = 4  # messages per client; the protocol sends one at a time
_HEADER_BYTES: Final = 10_000
_MAX_CLIENTS: Final = 256


class Service:
    """Listens on an address and answers requests; each client chooses its own model."""

    def __init__(self, models: Models, endpoint: str, max_bytes: int, keys: Keys | None = None) -> None:
        """Bind; raises zmq.ZMQError. A client that sends a frame of more than max_bytes is disconnected.

        With keys, only their client is answered.
        """
        self._models = models
        self._chosen: OrderedDict[bytes, str] = OrderedDict()  # model by client
        self._logged_problem = ""
        self._context = zmq.Context()
        self._socket = self._context.socket(zmq.ROUTER)
        self._socket.linger = 0
        self._socket.maxmsgsize = max_bytes + _HEADER_BYTES
        self._socket.setsockopt(zmq.RCVHWM, _WAITING)
        self._socket.setsockopt(zmq.SNDHWM, _WAITING)
        self._guard = protect(self._context, self._socket, keys) if keys else None
        self._socket.bind(endpoint)
        self.endpoint = self._socket.getsockopt_string(zmq.LAST_ENDPOINT)

    def serve(self, should_run: Callable[[], bool]) -> None:
        """Answer requests until should_run (called several times a second) returns False."""
        while should_run():
            if not self._socket.poll(_SLICE_MS):
                continue
            client, *frames = self._socket.recv_multipart()
            if not frames or frames[0]:  # not from a REQ socket: it cannot be answered
                self._log_problem("a message without the empty frame of a REQ socket")
                continue
            self._socket.send_multipart([client, b"", *self._answer(client, frames[1:])])

    def close(self) -> None:
        """Close the socket; clients reconnect."""
        if self._guard:
            self._guard.stop()
        self._context.destroy(0)

    def _answer(self, client: bytes, frames: Sequence[bytes]) -> list[bytes]:
        try:
            return self._reply(client, unpack_request(frames))
        except (WireError, RefusedError) as err:
            self._log_problem(str(err))
            return pack_error(str(err))

    def _reply(self, client: bytes, request: Request) -> list[bytes]:
        match request:
            case ModelRequest():
                is_there = self._models.has(request.name)
                return pack_model_answer(
                    model_available=is_there, model_loaded=is_there and self._choose(client, request.name)
                )
            case ModelData():
                return self._store(client, request)
            case Region():
                return self._detect(client, request)

    def _store(self, client: bytes, request: ModelData) -> list[bytes]:
        try:
            self._models.store(request.name, request.data)
        except (RefusedError, OSError) as err:
            self._log_problem(str(err))
            return pack_model_answer(model_saved=False, model_loaded=False, error=str(err))
        return pack_model_answer(model_saved=True, model_loaded=self._choose(client, request.name))

    def _choose(self, client: bytes, name: str) -> bool:
        """Load a model for a client and remember the choice; return whether it runs."""
        try:
            self._models.load(name)
        except (RefusedError, BackendError, DescriptionError) as err:
            self._log_problem(str(err))
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
            self._log_problem(str(err))
            return pack_error(str(err))

    def _log_problem(self, text: str) -> None:
        """Log a problem once, not for every request. Parts of its text may come from a client."""
        text = one_line(text)
        if text != self._logged_problem:
            self._logged_problem = text
            _LOGGER.warning("%s", text)
