"""A whole system on real footage."""

import logging
import os
import shutil
import signal
from datetime import timedelta
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

import pytest
from homeassistant.components.camera import async_get_image
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er, issue_registry as ir
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from PIL import Image
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.errors import SourceProblem
from custom_components.frigate_native.engine.messages import CameraMessage, CameraState, DetectorMessage
from custom_components.frigate_native.runtime.picture_queue import View
from custom_components.frigate_native.runtime.viewer import ENTITIES
from tests.detector.remote_servers import ServerProcess
from tests.event_keys import EVENT_KEYS
from tests.processes import children, open_files

from ..system import (
    FOOTAGE,
    async_set_up,
    async_until,
    attribute,
    camera,
    camera_subentry,
    count,
    file_entry,
    our_threads,
    state,
    ui_entry,
    write_file,
)

ZONE = {"whole_campus": {"coordinates": "0,0,768,0,768,576,0,576"}}


@pytest.mark.usefixtures("all_entities_enabled")
async def test_people_on_footage_become_states_and_events(
    hass: HomeAssistant, tmp_path: Path, hass_ws_client: WebSocketGenerator, caplog: pytest.LogCaptureFixture
) -> None:
    for domain in ("camera", "image", DOMAIN):  # their views come before the server starts
        assert await async_setup_component(hass, domain, {})
    websocket = await hass_ws_client(hass)
    await websocket.send_json_auto_id({"type": "frigate_native/events/subscribe"})
    assert (await websocket.receive_json())["success"]
    entry = await _async_set_up_front_door(hass, tmp_path)

    assert state(hass, "binary_sensor.front_door_person_occupancy") == "on"
    await async_until(lambda: state(hass, "binary_sensor.front_door_motion") == "on")
    assert state(hass, "binary_sensor.front_door_connectivity") == "on"
    await async_until(lambda: count(hass, "sensor.whole_campus_person_count"))
    assert state(hass, "binary_sensor.whole_campus_person_occupancy") == "on"

    event = (await websocket.receive_json())["event"]
    assert event["topic"] == "frigate/events"
    assert event["payload"]["type"] == "new"
    assert list(event["payload"]["after"]) == EVENT_KEYS
    assert event["payload"]["after"]["camera"] == "front_door"

    assert await hass.config_entries.async_unload(entry.entry_id)
    assert state(hass, "camera.front_door") == "unavailable"
    assert our_threads() == []
    assert "Detected that custom integration" not in caplog.text
    assert [record for record in caplog.records if record.levelno >= logging.ERROR and DOMAIN in record.name] == []


@pytest.mark.usefixtures("all_entities_enabled")
async def test_people_on_footage_can_be_seen_until_the_entry_is_unloaded(
    hass: HomeAssistant, tmp_path: Path, hass_client: ClientSessionGenerator
) -> None:
    for domain in ("camera", "image", DOMAIN):  # their views come before the server starts
        assert await async_setup_component(hass, domain, {})
    entry = await _async_set_up_front_door(hass, tmp_path)
    await async_until(lambda: state(hass, "image.front_door_person") != "unknown")
    client = await hass_client()
    token = attribute(hass, "image.front_door_person", "access_token")
    for _ in range(2):  # drawn, then kept
        answer = await client.get(f"/api/image_proxy/image.front_door_person?token={token}")
        assert answer.status == HTTPStatus.OK
        assert Image.open(BytesIO(await answer.read())).height == 175

    still = Image.open(BytesIO((await async_get_image(hass, "camera.front_door")).content))
    assert still.size == (768, 576)
    small = Image.open(BytesIO((await async_get_image(hass, "camera.front_door", height=144)).content))
    assert small.size == (192, 144)

    renderer = entry.runtime_data.renderer
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert await renderer.async_render(View(key=0, version=lambda: 0, draw=lambda: b"too late"), ENTITIES) is None


@pytest.mark.usefixtures("all_entities_enabled")
async def test_rates_are_shown_while_the_camera_runs(hass: HomeAssistant, tmp_path: Path) -> None:
    await _async_set_up_front_door(hass, tmp_path)
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=6))
    await async_until(lambda: float(state(hass, "sensor.frigate_detection_fps")) > 0)
    assert float(state(hass, "sensor.frigate_cpu_inference_speed")) > 0
    assert float(state(hass, "sensor.front_door_camera_fps")) > 0
    assert float(state(hass, "sensor.front_door_process_fps")) > 0


