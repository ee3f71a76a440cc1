"""Measure what clients that request pictures and events cost the cameras and Home Assistant."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any, Final

import aiohttp
from home_assistant.client import Api
from home_assistant.integration import change_settings
from home_assistant.port import free_port
from home_assistant.running import HomeAssistant

_ALL_PARTS: Final = "bbox=1&motion=1&regions=1&zones=1&mask=1&timestamp=1"
_LEAST_HEIGHT: Final = 360  # px; each client has a height of its own, so that no two can share a picture
_STEP: Final = 16  # px
_OK: Final = 200
_POLLED: Final = (
    "/{camera}/latest.jpg?h=180",
    "/events?limit=10&include_thumbnails=0",
    "/{camera}/person/best.jpg?h=180",
    "/events?limit=10&include_thumbnails=0&has_clip=1",
)


@dataclass(frozen=True, slots=True)
class Clients:
    """How many there are, and how many requests they send a second; 0: pictures without pause."""

    count: int
    rate: float = 0.0

    @property
    def pause_s(self) -> float:
        """The time between two requests of a client."""
        return self.count / self.rate if self.rate else 0.0


@dataclass(slots=True)
class Viewers:
    """What clients received: the answers by status, and bytes."""

    answers: Counter[int] = field(default_factory=Counter)
    received: int = 0

    def reset(self) -> None:
        """Begin to count."""
        self.answers.clear()
        self.received = 0

    def figures(self, seconds: float) -> dict[str, Any]:
        """Return the figures of a measurement that took this long."""
        others = {str(status): count for status, count in sorted(self.answers.items()) if status != _OK}
        return {
            "pictures_per_s": round(self.answers[_OK] / seconds, 1),
            "other_answers": others,
            "received_mb_per_s": round(self.received / seconds / 1e6, 2),
        }


async def open_port(home_assistant: HomeAssistant, entry_id: str) -> str:
    """Turn on the API without login, as a person would; return its URL. The entry reloads."""
    port = free_port(0)
    http = {"public_clips": False, "listener": True, "host": "127.0.0.1", "port": port}
    await change_settings(home_assistant.api, entry_id, http=http)
    url = f"http://127.0.0.1:{port}"
    await _wait_until_open(url)
    return url


@asynccontextmanager
async def watching(
    api: Api, token: str, open_url: str, cameras: Sequence[str], clients: Clients
) -> AsyncIterator[Viewers]:
    """Let clients send requests while the context is open: half of them logged in, half without login."""
    viewers = Viewers()
    doors = cycle(((f"{api.url}/api/frigate_native", {"Authorization": f"Bearer {token}"}), (open_url, {})))
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        tasks = [
            asyncio.create_task(_watch(_Client(session, headers, viewers, clients, number), base, cameras))
            for number, (base, headers) in enumerate(islice(doors, clients.count))
        ]
        try:
            yield viewers
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@dataclass(frozen=True, slots=True)
class _Client:
    session: aiohttp.ClientSession
    headers: dict[str, str]
    viewers: Viewers
    clients: Clients
    number: int

    async def request(self, url: str) -> None:
        async with self.session.get(url, headers=self.headers) as answer:
            self.viewers.received += len(await answer.read())
            self.viewers.answers[answer.status] += 1


async def _watch(client: _Client, base: str, cameras: Sequence[str]) -> None:
    camera, height = cameras[client.number % len(cameras)], _LEAST_HEIGHT + client.number * _STEP
    pause_s = client.clients.pause_s
    watched = (f"/{camera}/latest.jpg?{_ALL_PARTS}&h={height}",)
    paths = tuple(path.format(camera=camera) for path in _POLLED) if pause_s else watched
    loop = asyncio.get_running_loop()
    due = loop.time() + pause_s * client.number / client.clients.count
    for path in cycle(paths):
        await asyncio.sleep(max(due - loop.time(), 0))
        due = max(due, loop.time() - pause_s) + pause_s
        await client.request(base + path)


async def _wait_until_open(url: str) -> None:
    async with aiohttp.ClientSession() as session, asyncio.timeout(60):
        while True:
            try:
                async with session.get(f"{url}/version") as answer:
                    if answer.ok:
                        return
            except aiohttp.ClientConnectionError:
                await asyncio.sleep(0.1)
