"""Set-up that cannot succeed, and what becomes of things that the configuration no longer has."""

import asyncio
import gc
import weakref
from pathlib import Path
from typing import Any

import pytest
from homeassistant.components.camera import CameraEntityFeature, async_get_stream_source
from homeassistant.components.camera.const import DATA_COMPONENT
from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.frigate_native.const import DOMAIN
from tests.processes import children

from ..system import (
    async_set_up,
    async_until,
    camera,
    camera_subentry,
    file_entry,
    our_threads,
    state,
    ui_entry,
    write_file,
)

ZONE = {"yard": {"coordinates": "0,0,100,0,100,100"}}


async def test_missing_file_is_tried_again_until_it_is_there(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(tmp_path / "frigate.yml")
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "file_missing"
    write_file(tmp_path, {"front": camera()})
    assert await hass.config_entries.async_reload(entry.entry_id)


async def test_wrong_file_says_what_is_wrong_and_loads_when_mended(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(write_file(tmp_path, {"front": camera(fsp=5)}))
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert entry.reason is not None
    assert "cameras.front.fsp" in entry.reason
    assert our_threads() == []
    write_file(tmp_path, {"front": camera()})
    assert await hass.config_entries.async_reload(entry.entry_id)


async def test_model_that_cannot_be_used_is_named(hass: HomeAssistant, tmp_path: Path) -> None:
    model = tmp_path / "own.tflite"
    model.write_bytes(b"not a model")
    wrong = {"path": str(model), "width": 300, "height": 300}
    entry = file_entry(write_file(tmp_path, {"front": camera()}, model=wrong))
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_ERROR
    assert entry.error_reason_translation_key == "config_invalid"
    assert str(model) in (entry.reason or "")


async def test_detector_that_cannot_start_is_tried_again(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(
        write_file(tmp_path, {"front": camera()}, detectors={"intel": {"type": "openvino", "device": "TPU"}})
    )
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert entry.state is ConfigEntryState.SETUP_RETRY
    assert entry.error_reason_translation_key == "detector_failed"
    assert "detectors.intel" in (entry.error_reason_translation_placeholders or {})["error"]
    assert our_threads() == []
    write_file(tmp_path, {"front": camera()}, detectors={"cpu": {"type": "cpu"}})
    assert await hass.config_entries.async_reload(entry.entry_id)


async def test_live_stream_is_offered_where_home_assistant_can_open_it(hass: HomeAssistant, tmp_path: Path) -> None:
    urls = {"rtsp": "rtsp://127.0.0.1:9/live", "file": "/nowhere.mp4"}
    entry = file_entry(write_file(tmp_path, {name: camera(url) for name, url in urls.items()} | {"udp": _udp_camera()}))
    await async_set_up(hass, entry)
    entities = hass.data[DATA_COMPONENT]
    cameras = {name: entities.get_entity(f"camera.{name}") for name in ("rtsp", "file", "udp")}
    live = {name: CameraEntityFeature.STREAM in one.supported_features for name, one in cameras.items() if one}
    assert live == {"rtsp": True, "file": False, "udp": True}
    assert cameras["udp"] is not None
    assert cameras["udp"].stream_options == {"rtsp_transport": "udp"}
    assert await async_get_stream_source(hass, "camera.rtsp") == urls["rtsp"]
    assert await cameras["udp"].async_camera_image() is None


def _udp_camera() -> dict[str, Any]:
    source = {"path": "rtsp://127.0.0.1:9/", "roles": ["detect"], "input_args": "-rtsp_transport udp"}
    return camera() | {"ffmpeg": {"inputs": [source]}}


async def test_platform_that_fails_leaves_nothing_running(hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_args: object) -> None:
        raise RuntimeError("no platforms today")

    monkeypatch.setattr(hass.config_entries, "async_forward_entry_setups", fail)
    entry = ui_entry(camera_subentry("Front"))
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    assert our_threads() == []


async def test_set_up_that_is_cancelled_leaves_nothing_running(hass: HomeAssistant) -> None:
    others = children()  # servers that other tests share
    entry = ui_entry(camera_subentry("Front"))
    entry.add_to_hass(hass)
    task = asyncio.create_task(hass.config_entries.async_setup(entry.entry_id))
    await async_until(our_threads)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert our_threads() == []
    assert children() <= others


async def test_two_who_stop_an_entry_at_once_stop_it_in_order(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    gate, order = asyncio.Event(), list[str]()
    entry.runtime_data.stack.callback(order.append, "what was started first")
    entry.runtime_data.stack.push_async_callback(gate.wait)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    unloading = asyncio.create_task(hass.config_entries.async_unload(entry.entry_id))
    await async_until(lambda: state(hass, "switch.front_detection") == "unavailable")
    for _ in range(10):  # turns in which the second could go past the first
        await asyncio.sleep(0)
    assert order == []
    gate.set()
    assert await unloading
    assert order == ["what was started first"]
    assert our_threads() == []


async def test_nothing_holds_on_to_a_system_that_was_stopped(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front"))
    await async_set_up(hass, entry)
    stopped = weakref.ref(entry.runtime_data.nvr)
    assert await hass.config_entries.async_reload(entry.entry_id)
    await hass.async_block_till_done()
    await async_until(lambda: gc.collect() >= 0 and stopped() is None, timeout_s=5)


async def test_what_leaves_the_file_leaves_the_registries(hass: HomeAssistant, tmp_path: Path) -> None:
    objects = {"track": ["person", "car"]}
    path = write_file(tmp_path, {"front": camera(zones=ZONE, objects=objects), "back": camera()})
    entry = file_entry(path)
    await async_set_up(hass, entry)
    devices, entities = dr.async_get(hass), er.async_get(hass)
    assert _device_names(devices, entry.entry_id) == {"Frigate", "Front", "Back", "Yard"}
    assert entities.async_get("sensor.yard_car_count")

    write_file(tmp_path, {"front": camera()})
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert _device_names(devices, entry.entry_id) == {"Frigate", "Front"}
    assert entities.async_get("sensor.front_person_count")
    assert not entities.async_get("sensor.front_car_count")
    assert not entities.async_get("camera.back")


async def test_device_has_the_friendly_name_and_web_page_of_the_file(hass: HomeAssistant, tmp_path: Path) -> None:
    front = camera(friendly_name="Main entrance", webui_url="192.168.1.20", width=768, height=576)
    entry = file_entry(write_file(tmp_path, {"front": front}))
    await async_set_up(hass, entry)

    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)

    pages = {device.name: device.configuration_url for device in devices}
    assert pages["Main entrance"] == "http://192.168.1.20"


async def test_user_may_remove_dead_devices_only(
    hass: HomeAssistant, tmp_path: Path, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(hass, "config", {})
    entry = file_entry(write_file(tmp_path, {"front": camera()}))
    await async_set_up(hass, entry)
    devices = dr.async_get(hass)
    dead = devices.async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={(DOMAIN, f"{entry.entry_id}/camera/gone")}, name="Gone"
    )
    websocket = await hass_ws_client(hass)
    for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
        answer = await websocket.remove_device(device.id)
        assert answer["success"] == (device.id == dead.id)


async def test_removed_camera_takes_its_device_and_the_last_one_leaves_the_hub(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front"))
    await async_set_up(hass, entry)
    (subentry_id,) = entry.subentries
    hass.config_entries.async_remove_subentry(entry, subentry_id)
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    assert _device_names(dr.async_get(hass), entry.entry_id) == {"Frigate"}
    assert not hass.states.async_entity_ids("camera")
    assert await hass.config_entries.async_remove(entry.entry_id)
    assert our_threads() == []


async def test_two_entries_may_have_cameras_of_one_name(hass: HomeAssistant, tmp_path: Path) -> None:
    await async_set_up(hass, ui_entry(camera_subentry("Front")))
    await async_set_up(hass, file_entry(write_file(tmp_path, {"front": camera()})))
    assert set(hass.states.async_entity_ids("camera")) == {"camera.front", "camera.front_2"}


def _device_names(devices: dr.DeviceRegistry, entry_id: str) -> set[str | None]:
    return {device.name for device in dr.async_entries_for_config_entry(devices, entry_id)}
