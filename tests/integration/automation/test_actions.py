"""Actions on events: made by hand, kept, deleted and found, in a real Home Assistant with a camera that plays."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import voluptuous as vol
import yaml
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.frigate_native.const import DOMAIN, SIGNAL_EVENT
from custom_components.frigate_native.engine.messages import (
    ClipMessage,
    EventMessage,
    EventNoteMessage,
    EventType,
    Message,
    SnapshotFileMessage,
)
from custom_components.frigate_native.engine.store import EventStore, RetentionJob

from ..system import (
    FOOTAGE,
    LOOPED,
    async_set_up,
    async_store_event,
    async_tell,
    async_until,
    camera,
    camera_subentry,
    file_entry,
    ui_entry,
    write_file,
)
from ..texts import ENGLISH, INTEGRATION

NOON = 1_700_000_000.25
ACTIONS = yaml.safe_load((INTEGRATION / "services.yaml").read_text())
CLIPS: Mapping[str, Any] = {
    "ffmpeg": {"inputs": [{"path": str(FOOTAGE), "roles": ["detect", "clips"], "input_args": LOOPED}]},
    "save_clips": {"enabled": True, "pre_capture": 1, "post_capture": 1, "required_zones": ["yard"]},
    "snapshots": {"enabled": True},
    "zones": {"yard": {"coordinates": "0,0,100,0,100,100"}},
    "objects": {"track": ["bicycle"]},
}


async def call(hass: HomeAssistant, action: str, *, answers: bool = False, **data: Any) -> Any:
    return await hass.services.async_call(DOMAIN, action, data, blocking=True, return_response=answers)


async def refused(hass: HomeAssistant, action: str, **data: Any) -> str:
    """Return the key of the words with which an action is refused."""
    with pytest.raises(HomeAssistantError) as raised:
        await call(hass, action, answers=action == "get_events", **data)
    assert str(raised.value)
    return str(raised.value.translation_key)


async def found(hass: HomeAssistant, **data: Any) -> list[dict[str, Any]]:
    answer = await call(hass, "get_events", answers=True, **data)
    events: list[dict[str, Any]] = answer["events"]
    return events


async def test_event_made_by_hand_has_all_that_others_have(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera(**CLIPS)}))
    await async_set_up(hass, entry)
    data = entry.runtime_data
    told: list[EventMessage] = []
    files: list[Path | None] = []

    def note_file(message: Message) -> None:
        if isinstance(message, ClipMessage | SnapshotFileMessage):
            files.append(message.path)

    data.nvr.subscribe(note_file)
    async_dispatcher_connect(hass, SIGNAL_EVENT, lambda _entry, _topic, message: told.append(message))
    await async_until(lambda: data.nvr.latest("front"))

    made = await call(
        hass, "create_event", answers=True, camera="camera.front", label="parcel", sub_label="Blue van", duration=8
    )
    event_id = made["event_id"]
    (going_on,) = await found(hass, in_progress=True)
    assert (going_on["id"], going_on["end_time"], going_on["sub_label"]) == (event_id, None, "Blue van")
    assert await refused(hass, "delete_event", event_id=event_id) == "event_in_progress"

    await async_until(lambda: told and told[-1].type is EventType.END)
    new, end = told
    assert (new.type, new.before.false_positive, new.after.false_positive) == (EventType.NEW, True, False)
    assert (new.after.end_time, end.before) == (None, new.after)
    assert end.after.end_time == pytest.approx(new.after.start_time + 8)

    await async_until(lambda: len(files) == 2)
    await async_tell(entry, lambda _: None)  # by now both are noted
    (event,) = await found(hass, has_clip=True, has_snapshot=True, include_thumbnails=True)
    assert (event["id"], event["label"], event["camera"], event["zones"]) == (event_id, "parcel", "front", [])
    assert event["end_time"] == end.after.end_time
    assert event["thumbnail"]
    paths = [data.paths.clips / f"front-{event_id}{suffix}" for suffix in (".jpg", ".mp4")]
    assert set(files) == set(paths)
    assert all(path.stat().st_size > 1000 for path in paths)

    await call(hass, "delete_event", event_id=event_id)
    assert await found(hass) == []
    assert not any(path.exists() for path in paths)
    assert await refused(hass, "delete_event", event_id=event_id) == "event_unknown"


async def test_event_without_duration_goes_on_until_it_is_ended(hass: HomeAssistant, quiet: MockConfigEntry) -> None:
    made = await call(hass, "create_event", answers=True, camera="back", label="doorbell", duration=0)
    await call(hass, "end_event", event_id=made["event_id"])
    (event,) = await found(hass, camera="back", label=["doorbell", "bell"])
    assert event["id"] == made["event_id"]
    assert not event["has_snapshot"]  # there was no picture
    assert await refused(hass, "end_event", event_id=made["event_id"]) == "event_not_running"
    await call(hass, "create_event", camera="front", label="doorbell", duration=0)
    await hass.config_entries.async_reload(quiet.entry_id)
    assert [event["camera"] for event in await found(hass)] == ["front", "back"]  # the unloading has ended it


async def test_notes_are_stored_and_reported_while_an_event_runs_and_afterwards(
    hass: HomeAssistant, quiet: MockConfigEntry
) -> None:
    noted: list[dict[str, object]] = []
    messages: list[EventMessage] = []

    def receive(message: Message) -> None:
        if isinstance(message, EventNoteMessage):
            noted.append(message.to_payload())
        if isinstance(message, EventMessage):
            messages.append(message)

    quiet.runtime_data.nvr.subscribe(receive)
    event_id = (await call(hass, "create_event", answers=True, camera="back", label="person", duration=0))["event_id"]
    await call(hass, "set_sub_label", event_id=event_id, sub_label="Ann", score=0.8)
    await call(hass, "end_event", event_id=event_id)
    assert messages[-1].to_payload()["after"]["sub_label"] == ["Ann", 0.8]
    await call(hass, "set_description", event_id=event_id, description="Ann rings")
    await call(hass, "set_license_plate", event_id=event_id, license_plate="B-XY 1")
    event = await hass.async_add_executor_job(quiet.runtime_data.store.event, event_id)
    assert (event.sub_label, event.data["sub_label_score"]) == ("Ann", 0.8)
    assert (event.data["description"], event.data["recognized_license_plate"]) == ("Ann rings", "B-XY 1")
    assert [note["type"] for note in noted] == ["face", "description", "lpr"]
    await call(hass, "set_sub_label", event_id=event_id, sub_label="")
    assert (noted[-1]["type"], noted[-1]["name"]) == ("face", None)
    assert await refused(hass, "set_description", event_id="unknown", description="a") == "event_unknown"


async def test_event_deleted_before_its_clip_is_made_leaves_no_files(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera(**CLIPS)}))
    await async_set_up(hass, entry)
    paths = entry.runtime_data.paths
    await async_until(lambda: list(paths.cache.iterdir()))
    await async_until(lambda: entry.runtime_data.nvr.latest("front"))
    made = await call(hass, "create_event", answers=True, camera="front", label="parcel", duration=0)
    await call(hass, "end_event", event_id=made["event_id"])
    await call(hass, "delete_event", event_id=made["event_id"])
    assert await hass.config_entries.async_unload(entry.entry_id)  # makes what is due
    assert {path.suffix for path in paths.clips.iterdir()} <= {".db", ".db-wal", ".db-shm"}


async def test_retained_event_outlives_others(hass: HomeAssistant, quiet: MockConfigEntry) -> None:
    old = [await async_store_event(quiet, "front", "person", start) for start in (NOON, NOON + 10)]
    data = quiet.runtime_data
    kept = data.paths.clips / f"front-{old[0].id}.mp4"
    kept.write_bytes(b"clip")
    removed: list[str] = []

    def remove(events: Any, **_kinds: bool) -> None:
        removed.extend(event.id for event in events)

    def expire(store: EventStore) -> None:
        list(RetentionJob(data.config, remove, _a_year_later).steps(store))

    await call(hass, "retain_event", event_id=old[0].id)
    await async_tell(quiet, expire)
    assert removed == [old[1].id]
    (event,) = await found(hass, retained=True)
    assert (event["id"], event["retain_indefinitely"]) == (old[0].id, True)
    await call(hass, "unretain_event", event_id=old[0].id)
    await async_tell(quiet, expire)
    assert await found(hass) == []


async def test_clips_and_snapshots_picked_in_the_media_browser_are_kept_and_deleted(
    hass: HomeAssistant, quiet: MockConfigEntry
) -> None:
    events = [await async_store_event(quiet, "front", "person", NOON + start) for start in (0, 10, 20)]
    folder = f"media-source://{DOMAIN}/{quiet.entry_id}"
    clip = {"media_content_id": f"{folder}/clip/{events[0].id}", "media_content_type": "video/mp4", "metadata": {}}
    snapshot = {"media_content_id": f"{folder}/snapshot/{events[1].id}", "media_content_type": "image/jpeg"}
    await call(hass, "retain_event", media=[clip, snapshot])
    assert {event["id"] for event in await found(hass, retained=True)} == {events[0].id, events[1].id}
    await call(hass, "unretain_event", media=clip)
    assert {event["id"] for event in await found(hass, retained=True)} == {events[1].id}
    await call(hass, "delete_event", media=[clip, snapshot])
    assert [event["id"] for event in await found(hass)] == [events[2].id]
    for wrong in (f"{folder}/clips/today", "media-source://media_source/local/a.mp4", ""):
        with pytest.raises(vol.Invalid):
            await call(hass, "delete_event", media=wrong)
    with pytest.raises(vol.Invalid):
        await call(hass, "delete_event")


async def test_events_are_found_by_all_filters(hass: HomeAssistant, quiet: MockConfigEntry) -> None:
    await async_store_event(quiet, "front", "person", NOON)
    await async_store_event(quiet, "back", "dog", NOON + 10, zones=("yard",))
    await async_store_event(quiet, "front", "dog", NOON + 20, zones=("yard",))

    async def starts(**wanted: Any) -> list[float]:
        return [event["start_time"] - NOON for event in await found(hass, **wanted)]

    assert await starts() == [20, 10, 0]
    assert await starts(camera="front") == [20, 0]
    assert await starts(camera="camera.front") == [20, 0]
    assert await starts(camera=["camera.front", "back"], label="dog", limit=1) == [20]
    assert await starts(camera="gone") == []  # events outlive their cameras
    assert await refused(hass, "get_events", camera="camera.gone") == "camera_unknown"
    assert await starts(zone=["yard", "path"]) == [20, 10]
    assert await starts(after=NOON + 10) == [20, 10]
    assert await starts(before=datetime.fromtimestamp(NOON + 10, UTC).isoformat()) == [10, 0]
    assert await starts(has_clip=True) == []
    assert "thumbnail" not in (await found(hass))[0]
    for wrong in ({"before": "soon"}, {"after": float("nan")}, {"limit": -1}, {"has_clip": "perhaps"}):
        with pytest.raises(vol.Invalid):
            await found(hass, **wrong)


async def test_what_cannot_be_done_is_told(
    hass: HomeAssistant, quiet: MockConfigEntry, hass_read_only_user: User
) -> None:
    for action in ("retain_event", "unretain_event", "delete_event"):
        assert await refused(hass, action, event_id="1.5-nobody") == "event_unknown"
    assert await refused(hass, "create_event", camera="cellar", label="mouse") == "camera_unknown"
    assert await refused(hass, "get_events", config_entry_id="nobody") == "service_config_entry_not_found"
    for wrong in (
        {"label": " "},
        {"label": "x" * 256},
        {"label": "a\0b"},  # which PostgreSQL would refuse, and with it all events behind this one
        {"label": "a", "sub_label": "\x1b"},
        {"label": "a", "duration": -1},
        {"label": "a", "duration": 1e9},
    ):
        with pytest.raises(vol.Invalid):
            await call(hass, "create_event", camera="front", **wrong)
    with pytest.raises(Unauthorized):
        await hass.services.async_call(
            DOMAIN, "delete_event", {"event_id": "a"}, blocking=True, context=Context(user_id=hass_read_only_user.id)
        )
    for _ in range(100):
        await call(hass, "create_event", camera="front", label="mouse", duration=None)
    assert await refused(hass, "create_event", camera="front", label="mouse") == "event_refused"

    await hass.async_add_executor_job(quiet.runtime_data.event_writer.stop)
    assert await refused(hass, "retain_event", event_id="1.5-nobody") == "store_failed"
    assert await refused(hass, "get_events") == "store_failed"


async def test_entry_is_named_where_there_are_several(hass: HomeAssistant, quiet: MockConfigEntry) -> None:
    other = ui_entry(camera_subentry("Front", "/nowhere.mp4"), camera_subentry("Side", "/nowhere.mp4"))
    await async_set_up(hass, other)
    assert await refused(hass, "get_events") == "entry_needed"
    assert await refused(hass, "create_event", camera="front", label="cat") == "entry_needed"
    made = await call(hass, "create_event", answers=True, camera="side", label="cat")
    await call(hass, "retain_event", event_id=made["event_id"])  # an id says enough
    (event,) = await found(hass, config_entry_id=other.entry_id, in_progress=True)
    assert event["retain_indefinitely"]
    assert await refused(hass, "retain_event", event_id=event["id"], config_entry_id=quiet.entry_id) == "event_unknown"
    await hass.config_entries.async_unload(other.entry_id)
    assert await refused(hass, "get_events", config_entry_id=other.entry_id) == "service_config_entry_not_loaded"


async def test_actions_are_there_without_an_entry_and_have_all_texts(hass: HomeAssistant) -> None:
    assert await async_setup_component(hass, DOMAIN, {})
    assert set(hass.services.async_services_for_domain(DOMAIN)) == set(ACTIONS) == set(ENGLISH["services"])
    assert await refused(hass, "get_events") == "no_entry_loaded"
    for name, action in ACTIONS.items():
        schema = hass.services.async_services_for_domain(DOMAIN)[name].schema
        known = schema.validators[0] if isinstance(schema, vol.All) else schema
        assert isinstance(known, vol.Schema)
        assert {str(key) for key in known.schema} == set(action["fields"]) == set(ENGLISH["services"][name]["fields"])


def _a_year_later(_newest: object) -> float:
    return NOON + 365 * 86_400


async def test_event_with_a_label_that_no_topic_can_have_is_refused(
    hass: HomeAssistant, quiet: MockConfigEntry
) -> None:
    assert await refused(hass, "create_event", camera="front", label="van #3") == "event_refused"
    assert await found(hass) == []
