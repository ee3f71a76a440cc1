"""What tests of the web interface share."""

import asyncio
from collections.abc import Mapping
from http import HTTPStatus
from io import BytesIO
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from PIL import Image, ImageStat

from custom_components.frigate_native.const import DOMAIN

BASE = "/api/frigate_native"

type Client = TestClient[Any, Any]


async def async_open_views(hass: HomeAssistant) -> None:
    """Register the views; a test's client must come after it."""
    assert await async_setup_component(hass, DOMAIN, {})


async def get_json(client: Client, path: str) -> Any:
    """Return what a path answers; it must be JSON."""
    answer = await client.get(BASE + path)
    assert answer.status == HTTPStatus.OK, await answer.text()
    assert answer.content_type == "application/json"
    return await answer.json()


async def get_picture(client: Client, path: str, *, is_final: bool = False) -> Image.Image:
    """Return what a path answers; it must be a JPEG that may be kept if and only if it is final."""
    answer = await client.get(BASE + path)
    assert answer.status == HTTPStatus.OK, await answer.text()
    assert answer.content_type == "image/jpeg"
    assert ("no-store" in answer.headers["Cache-Control"]) is not is_final
    return picture_of(await answer.read())


async def get_refusal(client: Client, path: str) -> tuple[int, str]:
    """Return status and words of a refusal, which has the form of today's Frigate."""
    answer = await client.get(BASE + path)
    refusal = await answer.json()
    assert (set(refusal), refusal["success"]) == ({"success", "message"}, False)
    return answer.status, refusal["message"]


def picture_of(content: bytes) -> Image.Image:
    """Return a decoded JPEG."""
    picture = Image.open(BytesIO(content))
    assert picture.format == "JPEG"
    picture.load()
    return picture


def is_black(picture: Image.Image) -> bool:
    """Tell whether a picture shows nothing."""
    return max(ImageStat.Stat(picture.convert("L")).mean) < 2


async def read_parts(answer: ClientResponse, count: int) -> list[bytes]:
    """Return the first parts of an MJPEG stream, their own lengths believed."""
    assert answer.headers["Content-Type"] == "multipart/x-mixed-replace; boundary=frame"
    parts = []
    for _ in range(count):
        assert await answer.content.readline() == b"--frame\r\n"
        head = {}
        while (line := (await answer.content.readline()).decode().strip()) != "":
            name, _, value = line.partition(": ")
            head[name] = value
        assert head["Content-Type"] == "image/jpeg"
        parts.append(await answer.content.readexactly(int(head["Content-Length"])))
        assert await answer.content.readline() == b"\r\n"
    return parts


def forbidden_names(event_id: str) -> list[str]:
    """Return names behind `clips/` that must never reach a file, as they are sent."""
    return [
        *(f"front-{event_id}.jpg", "secret.mp4", "frigate.db", "..", "%2e%2e", "..%2foutside.mp4", "..%5coutside.mp4"),
        *("%2e%2e%2foutside.mp4", "%252e%252e%252foutside.mp4", "%2fetc%2fpasswd", "..%2f..%2f..%2foutside.mp4"),
        *(f"x%2f..%2ffront-{event_id}.jpg", f"front-{event_id}.mp4%00.jpg", f"front-{event_id}.db", "front-%00.mp4"),
        *(f"./front-{event_id}.jpg", f"../clips/front-{event_id}.jpg", "../../../outside.mp4", "a/b.mp4", "-.mp4"),
    ]


async def raw_get(host: str, port: int | None, path: str, headers: Mapping[str, str]) -> bytes:
    """Ask for a path that no client library would leave as it is."""
    reader, writer = await asyncio.open_connection(host, port)
    lines = [f"GET {path} HTTP/1.1", "Host: localhost", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    answer = await reader.read()
    writer.close()
    return answer
