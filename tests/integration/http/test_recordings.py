"""The tree of recordings and the page of clips over HTTP: with login, and on Frigate's own address."""

import os
from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path

import aiohttp
import pytest
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.servers import free_port

from ..system import async_set_up, camera_subentry, ui_entry
from ..web import BASE, Client, async_open_views, get_json, get_refusal, raw_get

VIDEO = bytes(range(256)) * 40
FILE = "2026-11/22/09/back yard/05.03.mp4"
DATE = "Sun, 22 Nov 2026 08:06:03 GMT"


@pytest.fixture
def port() -> int:
    """Return the port of Frigate's own address."""
    return free_port()


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path, port: int) -> AsyncIterator[MockConfigEntry]:
    """Return an entry that has recordings and listens on an address of its own."""
    http = {"public_clips": False, "listener": True, CONF_HOST: "127.0.0.1", CONF_PORT: port}
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"), options={"http": http})
    await async_open_views(hass)
    await async_set_up(hass, entry)
    recordings = entry.runtime_data.paths.recordings
    file = recordings / FILE
    file.parent.mkdir(parents=True)
    file.write_bytes(VIDEO)
    os.utime(file, (1795334763, 1795334763))
    (tmp_path / "outside.mp4").write_bytes(VIDEO)
    (recordings / "outside.mp4").write_bytes(VIDEO)
    (recordings / ".unfinished").mkdir()
    (file.parent / "06.00.mp4").symlink_to(tmp_path / "outside.mp4")
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def client(entry: MockConfigEntry, hass_client: ClientSessionGenerator) -> Client:
    """Return a client that has logged in."""
    return await hass_client()


async def test_folders_are_json_and_files_come_in_parts(client: Client) -> None:
    for path, names in {
        "/recordings": ["2026-11"],
        "/recordings/": ["2026-11"],
        "/recordings/2026-11": ["22"],
        "/recordings/2026-11/22/": ["09"],
        "/recordings/2026-11/22/09/": ["back yard"],
        "/recordings/2026-11/22/09/back%20yard/": ["05.03.mp4"],
    }.items():
        assert [item["name"] for item in await get_json(client, path)] == names, path
    (month,) = await get_json(client, "/recordings/")
    assert month.keys() == {"name", "type", "mtime"}
    assert month["type"] == "directory"
    assert await get_json(client, "/recordings/2026-11/22/09/back%20yard") == [
        {"name": "05.03.mp4", "type": "file", "mtime": DATE, "size": len(VIDEO)}
    ]
    part = await client.get(f"{BASE}/recordings/{FILE}", headers={"Range": "bytes=100-199"})
    assert (part.status, part.content_type) == (HTTPStatus.PARTIAL_CONTENT, "video/mp4")
    assert await part.read() == VIDEO[100:200]
    for path in ("2026-12", "2026-11/22/09/nobody", "2026-11/22/09/back yard/07.00.mp4", f"{FILE}/x"):
        assert await get_refusal(client, f"/recordings/{path}") == (HTTPStatus.NOT_FOUND, "File not found"), path


async def test_nothing_outside_of_the_tree_is_sent(
    entry: MockConfigEntry, client: Client, port: int, hass_client_no_auth: ClientSessionGenerator
) -> None:
    stranger = await hass_client_no_auth()
    for path in ("/recordings", f"/recordings/{FILE}", "/recordings/2026-11", "/clips/"):
        assert (await stranger.get(BASE + path)).status == HTTPStatus.UNAUTHORIZED, path
    for name in (
        *("outside.mp4", "../outside.mp4", "..%2f..%2f..%2foutside.mp4", "%2e%2e/outside.mp4", ".unfinished", "%00"),
        *(
            "2026-11/22/09/back%20yard/06.00.mp4",
            "2026-11%2f..%2foutside.mp4",
            "2026-11/../outside.mp4",
            "//etc/passwd",
        ),
        *("%2fetc%2fpasswd", "2026-11/22/09/..%2f..%2f..%2foutside.mp4", "2026-11/22/09/%2e%2e/05.03.mp4"),
        *("2026-11/22/09/back%20yard/05.03.mp4%00", "2026-11/22/09/back%20yard%5c05.03.mp4", "%252e%252e/outside.mp4"),
    ):
        for host, its_port, base, headers in (
            (client.host, client.port, BASE, client.session.headers),
            ("127.0.0.1", port, "", {}),
        ):
            answer = await raw_get(host, its_port, f"{base}/recordings/{name}", headers)
            assert answer.split()[1] in (b"404", b"400"), (base, name)
            assert VIDEO not in answer, (base, name)


async def test_frigates_own_address_lists_clips_and_recordings(entry: MockConfigEntry, port: int) -> None:
    clips = entry.runtime_data.paths.clips
    (clips / "front-1700000000.5-aaaaaa.mp4").write_bytes(VIDEO)
    (clips / "secret.mp4").write_bytes(VIDEO)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as bare:
        for prefix in ("", "/api"):
            months = await (await bare.get(f"{prefix}/recordings/")).json()
            assert [month["name"] for month in months] == ["2026-11"]
            assert await (await bare.get(f"{prefix}/recordings/{FILE}")).read() == VIDEO
            page = await bare.get(f"{prefix}/clips/")
            assert page.content_type == "text/html"
            text = await page.text()
            assert '<a href="front-1700000000.5-aaaaaa.mp4">front-1700000000.5-aaaaaa.mp4</a>' in text
            assert "secret" not in text
            assert "frigate.db" not in text
