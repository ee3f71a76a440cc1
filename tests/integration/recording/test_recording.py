"""What the add-on is told and tells, what follows from it, and the recorder within Home Assistant."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import ExitStack
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
import yaml
from homeassistant.components.camera import async_get_stream_source
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed
from pytest_homeassistant_custom_component.components.diagnostics import get_diagnostics_for_config_entry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.recorder.plan import Gap, InputState
from tests.processes import children
from tests.servers import publish, rtmp_server, stop_process

from ..recorder_reports import recorded, report
from ..system import (
    FOOTAGE,
    async_set_options,
    async_set_up,
    async_until,
    attribute,
    camera,
    camera_subentry,
    file_entry,
    our_threads,
    state,
    ui_entry,
    write_file,
)
from ..web import BASE, Client, async_open_views, get_json

EXAMPLE = Path(__file__).parents[2] / "engine" / "config" / "examples" / "complete.yml"
RECORDING = "custom_components.frigate_native.recording"
LIFECYCLE = "custom_components.frigate_native.lifecycle"
PLAN, HEALTH = f"{BASE}/recorder/plan", f"{BASE}/recorder/health"


def issues(hass: HomeAssistant) -> dict[str, str]:
    """Return the recorder's issues: their texts' keys, and what these name."""
    found = [issue for (_, name), issue in ir.async_get(hass).issues.items() if "/rec" in name or "/rest" in name]
    return {str(issue.translation_key): str(issue.translation_placeholders) for issue in found}


async def async_pass(hass: HomeAssistant, seconds: float) -> None:
    """Let Home Assistant's timers believe that time has passed."""
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=seconds))
    await hass.async_block_till_done()


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> AsyncIterator[MockConfigEntry]:
    """Return an entry with one camera that never has pictures."""
    assert await async_setup_component(hass, "diagnostics", {})
    await async_open_views(hass)
    entry = file_entry(write_file(tmp_path, {"front": recorded()}))
    await async_set_up(hass, entry)
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert issues(hass) == {}


@pytest.fixture
async def addon(entry: MockConfigEntry, hass_client: ClientSessionGenerator) -> Client:
    """Return a client with an administrator's token."""
    return await hass_client()


