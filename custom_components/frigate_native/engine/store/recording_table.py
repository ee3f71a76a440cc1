"""The index of recordings in the database."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, delete, func, insert, select, update

from .database import Database
from .recorded_hours import CameraHour, hour_of, read_hours, start_of, sum_up
from .recording_records import RecordedHour, RecordedTotal, Recording
from .schema import RecordingRow

_COLUMNS: Final = (
    RecordingRow.camera,
    RecordingRow.folder,
    RecordingRow.name,
    RecordingRow.start_time,
    RecordingRow.end_time,
    RecordingRow.size,
    RecordingRow.motion,
    RecordingRow.objects,
    RecordingRow.sound,
)
LONGEST_S: Final = 3600.0
"""No recorded file is longer, so that searching by start finds all that reach into a time."""


class RecordingTable:
    """All recorded files that are known. Any thread but the event loop may read; the storage thread writes.

    Every method raises StoreError if the database cannot be used.
    """

    def __init__(self, database: Callable[[], Database]) -> None:
        """Use the database that is open when a method is called."""
        self._database = database

    def between(self, camera: str, start: float, end: float) -> list[Recording]:
        """Return the recordings of a camera that overlap a time range, oldest first."""
        query = _select().where(_is_of(camera, start, end)).order_by(RecordingRow.start_time, RecordingRow.name)
        return self._read(query)

    def in_folder(self, folder: str) -> list[Recording]:
        """Return the recordings that are known in a folder."""
        return self._read(_select().where(RecordingRow.folder == folder))

    def folders(self) -> Iterator[str]:
        """Yield all folders with recordings, each by one look at the index."""
        last = ""
        while found := self._next_folder(last):
            yield found
            last = found

    def batches(self, camera: str, before: float, size: int) -> Iterator[list[Recording]]:
        """Yield a camera's recordings that started before a time, oldest first; the caller may remove them."""
        start, seen = 0.0, frozenset[str]()  # several may start at the same time
        while page := self._starting(camera, start, before, size + len(seen)):
            new = [one for one in page if one.path not in seen][:size]
            if not new:
                return
            yield new
            last = new[-1].start
            seen = frozenset(one.path for one in new if one.start == last) | (seen if last == start else frozenset())
            start = last

    def oldest_of_all(self, limit: int, before: float) -> list[Recording]:
        """Return the oldest recordings of all cameras that ended before a time."""
        query = _select().where(RecordingRow.start_time < before, RecordingRow.end_time < before)
        return self._read(query.order_by(RecordingRow.start_time, RecordingRow.id).limit(limit))

    def newest_end(self, camera: str) -> float | None:
        """Return when a camera's newest recording ends."""
        query = select(RecordingRow.end_time).where(RecordingRow.camera == camera)
        with self._database().reading() as connection:
            return connection.scalar(query.order_by(RecordingRow.start_time.desc()).limit(1))

    def newest(self) -> float | None:
        """Return when the newest recording of all cameras begins."""
        with self._database().reading() as connection:
            return connection.scalar(select(func.max(RecordingRow.start_time)))

    def cameras(self) -> tuple[str, ...]:
        """Return the cameras with recordings, each found by one look at the index."""
        found: list[str] = []
        with self._database().reading() as connection:
            while name := connection.scalar(
                select(RecordingRow.camera)
                .where(RecordingRow.camera > (found[-1] if found else ""))
                .order_by(RecordingRow.camera)
                .limit(1)
            ):
                found.append(name)
        return tuple(found)

    def hours(self, start: float, end: float, cameras: Sequence[str] | None = None) -> list[RecordedHour]:
        """Return what each hour of a time range holds, by camera and time; cameras None: of all."""
        names = self.cameras() if cameras is None else cameras
        with self._database().reading() as connection:
            return read_hours(connection, start, end, names)

    def gaps(self, camera: str, start: float, end: float, least_s: float) -> list[tuple[float, float]]:
        """Return the parts of a time range without recordings of a camera that are at least so long, oldest first."""
        covered = func.max(RecordingRow.end_time).over(order_by=RecordingRow.start_time, rows=(None, -1))
        found = select(RecordingRow.start_time.label("next"), covered.label("covered")).where(
            _is_of(camera, start, end)
        )
        gaps = found.subquery()
        query = select(gaps.c.covered, gaps.c.next).where(gaps.c.next - gaps.c.covered >= least_s)
        first_and_last = select(func.min(RecordingRow.start_time), func.max(RecordingRow.end_time))
        with self._database().reading() as connection:
            first, last = connection.execute(first_and_last.where(_is_of(camera, start, end))).one()
            if first is None:
                return [(start, end)] if end - start >= least_s else []
            inner = [(before, after) for before, after in connection.execute(query.order_by(gaps.c.next))]
        every = [(start, first), *inner, (last, end)]
        return [(before, after) for before, after in every if after - before >= least_s]

    def total(self, camera: str, since: float = 0.0) -> RecordedTotal | None:
        """Return how much is recorded of a camera since a time; None without recordings."""
        starts = RecordingRow.camera == camera, RecordingRow.start_time >= since
        order = RecordingRow.start_time
        with self._database().reading() as connection:
            first = connection.scalar(select(RecordingRow.start_time).where(*starts).order_by(order).limit(1))
            if first is None:
                return None
            last = connection.scalar(select(RecordingRow.end_time).where(*starts).order_by(order.desc()).limit(1))
            assert last is not None
            begin, end = max(since, start_of(hour_of(first))), start_of(hour_of(last) + 1)
            hours = read_hours(connection, begin, end, (camera,))
        seconds, size = sum(hour.seconds for hour in hours), sum(hour.size for hour in hours)
        return RecordedTotal(camera=camera, first=first, last=last, seconds=seconds, size=size)

    def add(self, recordings: Sequence[Recording]) -> None:
        """Add recordings; one that is known by its path is replaced."""
        if not recordings:
            return
        with self._database().writing() as connection:
            changed = _delete(connection, recordings)
            connection.execute(insert(RecordingRow), [_values(recording) for recording in recordings])
            sum_up(connection, changed | _hours(recordings))

    def change(self, recordings: Sequence[Recording]) -> None:
        """Set the times and sizes of known recordings; what happened in them stays."""
        with self._database().writing() as connection:
            changed = _known_hours(connection, recordings) | _hours(recordings)
            for one in recordings:
                values = {"start_time": one.start, "end_time": one.end, "size": one.size}
                connection.execute(update(RecordingRow).where(_is_file(one.path)).values(**values))
            sum_up(connection, changed)

    def remove(self, recordings: Sequence[Recording]) -> None:
        """Remove recordings from the index, but not their files."""
        if recordings:
            with self._database().writing() as connection:
                sum_up(connection, _delete(connection, recordings))

    def _starting(self, camera: str, start: float, before: float, limit: int) -> list[Recording]:
        query = _select().where(
            RecordingRow.camera == camera, RecordingRow.start_time >= start, RecordingRow.start_time < before
        )
        return self._read(query.order_by(RecordingRow.start_time).limit(limit))

    def _next_folder(self, last: str) -> str | None:
        query = select(RecordingRow.folder).where(RecordingRow.folder > last)
        with self._database().reading() as connection:
            return connection.scalar(query.order_by(RecordingRow.folder).limit(1))

    def _read(self, query: Select[Any]) -> list[Recording]:
        with self._database().reading() as connection:
            return [_recording(row) for row in connection.execute(query)]


