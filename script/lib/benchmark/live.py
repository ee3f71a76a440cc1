"""Measure N cameras in real time in a running Home Assistant."""

import asyncio
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from home_assistant.failure import Failure
from home_assistant.integration import set_up_by_file
from home_assistant.running import HomeAssistant, running_home_assistant, say

from .cpu import child_cpu_s
from .viewers import Clients, Viewers, open_port, watching

_PROBE: Final = Path(__file__).parent / "frigate_native_probe"
_ROUNDS: Final = 3  # with --viewers
_CLOSED_S: Final = 5.0  # until connections of clients that have gone are closed
_WARM_UP_S: Final = 10.0  # streams connect, the motion detector warms up, Home Assistant finishes starting


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What to measure: cameras at a frame rate, for some seconds, and then again with clients that watch them.

    requests is how many the clients send a second, 0: pictures without pause.
    """

    cameras: int
    fps: int
    seconds: float
    viewers: int = 0
    requests: float = 0.0


def run_live(video: Path, load: Load, *, detector: str, threads: int, runtime: str | None) -> dict[str, Any]:
    """Return the figures of several cameras that all show a file in real time, over some seconds.

    Lag is the delay of a timer in Home Assistant's event loop. Latency is the time from decoding a frame until the
    event loop has received its message. Memory is resident, in MB.
    """
    configuration = _configuration(video, load.cameras, load.fps, detector, threads)
    try:
        figures = asyncio.run(_measure(configuration, load, runtime))
    except Failure as err:
        sys.exit(f"error: {err}")
    return {"video": str(video), "cameras": load.cameras, "fps": load.fps} | figures


def _configuration(video: Path, cameras: int, fps: int, detector: str, threads: int) -> dict[str, Any]:
    path = str(video.resolve()).replace("{", "{{").replace("}", "}}")
    source = {"path": path, "roles": ["detect"], "input_args": "-re -stream_loop -1"}
    camera = {"ffmpeg": {"inputs": [source]}, "fps": fps, "rtmp": {"enabled": False}}
    return {
        "detectors": {"benchmark": {"type": detector, "num_threads": threads}},
        "cameras": {f"camera_{number}": camera for number in range(1, cameras + 1)},
    }


async def _measure(configuration: dict[str, Any], load: Load, runtime: str | None) -> dict[str, Any]:
    more = yaml.safe_dump({_PROBE.name: {"runtime": runtime}})
    async with running_home_assistant(0, [_PROBE], more) as home_assistant:
        path = home_assistant.folder / "frigate.yml"
        path.write_text(yaml.safe_dump(configuration), encoding="utf-8")
        entry_id = await set_up_by_file(home_assistant.api, path)
        await _settle(_WARM_UP_S)
        if not load.viewers:
            return await _figures(home_assistant, entry_id, load.seconds)
        url = await open_port(home_assistant, entry_id)
        return {"viewers": load.viewers, "rounds": await _rounds(home_assistant, entry_id, url, load)}


async def _rounds(home_assistant: HomeAssistant, entry_id: str, url: str, load: Load) -> list[dict[str, Any]]:
    """Return figures without and with viewers, in turns, since what else the machine does changes."""
    names = [f"camera_{number}" for number in range(1, load.cameras + 1)]
    rounds = []
    for _ in range(_ROUNDS):
        await _settle(_WARM_UP_S)
        alone = await _figures(home_assistant, entry_id, load.seconds)
        files = _open_files(home_assistant)
        clients = Clients(load.viewers, load.requests)
        async with watching(home_assistant.api, home_assistant.access.token, url, names, clients) as viewers:
            await _settle(_WARM_UP_S)
            watched = await _figures(home_assistant, entry_id, load.seconds, viewers)
        await asyncio.sleep(_CLOSED_S)
        left = {"files_before": files, "files_after": _open_files(home_assistant)}
        rounds.append({"without_viewers": alone, "with_viewers": watched | left})
    return rounds


async def _settle(seconds: float) -> None:
    say(f"Waiting {seconds:g} s to settle, then measuring")
    await asyncio.sleep(seconds)


async def _figures(
    home_assistant: HomeAssistant, entry_id: str, seconds: float, viewers: Viewers | None = None
) -> dict[str, Any]:
    connection = home_assistant.connection
    await connection.command(f"{_PROBE.name}/begin", entry_id=entry_id)
    before_s = child_cpu_s(home_assistant.pid)
    if viewers:
        viewers.reset()
    await asyncio.sleep(seconds)
    seen = viewers.figures(seconds) if viewers else {}
    spent_s = child_cpu_s(home_assistant.pid) - before_s
    figures: dict[str, Any] = await connection.command(f"{_PROBE.name}/finish")
    if not figures["frames_processed"]:
        raise Failure("no frame was processed; see the log above")
    memory = _memory(home_assistant, figures.pop("detector_pids"))
    cpu_percent = round(spent_s / seconds * 100, 1)
    return figures | seen | {"home_assistant_cpu_percent": cpu_percent, "memory_mb": memory}


def _open_files(home_assistant: HomeAssistant) -> int:
    return len(list(Path(f"/proc/{home_assistant.pid}/fd").iterdir()))


def _memory(home_assistant: HomeAssistant, detector_pids: list[int]) -> dict[str, float]:
    detectors = sum(_resident_mb(pid) for pid in detector_pids)
    return {"home_assistant": _resident_mb(home_assistant.pid), "detectors": round(detectors, 1)}


def _resident_mb(pid: int) -> float:
    answer = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return round(int(answer.stdout or 0) / 1024, 1)
