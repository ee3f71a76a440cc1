"""The storage thread: takes the engine's events and writes them down."""

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any, Final

from ..concurrency import Backoff, Clock, SystemClock, Worker
from ..config.model import Config
from ..errors import StoreError
from ..messages import EventMessage, EventType, Message, ObjectState, StoreMessage
from ..pictures import Picture, PictureStyle, render_picture
from .free_space import ROOM_EVERY_S, FreeSpaceJob
from .pending_writes import MOST_EVENTS, MOST_JOBS, Job, PendingWrites
from .records import EventWrite
from .retention import FileRemover, RetentionJob
from .store import EventStore

_LOGGER = logging.getLogger(__name__)

THUMBNAIL_STYLE: Final = PictureStyle(bounding_box=False, crop=True, timestamp=False, height=175)
RETENTION_EVERY_S: Final = 600.0
HEARTBEAT_EVERY_S: Final = 5.0
_BREATH_S: Final = 0.02  # between two steps of retention, for cores, disk and whoever else writes
_FIRST_PAUSE_S: Final = 1.0
_LONGEST_PAUSE_S: Final = 60.0
_BATCH: Final = 100  # events written at once
_STOP_S: Final = 10.0


class EventWriter:
    """Stores every event from the message that begins it on, and does what else writes into the database.

    While the database cannot be used, events wait in memory: up to 2000, of which those that go on are left out
    first, and 4000 jobs, of which the oldest fail first. Detection goes on. `on_state` is told when that begins and
    when it is over.

    Every few seconds it writes down which events still go on, so that those that a crash cuts off end in time.
    """

    def __init__(
        self,
        store: EventStore,
        config: Config,
        on_state: Callable[[StoreMessage], None],
        *,
        remove_files: FileRemover | None = None,
        room: FreeSpaceJob | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Prepare the thread, in which remove_files deletes the files of expired events, and room makes room."""
        self._store = store
        self._on_state = on_state
        self._clock = clock or SystemClock()
        self._retention = RetentionJob(config, remove_files, self._clock)
        self._room = room
        self._expiring: Iterator[int] | None = None
        self._next_retention_s = self._clock.monotonic() + RETENTION_EVERY_S
        self._next_room_s = self._clock.monotonic() + ROOM_EVERY_S
        self._next_heartbeat_s = self._clock.monotonic() + HEARTBEAT_EVERY_S
        self._waiting = PendingWrites()
        self._unwritten: dict[str, EventWrite] = {}
        self._rendered: dict[str, float] = {}  # the frame that an event's thumbnail is of
        self._jobs: list[Job] = []
        self._backoff = Backoff(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        self._is_working: bool | None = None
        self._worker = Worker("fn:storage", self._run)

    def start(self) -> None:
        """Start the thread, which opens the store, and tries again until it can."""
        self._worker.start()

    def stop(self) -> bool:
        """Write what waits, close the store and end the thread; return whether it has ended. May be called twice."""
        self._worker.request_stop()
        self._waiting.close()
        return self._worker.stop(_STOP_S)

    def receive(self, message: Message) -> None:
        """Take a message in any thread and return at once."""
        if isinstance(message, EventMessage):
            self._waiting.put(message)

    def submit[T](self, job: Callable[[EventStore], T], *, waits: bool = False) -> Future[T]:
        """Do something with the store in its thread, after the events that came before.

        While the database cannot be used the future fails with StoreError, or, if it waits, stays open until then.
        """
        entry = Job(work=job, waits=waits)
        if not self._waiting.add(entry):
            entry.fail("the event database has been closed, or too much waits for it")
        return entry.future

    def picture(self, event_id: str) -> Picture | None:
        """Return the best picture so far of an event that goes on. Any thread may ask."""
        message = self._waiting.newest(event_id)
        return message.picture if message else None

    def state(self, event_id: str) -> ObjectState | None:
        """Return an event that goes on, or that waits to be stored, as it is now. Any thread may ask."""
        message = self._waiting.newest(event_id)
        if message is not None:
            return message.after
        write = self._unwritten.get(event_id)
        return write.state if write else None

    def states(self) -> list[ObjectState]:
        """Return all events that go on, as they are now. Any thread may ask."""
        return [message.after for message in self._waiting.current()]

    def thumbnail(self, event_id: str) -> bytes | None:
        """Return the JPEG of an event that waits to be stored. Any thread may ask."""
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
            _LOGGER.error("%d events could not be stored before the end", len(self._unwritten))
        self._store.close()

    def _idle_s(self) -> float:
        return min(max(self._next_heartbeat_s - self._clock.monotonic(), 0.0), HEARTBEAT_EVERY_S)

    def _take(self) -> None:
        """Take over what waits and draw the thumbnails, so that no frame is held."""
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
            _LOGGER.error("%d events are lost: they came faster than the database takes them", lost)

    def _keep(self, message: EventMessage) -> None:
        state, before = message.after, self._unwritten.pop(message.after.id, None)
        jpeg = self._render(message) or (before.jpeg if before else None)
        self._unwritten[state.id] = EventWrite(state=state, jpeg=jpeg)
        if message.type is EventType.END:
            self._rendered.pop(state.id, None)

    def _render(self, message: EventMessage) -> bytes | None:
        """Return the thumbnail if it is a new one."""
        picture, event_id = message.picture, message.after.id
        if picture is None or self._rendered.get(event_id) == picture.frame.time:
            return None
        self._rendered[event_id] = picture.frame.time
        try:
            return render_picture(picture, THUMBNAIL_STYLE)
        except (OSError, ValueError, RuntimeError) as err:
            _LOGGER.warning("The picture of event %s cannot be drawn: %s", event_id, err)
            return None

    def _drop(self, excess: int) -> None:
        """Leave out events that wait: those that go on, whose end will say it all, and then the oldest."""
        going_on = [key for key, write in self._unwritten.items() if write.state.end_time is None][:excess]
        ended = [key for key, write in self._unwritten.items() if write.state.end_time is not None]
        lost = ended[: excess - len(going_on)]
        for event_id in (*going_on, *lost):
            del self._unwritten[event_id]
            self._rendered.pop(event_id, None)
        if lost:
            _LOGGER.error("%d events are lost: the database has been away for too long", len(lost))

    def _drop_jobs(self) -> None:
        """Give up the oldest jobs that wait, if there are too many."""
        dropped, self._jobs = self._jobs[:-MOST_JOBS], self._jobs[-MOST_JOBS:]
        for job in dropped:
            job.fail("the event database has been away for too long")
        refused, self._waiting.lost_jobs = self._waiting.lost_jobs, 0
        if lost := len(dropped) + refused:
            _LOGGER.error("%d notes about clips and snapshots are lost: the database has been away for too long", lost)

    def _fail_jobs(self, text: str, *, leaves_patient: bool = False) -> None:
        """Give up the jobs that wait, or those only that are done at once or never."""
        jobs, self._jobs = self._jobs, [job for job in self._jobs if job.waits and leaves_patient]
        for job in jobs:
            if not (job.waits and leaves_patient):
                job.fail(text)

    def _work(self) -> bool:
        """Do what there is to do; return whether the database can be used."""
        try:
            self._store.open()
            self._write()
            self._beat()
            self._expire()
        except StoreError as err:
            self._report_broken(str(err))
            self._fail_jobs(str(err), leaves_patient=True)
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
        """Write down which events still go on, if it is time."""
        if self._clock.monotonic() < self._next_heartbeat_s:
            return
        self._next_heartbeat_s = self._clock.monotonic() + HEARTBEAT_EVERY_S
        ids = [message.after.id for message in self._waiting.current()]
        if ids:
            self._store.touch(ids, self._clock.now())

    def _expire(self) -> None:
        """Do one step of retention, or for room, if it is time."""
        if self._expiring is None:
            self._expiring = self._due()
        if self._expiring is not None and next(self._expiring, None) is None:
            self._expiring = None

    def _due(self) -> Iterator[int] | None:
        now = self._clock.monotonic()
        if now >= self._next_retention_s:
            self._next_retention_s = now + RETENTION_EVERY_S
            return self._retention.steps(self._store)
        if self._room is not None and now >= self._next_room_s:
            self._next_room_s = now + ROOM_EVERY_S
            return self._room.steps(self._store)
        return None

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
        except Exception as err:  # noqa: BLE001  # whoever submitted it gets it
            job.future.set_exception(err)
        else:
            job.future.set_result(result)

    def _report_broken(self, text: str) -> None:
        self._expiring = None
        if self._is_working is not False:
            _LOGGER.warning("Events cannot be stored and wait in memory: %s", text)
            self._on_state(StoreMessage(is_working=False, text=text))
        self._is_working = False

    def _report_working(self) -> None:
        self._backoff.reset()
        if self._is_working is False:
            _LOGGER.info("Events can be stored again")
        if not self._is_working:
            self._on_state(StoreMessage(is_working=True))
        self._is_working = True
