"""Fills databases with recordings and measures what is asked of them; a line of JSON each."""

import argparse
import json
import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import batched
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmark import engine_import  # noqa: F401  # opens the way to the engine

from custom_components.frigate_native.engine.concurrency import SystemClock
from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.disk.deletion_clock import DeletionClock
from custom_components.frigate_native.engine.media.assembly import TimeRange
from custom_components.frigate_native.engine.messages import ReviewState, Severity
from custom_components.frigate_native.engine.recordings import hls
from custom_components.frigate_native.engine.recordings.activity import ActivityLog
from custom_components.frigate_native.engine.recordings.cuts import RecordingCuts
from custom_components.frigate_native.engine.recordings.folders import RecordingFolders
from custom_components.frigate_native.engine.recordings.indexer import RecordingIndexer
from custom_components.frigate_native.engine.recordings.kept_spans import ReviewSpans
from custom_components.frigate_native.engine.recordings.retention import RecordingRemover, RecordingRetention
from custom_components.frigate_native.engine.recordings.usage import measure_usage
from custom_components.frigate_native.engine.store import EventStore, Recording, ReviewWrite
from custom_components.frigate_native.recorder import Recorder
from custom_components.frigate_native.recorder.plan import InputPlan, Plan
from tests.databases import mariadb, postgresql

_CAMERAS: Final = [f"camera_{number}" for number in range(8)]
_SECONDS: Final = 10
_DAY_S: Final = 86_400
_REVIEWS: Final = 100_000
_ROUNDS: Final = 7
_SUMMARY_MS: Final = 100
_LOCK_MS: Final = 50
_CLIP_MS: Final = 500
_STREAM_MS: Final = 1000
_BATCHES_BETWEEN_CHECKPOINTS: Final = 100
_WRITING_S: Final = 60.0
_PASS_SHARE: Final = 0.1  # of the recordings have expired
_FILM: Final = "testsrc2=size=1920x1080:rate=15:duration=10,noise=alls=30:allf=t"
_ENCODE: Final = ("-c:v", "libx264", "-preset", "ultrafast", "-b:v", "4M", "-maxrate", "4M", "-bufsize", "4M")
_PLAIN: Final = ("-g", "30", "-pix_fmt", "yuv420p", "-movflags", "+faststart")


@dataclass(slots=True)
class Times:
    """How long something took, and for how long it needed the processor, in milliseconds."""

    passed: list[float] = field(default_factory=list)
    own_cpu: list[float] = field(default_factory=list)

    def add(self, work: Callable[[], object]) -> None:
        """Do something."""
        begin, cpu_begin = time.perf_counter(), time.process_time()
        work()
        self.passed.append((time.perf_counter() - begin) * 1000)
        self.own_cpu.append((time.process_time() - cpu_begin) * 1000)

    @classmethod
    def of(cls, work: Callable[[], object], rounds: int = 1) -> Times:
        """Do something a few times."""
        times = cls()
        for _ in range(rounds):
            times.add(work)
        return times


