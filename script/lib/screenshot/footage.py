"""A camera that plays the sample, and events with clips of what it shows."""

import asyncio
from pathlib import Path
from typing import Any, Final

import yaml
from demo.options import SAMPLE
from home_assistant.client import Api
from home_assistant.failure import Failure

CAMERA: Final = "vtest"
_DETECTION: Final = f"switch.{CAMERA}_detection"
_PEOPLE: Final = f"/api/states/sensor.{CAMERA}_person_count"
_EVENTS: Final = "/api/frigate_native/events?has_clip=1&include_thumbnails=0"
_RECORD: Final = "-f segment -segment_time 4 -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"
_END_S: Final = 90.0  # of a busy machine
_POLL_S: Final = 0.2


def write_clips_configuration(folder: Path, *, is_recorded: bool = False) -> Path:
    """Return a configuration file for the camera, which makes clips, and recordings of some seconds if wanted."""
    roles = ["detect", "clips", *(["record"] if is_recorded else [])]
    source = {"path": str(SAMPLE), "roles": roles, "input_args": "-re -stream_loop -1"}
    camera = {
        "ffmpeg": {"inputs": [source], "output_args": {"record": _RECORD}},
        "record": {"enabled": is_recorded},
        "fps": 5,
        "objects": {"track": ["person", "car"]},
        "save_clips": {"enabled": True, "pre_capture": 2, "post_capture": 0},
        "rtmp": {"enabled": False},
    }
    path = folder / "frigate.yml"
    path.write_text(yaml.safe_dump({"cameras": {CAMERA: camera}}), encoding="utf-8")
    return path


async def make_clips(api: Api, watch_s: float) -> list[dict[str, Any]]:
    """Watch for a while and until somebody is there, end what goes on by switching detection off.

    Returns the events that have clips, a person's among them.
    """
    await asyncio.sleep(watch_s)
    deadline = asyncio.get_running_loop().time() + _END_S
    while not (await api.get(_PEOPLE))["state"].strip("0").isdigit():
        if asyncio.get_running_loop().time() > deadline:
            raise Failure(f"nobody has been seen for {_END_S:.0f} s")
        await asyncio.sleep(_POLL_S)
    await api.post("/api/services/switch/turn_off", {"entity_id": _DETECTION})
    while asyncio.get_running_loop().time() < deadline:
        events: list[dict[str, Any]] = await api.get(_EVENTS)
        if any(event["label"] == "person" for event in events):
            return events
        await asyncio.sleep(_POLL_S)
    raise Failure(f"no event has a clip {_END_S:.0f} s after its end")
