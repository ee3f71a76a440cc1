"""The recorder: does what a plan says until told otherwise."""

import logging
import os
import shutil
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, tzinfo
from errno import ENOENT
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from ..engine.concurrency import Clock, Mailbox, SystemClock, Worker
from ..engine.errors import MediaError
from ..engine.ffmpeg.program import find_program, major_version
from .coverage import Coverage
from .input_supervisor import InputStatus, InputSupervisor, RecorderContext, Timeouts
from .plan import CameraHealth, InputPlan, InputState, Plan
from .recording_paths import camera_name_error
from .retention import DEFAULT_MIN_FREE, Retention
from .segment_cache import SegmentCache
from .segment_finalizer import SegmentFinalizer

_LOGGER = logging.getLogger(__name__)

_TICK_S: Final = 1.0
_INPUT_END_S: Final = 8.0
_AFTER_S: Final = 0.4
_CHANGED: Final = "the camera's settings were changed"
_FULL: Final = "the disk is full, so nothing is recorded; make room on it"


class Recorder:
    """Records and restreams what the newest plan says. Its methods may be called by any thread."""

    def __init__(
        self,
        recordings: Path,
        cache: Path,
        *,
        ffmpeg: str = "ffmpeg",
        rtmp_url: str | None = None,
        segment_s: float = 60.0,
        min_free: int = DEFAULT_MIN_FREE,
        timeouts: Timeouts | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Prepare; nothing is touched before `start`.

        recordings is the documented tree, cache a folder on a disk (not in memory: a power cut would empty it) for
        what is being written. rtmp_url is the application that cameras are published to, as in
        `rtmp://127.0.0.1:1935/live`; without, nothing is restreamed. segment_s is for arguments without -segment_time.
        When less than min_free bytes are free, the oldest recordings go, whatever the plan says; when that does not
        help, recording pauses at a quarter of it.
        """
        self._clock = clock or SystemClock()
        timeouts = timeouts or Timeouts()
        self._cache = SegmentCache(cache)
        self._coverage = Coverage(cache / "coverage.json")
        self._zone: tzinfo | None = None  # until a plan tells
        self._finalizer = SegmentFinalizer(
            self._cache,
            recordings,
            self._coverage,
            zone=lambda: self._zone,
            now=self._clock.now,
            ffmpeg=ffmpeg,
            every_s=timeouts.look_s,
        )
        self._context = RecorderContext(
            cache=self._cache,
            finalizer=self._finalizer,
            coverage=self._coverage,
            clock=self._clock,
            timeouts=timeouts,
            ffmpeg=ffmpeg,
            version=lambda: _version(ffmpeg),
            rtmp_url=rtmp_url,
            segment_s=segment_s,
        )
        self._recordings = recordings
        self._retention = Retention(
            recordings,
            cache,
            clock=self._clock,
            zone=lambda: self._zone or UTC,
            retain_days=lambda: self._plan.retain_days,
            min_free=min_free,
            every_s=timeouts.look_s,
        )
        self._plan = Plan(time_zone="UTC")
        self._plans = Mailbox[Plan]()
        self._inputs: dict[InputPlan, InputSupervisor] = {}
        self._lock = threading.Lock()  # of what health reads
        self._refused: dict[str, str] = {}
        self._recorded: frozenset[str] = frozenset()
        self._zone_problem = ""
        self._owner: int | None = None
        self._manager = Worker("fn:recorder", self._manage)
        self._finalizer_worker = Worker("fn:recorder:finalizer", self._finalizer.work)
        self._keeper = Worker("fn:recorder:keep", self._retention.work)

    def start(self) -> None:
        """Take the cache over and start, once; MediaError when it cannot be used, or another recorder uses it.

        Blocks for as long as it takes to end an ffmpeg that outlived an earlier recorder, 6 s at most.
        """
        self._own()
        try:
            self._cache.adopt()
        except OSError as err:
            self._disown()
            raise MediaError(f"{err.filename}: cannot be read ({err.strerror}); check the folder") from err
        self._coverage.load()
        self._manager.start()
        self._finalizer_worker.start()
        self._keeper.start()

    def stop(self) -> None:
        """End every ffmpeg, move what is finished, within 10 s; what is left is moved after the next start."""
        end_s = time.monotonic() + self._context.timeouts.stop_s
        self._finalizer.hurry(end_s)
        self._keeper.request_stop()
        self._manager.request_stop()
        with self._lock:
            running = list(self._inputs.values())
        for each in running:
            each.request_stop()
        self._manager.stop(_left(end_s))
        self._end(self._inputs, end_s)
        self._finalizer_worker.request_stop()
        self._finalizer.wake()
        self._finalizer_worker.stop(_left(end_s))
        self._keeper.stop(_left(end_s))
        if self._owner is not None:
            self._disown()

    def apply(self, plan: Plan) -> None:
        """Do what a plan says from now on; inputs that stay the same are not touched. Returns at once."""
        self._plans.put(plan)

    def health(self) -> dict[str, CameraHealth]:
        """Return how each camera of the plan fares."""
        with self._lock:
            refused, recorded = dict(self._refused), self._recorded
            inputs = list(self._inputs.values())
        cameras = {item.plan.camera for item in inputs} | refused.keys() | recorded
        return {
            camera: self._camera_health(
                camera,
                [item.status for item in inputs if item.plan.camera == camera],
                refused.get(camera, ""),
                is_recorded=camera in recorded,
            )
            for camera in sorted(cameras)
        }

    def problems(self) -> tuple[str, ...]:
        """Return what is wrong with the recorder as a whole, in sentences for people."""
        with self._lock:
            return tuple(filter(None, (self._zone_problem, self._retention.problem())))

    def disk(self) -> tuple[int, int]:
        """Return the total and the free bytes of the recordings' disk; zeros when it cannot be asked."""
        try:
            usage = shutil.disk_usage(
                next(path for path in (self._recordings, *self._recordings.parents) if path.exists())
            )
        except OSError:
            return 0, 0
        return usage.total, usage.free

    def _camera_health(
        self, camera: str, statuses: list[InputStatus], refused: str, *, is_recorded: bool
    ) -> CameraHealth:
        now = self._clock.now()
        is_recording = any(status.is_recording for status in statuses) if is_recorded else None
        is_paused = is_recorded and self._retention.is_full
        texts = [refused, _FULL if is_paused else "", *(status.text for status in statuses)]
        states = {status.state for status in statuses} | ({InputState.FAILED} if refused or is_paused else set())
        return CameraHealth(
            state=next((state for state in _WORST_FIRST if state in states), InputState.CONNECTING),
            text="; ".join(dict.fromkeys(filter(None, texts))),
            is_recording=is_recording,
            is_restreaming=_any(status.is_restreaming for status in statuses),
            newest_segment=self._coverage.newest(camera, now),
            gaps=self._coverage.gaps(camera, now, is_recording=is_recording is not False),
        )

    def _own(self) -> None:
        folder = self._cache.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._recordings.mkdir(parents=True, exist_ok=True)
            self._owner = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as err:
            raise MediaError(f"{err.filename}: cannot be written ({err.strerror}); check the folder") from err
        try:
            flock(self._owner, LOCK_EX | LOCK_NB)
        except OSError as err:
            self._disown()
            raise MediaError(f"{folder}: another recorder writes here; give each a folder of its own") from err

    def _disown(self) -> None:
        assert self._owner is not None
        os.close(self._owner)
        self._owner = None

    def _manage(self, stop: threading.Event) -> None:
        was_full = False
        while not stop.is_set():
            plan = self._plans.take(_TICK_S)
            is_full = self._retention.is_full
            if plan is not None or is_full != was_full:
                self._follow(plan or self._plan, is_full=is_full)
                was_full = is_full

    def _follow(self, plan: Plan, *, is_full: bool) -> None:
        wanted, refused = _checked(plan.inputs)
        self._plan = plan
        self._zone, zone_problem = _zone(plan.time_zone)
        with self._lock:
            news = {*refused.values(), zone_problem} - {*self._refused.values(), self._zone_problem, ""}
            self._refused, self._zone_problem = refused, zone_problem
            self._recorded = frozenset(item.camera for item in wanted if item.record is not None)
        for problem in sorted(news):
            _LOGGER.warning("Recorder: %s", problem)
        self._coverage.want(self._recorded, self._clock.now())
        self._finalizer.wake()
        self._run([replace(item, record=None) if is_full else item for item in wanted], is_full=is_full)

    def _run(self, wanted: list[InputPlan], *, is_full: bool) -> None:
        gone = {item: running for item, running in self._inputs.items() if item not in wanted}
        self._end(gone, time.monotonic() + _INPUT_END_S)
        for item in gone:
            if item.record is None:  # a restream, whose end is no reason
                continue
            self._coverage.blame(item.camera, _FULL if is_full else _CHANGED, self._clock.now())
        for item in wanted:
            if item not in self._inputs and (item.record is not None or item.rtmp is not None):
                running = InputSupervisor(item, self._context)
                with self._lock:
                    self._inputs[item] = running
                running.start()

    def _end(self, inputs: dict[InputPlan, InputSupervisor], end_s: float) -> None:
        ending = dict(inputs)
        for running in ending.values():
            running.request_stop()
        for item, running in ending.items():
            running.stop(_left(end_s))
            with self._lock:
                self._inputs.pop(item, None)


_WORST_FIRST: Final = (InputState.FAILED, InputState.CONNECTING, InputState.RUNNING)


def _left(end_s: float) -> float:
    """Return the seconds until then; a little after it, for what is about to end."""
    return max(end_s - time.monotonic(), _AFTER_S)


def _any(values: Iterable[bool | None]) -> bool | None:
    """Return whether any is true; None when none is known."""
    known = [value for value in values if value is not None]
    return any(known) if known else None


def _checked(inputs: Iterable[InputPlan]) -> tuple[list[InputPlan], dict[str, str]]:
    """Return the inputs that can be followed, and by camera why others cannot."""
    wanted: list[InputPlan] = []
    refused: dict[str, str] = {}
    recorded: set[str] = set()
    restreamed: set[str] = set()
    for given in inputs:
        if problem := camera_name_error(given.camera):
            refused[given.camera] = f"{given.camera!r}: {problem}"
            continue
        item = given
        if item.record is not None and item.camera in recorded:
            refused[item.camera] = f"{item.camera!r}: two of its inputs have the role record; give it to one"
            item = replace(item, record=None)
        if item.rtmp is not None and item.camera in restreamed:
            refused[item.camera] = f"{item.camera!r}: two of its inputs have the role rtmp; give it to one"
            item = replace(item, rtmp=None)
        recorded |= {item.camera} if item.record is not None else set()
        restreamed |= {item.camera} if item.rtmp is not None else set()
        if item.record is not None or item.rtmp is not None:
            wanted.append(item)
    return wanted, refused


def _zone(name: str) -> tuple[tzinfo, str]:
    try:
        return ZoneInfo(name), ""
    except OSError, ValueError, KeyError:
        return UTC, f"the time zone {name!r} is not known here: recordings are named in UTC; check Home Assistant's"


def _version(ffmpeg: str) -> int:
    path = find_program(ffmpeg)
    if path is None:
        raise FileNotFoundError(ENOENT, "not found", ffmpeg)
    return major_version(path)
