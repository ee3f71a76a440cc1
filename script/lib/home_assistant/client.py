"""Home Assistant's HTTP API, and its WebSocket API beside it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final

import aiohttp

from .failure import Failure

_ANSWER_S: Final = 60.0  # a config flow's last step sets the integration up


class Api:
    """Home Assistant's HTTP API."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        """Speak to a Home Assistant, at first without a token."""
        self._session = session
        self._headers: dict[str, str] = {}
        self.url = url

    def authorize(self, token: str) -> None:
        """Use a token from now on."""
        self._headers = {"Authorization": f"Bearer {token}"}

    async def get(self, path: str) -> Any:
        """Return what a path answers."""
        return await self._ask("GET", path)

    async def post(self, path: str, json: object = None, *, form: dict[str, str] | None = None) -> Any:
        """Return what a path answers to JSON or a form."""
        return await self._ask("POST", path, json=json, data=form)

    async def connect(self, token: str) -> Connection:
        """Return an authorized WebSocket connection."""
        socket = await self._session.ws_connect(f"{self.url}/api/websocket", max_msg_size=0)
        await socket.receive_json()  # auth_required
        await socket.send_json({"type": "auth", "access_token": token})
        answer = await socket.receive_json()
        if answer["type"] != "auth_ok":
            raise Failure(f"Home Assistant refuses its own token: {answer.get('message')}")
        return Connection(socket)

    async def _ask(self, method: str, path: str, **body: Any) -> Any:
        timeout = aiohttp.ClientTimeout(total=_ANSWER_S)
        async with self._session.request(
            method, self.url + path, headers=self._headers, timeout=timeout, **body
        ) as answer:
            if not answer.ok:
                raise Failure(f"Home Assistant answers {answer.status} to {path}: {(await answer.text())[:500]}")
            return await answer.json()


class Connection:
    """A WebSocket connection: commands with their answers, and one stream of events."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Take over a socket and read it until it closes."""
        self._socket = socket
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._events: asyncio.Queue[Any] = asyncio.Queue()
        self._last_id = 0
        self._reader = asyncio.create_task(self._read())

    async def command(self, kind: str, **arguments: object) -> Any:
        """Return a command's result; Failure when there is none."""
        self._last_id += 1
        answer = self._answers[self._last_id] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": self._last_id, "type": kind} | arguments)
        return await asyncio.wait_for(answer, _ANSWER_S)

    async def events(self) -> AsyncIterator[Any]:
        """Yield the events of all subscriptions until the connection closes."""
        while True:
            waiting = asyncio.ensure_future(self._events.get())
            await asyncio.wait([waiting, self._reader], return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done() and self._events.empty():
                waiting.cancel()
                return
            yield await waiting

    async def _read(self) -> None:
        async for message in self._socket:
            answer = message.json()
            if answer["type"] == "event":
                self._events.put_nowait(answer["event"])
            elif answer["type"] == "result" and (waiting := self._answers.pop(answer["id"], None)):
                if answer["success"]:
                    waiting.set_result(answer["result"])
                else:
                    waiting.set_exception(Failure(f"Home Assistant refuses a command: {answer['error']['message']}"))
        for waiting in self._answers.values():
            waiting.cancel()