async def _async_set_up_front_door(hass: HomeAssistant, folder: Path) -> MockConfigEntry:
    """Set up a camera on the sample, and return its entry once it has counted a person."""
    entry = file_entry(write_file(folder, {"front_door": camera(zones=ZONE)}))
    await async_set_up(hass, entry)
    await async_until(lambda: count(hass, "sensor.front_door_person_count"))
    return entry


async def test_entities_and_devices_of_a_camera_belong_to_its_subentry(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Back yard"))
    await async_set_up(hass, entry)
    (subentry_id,) = entry.subentries
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    devices = dr.async_get(hass)
    hub = devices.async_get_device_by_identifier((DOMAIN, entry.entry_id), entry.entry_id)
    yard = devices.async_get_device_by_identifier((DOMAIN, f"{entry.entry_id}/camera/{subentry_id}"), entry.entry_id)
    assert hub is not None
    assert yard is not None
    assert (yard.name, yard.via_device_id, hub.entry_type) == ("Back yard", hub.id, dr.DeviceEntryType.SERVICE)
    assert hub.sw_version
    for entity in entities:
        is_camera = "back_yard" in entity.entity_id
        assert entity.device_id == (yard.id if is_camera else hub.id)
        assert entity.config_subentry_id == (subentry_id if is_camera else None)
        assert entity.has_entity_name
        assert entity.unique_id.startswith(entry.entry_id)
    off = {entity.entity_id for entity in entities if entity.disabled_by}
    rates = {f"sensor.back_yard_{rate}_fps" for rate in ("camera", "process", "skipped", "detection")}
    assert off == rates | {"sensor.back_yard_person_active_count"}


async def test_dead_camera_is_unavailable_until_its_stream_comes_and_the_other_runs(
    hass: HomeAssistant, tmp_path: Path, issue_registry: ir.IssueRegistry
) -> None:
    late = tmp_path / "late.mp4"
    entry = ui_entry(camera_subentry("Late", late), camera_subentry("Good"))
    await async_set_up(hass, entry)
    await async_until(lambda: state(hass, "camera.good") == "streaming")
    await async_until(lambda: attribute(hass, "binary_sensor.late_connectivity", "last_error"))
    assert attribute(hass, "binary_sensor.late_connectivity", "problem") == "not_found"
    assert state(hass, "binary_sensor.late_connectivity") == "off"
    for entity_id in ("camera.late", "sensor.late_person_count", "binary_sensor.late_motion"):
        assert state(hass, entity_id) == "unavailable"
    assert not issue_registry.issues

    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=61))
    await hass.async_block_till_done()
    ((_, issue_id),) = [key for key in issue_registry.issues if key[0] == DOMAIN]
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_key == "camera_not_found"
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["camera"] == "Late"

    bridge = entry.runtime_data.bridge
    bridge.receive(CameraMessage(camera="late", state=CameraState.FAILED, problem=SourceProblem.AUTH, text="401"))
    await hass.async_block_till_done()
    issue = issue_registry.async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.translation_key == "camera_login"

    shutil.copy(FOOTAGE, tmp_path / "late.part")
    (tmp_path / "late.part").rename(late)
    await async_until(lambda: state(hass, "camera.late") == "streaming")
    assert state(hass, "sensor.late_person_count").isdigit()
    assert state(hass, "binary_sensor.late_connectivity") == "on"
    assert issue_registry.async_get_issue(DOMAIN, issue_id) is None
    assert attribute(hass, "camera.late", "last_error")


async def test_detector_that_stays_down_is_told_until_it_works_or_the_entry_goes(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry
) -> None:
    entry = ui_entry(camera_subentry("Good"))
    await async_set_up(hass, entry)
    bridge = entry.runtime_data.bridge
    issue = (DOMAIN, f"{entry.entry_id}/detector/cpu")

    async def tell(is_working: bool) -> None:
        bridge.receive(DetectorMessage(detector="cpu", is_working=is_working, text="it is gone"))
        await hass.async_block_till_done()
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=30))
        await hass.async_block_till_done()

    await tell(False)
    assert issue_registry.issues[issue].translation_placeholders == {"detector": "cpu", "error": "it is gone"}
    await tell(True)
    assert issue not in issue_registry.issues
    await tell(False)
    assert issue in issue_registry.issues
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert issue not in issue_registry.issues


