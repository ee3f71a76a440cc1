"""Segments in progress after a stop, a crash, or on a bad disk."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.recorder.recorded import (
    LOOPED,
    PATIENT,
    SLACK_S,
    Recorded,
    Start,
    assert_meet,
    camera,
    has_argument,
    losses,
    write_video,
)
from tests.servers import wait_until

PROGRAM = Path(__file__).with_name("recorder_process.py")


def test_what_a_stop_cannot_move_in_time_is_moved_by_the_next_start(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    slow = tmp_path / "ffmpeg"
    slow.write_text('#!/bin/sh\ncase "$*" in *faststart*) exec sleep 600;; esac\nexec ffmpeg "$@"\n')
    slow.chmod(0o755)
    hurried = Recorded(tmp_path, ffmpeg=str(slow), timeouts=replace(PATIENT, stop_s=2.0))
    hurried.recorder.start()
    hurried.apply(camera(clip, LOOPED))
    wait_until(lambda: len(list(hurried.cache.glob("*/*/*.mp4"))) >= 4)
    assert hurried.stop() < 2.0 + SLACK_S
    assert not hurried.files()

    recorded = record()
    recorded.apply()
    wait_until(recorded.is_settled)
    segments = recorded.segments()
    assert len(segments) >= 4
    assert losses(segments, clip) == []
    assert_meet(segments)


@pytest.mark.slow
@pytest.mark.parametrize("also_ffmpeg", [True, False], ids=["all of it", "the recorder alone"])
def test_what_a_crash_leaves_is_found_again(record: Start, tmp_path: Path, *, also_ffmpeg: bool) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    crashed = subprocess.Popen([sys.executable, "-P", str(PROGRAM), str(tmp_path), str(clip)], start_new_session=True)
    cache, growing = str(tmp_path / "cache"), tmp_path / "cache" / "back"
    wait_until(lambda: len(list(growing.glob("*/*.mp4"))) and len(list(tmp_path.rglob("[0-9][0-9].*.mp4"))) >= 2)
    begun_s = time.monotonic()
    wait_until(lambda: time.monotonic() > begun_s + 1.3)  # the newest segment has a fragment
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit() and has_argument(path, cache)]
    killed = time.time()
    for pid in [crashed.pid, *(pids if also_ffmpeg else [])]:
        os.kill(pid, signal.SIGKILL)
    crashed.wait()
    begun_s = time.monotonic()
    wait_until(lambda: time.monotonic() > begun_s + 1.5)  # a gap that can be told from none

    recorded = record()
    assert not [pid for pid in pids if has_argument(Path(f"/proc/{pid}"), cache)]
    left, begun = set(recorded.files()), time.time()
    recorded.apply(camera(clip, LOOPED))
    wait_until(lambda: recorded.has(is_recording=True) and len(set(recorded.files()) - left) >= 3)
    recorded.stop()
    segments = recorded.segments()
    (cut,) = losses(segments, clip)
    assert cut[1] == 0  # the clip began anew, and of what was written before nothing is missing
    before = [segment for segment in segments if segment.end < begun]  # a new ffmpeg reads half a second ahead
    assert_meet(before)
    if also_ffmpeg:
        (gap,) = [gap for gap in recorded.health().gaps if gap.end is not None]
        assert gap.reason == "the recorder was not running"
        assert killed - 2.5 - SLACK_S < gap.start < killed + 0.5  # a fragment is a second
    else:  # it went on
        assert before[-1].end > killed + 0.5


def test_segment_that_cannot_be_read_is_kept_aside(record: Start, tmp_path: Path) -> None:
    run = tmp_path / "cache" / "back" / "001790000000000"
    run.mkdir(parents=True)
    (run / "000000.mp4").write_bytes(b"ftyp")  # nothing in it
    (run / "000001.mp4").write_bytes(b"mdat and what a bad disk made of it")
    recorded = record()
    recorded.apply()
    kept = tmp_path / "cache" / ".broken" / "back-001790000000000-000001.mp4"
    wait_until(kept.exists)
    wait_until(lambda: not run.exists())
    assert recorded.files() == []
