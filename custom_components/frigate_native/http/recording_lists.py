"""Lists of what is recorded: files, hours, gaps and the space that they take."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from typing import Any, Final

from aiohttp import web
from homeassistant.util import dt as dt_util

from ..data import FrigateNativeData
from ..engine.disk import DiskSpace
from ..engine.store import EventFilter, RecordedHour
from ..engine.store.local_days import utc_offsets
from ..frigate_api.recordings import gaps, recording_days, recording_row, storage_rows
from .api_request import ApiRequest, async_json_response
from .parameters import integer, invalid, names, time_zone, timestamp
from .recorded_spans import system_of

_HOUR_S: Final = 3600
_LONGEST_S: Final = 7 * 86_400.0  # of a list of files
_MAX_SCALE_S: Final = 86_400


async def files(request: ApiRequest) -> web.Response:
    """Return the recorded files of a camera that overlap a time range, oldest first."""
    camera = request.path_part("camera")
    data, (start, end) = system_of(request, camera), _range(request)

    def read() -> list[dict[str, Any]]:
        return [recording_row(one) for one in data.store.recordings.between(camera, start, end)]

    return await async_json_response(request, read)


async def summary(request: ApiRequest) -> web.Response:
    """Return the days and hours of which a camera has recordings, newest first."""
    camera = request.path_part("camera")
    data = system_of(request, camera)

    def read() -> list[dict[str, Any]]:
        return read_summary(data, camera, time_zone(request.http.query) or dt_util.get_default_time_zone())

    return await async_json_response(request, read)


def read_summary(data: FrigateNativeData, camera: str, zone: tzinfo) -> list[dict[str, Any]]:
    """Return the days and hours of which a camera has recordings, newest first. Blocks."""
    events = data.store.hourly(EventFilter(cameras=(camera,), has_clip=True, in_progress=None), zone)
    return recording_days(_local_hours(data, camera, zone), events)


async def unavailable(request: ApiRequest) -> web.Response:
    """Return the parts of a time range in which nothing is recorded of any of the cameras."""
    data, (start, end) = request.first, _range(request)
    scale_s = integer(request.http.query, "scale", 30, minimum=1, maximum=_MAX_SCALE_S)
    cameras = [
        name
        for name in names(request.http.query, "cameras") or tuple(data.config.cameras)
        if request.access.may_see(data, name)
    ]

    def read() -> list[dict[str, Any]]:
        found = (data.store.recordings.between(camera, start, end) for camera in cameras)
        return gaps(sorted((one.start, one.end) for part in found for one in part), start, end, scale_s)

    return await async_json_response(request, read)


async def storage(request: ApiRequest) -> web.Response:
    """Return how much space the recordings of each camera take, as measured every half hour."""
    data = request.first

    def read() -> dict[str, Any]:
        usage, total = data.recordings.usage, DiskSpace.of_planned(data.paths.recordings).total
        cameras = [name for name in usage.cameras if request.access.may_see(data, name)]
        return storage_rows(usage, cameras, total)

    return await async_json_response(request, read)


def _range(request: ApiRequest) -> tuple[float, float]:
    """Return the requested time, by default the last hour before `before`."""
    query = request.http.query
    end = timestamp(query, "before") or dt_util.utcnow().timestamp()
    start = timestamp(query, "after") or end - _HOUR_S
    if not 0 < end - start <= _LONGEST_S:
        expected = f"a time before `before`, by {_LONGEST_S / 86_400:.0f} days at most"
        raise invalid("after", query.get("after", ""), expected)
    return start, end


def _local_hours(data: FrigateNativeData, camera: str, zone: tzinfo) -> dict[int, RecordedHour]:
    """Return what each local hour holds, by its number since 1970."""
    total = data.store.recordings.total(camera)
    if total is None:
        return {}
    found: dict[int, RecordedHour] = {}
    start = total.first
    for change, offset in utc_offsets(total.first, total.last, zone):
        end = min(change, total.last + _HOUR_S)
        for number, one in _hours(data, camera, start, end, offset):
            found[number] = _sum(found[number], one) if number in found else one
        start = end
    return found


def _hours(
    data: FrigateNativeData, camera: str, start: float, end: float, offset: int
) -> Iterator[tuple[int, RecordedHour]]:
    """Yield what hours of a time range hold, by their local number; a local hour may come in parts."""
    hours = data.store.recordings.hours(start, end, [camera])
    if offset % _HOUR_S == 0:
        yield from ((round(one.start + offset) // _HOUR_S, one) for one in hours)
        return
    first = {round(one.start + offset) // _HOUR_S for one in hours}  # each reaches into the next local hour
    for number in sorted(first | {number + 1 for number in first}):
        begin = number * _HOUR_S - offset
        parts = data.store.recordings.hours(max(begin, start), min(begin + _HOUR_S, end), [camera])
        yield from ((number, part) for part in parts)


def _sum(one: RecordedHour, other: RecordedHour) -> RecordedHour:
    """Return both as one: when clocks are set back, an hour happens twice."""
    sums = {
        name: getattr(one, name) + getattr(other, name) for name in ("files", "seconds", "size", "motion", "objects")
    }
    return replace(one, **sums)
