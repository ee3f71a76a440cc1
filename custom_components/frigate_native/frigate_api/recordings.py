"""Recordings as today's Frigate lists them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from ..engine.recordings.usage import Usage
from ..engine.store import RecordedHour, Recording

_MB: Final = 2**20
_HOUR_S: Final = 3600


def recording_row(one: Recording) -> dict[str, Any]:
    """Return a recorded file."""
    return {
        "id": f"{one.start}-{one.camera}",
        "start_time": one.start,
        "end_time": one.end,
        "duration": one.end - one.start,
        "segment_size": round(one.size / _MB, 3),
        "motion": one.motion or 0,
        "objects": one.objects or 0,
    }


def recording_days(hours: Mapping[int, RecordedHour], events: Mapping[int, int]) -> list[dict[str, Any]]:
    """Return days with their hours, newest first; hours are counted from 1970 in local time, with their events."""
    days: dict[str, dict[str, Any]] = {}
    for number in sorted(hours, reverse=True):
        one, moment = hours[number], datetime.fromtimestamp(number * _HOUR_S, UTC)
        name = moment.date().isoformat()
        day = days.setdefault(name, {"day": name, "events": 0, "hours": []})
        day["events"] += events.get(number, 0)
        day["hours"].append(
            {
                "hour": f"{moment.hour:02}",
                "events": events.get(number, 0),
                "motion": one.motion,
                "objects": one.objects,
                "duration": round(one.seconds),
            }
        )
    return list(days.values())


def gaps(recordings: Iterable[tuple[float, float]], start: float, end: float, scale_s: float) -> list[dict[str, Any]]:
    """Return the parts of a time range without recordings, which are in the order of time; none below scale_s."""
    found: list[tuple[float, float]] = []
    covered = start
    for one_start, one_end in (*recordings, (end, end)):
        if one_start - covered >= scale_s:
            found.append((covered, one_start))
        covered = max(covered, one_end)
    return [{"start_time": gap_start, "end_time": gap_end} for gap_start, gap_end in found]


def storage_rows(usage: Usage, cameras: Sequence[str], total: int) -> dict[str, dict[str, Any]]:
    """Return how much space the recordings of cameras take: MB, MB per hour, share of the disk in percent."""
    return {
        name: {
            "usage": round(one.size / _MB, 2),
            "bandwidth": round(one.per_hour / _MB, 2),
            "usage_percent": round(100 * one.size / total, 2) if total else 0.0,
        }
        for name, one in usage.cameras.items()
        if name in cameras
    }