async def test_detector_elsewhere_may_be_away_at_the_start(
    hass: HomeAssistant, tmp_path: Path, issue_registry: ir.IssueRegistry
) -> None:
    server = ServerProcess()
    detectors = {"far": {"type": "zmq", "endpoint": f"tcp://127.0.0.1:{server.port}", "request_timeout_ms": 2000}}
    entry = file_entry(write_file(tmp_path, {"front": camera()}, detectors=detectors))
    await async_set_up(hass, entry)
    await async_until(lambda: state(hass, "camera.front") == "streaming")
    issue = await _async_detector_issue(hass, issue_registry, entry.entry_id, "far")
    assert issue.translation_key == "detector_remote"
    assert issue.translation_placeholders is not None
    assert f"tcp://127.0.0.1:{server.port}: no answer" in issue.translation_placeholders["error"]

    await hass.async_add_executor_job(server.start)
    try:
        await async_until(lambda: (DOMAIN, issue.issue_id) not in issue_registry.issues)
        await async_until(lambda: count(hass, "sensor.front_person_count"))
    finally:
        await hass.async_add_executor_job(server.stop)


async def test_detector_that_is_killed_again_and_again_becomes_an_issue_and_mends_itself(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry
) -> None:
    entry = ui_entry(camera_subentry("Good"))
    await async_set_up(hass, entry)
    nvr = entry.runtime_data.nvr
    for _ in range(3):
        pid = await async_until(lambda: nvr.stats().detectors["cpu"].pid)
        os.kill(pid, signal.SIGKILL)
        await async_until(lambda pid=pid: nvr.stats().detectors["cpu"].pid != pid)  # type: ignore[misc]
    issue = await _async_detector_issue(hass, issue_registry, entry.entry_id, "cpu")
    assert issue.translation_key == "detector_down"
    assert issue.translation_placeholders is not None
    assert "SIGKILL" in issue.translation_placeholders["error"]
    await async_until(lambda: (DOMAIN, issue.issue_id) not in issue_registry.issues)


async def test_coral_that_is_not_there_becomes_an_issue_while_the_cpu_detects(
    hass: HomeAssistant, tmp_path: Path, issue_registry: ir.IssueRegistry
) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera()}, detectors={"coral": {"device": "usb:0"}}))
    await async_set_up(hass, entry)
    await async_until(lambda: count(hass, "sensor.front_person_count"))
    issue = await _async_detector_issue(hass, issue_registry, entry.entry_id, "coral")
    assert issue.translation_key == "detector_coral"
    assert issue.translation_placeholders is not None
    assert "usb:0: libedgetpu.so.1 cannot be loaded" in issue.translation_placeholders["error"]


async def _async_detector_issue(
    hass: HomeAssistant, issue_registry: ir.IssueRegistry, entry_id: str, detector: str
) -> ir.IssueEntry:
    """Return the issue of a detector that does not work; time passes until it is raised."""
    key = (DOMAIN, f"{entry_id}/detector/{detector}")

    def is_raised() -> bool:
        async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=30))
        return key in issue_registry.issues

    await async_until(is_raised)
    return issue_registry.issues[key]


_RELOADS = 5


@pytest.mark.slow
async def test_reloads_leave_no_thread_process_or_file_behind(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front"), camera_subentry("Back"))
    await async_set_up(hass, entry)
    await hass.config_entries.async_reload(entry.entry_id)

    def run() -> bool:
        return state(hass, "camera.front") == state(hass, "camera.back") == "streaming"

    await async_until(run)
    threads, processes, files = sorted(our_threads()), len(children()), open_files()
    for _ in range(_RELOADS):  # what stays behind does so every time
        assert await hass.config_entries.async_reload(entry.entry_id)
    await async_until(run)
    await async_until(lambda: sorted(our_threads()) == threads and len(children()) <= processes)
    await async_until(lambda: open_files() < files + _RELOADS)
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert our_threads() == []


async def test_stopping_home_assistant_stops_the_engine(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front"))
    await async_set_up(hass, entry)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert our_threads() == []
    assert entry.state is ConfigEntryState.LOADED
