"""Entries, waiting and other things that tests on a real Home Assistant need."""

import asyncio
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from homeassistant.config_entries import ConfigEntryState, ConfigSubentryData
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import ReviewState, Severity
from custom_components.frigate_native.engine.store import EventStore, StoredEvent
from tests.servers import PATIENCE_S
from tests.stored_events import store_event

FOOTAGE = Path(__file__).parent.parent / "footage" / "vtest.mp4"
LOOPED = "-re -stream_loop -1"


def camera(path: str | Path = FOOTAGE, **more: Any) -> dict[str, Any]:
    """Return a camera of a configuration file that plays a video in a loop."""
    source = {"path": str(path), "roles": ["detect"], "input_args": LOOPED}
    return {"ffmpeg": {"inputs": [source]}, "fps": 5, "rtmp": {"enabled": False}} | more


def write_file(directory: Path, cameras: Mapping[str, Any], **more: Any) -> Path:
    """Write a configuration file and return its path."""
    path = directory / "frigate.yml"
    path.write_text(yaml.safe_dump({"cameras": dict(cameras)} | more, sort_keys=False))
    return path


def file_entry(path: Path, **more: Any) -> MockConfigEntry:
    """Return an entry that uses a configuration file."""
    return MockConfigEntry(domain=DOMAIN, title="Frigate", data={"source_kind": "file", "path": str(path)}, **more)


def camera_subentry(title: str, path: str | Path = FOOTAGE, **more: Any) -> ConfigSubentryData:
    """Return a camera as the flow keeps it."""
    name = title.lower().replace(" ", "_")
    data = {"name": name, "url": str(path), "objects": ["person"], "fps": 5, "input_args": LOOPED, "codec": "h264"}
    return ConfigSubentryData(data=data | more, subentry_type="camera", title=title, unique_id=name)


def ui_entry(*cameras: ConfigSubentryData, **more: Any) -> MockConfigEntry:
    """Return an entry made in the UI."""
    return MockConfigEntry(domain=DOMAIN, title="Frigate", data={"source_kind": "ui"}, subentries_data=cameras, **more)


async def async_set_up(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Set an entry up; it must succeed."""
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED


async def async_tell[T](entry: MockConfigEntry, job: Callable[[EventStore], T]) -> T:
    """Have the thread that writes to the event store do something; return what came of it."""
    done: Future[T] = entry.runtime_data.event_writer.submit(job)
    return await asyncio.wrap_future(done)


async def async_store_event(
    entry: MockConfigEntry, camera: str, label: str, start_time: float, **more: Any
) -> StoredEvent:
    """Store an event, of five seconds unless it is said otherwise, and return it as it is read."""
    values = {"start_time": start_time, "end_time": start_time + 5} | more
    return await async_tell(entry, lambda store: store_event(store, camera, label, **values))


def review_item(name: str, start_time: float, **changes: Any) -> ReviewState:
    """Return an alert of ten seconds at a camera."""
    end = start_time + 10
    made = ReviewState(
        id=f"{start_time}-review",
        camera=name,
        severity=Severity.ALERT,
        start_time=start_time,
        end_time=end,
        last_time=end,
        event_ids=(f"{start_time}-event",),
        labels=("person",),
        zones=("yard",),
    )
    return replace(made, **changes)


async def async_set_options(hass: HomeAssistant, entry: MockConfigEntry, options: dict[str, Any]) -> None:
    """Change the options of a running entry; return once they apply."""
    hass.config_entries.async_update_entry(entry, options=options)
    await async_until(lambda: entry.runtime_data.options == options)
    await hass.async_block_till_done()


async def async_until[T](condition: Callable[[], T], timeout_s: float = PATIENCE_S) -> T:
    """Return what a condition gives as soon as it is true."""
    loop = asyncio.get_running_loop()
    end = loop.time() + timeout_s
    while not (result := condition()):
        assert loop.time() < end, f"not true within {timeout_s} s"
        await asyncio.sleep(0.02)
    return result


def state(hass: HomeAssistant, entity_id: str) -> str:
    """Return an entity's state; it must exist."""
    found = hass.states.get(entity_id)
    assert found is not None, f"{entity_id} is not among {hass.states.async_entity_ids()}"
    return found.state


def count(hass: HomeAssistant, entity_id: str) -> int:
    """Return a count; 0 while it is unavailable."""
    value = state(hass, entity_id)
    return int(value) if value.isdigit() else 0


def attribute(hass: HomeAssistant, entity_id: str, name: str) -> Any:
    """Return an attribute of an entity's state; both must exist."""
    found = hass.states.get(entity_id)
    assert found is not None
    return found.attributes[name]


def our_threads() -> list[str]:
    """Return the names of the integration's threads."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("fn:")]
