"""A recorder and what it has recorded, as tests see it."""

import hashlib
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol, override
from zoneinfo import ZoneInfo

import av

from custom_components.frigate_native.engine.concurrency import Clock
from custom_components.frigate_native.recorder import Recorder, Timeouts, recording_start
from custom_components.frigate_native.recorder.plan import CameraHealth, InputPlan, Plan
from tests.processes import children

ZONE = "Europe/Berlin"
RECORD = "-f segment -segment_time 1 -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"
RESTREAM = "-c copy -f flv"
LIVE = (
    "-avoid_negative_ts make_zero -fflags +genpts+discardcorrupt -rtsp_transport tcp -stimeout 5000000"
    " -use_wallclock_as_timestamps 1 -analyzeduration 500000"
)
LOOPED = "-re -stream_loop -1"
# With what a busy machine holds up for longer than any camera may, and all that was recorded.
PATIENT = Timeouts(open_s=40.0, stall_s=20.0, late_s=40.0, look_s=0.1, settle_s=1.0, stop_s=40.0)
SLACK_S = 15.0  # of a busy machine


class FakeClock(Clock):
    """A clock that tests set."""

    def __init__(self, now: float) -> None:
        self._ahead = now - time.monotonic()

    def step(self, seconds: float) -> None:
        """Set the clock, as a time server would."""
        self._ahead += seconds

    @override
    def now(self) -> float:
        return time.monotonic() + self._ahead

    @override
    def monotonic(self) -> float:
        return time.monotonic()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A recorded file: when it starts by its name, by what it holds, and when it ends."""

    path: Path
    named: float
    start: float
    end: float
    pictures: list[str]


class Recorded:
    """A recorder with a tree of its own."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        self.recordings, self.cache = folder / "recordings", folder / "cache"
        self.told = ""
        self.recorder = Recorder(self.recordings, self.cache, **{"timeouts": PATIENT, "min_free": 0, **settings})

    def apply(self, *inputs: InputPlan, **plan: Any) -> None:
        """Follow a plan of these inputs."""
        self.recorder.apply(Plan(**{"time_zone": ZONE, **plan}, inputs=inputs))

    def health(self, camera: str = "back") -> CameraHealth:
        """Return how a camera fares."""
        health = self.recorder.health()
        self.told += str(health)
        return health[camera]

    def has(self, **wanted: object) -> bool:
        """Tell whether the camera's health is so."""
        if "back" not in self.recorder.health():
            return False
        health = self.health()
        return all(getattr(health, name) == value for name, value in wanted.items())

    def is_settled(self) -> bool:
        """Tell whether all that was being written is in the tree."""
        return not list(self.cache.glob("[!.]*/*/*.mp4"))

    def files(self) -> list[Path]:
        """Return the files of the tree in the order of their names."""
        return sorted(self.recordings.glob("[0-9]*/**/*.mp4"))

    def segments(self) -> list[Segment]:
        """Return what is recorded, by time."""
        return sorted(map(self._segment, self.files()), key=lambda segment: segment.start)

    def stop(self) -> float:
        """Stop; return how long it took."""
        begin_s = time.monotonic()
        self.recorder.stop()
        return time.monotonic() - begin_s

    def _segment(self, path: Path) -> Segment:
        named = recording_start(path.relative_to(self.recordings), ZoneInfo(ZONE))
        assert named is not None
        end = path.stat().st_mtime
        return Segment(path=path, named=named, start=end - duration(path), end=end, pictures=pictures(path))


class Start(Protocol):
    """Starts a recorder."""

    def __call__(self, folder: Path = ..., **settings: Any) -> Recorded:
        """Return it."""


def camera(path: str | Path, input_args: str = LIVE, **plan: Any) -> InputPlan:
    """Return a camera that is recorded."""
    values: dict[str, Any] = {"camera": "back", "record": RECORD, **plan}
    for name in {"record", "rtmp"} & values.keys():
        values[name] = tuple(values[name].split())
    return InputPlan(path=str(path), input_args=tuple(input_args.split()), **values)


def write_video(path: Path, seconds: int, *codec: str) -> Path:
    """Write noise, of which no picture is like another, at 10 pictures and 800 kbit per second, a keyframe in each."""
    noise = f"testsrc2=size=160x96:rate=10:duration={seconds},noise=alls=60:allf=t"
    encode = codec or ("-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-sc_threshold", "0")
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", noise, *encode, "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


def pictures(path: Path) -> list[str]:
    """Return a name for each picture of a video, the same for the same picture."""
    with av.open(str(path)) as container:
        return [hashlib.md5(frame.to_ndarray().tobytes()).hexdigest() for frame in container.decode(video=0)]


def duration(path: Path) -> float:
    """Return how long a video is, by its packets, in seconds."""
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.pts is not None]
        base = packets[0].time_base
        assert base is not None
        times = [float(packet.pts * base) for packet in packets if packet.pts is not None]
        return max(times) - min(times) + float((packets[-1].duration or 0) * base)


def assert_meet(segments: list[Segment]) -> None:
    """Check that segments follow each other, are named by when they begin, and were placed in nobody's future.

    After a stream that was late and caught up they hold more than the time between them, never less.
    """
    for before, after in pairwise(segments):
        assert after.start < before.end + 0.15  # a picture takes 0.1 s
        assert before.end - 1 < after.named < before.end + 1
        assert after.end > before.end
    for segment in segments:
        assert segment.named <= segment.end
        assert segment.end < segment.path.stat().st_ctime + 0.01  # whose clock ticks a little behind


def losses(recorded: list[Segment], source: Path) -> list[tuple[int, int]]:
    """Return between which pictures of a source that is played again and again some are missing."""
    order = {name: index for index, name in enumerate(pictures(source))}
    played = [order[name] for segment in recorded for name in segment.pictures]
    return [(before, after) for before, after in pairwise(played) if after != (before + 1) % len(order)]


def ffmpegs() -> set[int]:
    """Return the recording ffmpegs that this test has started."""
    return {pid for pid in children() if has_argument(Path(f"/proc/{pid}"), "segment_list")}


def has_argument(process: Path, text: str) -> bool:
    with suppress(OSError):  # it has ended meanwhile
        return text.encode() in (process / "cmdline").read_bytes()
    return False
