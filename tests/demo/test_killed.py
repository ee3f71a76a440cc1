"""Home Assistant is killed in the middle of events and started again."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from home_assistant.client import Api, Connection
from home_assistant.folder import fill_folder
from home_assistant.integration import set_up_by_file
from home_assistant.onboarding import onboard, wait_until_running, wait_until_up
from home_assistant.process import running_process

from tests.demo.demonstration import CLIP, ROOT
from tests.engine.media.clip_cameras import clips_camera, play
from tests.servers import PATIENCE_S, free_port

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

HEARTBEAT_S = 5.0
SLACK_S = 15.0  # of a busy machine


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run Home Assistant in the demonstration's environment, which is made if it is not there."""
    made = subprocess.run([ROOT / "script" / "bootstrap", "demo"], check=True, stdout=subprocess.PIPE, text=True)
    monkeypatch.setattr(sys, "executable", made.stdout.splitlines()[-1])


def write_configuration(folder: Path) -> Path:
    source = {"path": str(CLIP), "roles": ["detect", "clips"], "input_args": "-re -stream_loop -1"}
    path = folder / "frigate.yml"
    path.write_text(yaml.safe_dump({"cameras": {"campus": clips_camera([source], rtmp={"enabled": False})}}))
    return path


async def going_on(connection: Connection) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = await connection.command("frigate_native/events/get", in_progress=True)
    return events


async def kill_in_events(folder: Path, port: int, session: aiohttp.ClientSession) -> tuple[str, set[str], float]:
    """Run Home Assistant until events have gone on for a while; return a token, the events, and when it was killed."""
    async with running_process(folder, port) as process:
        api = Api(session, f"http://127.0.0.1:{port}")
        await wait_until_up(api, process)
        access, connection = await onboard(api)
        await wait_until_running(api, process)
        await set_up_by_file(api, await asyncio.to_thread(write_configuration, folder))
        oldest, events = 0.0, list[dict[str, Any]]()
        async with asyncio.timeout(PATIENCE_S):
            while oldest < HEARTBEAT_S + 2:  # by now Home Assistant has written down its users and entries, too
                await asyncio.sleep(0.2)
                events = await going_on(connection)
                oldest = max((time.time() - event["start_time"] for event in events), default=0.0)
        made = await connection.command("frigate_native/event/create", camera="campus", label="parcel")
        await connection.command("frigate_native/event/end", event_id=made["event_id"])  # its clip takes seconds
        os.kill(process.pid, signal.SIGKILL)
        return access.token, {made["event_id"], *(event["id"] for event in events)}, time.time()


async def after_the_restart(
    folder: Path, port: int, session: aiohttp.ClientSession, token: str, ids: set[str]
) -> list[dict[str, Any]]:
    """Return those events as they are once their clips are there."""
    async with running_process(folder, port) as process:
        api = Api(session, f"http://127.0.0.1:{port}")
        api.authorize(token)
        async with asyncio.timeout(PATIENCE_S):
            await wait_until_running(api, process)
        connection = await api.connect(token)

        async with asyncio.timeout(PATIENCE_S):
            while True:
                events = [await connection.command("frigate_native/event/get", event_id=key) for key in sorted(ids)]
                if all(event["has_clip"] for event in events):
                    return events
                await asyncio.sleep(0.2)


async def run(folder: Path) -> None:
    fill_folder(folder)
    port = free_port()  # which Home Assistant remembers
    frigate = folder / "media" / "frigate"
    async with aiohttp.ClientSession() as session:
        token, ids, killed = await kill_in_events(folder, port, session)
        old = set((frigate / "cache").iterdir())
        assert ids
        assert old
        events = await after_the_restart(folder, port, session, token, ids)
    assert not old & set((frigate / "cache").iterdir())
    for event in events:
        assert killed - HEARTBEAT_S - SLACK_S < event["end_time"] <= killed
        clip = play(frigate / "clips" / f"campus-{event['id']}.mp4")
        assert not clip.complaints
        assert clip.duration_s > (event["end_time"] - event["start_time"]) * 0.5


def test_events_cut_off_by_a_kill_end_in_time_and_keep_their_clips(tmp_path: Path) -> None:
    asyncio.run(run(tmp_path))
