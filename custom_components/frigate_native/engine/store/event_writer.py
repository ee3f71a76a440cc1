"""The storage thread: writes the engine's events to the database."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, Final

from ..concurrency import Backoff, Clock, SystemClock, Worker
from ..config.model import Config
from ..disk.deletion_clock import DeletionClock
from ..errors import StoreError
from ..messages import ClockMessage, EventMessage, EventType, Message, ObjectState, StoreMessage
from ..pictures import Picture, PictureStyle, render_picture
from .free_space import FREE_SPACE_EVERY_S, FreeSpaceJob
from .pending_writes import MOST_EVENTS, MOST_JOBS, Job, PendingWrites
from .records import EventWrite
from .retention import FileRemover, RetentionJob
from .store import EventStore

_LOGGER = logging.getLogger(__name__)

THUMBNAIL_STYLE: Final = PictureStyle(bounding_box=False, crop=True, timestamp=False, height=175)
RETENTION_EVERY_S: Final = 600.0
HEARTBEAT_EVERY_S: Final = 5.0
_BREATH_S: Final = 0.02  # between two steps of retention, for other work on processor, disk and database
_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_BATCH: Final = 100  # events written at once
_STOP_S: Final = 10.0


class EventWriter:
    """Stores every event from its first message on, and does all other writing to the database.

    While the database cannot be used, detection continues and up to 2000 events are kept in memory (ongoing ones are
    dropped first), and up to 4000 jobs (the oldest fail first). `on_state` is called when that starts and ends.

    Every few seconds it notes which events are ongoing, so that events that a crash interrupts get an end time.
    """

    def __init__(
        self,
        store: EventStore,
        config: Config,
        on_state: Callable[[StoreMessage | ClockMessage], None],
        *,
        remove_files: FileRemover | None = None,
        free_space: FreeSpaceJob | None = None,
        clock: Clock | None = None,
        deletion_file: Path | None = None,
    ) -> None:
        """Prepare the thread. It calls remove_files for expired events, and runs free_space every minute.

        deletion_file keeps the time by which events were deleted last, for the next run.
        """
        self._store = store
        self._on_state = on_state
        self._clock = clock or SystemClock()
        self._deletion_clock = DeletionClock(deletion_file, self._clock, "events")
        self._retention = RetentionJob(config, remove_files, self._deletion_clock.time)
        self._clock_problem = ""
        self._free_space = free_space
        self._expiring: Iterator[int] | None = None
        self._next_retention_s = self._clock.monotonic() + RETENTION_EVERY_S
        self._next_free_space_s = self._clock.monotonic() + FREE_SPACE_EVERY_S
        self._next_heartbeat_s = self._clock.monotonic() + HEARTBEAT_EVERY_S
        self._waiting = PendingWrites()
        self._unwritten: dict[str, EventWrite] = {}
        self._rendered: dict[str, float] = {}  # time of the frame in an event's thumbnail
        self._jobs: list[Job] = []
        self._backoff = Backoff(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        self._is_working: bool | None = None
        self._worker = Worker("fn:storage", self._run)

    def start(self) -> None:
        """Start the thread, which opens the store and retries until that succeeds."""
        self._worker.start()

    def stop(self) -> bool:
        """Write what is pending, close the store and end the thread; return whether it ended. May be called twice."""
        self._worker.request_stop()
        self._waiting.close()
        return self._worker.stop(_STOP_S)

    def receive(self, message: Message) -> None:
        """Accept a message in any thread. Returns at once."""
        if isinstance(message, EventMessage):
            self._waiting.put(message)

    def submit[T](self, job: Callable[[EventStore], T], *, waits: bool = False) -> Future[T]:
        """Run a job with the store in its thread, after the events received so far.

        While the database cannot be used, the future fails with StoreError; a job that waits stays pending instead.
        """
        entry = Job(work=job, waits=waits)
        if not self._waiting.add(entry):
            entry.fail("the event database has been closed, or too many jobs are pending")
        return entry.future

    def picture(self, event_id: str) -> Picture | None:
        """Return the best picture so far of an ongoing event. Any thread may call it."""
        message = self._waiting.newest(event_id)
        return message.picture if message else None

    def state(self, event_id: str) -> ObjectState | None:
        """Return the state of an event that is ongoing or not stored yet. Any thread may call it."""
        message = self._waiting.newest(event_id)
        if message is not None:
            return message.after
        write = self._unwritten.get(event_id)
        return write.state if write else None

    def states(self) -> list[ObjectState]:
        """Return the states of all ongoing events. Any thread may call it."""
        return [message.after for message in self._waiting.current()]

    def thumbnail(self, event_id: str) -> bytes | None:
        """Return the thumbnail of an event that is not stored yet. Any thread may call it."""
        write = self._unwritten.get(event_id)
        return write.jpeg if write else None

    def _run(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self._take()
            if self._work():
                self._waiting.wait(_BREATH_S if self._expiring else self._idle_s())
            else:
                self._waiting.pause(self._backoff.next_s())
        self._take()
        self._work()
        self._fail_jobs("the event database has been closed")
        if self._unwritten:
            _LOGGER.error("%d events could not be stored before shutdown", len(self._unwritten))
        self._store.close()

    def _idle_s(self) -> float:
        return min(max(self._next_heartbeat_s - self._clock.monotonic(), 0.0), HEARTBEAT_EVERY_S)

    def _take(self) -> None:
        """Take what is pending and draw thumbnails, so that no frames are kept."""
        messages, jobs = self._waiting.take()
        self._jobs += jobs
        for message in messages:
            self._keep(message)
        self._drop_jobs()
        excess = len(self._unwritten) - MOST_EVENTS
        if excess > 0:
            self._drop(excess)
        lost, self._waiting.lost = self._waiting.lost, 0
        if lost:
            _LOGGER.error("%d events are lost: the database is too slow", lost)

    def _keep(self, message: EventMessage) -> None:
        state, before = message.after, self._unwritten.pop(message.after.id, None)
        jpeg = self._render(message) or (before.jpeg if before else None)
        self._unwritten[state.id] = EventWrite(state=state, jpeg=jpeg)
        if message.type is EventType.END:
            self._rendered.pop(state.id, None)

    def _render(self, message: EventMessage) -> bytes | None:
        """Return the thumbnail if it has changed."""
        picture, event_id = message.picture, message.after.id
        if picture is None or self._rendered.get(event_id) == picture.frame.time:
            return None
        self._rendered[event_id] = picture.frame.time
        try:
            return render_picture(picture, THUMBNAIL_STYLE)
        except (OSError, ValueError, RuntimeError) as err:
            _LOGGER.warning("The thumbnail of event %s cannot be drawn: %s", event_id, err)
            return None

    def _drop(self, excess: int) -> None:
        """Drop pending events: first ongoing ones, whose end repeats everything, then the oldest."""
        ongoing = [key for key, write in self._unwritten.items() if write.state.end_time is None][:excess]
        ended = [key for key, write in self._unwritten.items() if write.state.end_time is not None]
        lost = ended[: excess - len(ongoing)]
        for event_id in (*ongoing, *lost):
            del self._unwritten[event_id]
            self._rendered.pop(event_id, None)
        if lost:
            _LOGGER.error("%d events are lost: the database was unavailable for too long", len(lost))

    def _drop_jobs(self) -> None:
        """Fail the oldest jobs if there are too many."""
        dropped, self._jobs = self._jobs[:-MOST_JOBS], self._jobs[-MOST_JOBS:]
        for job in dropped:
            job.fail("the event database was unavailable for too long")
        refused, self._waiting.lost_jobs = self._waiting.lost_jobs, 0
        if lost := len(dropped) + refused:
            _LOGGER.error("%d updates of clips and snapshots are lost: the database was unavailable for too long", lost)

    def _fail_jobs(self, text: str, *, keeps_waiting: bool = False) -> None:
        """Fail all jobs, or only those that do not wait for the database."""
        jobs, self._jobs = self._jobs, [job for job in self._jobs if job.waits and keeps_waiting]
        for job in jobs:
            if not (job.waits and keeps_waiting):
                job.fail(text)

    def _work(self) -> bool:
        """Do all pending work; return whether the database can be used."""
        try:
            self._store.open()
            self._write()
            self._beat()
            self._expire()
        except StoreError as err:
            self._report_broken(str(err))
            self._fail_jobs(str(err), keeps_waiting=True)
            return False
        self._report_working()
        self._do_jobs()
        return True

    def _write(self) -> None:
        while batch := list(self._unwritten.values())[:_BATCH]:
            self._store.write(batch)
            for write in batch:
                del self._unwritten[write.state.id]

    def _beat(self) -> None:
        """Note which events are ongoing, if it is time."""
        if self._clock.monotonic() < self._next_heartbeat_s:
            return
        self._next_heartbeat_s = self._clock.monotonic() + HEARTBEAT_EVERY_S
        ids = [message.after.id for message in self._waiting.current()]
        if ids:
            self._store.touch(ids, self._clock.now())

    def _expire(self) -> None:
        """Do one step of retention or of freeing space, if it is time."""
        if self._expiring is None:
            self._expiring = self._due()
        if self._expiring is not None and next(self._expiring, None) is None:
            self._expiring = None

    def _due(self) -> Iterator[int] | None:
        now = self._clock.monotonic()
        if now >= self._next_retention_s:
            self._next_retention_s = now + RETENTION_EVERY_S
            return self._retain()
        if self._free_space is not None and now >= self._next_free_space_s:
            self._next_free_space_s = now + FREE_SPACE_EVERY_S
            return self._free_space.steps(self._store)
        return None

    def _retain(self) -> Iterator[int]:
        """Delete what has expired, and report a clock that cannot be trusted to delete by."""
        yield from self._retention.steps(self._store)
        problem = self._deletion_clock.problem
        if problem != self._clock_problem:
            self._clock_problem = problem
            self._on_state(ClockMessage(problem=problem))

    def _do_jobs(self) -> None:
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            if job.future.running() or job.future.set_running_or_notify_cancel():
                self._do(job)

    def _do(self, job: Job) -> None:
        try:
            result: Any = job.work(self._store)
        except StoreError as err:
            if job.waits:
                self._jobs.append(job)
            else:
                job.future.set_exception(err)
        except Exception as err:  # noqa: BLE001  # passed on to the submitter
            job.future.set_exception(err)
        else:
            job.future.set_result(result)

    def _report_broken(self, text: str) -> None:
        self._expiring = None
        if self._is_working is not False:
            _LOGGER.warning("Events cannot be stored and are kept in memory: %s", text)
            self._on_state(StoreMessage(is_working=False, text=text))
        self._is_working = False

    def _report_working(self) -> None:
        self._backoff.reset()
        if self._is_working is False:
            _LOGGER.info("Events can be stored again")
        if not self._is_working:
            self._on_state(StoreMessage(is_working=True))
        self._is_working = True
