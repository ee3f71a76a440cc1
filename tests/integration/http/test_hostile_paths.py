"""Whatever stands in a variable part of a path, the port reveals no file outside and does not fail."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.frigate_native.http.routes import ROUTES, WRITES
from tests.servers import free_port

from ..system import async_set_up, async_store_event, camera_subentry, ui_entry
from ..web import raw_get

SECRET: Final = b"precious"
HOSTILE: Final = (
    "..",
    "..%2f..%2f..%2foutside.mp4",
    "%252e%252e%252foutside.mp4",
    "front%00.mp4",
    "%ed%a0%80",
    "x" * 300,
    "1e999",
)
USUAL: Final = {"camera": "front", "start": "1700000000", "end": "1700000004", "month": "2023-11", "file": "index.m3u8"}
QUERIES: Final = (
    "after=1e999",
    "before=-1&limit=-1",
    "cameras=..%2f..%2foutside",
    "labels=%00,%ff",
    "zones=%27%20or%201=1--",
    "sub_labels=%25,_",
    "timezone=..%2f..%2foutside.mp4",
    "time_range=99:99,00:00",
    "event_id=%ed%a0%80",
    "min_score=nan",
    "sort=%3Cscript%3E",
    "padding=1e99",
    "h=0&height=x",
    "severity=..",
    "scale=0",
)


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> AsyncIterator[MockConfigEntry]:
    """Return an entry with an event, and secret files beside and in its folders."""
    http = {"listener": True, "listener_writes": True, CONF_HOST: "127.0.0.1", CONF_PORT: free_port()}
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"), options={"http": http})
    await async_set_up(hass, entry)
    await async_store_event(entry, "front", "person", 1_700_000_000.5)
    outside, paths = tmp_path / "outside.mp4", entry.runtime_data.paths
    for path in (outside, tmp_path / "media" / "outside.mp4", paths.clips / "secret.mp4"):
        path.write_bytes(SECRET)
    (paths.clips / "front-1700000000.5-aaaaaa.mp4").symlink_to(outside)
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)


def _paths() -> list[str]:
    """Return every route, each variable part once with each hostile value."""
    found = []
    for route in dict.fromkeys((*ROUTES, *(path for _, path in WRITES))):
        pattern = route.replace(":.*", "")
        parts = re.findall(r"{(\w+)}", pattern)
        usual = dict.fromkeys(parts, "10") | USUAL
        found += [pattern.format_map(usual | {part: value}) for part in parts for value in HOSTILE]
    return found


async def test_hostile_parts_of_paths_reveal_nothing(entry: MockConfigEntry) -> None:
    port = entry.runtime_data.http.port
    for path in _paths():
        answer = await raw_get("127.0.0.1", port, f"/api{path}", {})
        assert SECRET not in answer, path
        assert not answer.split(b" ")[1].startswith(b"5"), (path, answer[:300])


async def test_hostile_queries_are_refused_or_find_nothing(entry: MockConfigEntry) -> None:
    port = entry.runtime_data.http.port
    for route in (
        "/events",
        "/events/summary",
        "/review",
        "/review/summary",
        "/front/latest.jpg",
        "/labels",
        "/exports",
    ):
        for query in QUERIES:
            answer = await raw_get("127.0.0.1", port, f"/api{route}?{query}", {})
            assert answer.split(b" ")[1] in (b"200", b"400"), (route, query, answer[:300])
            assert SECRET not in answer
