"""Recording on a disk that fills up."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from custom_components.frigate_native.recorder.plan import InputState
from tests.recorder.recorded import (
    LOOPED,
    RESTREAM,
    Start,
    camera,
    ffmpegs,
    losses,
    write_video,
)
from tests.servers import free_port, wait_until


def fill(path: Path) -> None:
    """Leave a megabyte on a disk."""
    path.write_bytes(bytes(shutil.disk_usage(path.parent).free - (1 << 20)))


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Mount a disk in memory, which needs root."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no right to mount a disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def test_full_disk_takes_the_oldest_and_then_pauses(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    with small_disk(tmp_path / "disk", 16) as disk:
        old = [disk / "recordings" / "2020-01" / "02" / hour / "gone" / "00.00.mp4" for hour in ("03", "04", "05")]
        for path in old:
            path.parent.mkdir(parents=True)
            path.write_bytes(bytes(3 << 20))
        recorded = record(disk, min_free=8 << 20, rtmp_url=f"rtmp://127.0.0.1:{free_port()}/live")
        recorded.apply(camera(clip, LOOPED, rtmp=RESTREAM), retain_days={"back": 1})
        wait_until(lambda: not old[0].exists())
        assert old[2].exists()
        wait_until(lambda: recorded.has(is_recording=True))
        wait_until(lambda: any("deleted before" in problem for problem in recorded.recorder.problems()))

        wait_until(lambda: set(recorded.files()) - set(old))
        ballast = [disk / "ballast", disk / "more"]
        fill(ballast[0])
        wait_until(lambda: not old[2].parent.exists())
        fill(ballast[1])
        wait_until(lambda: recorded.has(state=InputState.FAILED, is_recording=False))
        wait_until(lambda: "disk is full" in recorded.health().text)
        wait_until(lambda: any("is full" in problem for problem in recorded.recorder.problems()))
        wait_until(lambda: not ffmpegs())
        kept = set(recorded.files()) - set(old)
        assert kept
        for path in ballast:
            path.unlink()
        wait_until(lambda: recorded.has(state=InputState.RUNNING, is_recording=True))
        wait_until(lambda: len(recorded.files()) > len(kept))
        recorded.stop()
        segments = recorded.segments()
        assert len(losses(segments, clip)) == 1
        assert {segment.path for segment in segments} >= kept
        (gap,) = [gap for gap in recorded.health().gaps if gap.end is not None]
        assert "disk is full" in gap.reason