async def test_plan_of_the_documented_example(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRIGATE_RTSP_PASSWORD", "s3cret")
    await hass.config.async_set_time_zone("Europe/Berlin")
    await async_open_views(hass)
    example = yaml.safe_load(EXAMPLE.read_text())
    back = example["cameras"]["back"]
    main = {"path": "rtsp://viewer@10.0.10.10/main", "roles": ["record", "clips"], "input_args": "-rtsp_transport udp"}
    back["ffmpeg"]["inputs"].append(main)
    back["record"] = {"enabled": True, "retain_days": 5}
    del back["mask"], back["zones"]
    path = write_file(tmp_path, {"back": back, "shed": camera("/nowhere.mp4")}, ffmpeg=example["ffmpeg"])
    await async_set_up(hass, file_entry(path))

    plan = await get_json(await hass_client(), "/recorder/plan")

    global_args = ["-hide_banner", "-loglevel", "fatal"]
    usual = "-avoid_negative_ts make_zero -fflags +genpts+discardcorrupt -rtsp_transport tcp -stimeout 5000000"
    address = "rtsp://viewer:s3cret@10.0.10.10:554/cam/realmonitor?channel=1&subtype=2"
    common = {"camera": "back", "global_args": global_args, "hwaccel_args": [], "is_utc": False}
    segments = "-f segment -segment_time 60 -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"
    assert plan == {
        "format": 1,
        "time_zone": "Europe/Berlin",
        "inputs": [
            common
            | {
                "path": address,
                "input_args": [*usual.split(), "-use_wallclock_as_timestamps", "1"],
                "record": None,
                "rtmp": ["-c", "copy", "-f", "flv"],
            },
            common
            | {
                "path": main["path"],
                "input_args": ["-rtsp_transport", "udp"],
                "record": segments.split(),
                "rtmp": None,
            },
        ],
        "retain_days": {"back": 5, "shed": 30},
    }


async def test_cameras_from_forms_are_recorded_as_they_say(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    await async_open_views(hass)
    yard = camera_subentry("Yard", "/nowhere.mp4", record=True, retain_days=3, restream=False)
    await async_set_up(hass, ui_entry(yard, camera_subentry("Shed", "/nowhere.mp4")))
    plan = await get_json(await hass_client(), "/recorder/plan")
    (source,) = plan["inputs"]
    assert (source["camera"], source["path"], source["rtmp"]) == ("yard", "/nowhere.mp4", None)
    assert source["record"][:2] == ["-f", "segment"]
    assert plan["retain_days"] == {"yard": 3, "shed": 30}
    assert hass.states.get("binary_sensor.yard_recording")
    assert not hass.states.get("binary_sensor.shed_recording")


async def test_only_administrators_may_ask_and_tell(
    entry: MockConfigEntry,
    addon: Client,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_read_only_access_token: str,
) -> None:
    for client in (await hass_client_no_auth(), await hass_client(hass_read_only_access_token)):
        assert (await client.get(PLAN)).status == HTTPStatus.UNAUTHORIZED
        assert (await client.post(HEALTH, json=report())).status == HTTPStatus.UNAUTHORIZED
    assert entry.runtime_data.reports.addon is None
    assert (await addon.post(HEALTH, json=report())).status == HTTPStatus.OK


async def test_plan_is_that_of_the_entry_that_is_meant(
    hass: HomeAssistant, entry: MockConfigEntry, addon: Client, tmp_path: Path
) -> None:
    other = ui_entry(camera_subentry("Yard", "/nowhere.mp4", record=True))
    await async_set_up(hass, other)
    answer = await addon.get(PLAN)
    assert answer.status == HTTPStatus.BAD_REQUEST
    assert other.entry_id in (await answer.json())["message"]
    for one, cameras in ((entry, {"front": 10}), (other, {"yard": 30})):
        assert (await get_json(addon, f"/recorder/plan?entry_id={one.entry_id}"))["retain_days"] == cameras
    assert (await addon.get(f"{PLAN}?entry_id=nothing")).status == HTTPStatus.NOT_FOUND

    assert await hass.config_entries.async_unload(other.entry_id)  # it may come back, with recordings to be made
    assert (await addon.get(f"{PLAN}?entry_id={other.entry_id}")).status == HTTPStatus.SERVICE_UNAVAILABLE
    assert (await addon.get(PLAN)).status == HTTPStatus.BAD_REQUEST
    await hass.config_entries.async_set_disabled_by(other.entry_id, ConfigEntryDisabler.USER)
    assert (await addon.get(PLAN)).status == HTTPStatus.OK


async def test_report_becomes_entities_until_the_addon_falls_silent(
    hass: HomeAssistant, entry: MockConfigEntry, addon: Client, hass_client: ClientSessionGenerator
) -> None:
    assert state(hass, "binary_sensor.frigate_recorder") == "off"
    assert state(hass, "binary_sensor.front_recording") == "unavailable"
    now = time.time()
    gaps = (
        Gap(start=now - 100_000, end=now - 86_300, reason="long ago"),
        Gap(start=now - 600, end=now - 540, reason="rtsp://a:s3cret@b/ was away"),
    )
    await addon.post(HEALTH, json=report(gaps=gaps, text="fine"))
    await hass.async_block_till_done()

    assert state(hass, "binary_sensor.frigate_recorder") == "on"
    assert attribute(hass, "binary_sensor.frigate_recorder", "version") == "9.9"
    assert state(hass, "binary_sensor.front_recording") == "on"
    missing_s = float(state(hass, "sensor.front_recording_gaps_24_h"))
    assert 60 < missing_s <= 161  # the first gap leaves the last 24 hours while this runs
    last = attribute(hass, "sensor.front_recording_gaps_24_h", "last_gap_start")
    assert abs(last.timestamp() - now + 600) < 1
    assert state(hass, "sensor.frigate_free_space_for_recordings") == "250.0"
    told = str(await get_diagnostics_for_config_entry(hass, hass_client, entry))
    assert "long ago" in told
    assert "s3cret" not in told

    await addon.post(HEALTH, json=report(is_recording=False, state=InputState.FAILED, text="no room"))
    assert state(hass, "binary_sensor.front_recording") == "off"
    assert attribute(hass, "binary_sensor.front_recording", "problem") == "no room"
    await async_pass(hass, 15)
    assert state(hass, "binary_sensor.frigate_recorder") == "on"
    await async_pass(hass, 31)
    assert state(hass, "binary_sensor.frigate_recorder") == "off"
    assert state(hass, "binary_sensor.front_recording") == "unavailable"
    assert state(hass, "sensor.frigate_free_space_for_recordings") == "unavailable"


async def test_trouble_becomes_issues_that_end_by_themselves(
    hass: HomeAssistant, entry: MockConfigEntry, addon: Client
) -> None:
    await async_pass(hass, 60)
    assert issues(hass) == {}
    await async_pass(hass, 130)
    assert issues(hass) == {"recorder_missing": "{'cameras': 'Front'}"}

    await addon.post(HEALTH, json=report(is_recording=False, text="no stream"))
    assert issues(hass) == {}
    await async_pass(hass, 61)  # the add-on is silent by then, so nothing is known of its cameras
    assert issues(hass) == {}

    await addon.post(HEALTH, json=report(problems=("the disk is full",)))
    await async_pass(hass, 21)
    assert issues(hass) == {"recorder_problem": "{'error': 'the disk is full'}"}
    answer = await addon.post(HEALTH, json=report() | {"format": 2})
    assert answer.status == HTTPStatus.BAD_REQUEST
    assert "format is 2" in (await answer.json())["message"]
    await async_pass(hass, 21)
    assert list(issues(hass)) == ["recorder_unreadable"]
    assert (await addon.post(HEALTH, data=b"{")).status == HTTPStatus.BAD_REQUEST
    for when in (10**400, 1e300, float("nan"), -1.0):
        told = report()
        told["cameras"]["front"]["newest_segment"] = when
        assert (await addon.post(HEALTH, data=json.dumps(told))).status == HTTPStatus.BAD_REQUEST
    await addon.post(HEALTH, json=report())
    assert issues(hass) == {}


async def test_camera_that_is_not_recorded_is_told_of_after_a_minute(hass: HomeAssistant) -> None:
    front = camera_subentry("Front", "/nowhere.mp4", record=True)
    entry = ui_entry(front, options={"recording": {"records_here": True}})
    await async_set_up(hass, entry)
    recording = "binary_sensor.front_recording"
    await async_until(lambda: state(hass, recording) == "off" and attribute(hass, recording, "problem"))
    await async_pass(hass, 30)
    assert issues(hass) == {}
    await async_pass(hass, 61)
    assert list(issues(hass)) == ["camera_not_recorded"]
    assert "/nowhere.mp4" in issues(hass)["camera_not_recorded"]
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert issues(hass) == {}


async def test_restream_that_fails_by_itself_is_told_of(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(f"{LIFECYCLE}.recording_repair_issues._CAMERA_GRACE_S", 0.2)
    await async_open_views(hass)
    entry = file_entry(write_file(tmp_path, {"front": recorded(FOOTAGE)}))
    await async_set_up(hass, entry)
    addon = await hass_client()

    async def until_told(*keys: str, **health: Any) -> None:
        assert (await addon.post(HEALTH, json=report(**health))).status == HTTPStatus.OK
        await async_until(lambda: list(issues(hass)) == list(keys))

    await async_until(lambda: state(hass, "binary_sensor.front_connectivity") == "on")
    await until_told("camera_not_restreamed", is_restreaming=False, text="the restream fails: hevc")
    assert issues(hass)["camera_not_restreamed"] == "{'camera': 'Front', 'error': 'the restream fails: hevc'}"
    await until_told("camera_not_recorded", is_restreaming=False, is_recording=False, state=InputState.FAILED)
    await until_told()
    await until_told("camera_not_restreamed", is_restreaming=False)
    await async_pass(hass, 31)
    assert issues(hass) == {}  # the add-on has fallen silent: nothing is known
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.mark.slow
async def test_camera_is_read_from_its_restream_while_that_runs(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, tmp_path: Path
) -> None:
    await async_open_views(hass)
    with ExitStack() as stack:
        gate = stack.enter_context(rtmp_server(tmp_path / "gate"))
        recorder = stack.enter_context(rtmp_server(tmp_path / "recorder"))
        own, restream = gate.url("gate"), recorder.url("front")
        for url in (own, restream):
            stack.enter_context(publish(FOOTAGE, url))
        entry = file_entry(write_file(tmp_path, {"front": recorded(own)}))
        await async_set_up(hass, entry)
        addon, nvr = await hass_client(), entry.runtime_data.nvr

        await async_until(lambda: state(hass, "binary_sensor.front_connectivity") == "on")
        assert await async_get_stream_source(hass, "camera.front") == own
        await addon.post(HEALTH, json=report(port=recorder.port))
        await async_until(lambda: nvr.camera_restream("front") == restream)
        assert await async_get_stream_source(hass, "camera.front") == restream
        await _async_new_picture(entry)

        await addon.post(HEALTH, json=report(port=recorder.port, is_restreaming=False))
        assert await async_get_stream_source(hass, "camera.front") == own
        await async_until(lambda: nvr.camera_restream("front") is None)
        for _ in range(2):  # it may come and go: the camera is not opened again each time
            await addon.post(HEALTH, json=report(port=recorder.port))
            assert await async_get_stream_source(hass, "camera.front") == own
        await addon.post(HEALTH, json=report(port=recorder.port))
        assert await async_get_stream_source(hass, "camera.front") == restream
        await async_until(lambda: nvr.camera_restream("front") == restream)

        stop_process(recorder.process)
        await async_until(lambda: nvr.camera_restream("front") is None)
        await _async_new_picture(entry)
        assert state(hass, "binary_sensor.front_connectivity") == "on"

        options = {"recording": {"records_here": False, "uses_restream": False}}
        await async_set_options(hass, entry, options)
        await addon.post(HEALTH, json=report(port=gate.port))
        assert await async_get_stream_source(hass, "camera.front") == own
        assert await hass.config_entries.async_unload(entry.entry_id)


async def _async_new_picture(entry: MockConfigEntry) -> None:
    nvr, begin = entry.runtime_data.nvr, time.time()
    await async_until(lambda: (latest := nvr.latest("front")) is not None and latest[0].time > begin)


async def test_restream_that_cannot_be_reached_is_not_used(
    hass: HomeAssistant, entry: MockConfigEntry, addon: Client, caplog: pytest.LogCaptureFixture
) -> None:
    await addon.post(HEALTH, json=report(port=9))
    await async_until(lambda: "RTMP server cannot be reached at 127.0.0.1:9" in caplog.text)
    await addon.post(HEALTH, json=report(port=9))
    assert await async_get_stream_source(hass, "camera.front") == "/nowhere.mp4"


@pytest.mark.slow
async def test_recorder_within_home_assistant(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    tmp_path: Path,
) -> None:
    for component in ("media_source", "websocket_api"):
        assert await async_setup_component(hass, component, {})
    await async_open_views(hass)
    others = children()
    with rtmp_server(tmp_path / "gate") as gate, publish(FOOTAGE, gate.url("gate")):
        entry = file_entry(write_file(tmp_path, {"front": recorded(gate.url("gate"))}))
        entry.add_to_hass(hass)
        options = {"recording": {"records_here": True, "uses_restream": True}}
        hass.config_entries.async_update_entry(entry, options=options)
        assert await hass.config_entries.async_setup(entry.entry_id)
        await hass.async_block_till_done()
        recordings = entry.runtime_data.paths.recordings

        await async_until(lambda: len(list(recordings.glob("????-??/??/??/front/*.mp4"))) >= 2)
        await async_until(lambda: state(hass, "binary_sensor.front_recording") == "on")
        assert state(hass, "binary_sensor.frigate_recorder") == "on"
        assert float(state(hass, "sensor.frigate_free_space_for_recordings")) > 0

        plan = await get_json(await hass_client(), "/recorder/plan")  # an add-on only restreams then
        assert [(source["record"], source["rtmp"] is None) for source in plan["inputs"]] == [(None, False)]
        await async_pass(hass, 300)
        assert issues(hass) == {}

        files = await _async_files(hass_ws_client, hass, f"media-source://{DOMAIN}")
        assert files
        assert await hass.config_entries.async_unload(entry.entry_id)
    await async_until(lambda: our_threads() == [])  # what the unloading did not wait for ends by itself
    await async_until(lambda: children() <= others)
    assert not [path for path in recordings.rglob(".spool*/**/*.mp4") if path.stat().st_size]


async def _async_files(connect: WebSocketGenerator, hass: HomeAssistant, identifier: str) -> list[dict[str, Any]]:
    """Return what lies at the end of the recordings' folders, by always choosing the first."""
    client = await connect(hass)
    while True:
        await client.send_json_auto_id({"type": "media_source/browse_media", "media_content_id": identifier})
        answer = await client.receive_json()
        assert answer["success"], answer
        children_: list[dict[str, Any]] = answer["result"]["children"]
        chosen = next((one for one in children_ if one["title"] == "Recordings"), children_[0])
        if not chosen["can_expand"]:
            return children_
        identifier = chosen["media_content_id"]
        await asyncio.sleep(0)


async def test_folder_that_cannot_be_written_is_an_issue_until_it_can(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(f"{RECORDING}.local_recorder._INTERVAL_S", 0.2)
    entry = ui_entry(
        camera_subentry("Front", "/nowhere.mp4", record=True), options={"recording": {"records_here": True}}
    )
    recordings = tmp_path / "media" / "frigate" / "recordings"
    recordings.parent.mkdir(parents=True)
    recordings.write_text("no folder")
    await async_set_up(hass, entry)
    await async_until(lambda: state(hass, "binary_sensor.front_recording") == "off")
    await async_pass(hass, 21)
    assert list(issues(hass)) == ["recorder_problem"]
    assert "Nothing is recorded" in issues(hass)["recorder_problem"]
    recordings.unlink()
    await async_until(lambda: issues(hass) == {})
    assert recordings.is_dir()
    assert await hass.config_entries.async_unload(entry.entry_id)
