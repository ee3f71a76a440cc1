"""Sums of what each hour of a camera's recordings holds, kept beside the recordings so that a year is read at once."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import Connection, Row, Select, delete, func, insert, literal, select, tuple_

from .recording_records import RecordedHour
from .schema import RecordedHourRow, RecordingRow

_HOUR_S: Final = 3600.0
_SUMS: Final = (
    func.count(),
    func.sum(RecordingRow.end_time - RecordingRow.start_time),
    func.sum(RecordingRow.size),
    func.coalesce(func.sum(RecordingRow.motion), 0),
    func.coalesce(func.sum(RecordingRow.objects), 0),
)
_STORED: Final = (
    RecordedHourRow.camera,
    RecordedHourRow.hour,
    RecordedHourRow.files,
    RecordedHourRow.seconds,
    RecordedHourRow.size,
    RecordedHourRow.motion,
    RecordedHourRow.objects,
)

type CameraHour = tuple[str, int]
"""A camera and an hour, counted from 1970."""


def hour_of(time: float) -> int:
    """Return the hour in which a time is, counted from 1970."""
    return math.floor(time / _HOUR_S)


def start_of(hour: int) -> float:
    """Return when an hour begins."""
    return hour * _HOUR_S


def sum_up(connection: Connection, hours: Iterable[CameraHour]) -> None:
    """Sum up some hours again, after recordings that begin in them were added, changed or removed."""
    changed = sorted(set(hours))
    if not changed:
        return
    is_changed = tuple_(RecordedHourRow.camera, RecordedHourRow.hour).in_(changed)
    connection.execute(delete(RecordedHourRow).where(is_changed))
    columns = [column.key for column in _STORED]
    for camera, hour in changed:
        found = _sums(start_of(hour), start_of(hour + 1), (camera,), hour)
        connection.execute(insert(RecordedHourRow).from_select(columns, found))


def read_hours(connection: Connection, start: float, end: float, cameras: Sequence[str]) -> list[RecordedHour]:
    """Return what each hour of a time range holds, by camera and time; the first and the last one may be parts."""
    first, last = math.ceil(start / _HOUR_S), hour_of(end)
    rows: list[Row[Any]] = []
    if first < last:
        is_within = RecordedHourRow.camera.in_(cameras), RecordedHourRow.hour >= first, RecordedHourRow.hour < last
        rows += connection.execute(select(*_STORED).where(*is_within)).all()
    for begin, stop in _parts(start, end, first, last):
        rows += connection.execute(_sums(begin, stop, cameras, hour_of(begin))).all()
    return [_hour(row) for row in sorted(rows, key=lambda row: (row[0], row[1]))]


def _parts(start: float, end: float, first: int, last: int) -> list[tuple[float, float]]:
    """Return what a time range has of its first and last hour, unless these are whole."""
    is_within_one = first > last
    parts = [(start, end)] if is_within_one else [(start, start_of(first)), (start_of(last), end)]
    return [(begin, stop) for begin, stop in parts if begin < stop]


def _sums(start: float, end: float, cameras: Sequence[str], hour: int) -> Select[Any]:
    is_within = RecordingRow.camera.in_(cameras), RecordingRow.start_time >= start, RecordingRow.start_time < end
    return select(RecordingRow.camera, literal(hour), *_SUMS).where(*is_within).group_by(RecordingRow.camera)


def _hour(row: Row[Any]) -> RecordedHour:
    camera, hour, files, seconds, size, motion, objects = row
    return RecordedHour(
        camera=camera,
        start=start_of(hour),
        files=files,
        seconds=seconds,
        size=int(size),
        motion=int(motion),
        objects=int(objects),
    )
