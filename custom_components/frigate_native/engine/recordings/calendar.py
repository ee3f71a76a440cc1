"""A calendar of recordings: what each local day and each of its hours holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from ..store import RecordedHour


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDay:
    """A local day of a camera with its hours in order. An hour belongs to the day in which it begins."""

    camera: str
    day: str
    hours: tuple[RecordedHour, ...]

    def to_payload(self) -> dict[str, Any]:
        """Return it as JSON: sums of the day, and what a bar for each hour needs."""
        return {
            "camera": self.camera,
            "day": self.day,
            "seconds": round(sum(hour.seconds for hour in self.hours), 1),
            "size": sum(hour.size for hour in self.hours),
            "motion": sum(hour.motion for hour in self.hours),
            "objects": sum(hour.objects for hour in self.hours),
            "hours": [
                {
                    "start": hour.start,
                    "seconds": round(hour.seconds, 1),
                    "motion": hour.motion,
                    "objects": hour.objects,
                }
                for hour in self.hours
            ],
        }


def recorded_days(hours: Iterable[RecordedHour], zone: tzinfo | None) -> list[RecordedDay]:
    """Return the days of the zone that hours belong to, by camera, the newest day first."""
    days: dict[tuple[str, str], list[RecordedHour]] = {}
    for hour in hours:
        day = datetime.fromtimestamp(hour.start, zone).date().isoformat()
        days.setdefault((hour.camera, day), []).append(hour)
    newest_first = sorted(days, key=lambda key: key[1], reverse=True)
    cameras = sorted(newest_first, key=lambda key: key[0])
    return [RecordedDay(camera=camera, day=day, hours=tuple(days[camera, day])) for camera, day in cameras]