def _select() -> Select[Any]:
    return select(*_COLUMNS)


def _is_of(camera: str, start: float, end: float) -> ColumnElement[bool]:
    return and_(
        RecordingRow.camera == camera,
        RecordingRow.start_time > start - LONGEST_S,
        RecordingRow.start_time < end,
        RecordingRow.end_time > start,
    )


def _is_file(path: str) -> ColumnElement[bool]:
    folder, _, name = path.rpartition("/")
    return and_(RecordingRow.folder == folder, RecordingRow.name == name)


def _delete(connection: Connection, recordings: Sequence[Recording]) -> set[CameraHour]:
    """Remove recordings by their paths; return the hours in which they began."""
    changed = _known_hours(connection, recordings)
    for is_known in _in_folders(recordings):
        connection.execute(delete(RecordingRow).where(is_known))
    return changed


def _known_hours(connection: Connection, recordings: Sequence[Recording]) -> set[CameraHour]:
    """Return the hours in which recordings begin as far as the database knows their paths."""
    known = select(RecordingRow.camera, RecordingRow.start_time)
    found = (connection.execute(known.where(is_known)) for is_known in _in_folders(recordings))
    return {(camera, hour_of(start)) for rows in found for camera, start in rows}


def _hours(recordings: Sequence[Recording]) -> set[CameraHour]:
    return {(one.camera, hour_of(one.start)) for one in recordings}


def _in_folders(recordings: Sequence[Recording]) -> Iterator[ColumnElement[bool]]:
    """Yield conditions that find recordings by their paths, one for each folder."""
    by_folder: dict[str, list[str]] = {}
    for one in recordings:
        by_folder.setdefault(one.folder, []).append(one.name)
    for folder, names in by_folder.items():
        yield and_(RecordingRow.folder == folder, RecordingRow.name.in_(names))


def _values(one: Recording) -> dict[str, Any]:
    return {
        "camera": one.camera,
        "folder": one.folder,
        "name": one.name,
        "start_time": one.start,
        "end_time": one.end,
        "size": one.size,
        "motion": one.motion,
        "objects": one.objects,
        "sound": one.sound,
    }


def _recording(row: Row[Any]) -> Recording:
    camera, folder, name, start, end, size, motion, objects, sound = row
    return Recording(
        camera=camera,
        path=f"{folder}/{name}",
        start=start,
        end=end,
        size=size,
        motion=motion,
        objects=objects,
        sound=sound,
    )
