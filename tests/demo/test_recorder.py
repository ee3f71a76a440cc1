"""The add-on's program beside a whole Home Assistant: plan, restream, recordings, and a Home Assistant that dies."""

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from home_assistant.integration import set_up_by_file
from home_assistant.onboarding import wait_until_running
from home_assistant.process import running_process
from home_assistant.running import HomeAssistant, running_home_assistant

from tests.addon.container import Container, running
from tests.addon.image import Image, assemble
from tests.demo.demonstration import CLIP, ROOT
from tests.servers import PATIENCE_S, RtspServer, rtsp_server

_CREDENTIALS = "gatekeeper:s3cret"
_RECORD = "-f segment -segment_time 2 -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_addon_records_and_restreams_for_a_real_home_assistant(tmp_path: Path) -> None:
    image = assemble(ROOT, tmp_path / "image")
    with rtsp_server({"/gate": ("h264", CLIP)}, _CREDENTIALS) as gate:
        asyncio.run(_use(image, tmp_path, gate))


async def _use(image: Image, folder: Path, gate: RtspServer) -> None:
    async with running_home_assistant(0) as home_assistant:
        await set_up_by_file(
            home_assistant.api, _write_configuration(home_assistant.folder, gate.url("/gate", _CREDENTIALS))
        )
        recordings = home_assistant.folder / "media" / "frigate" / "recordings"
        container = Container(
            image,
            folder,
            home_assistant.api.url,
            HOME_ASSISTANT_TOKEN=home_assistant.access.token,
            RECORDINGS_FOLDER=str(recordings),
        )
        container.recordings = recordings
        with running(container):
            await _watch(home_assistant, container)
            await _until(lambda: _connections(gate.port) == 1)  # the add-on: nobody else
            os.killpg(home_assistant.pid, signal.SIGKILL)
            await _until(lambda: container.says("Recording continues with the last plan"))
            known = len(container.segments("gate"))
            await _until(lambda: len(container.segments("gate")) >= known + 2)
            await _until(lambda: _connections(gate.port) == 1)  # at its end the sample is played anew
            async with running_process(home_assistant.folder, _port(home_assistant)) as again:
                await wait_until_running(home_assistant.api, again)
                connection = await home_assistant.api.connect(home_assistant.access.token)
                await _watch(replace(home_assistant, connection=connection), container)
                await _until(lambda: _connections(gate.port) == 1)
        for secret in (home_assistant.access.token, *_CREDENTIALS.split(":")):
            assert secret not in container.log()
        assert "Traceback" not in container.log()


async def _watch(home_assistant: HomeAssistant, container: Container) -> None:
    await _until(lambda: len(container.segments("gate")) >= 2)
    await _until_state(home_assistant, "binary_sensor.frigate_recorder", "on")
    await _until_state(home_assistant, "binary_sensor.gate_recording", "on")
    free = await home_assistant.api.get("/api/states/sensor.frigate_free_space_for_recordings")
    assert float(free["state"]) > 0

    connected = "/api/states/binary_sensor.gate_connectivity"

    async def is_restreamed() -> bool:
        found = await home_assistant.api.get(connected)
        return found["state"] == "on" and bool(found["attributes"]["is_restream"])

    await _until(is_restreamed)

    async def are_listed() -> bool:  # of a new hour there is one alone at first
        names = {Path(one["media_content_id"]).name for one in await _browse(home_assistant)}
        assert names <= {path.name for path in container.segments("gate")}
        return len(names) >= 2

    await _until(are_listed)


def _write_configuration(folder: Path, camera: str) -> Path:
    inputs = [{"path": camera, "roles": ["detect", "record", "rtmp", "clips"]}]
    ffmpeg = {"inputs": inputs, "output_args": {"record": _RECORD}}
    gate = {"ffmpeg": ffmpeg, "fps": 5, "record": {"enabled": True}, "save_clips": {"enabled": True}}
    path = folder / "frigate.yml"
    path.write_text(yaml.safe_dump({"cameras": {"gate": gate}}), encoding="utf-8")
    return path


def _port(home_assistant: HomeAssistant) -> int:
    return urlsplit(home_assistant.api.url).port or 0


def _connections(port: int) -> int:
    """Return how many connections a server of this machine has."""
    lines = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return sum(local.endswith(f":{port:04X}") and state == "01" for _, local, _, state, *_ in lines)


async def _browse(home_assistant: HomeAssistant) -> list[dict[str, Any]]:
    """Return the files of the recordings' newest hour."""
    identifier = "media-source://frigate_native"
    while True:
        found = await home_assistant.connection.command("media_source/browse_media", media_content_id=identifier)
        children: list[dict[str, Any]] = found["children"]
        chosen = next((one for one in children if one["title"] == "Recordings"), children[0])
        if not chosen["can_expand"]:
            return children
        identifier = chosen["media_content_id"]


async def _until_state(home_assistant: HomeAssistant, entity_id: str, state: str) -> None:
    async def is_so() -> bool:
        return bool((await home_assistant.api.get(f"/api/states/{entity_id}"))["state"] == state)

    await _until(is_so)


async def _until(condition: Callable[[], Any]) -> None:
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE_S
    while True:
        result = condition()
        if await result if asyncio.iscoroutine(result) else result:
            return
        assert loop.time() < end, f"not true within {PATIENCE_S} s"
        await asyncio.sleep(0.1)
