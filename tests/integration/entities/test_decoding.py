"""Which way a camera is decoded, as its user sees it."""

import json
import threading
from pathlib import Path

from homeassistant.components.camera import CameraEntityFeature
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.components.diagnostics import get_diagnostics_for_config_entry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.footage_clips import jpegs, write_clip
from tests.processes import children
from tests.servers import HttpCamera, answer_mjpeg, free_port

from ..system import (
    LOOPED,
    async_set_up,
    async_until,
    attribute,
    camera,
    camera_subentry,
    file_entry,
    state,
    ui_entry,
    write_file,
)

CONNECTIVITY = "binary_sensor.front_connectivity"


def _camera(clip: Path, **arguments: str) -> dict[str, object]:
    source = {"path": str(clip), "roles": ["detect"], "input_args": LOOPED} | arguments
    return camera() | {"ffmpeg": {"inputs": [source], "output_args": {"detect": "-vf null -f rawvideo"}}}


async def test_camera_of_the_ffmpeg_program_says_so_and_why(
    hass: HomeAssistant, hass_client: ClientSessionGenerator, tmp_path: Path
) -> None:
    before = children()
    clip = write_clip(tmp_path / "a.mp4", 30)
    entry = file_entry(write_file(tmp_path, {"front": _camera(clip, hwaccel_args="-hwaccel vaapi")}))
    await async_set_up(hass, entry)
    await async_until(lambda: state(hass, CONNECTIVITY) == "on")

    assert attribute(hass, CONNECTIVITY, "decoded_by") == "ffmpeg: h264"
    reason, note = attribute(hass, CONNECTIVITY, "decoding_notes")
    assert "because of -vf null" in reason
    assert note.endswith("decoding in software")
    stats = entry.runtime_data.nvr.stats().cameras["front"]
    assert stats.capture_pid in children() - before
    assert stats.capture_pid != stats.pid
    whole = await get_diagnostics_for_config_entry(hass, hass_client, entry)
    assert '"decoded_by": "ffmpeg: h264"' in json.dumps(whole)

    assert await hass.config_entries.async_unload(entry.entry_id)
    assert children() <= before


async def test_program_is_the_one_that_home_assistant_was_told_of(hass: HomeAssistant, tmp_path: Path) -> None:
    program = tmp_path / "my-ffmpeg"
    program.write_text(f'#!/bin/sh\necho "$@" >>{tmp_path}/calls\nexec ffmpeg "$@"\n')
    program.chmod(0o755)
    assert await async_setup_component(hass, "ffmpeg", {"ffmpeg": {"ffmpeg_bin": str(program)}})
    clip = write_clip(tmp_path / "a.mp4", 30)
    entry = file_entry(write_file(tmp_path, {"front": _camera(clip)}))
    await async_set_up(hass, entry)
    await async_until(lambda: state(hass, CONNECTIVITY) == "on")
    assert f"-i {clip} -r 5 -vf null" in (tmp_path / "calls").read_text()


async def test_camera_that_sends_single_pictures_offers_no_live_stream(hass: HomeAssistant) -> None:
    stop = threading.Event()
    with HttpCamera({"/": answer_mjpeg(jpegs([60, 80]), 10, threading.Event(), stop)}) as server:
        nowhere = camera_subentry("Off", f"rtsp://127.0.0.1:{free_port()}/", input_args="")
        entry = ui_entry(camera_subentry("Front", server.url("/"), input_args="-f mpjpeg"), nowhere)
        await async_set_up(hass, entry)
        assert attribute(hass, "camera.off", "supported_features") & CameraEntityFeature.STREAM
        await async_until(lambda: state(hass, CONNECTIVITY) == "on")
        await hass.async_block_till_done()

        assert attribute(hass, CONNECTIVITY, "decoded_by") == "mjpeg"
        assert attribute(hass, "camera.front", "supported_features") == CameraEntityFeature.ON_OFF
        assert await hass.config_entries.async_unload(entry.entry_id)
        stop.set()