@dataclass(slots=True)
class Verdicts:
    """Prints what was measured, and remembers whether all of it was quick enough."""

    database: str
    are_good: bool = True

    def tell(self, name: str, times: Times, most_ms: float | None, *, worst: bool = False, **more: Any) -> None:
        """Print a line; the median, or the worst, must be below most_ms."""
        ranked = sorted(times.passed)
        is_good = most_ms is None or (ranked[-1] if worst else median(ranked)) < most_ms
        self.are_good &= is_good
        figures = {"median_ms": median(ranked), "p99_ms": ranked[len(ranked) * 99 // 100], "worst_ms": ranked[-1]}
        figures |= {"own_cpu_ms": median(times.own_cpu), "worst_cpu_ms": max(times.own_cpu)}
        line = {"database": self.database, "what": name, **{key: round(value, 1) for key, value in figures.items()}}
        print(json.dumps(line | {"limit_ms": most_ms, **more, "ok": is_good}), flush=True)


@dataclass(slots=True)
class Writes:
    """Does jobs as the storage thread does, and notes how long each held the lock."""

    store: EventStore
    times: Times = field(default_factory=Times)

    def __call__(self, job: Callable[[EventStore], None]) -> None:
        """Do a job."""
        self.times.add(lambda: job(self.store))


def made_recordings(number: int, end: float) -> Iterator[Recording]:
    """Make recordings of all cameras up to a time, a third of them with motion."""
    dice = random.Random(7)  # noqa: S311  # the same for every run
    slots = number // len(_CAMERAS)
    for slot in range(slots):
        start = end - _SECONDS * (slots - slot)
        folder = time.strftime("%Y-%m/%d/%H", time.gmtime(start))
        for camera in _CAMERAS:
            motion = dice.choice((0, 0, 7))
            path = f"{folder}/{camera}/{time.strftime('%M.%S', time.gmtime(start))}.mp4"
            figures = {"size": 5_000_000, "motion": motion, "objects": motion and dice.choice((0, 5)), "sound": 0}
            yield Recording(camera=camera, path=path, start=start, end=start + _SECONDS, **figures)


def made_reviews(number: int, begin: float, end: float) -> Iterator[ReviewWrite]:
    """Make alerts and detections of all cameras, evenly over a time."""
    dice = random.Random(8)  # noqa: S311
    for index in range(number):
        start = begin + (end - begin) * index / number
        state = ReviewState(
            id=f"{start:.6f}-{index:06d}",
            camera=dice.choice(_CAMERAS),
            severity=dice.choice(list(Severity)),
            start_time=start,
            end_time=start + 12,
            event_ids=(f"{start:.6f}-event",),
            labels=("person",),
            zones=(),
            last_time=start + 12,
        )
        yield ReviewWrite(state=state)


def fill(store: EventStore, number: int, end: float, verdicts: Verdicts) -> None:
    """Write recordings and review items."""
    writes = Writes(store)
    for batch in batched(made_recordings(number, end), 200, strict=False):
        writes(partial(_add, list(batch)))
    verdicts.tell("200 recordings are added", writes.times, _LOCK_MS, rows=number)
    begin = end - _SECONDS * number / len(_CAMERAS)
    for reviews in batched(made_reviews(_REVIEWS, begin, end), 500, strict=False):
        store.reviews.write(list(reviews))


def _add(recordings: list[Recording], store: EventStore) -> None:
    store.recordings.add(recordings)


def ask(store: EventStore, end: float, verdicts: Verdicts) -> None:
    """Measure summaries and searches."""
    table, day = store.recordings, end - 3 * _DAY_S
    questions: dict[str, tuple[Callable[[], object], float | None]] = {
        "a day's summary, all cameras": (lambda: table.hours(day, day + _DAY_S), _SUMMARY_MS),
        "a day's summary, a camera": (lambda: table.hours(day, day + _DAY_S, _CAMERAS[:1]), _SUMMARY_MS),
        "a minute's recordings": (lambda: table.between(_CAMERAS[3], day, day + 60), None),
        "an hour's recordings": (lambda: table.between(_CAMERAS[3], day, day + 3600), None),
        "all folders": (lambda: list(table.folders()), None),
        "space used": (lambda: measure_usage(store, end), None),
    }
    for name, (work, most_ms) in questions.items():
        verdicts.tell(name, Times.of(work, _ROUNDS), most_ms)


def expire(store: EventStore, number: int, folder: Path, verdicts: Verdicts) -> None:
    """Delete a tenth of the recordings, as far as no alert keeps them; there are no files."""
    days = number / len(_CAMERAS) * _SECONDS / _DAY_S * (1 - _PASS_SHARE)
    record = {"enabled": True, "continuous": {"days": days}, "alerts": {"retain": {"days": 1000}}}
    inputs = [{"path": "/nowhere.mp4", "roles": ["detect", "record"]}]
    camera = {"ffmpeg": {"inputs": inputs}, "record": record}
    config = config_from_mapping({"cameras": dict.fromkeys(_CAMERAS, camera)}, folder)
    writes = Writes(store)
    clock = DeletionClock(folder / "clock.txt", SystemClock())
    remover = RecordingRemover(folder / "none", writes)
    retention = RecordingRetention(config.cameras, store, remover, ReviewSpans(store), clock)
    begin = time.perf_counter()
    deleted = 0
    for batch, step in enumerate(retention.steps()):
        deleted += step
        if batch % _BATCHES_BETWEEN_CHECKPOINTS == 0:  # as the service does
            store.checkpoint()
    rate = round(deleted / (time.perf_counter() - begin))
    verdicts.tell("retention: a deletion", writes.times, _LOCK_MS, worst=True, deleted=deleted, per_s=rate)
    verdicts.tell("retention: a pass without deletions", Times.of(lambda: sum(retention.steps())), None)


def play(store: EventStore, folder: Path, verdicts: Verdicts) -> None:
    """Record an hour of a camera with 4 Mbit/s, and measure until a clip and a stream can play."""
    sample, root, start = folder / "sample.mp4", folder / "recordings", 1_700_000_000 // 3600 * 3600
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        _FILM,
        *_ENCODE,
        "-pix_fmt",
        "yuv420p",
        "-movflags",
        "+faststart",
        str(sample),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    for second in range(0, 3600, _SECONDS):
        name = time.strftime("%Y-%m-%d/%H/film/%M.%S.mp4", time.gmtime(start + second))
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample, root / name)
        os.utime(root / name, (start + second + _SECONDS,) * 2)
    indexer = RecordingIndexer(
        RecordingFolders(root),
        store,
        Writes(store),
        activity=ActivityLog(),
        zone=lambda: None,
        clock=SystemClock(),
    )
    verdicts.tell("an hour of new files is indexed", Times.of(lambda: next(indexer.heal())), None)
    follow(store, sample, folder / "eight", verdicts)
    write(sample, folder / "written")
    cuts = RecordingCuts(root, folder / "cuts", store)
    spans = [TimeRange(start=start + 61.5 * n, end=start + 61.5 * n + 60) for n in range(1, 8)]
    size = sample.stat().st_size * 6
    cutting = Times()
    for each in spans:
        cutting.add(partial(cuts.cut, "film", each))
    verdicts.tell("a clip of a minute", cutting, _CLIP_MS, bytes=size)

    def begin_stream() -> None:
        found = store.recordings.between("film", start, start + 3600)
        hls.playlist(found, lambda name: name)
        for is_init in (True, False):
            hls.read_part(root / found[0].path, 0.0, is_init=is_init)

    verdicts.tell("HLS of an hour: playlist, first parts", Times.of(begin_stream, _ROUNDS), _STREAM_MS)


def follow(store: EventStore, sample: Path, root: Path, verdicts: Verdicts) -> None:
    """Let eight cameras record for up to two hours, and measure a look for new files, which is due every 8 s."""
    now = time.time() // _SECONDS * _SECONDS
    for start in range(int(now // 3600 - 1) * 3600, int(now), _SECONDS):
        for camera in _CAMERAS:
            path = root / time.strftime(f"%Y-%m-%d/%H/new_{camera}/%M.%S.mp4", time.gmtime(start))
            path.parent.mkdir(parents=True, exist_ok=True)
            os.link(sample, path)
    writes = Writes(store)
    indexer = RecordingIndexer(
        RecordingFolders(root), store, writes, activity=ActivityLog(), zone=lambda: None, clock=SystemClock()
    )
    for name in ("first look at two hours of eight cameras", "second look", "third look"):
        verdicts.tell(name, Times.of(lambda: list(indexer.follow())), None)
    path = root / time.strftime(f"%Y-%m-%d/%H/new_{_CAMERAS[0]}/%M.%S-2.mp4", time.gmtime(now - _SECONDS))
    os.link(sample, path)
    verdicts.tell("look at one new file", Times.of(lambda: list(indexer.follow())), None)


def write(sample: Path, folder: Path) -> None:
    """Record eight cameras for a minute in files of 10 s, and print the processor time of all processes."""
    words = f"-f segment -segment_time {_SECONDS} -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"
    inputs = tuple(
        InputPlan(
            camera=name,
            path=str(sample),
            input_args=("-re", "-stream_loop", "-1"),
            record=tuple(words.split()),
            is_utc=True,
        )
        for name in _CAMERAS
    )
    recorder = Recorder(folder / "recordings", folder / "cache")
    begin, begin_cpu = time.monotonic(), _all_cpu_s()
    recorder.start()
    recorder.apply(Plan(time_zone="UTC", inputs=inputs))
    time.sleep(_WRITING_S)
    recorder.stop()
    passed_s, cpu_s = time.monotonic() - begin, _all_cpu_s() - begin_cpu
    files = sum(1 for _ in (folder / "recordings").glob("2*/**/*.mp4"))
    share = round(100 * cpu_s / passed_s / len(_CAMERAS), 2)
    print(json.dumps({"what": "eight cameras are recorded", "files": files, "core_per_camera_%": share}), flush=True)


def _all_cpu_s() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def measure(url: str, number: int) -> bool:
    """Fill a database and print how long everything takes; return whether all of it is quick enough."""
    end = float(int(time.time()))
    verdicts = Verdicts(url.partition(":")[0])
    store = EventStore(url)
    store.open()
    with TemporaryDirectory(prefix="frigate-recordings-") as folder:
        fill(store, number, end, verdicts)
        ask(store, end, verdicts)
        play(store, Path(folder), verdicts)
        expire(store, number, Path(folder), verdicts)
    store.close()
    return verdicts.are_good


def main() -> int:
    """Measure the databases of the command line; without any, SQLite."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", nargs="*", metavar="URL", help="empty databases")
    parser.add_argument("--servers", action="store_true", help="also a PostgreSQL and a MariaDB started for this")
    parser.add_argument("--recordings", type=int, default=1_000_000)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="frigate-benchmark-", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        path = Path(folder)
        path.chmod(0o755)
        urls = arguments.urls or [f"sqlite:///{folder}/frigate.db"]
        if arguments.servers:
            urls += [stack.enter_context(postgresql(path / "pg")), stack.enter_context(mariadb(path / "maria"))]
        verdicts = [measure(url, arguments.recordings) for url in urls]
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
