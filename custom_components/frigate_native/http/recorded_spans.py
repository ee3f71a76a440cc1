"""Which time of which camera a path asks for."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import isfinite
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import web
from homeassistant.util import dt as dt_util

from ..data import FrigateNativeData
from ..engine.media.assembly import TimeRange
from .api_request import ApiRequest
from .events import find_event
from .parameters import invalid, number

_LONGEST_S: Final = 86_400.0
_LONGEST_PADDING_S: Final = 3600.0

type Span = tuple[FrigateNativeData, str, TimeRange]
"""The system, the camera and the time; found in the executor."""
type FindSpan = Callable[[ApiRequest], Span]


def of_times(request: ApiRequest) -> Span:
    """Return the span of a path with a camera, a start and an end."""
    camera, span = request.path_part("camera"), span_of(request)
    return system_of(request, camera), camera, span


def span_of(request: ApiRequest) -> TimeRange:
    """Return the time range of a path with a start and an end."""
    start, end = _time(request, "start"), _time(request, "end")
    if not 0 < end - start <= _LONGEST_S:
        raise invalid("end", request.path_part("end"), "a time after start, within a day")
    return TimeRange(start=start, end=end)


def of_hour(request: ApiRequest) -> Span:
    """Return the span of a path with a month, a day, an hour and a camera, and maybe a time zone. Blocks for files."""
    camera, start = request.path_part("camera"), _hour(request)
    end = start + timedelta(hours=1)
    span = TimeRange(start=start.timestamp(), end=end.timestamp())
    return system_of(request, camera), camera, span


def of_event(request: ApiRequest) -> Span:
    """Return the span of an event in the path, up to now while it is ongoing. Blocks."""
    padding_s = number(request.http.query, "padding") or 0.0
    if not 0 <= padding_s <= _LONGEST_PADDING_S:
        raise invalid("padding", request.http.query["padding"], f"0 to {_LONGEST_PADDING_S:.0f} seconds")
    data, event = find_event(request, request.path_part("event_id"), include_thumbnail=False)
    end = event.end_time or dt_util.utcnow().timestamp()
    return data, event.camera, TimeRange(start=event.start_time - padding_s, end=end + padding_s)


def system_of(request: ApiRequest, camera: str) -> FrigateNativeData:
    """Return the first system that has the camera, or recordings of it, and shows it to the user."""
    visible = [data for data in request.systems if request.access.may_see(data, camera)]
    known = [data for data in visible if camera in data.config.cameras] or visible
    if not known:
        raise web.HTTPNotFound(text=f"Camera named {camera[:40]} not found")
    return known[0]


def _hour(request: ApiRequest) -> datetime:
    month, day, hour = (request.path_part(name) for name in ("month", "day", "hour"))
    text = f"{month}-{day} {hour}"
    try:
        return datetime.strptime(text, "%Y-%m-%d %H").replace(tzinfo=_zone(request))
    except ValueError:
        raise invalid("month, day and hour", text, "a time such as 2026-11/28/09") from None


def _zone(request: ApiRequest) -> ZoneInfo | None:
    """Return the zone in the path, which has commas for slashes; None for Home Assistant's."""
    if "zone" not in request.http.match_info:
        return ZoneInfo(request.hass.config.time_zone)
    name = request.path_part("zone")
    try:
        return ZoneInfo("UTC" if name == "utc" else name.replace(",", "/"))
    except KeyError, ValueError, OSError:
        raise invalid("time zone", name, "a name such as Europe,Berlin") from None


def _time(request: ApiRequest, name: str) -> float:
    text = request.path_part(name)
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value) or not 0 <= value < 2**40:
        raise invalid(name, text, "seconds since 1970")
    return value
