"""What a recorder makes of hanging programs, crashes, full disks and plans that cannot be followed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import av
import pytest

from custom_components.frigate_native.engine.errors import MediaError
from custom_components.frigate_native.recorder.plan import InputState
from tests.processes import children
from tests.recorder.recorded import (
    LOOPED,
    PATIENT,
    RECORD,
    RESTREAM,
    SLACK_S,
    FakeClock,
    Recorded,
    Start,
    assert_meet,
    camera,
    losses,
    write_video,
)
from tests.servers import free_port, rtsp_server, wait_until

PROGRAM = Path(__file__).with_name("recorder_process.py")


def ffmpegs() -> set[int]:
    """Return the recording ffmpegs that this test has started."""
    return {pid for pid in children() if has_argument(Path(f"/proc/{pid}"), "segment_list")}


@pytest.mark.slow
def test_ffmpeg_that_hangs_is_ended_and_started_again(
    record: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    recorded = record(rtmp_url=f"rtmp://127.0.0.1:{free_port()}/live", timeouts=replace(PATIENT, stall_s=3.0))
    recorded.apply(camera(clip, LOOPED, rtmp=RESTREAM))  # refused all the time, which is not why it hangs
    wait_until(lambda: len(recorded.files()) >= 2 and recorded.has(is_restreaming=False))
    (pid,) = ffmpegs()
    os.kill(pid, signal.SIGSTOP)
    wait_until(lambda: "no data in time" in caplog.text)
    wait_until(lambda: recorded.has(state=InputState.RUNNING, is_recording=True))
    wait_until(lambda: any(gap.end for gap in recorded.health().gaps))

    gap = recorded.health().gaps[0]
    assert gap.end is not None
    assert gap.end - gap.start > 1
    recorded.stop()
    cuts = losses(recorded.segments(), clip)
    assert cuts
    assert {after for _, after in cuts} == {0}  # the clip began anew, and of what was written before nothing is missing
    assert cuts[0][0] > 18


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


def has_argument(process: Path, text: str) -> bool:
    with suppress(OSError):  # it has ended meanwhile
        return text.encode() in (process / "cmdline").read_bytes()
    return False


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


def test_segments_that_cannot_be_moved_are_told_of_once(
    record: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    recorded = record()
    obstacle = recorded.recordings / ".unfinished"
    obstacle.write_bytes(b"")
    recorded.apply(camera(clip, LOOPED))
    wait_until(lambda: len(list(recorded.cache.glob("*/*/*.mp4"))) >= 4)
    obstacle.unlink()
    wait_until(lambda: len(recorded.files()) >= 3)
    recorded.stop()
    assert losses(recorded.segments(), clip) == []
    assert caplog.text.count("cannot be moved to the recordings yet") == 1
    assert "being moved to the recordings again" in caplog.text


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


@pytest.mark.slow
def test_clock_that_is_set_back_overwrites_nothing(
    record: Start, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    clock = FakeClock(1792888200.0)  # 02:30 in Berlin, in the hour that comes twice
    recorded = record(clock=clock)
    with rtsp_server({"/cam": ("h264", clip)}) as server:
        recorded.apply(camera(server.url("/cam")))
        wait_until(lambda: len(recorded.files()) >= 2)
        clock.step(3600)
        wait_until(lambda: "clock was set by +3600 s" in caplog.text)
        wait_until(lambda: len([path for path in recorded.files() if path.stem.endswith("-2")]) >= 2)
        clock.step(-3600)
        wait_until(lambda: "clock was set by -3600 s" in caplog.text)
        wait_until(lambda: recorded.has(state=InputState.RUNNING))
        recorded.stop()

    hours = {path.relative_to(recorded.recordings).parts[:3] for path in recorded.files()}
    assert hours == {("2026-10", "25", "02")}
    again = [segment for segment in recorded.segments() if segment.named > 1792888200 + 1800]
    assert len(again) >= 2
    for segment in recorded.segments():
        assert segment.start - segment.named == pytest.approx(0.5, abs=0.65)
    assert losses(again, clip) == []


def test_plan_is_followed_as_far_as_possible(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 15)
    recorded = record()
    kept = camera(clip, LOOPED)
    long, outside = "x" * 300, "../../outside"
    recorded.apply(
        kept,
        camera(clip, LOOPED, camera=long),
        camera(clip, LOOPED, camera=outside),
        camera(clip, LOOPED, camera="50% nørd & co"),
        camera(tmp_path / "none.mp4", camera="none"),
        time_zone="Mars/Olympus",
    )
    wait_until(lambda: recorded.has(is_recording=True) and recorded.health("50% nørd & co").is_recording)
    before = ffmpegs()
    wait_until(lambda: recorded.health("none").state is InputState.FAILED)
    assert "no such file" in recorded.health("none").text
    assert "200 bytes" in recorded.health(long).text
    assert "slashes" in recorded.health(outside).text
    assert recorded.health(outside).state is InputState.FAILED
    assert "Mars/Olympus" in recorded.recorder.problems()[0]
    with pytest.raises(MediaError, match="another recorder"):
        Recorded(tmp_path).recorder.start()

    recorded.apply(kept, camera(clip, LOOPED, camera="new", record=f"{RECORD} -map 0:v"))
    wait_until(lambda: set(recorded.recorder.health()) == {"back", "new"} and recorded.health("new").is_recording)
    assert recorded.recorder.problems() == ()
    assert recorded.has(gaps=())
    assert len(ffmpegs() & before) == 1  # what did not change was not touched
    recorded.stop()
    assert losses([segment for segment in recorded.segments() if "back" in segment.path.parts], clip) == []
    assert not (tmp_path.parent / "outside").exists()


@pytest.mark.parametrize(
    ("codec", "record_args", "words"),
    [
        (("-c:v", "mjpeg"), f"{RECORD} -nonsense 1", "rejects its arguments"),
        (("-f", "lavfi", "-i", "sine", "-shortest", "-c:a", "pcm_mulaw"), RECORD.removesuffix(" -an"), "add -an"),
    ],
    ids=["arguments", "sound"],
)
def test_what_cannot_be_recorded_is_explained(
    record: Start, tmp_path: Path, codec: tuple[str, ...], record_args: str, words: str
) -> None:
    clip = write_video(tmp_path / "a.mkv", 2, *codec)
    recorded = record()
    recorded.apply(camera(clip, LOOPED, record=record_args))
    wait_until(lambda: recorded.has(state=InputState.FAILED))
    assert words in recorded.health().text


def test_machine_without_ffmpeg(record: Start, tmp_path: Path) -> None:
    recorded = record(ffmpeg="ffmpeg-nowhere")
    recorded.apply(camera(tmp_path / "a.mp4"))
    wait_until(lambda: recorded.has(state=InputState.FAILED))
    assert recorded.health().text == "the program ffmpeg-nowhere does not run (not found); install ffmpeg"


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


def test_h265_is_labelled_for_all_players(record: Start, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", 1, "-c:v", "libx265", "-preset", "ultrafast")
    recorded = record()
    recorded.apply(camera(clip, "-re"))
    wait_until(recorded.files)
    with av.open(str(recorded.files()[0])) as container:
        assert container.streams.video[0].codec_context.codec_tag == "hvc1"
