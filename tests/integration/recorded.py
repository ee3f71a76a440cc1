"""Recordings for tests, as the recorder writes them."""

import asyncio
import os
import shutil
import subprocess

from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.frigate_native.recorder import recording_path

from .system import async_until

_FILM = "testsrc2=size=160x96:rate=10:duration=10"
_ENCODE = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-pix_fmt", "yuv420p", "-movflags", "+faststart")


async def async_record(entry: MockConfigEntry, camera: str, start: float, count: int) -> None:
    """Add some recordings of ten seconds, one after the other, and wait until they are in the index."""
    data = entry.runtime_data
    sample = data.paths.recordings.parent / "sample.mp4"
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", _FILM, *_ENCODE, str(sample)]
    await asyncio.to_thread(subprocess.run, command, check=True, stdin=subprocess.DEVNULL)
    for begin in (start + number * 10 for number in range(count)):
        path = data.paths.recordings / recording_path(begin, camera, dt_util.get_default_time_zone())
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample, path)
        os.utime(path, (begin + 10, begin + 10))
    data.recordings.look_again()
    end = start + count * 10 - 1
    await async_until(lambda: data.store.is_open and len(data.store.recordings.between(camera, start, end)) == count)
