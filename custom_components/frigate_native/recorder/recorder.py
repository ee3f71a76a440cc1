"""The recorder: carries out recording plans."""

import logging
import threading
from dataclasses import replace
from datetime import UTC, tzinfo
from errno import ENOENT
from pathlib import Path
from typing import Final

from ..engine.concurrency import Clock, Deadline, Mailbox, SystemClock, Worker
from ..engine.disk.folder_lock import FolderLock
from ..engine.disk.recording_paths import RecordingNames
from ..engine.disk.space import DiskSpace
from ..engine.errors import FolderInUseError, MediaError
from ..engine.ffmpeg.program import find_program, major_version
from .context import RecorderContext, Timeouts
from .coverage import Coverage
from .input_pool import InputPool, left_s
from .plan import CameraHealth, Plan
from .plan_check import check_inputs, load_time_zone
from .retention import DEFAULT_MIN_FREE, Retention
from .segment_cache import SegmentCache
from .segment_finalizer import SegmentFinalizer
from .status import DISK_FULL, camera_status

_LOGGER = logging.getLogger(__name__)

_TICK_S: Final = 1.0
_SETTINGS_CHANGED: Final = "the camera's settings were changed"


class Recorder:
    """Records and restreams according to the latest plan. Any thread may call its methods."""

    def __init__(
        self,
        recordings: Path,
        cache: Path,
        *,
        ffmpeg: str = "ffmpeg",
        rtmp_url: str | None = None,
        min_free: int = DEFAULT_MIN_FREE,
        timeouts: Timeouts | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Prepare; nothing happens on disk before `start`.

        recordings is the documented tree. cache is a folder on a disk for segments in progress; in memory, a power
        cut would lose them. rtmp_url is the application that cameras are published to, such as
        `rtmp://127.0.0.1:1935/live`; without it nothing is restreamed. If less than min_free bytes are free, the
        oldest recordings are deleted, whatever the plan says. If that does not help, recording pauses at a quarter.
        """
        self._clock = clock or SystemClock()
        timeouts = timeouts or Timeouts()
        self._recordings = recordings
        self._cache = SegmentCache(cache)
        self._lock_on_cache = FolderLock(cache, "another recorder writes to it; give each recorder its own folder")
        self._coverage = Coverage(cache / "coverage.json")
        self._plan = Plan(time_zone="UTC")
        self._zone: tzinfo | None = None  # until the first plan
        self._finalizer = SegmentFinalizer(
            self._cache,
            recordings,
            self._coverage,
            names=self._names,
            now=self._clock.now,
            ffmpeg=ffmpeg,
            every_s=timeouts.look_s,
        )
        self._retention = Retention(
            recordings,
            cache,
            clock=self._clock,
            zone=lambda: self._zone or UTC,
            retain_days=lambda: self._plan.retain_days,
            min_free=min_free,
            every_s=timeouts.look_s,
        )
        self._stop_s = timeouts.stop_s
        self._inputs = InputPool(
            RecorderContext(
                cache=self._cache,
                finalizer=self._finalizer,
                coverage=self._coverage,
                clock=self._clock,
                timeouts=timeouts,
                ffmpeg=ffmpeg,
                version=lambda: _version(ffmpeg),
                rtmp_url=rtmp_url,
            )
        )
        self._plans = Mailbox[Plan]()
        self._lock = threading.Lock()  # for what `health` and `problems` read
        self._refused: dict[str, str] = {}
        self._recorded: frozenset[str] = frozenset()
        self._zone_problem = ""
        self._plan_worker = Worker("fn:recorder", self._run_plans)
        self._finalizer_worker = Worker("fn:recorder:final", self._finalizer.work)
        self._retention_worker = Worker("fn:recorder:keep", self._retention.work)

    def start(self) -> None:
        """Start, once; MediaError if a folder cannot be used or another recorder uses the cache.

        Blocks until ffmpeg processes that outlived an earlier recorder have ended, 6 s at most.
        """
        self._lock_cache()
        try:
            self._cache.adopt()
        except OSError as err:
            self._lock_on_cache.release()
            raise MediaError(f"{err.filename}: cannot be read ({err.strerror}); check the folder") from err
        self._coverage.load()
        self._plan_worker.start()
        self._finalizer_worker.start()
        self._retention_worker.start()

    def stop(self) -> None:
        """Stop every ffmpeg process and move finished segments, within 10 s; the next start moves the rest."""
        deadline = Deadline(self._stop_s)
        self._finalizer.finish_by(deadline)
        self._retention_worker.request_stop()
        self._plan_worker.request_stop()
        self._inputs.request_stop()
        self._plan_worker.stop(left_s(deadline))
        self._inputs.stop(deadline)
        self._finalizer_worker.request_stop()
        self._finalizer.wake()
        self._finalizer_worker.stop(left_s(deadline))
        self._retention_worker.stop(left_s(deadline))
        self._lock_on_cache.release()

    def apply(self, plan: Plan) -> None:
        """Carry out a plan from now on; unchanged inputs are not interrupted. Returns at once."""
        self._plans.put(plan)

    def health(self) -> dict[str, CameraHealth]:
        """Return the health of each camera in the plan."""
        with self._lock:
            refused, recorded = dict(self._refused), self._recorded
        inputs = self._inputs.inputs()
        now, is_disk_full = self._clock.now(), self._retention.is_full
        cameras = {}
        for name in sorted({item.plan.camera for item in inputs} | refused.keys() | recorded):
            status = camera_status(
                [item.status for item in inputs if item.plan.camera == name],
                refusal=refused.get(name, ""),
                is_recorded=name in recorded,
                is_disk_full=is_disk_full,
            )
            cameras[name] = replace(
                status,
                newest_segment=self._coverage.newest(name, now),
                gaps=self._coverage.gaps(name, now, is_recording=status.is_recording is not False),
            )
        return cameras

    def problems(self) -> tuple[str, ...]:
        """Return the problems of the recorder as a whole, as sentences for people."""
        with self._lock:
            zone_problem = self._zone_problem
        return (*filter(None, [zone_problem]), *self._retention.problems())

    def disk(self) -> tuple[int, int]:
        """Return the total and free bytes of the recordings' disk; zeros if it cannot be read."""
        try:
            space = DiskSpace.of_planned(self._recordings)
        except OSError:
            return 0, 0
        return space.total, space.free

    def _names(self) -> RecordingNames | None:
        """Return how recordings are named; None until the first plan."""
        if self._zone is None:
            return None
        return RecordingNames(
            zone=self._zone, utc_cameras=frozenset(item.camera for item in self._plan.inputs if item.is_utc)
        )

    def _lock_cache(self) -> None:
        try:
            self._cache.folder.mkdir(parents=True, exist_ok=True)
            self._recordings.mkdir(parents=True, exist_ok=True)
            self._lock_on_cache.acquire()
        except FolderInUseError as err:
            raise MediaError(str(err)) from err
        except OSError as err:
            raise MediaError(f"{err.filename}: cannot be written ({err.strerror}); check the folder") from err

    def _run_plans(self, stop: threading.Event) -> None:
        was_full = False
        while not stop.is_set():
            plan = self._plans.take(_TICK_S)
            is_full = self._retention.is_full
            if plan is not None or is_full != was_full:
                self._carry_out(plan or self._plan, is_full=is_full)
                was_full = is_full

    def _carry_out(self, plan: Plan, *, is_full: bool) -> None:
        usable, refused = check_inputs(plan.inputs)
        self._plan = plan
        self._zone, zone_problem = load_time_zone(plan.time_zone)
        with self._lock:
            new = {*refused.values(), zone_problem} - {*self._refused.values(), self._zone_problem, ""}
            self._refused, self._zone_problem = refused, zone_problem
            self._recorded = frozenset(item.camera for item in usable if item.record is not None)
        for problem in sorted(new):
            _LOGGER.warning("Recorder: %s", problem)
        self._coverage.set_cameras(self._recorded, self._clock.now())
        self._finalizer.wake()
        if is_full:
            self._inputs.apply([replace(item, record=None) for item in usable], DISK_FULL)
        else:
            self._inputs.apply(usable, _SETTINGS_CHANGED)


def _version(ffmpeg: str) -> int:
    path = find_program(ffmpeg)
    if path is None:
        raise FileNotFoundError(ENOENT, "not found", ffmpeg)
    return major_version(path)
