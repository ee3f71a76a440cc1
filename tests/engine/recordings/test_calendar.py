"""A calendar of recordings in a zone whose clocks are changed."""

from zoneinfo import ZoneInfo

from custom_components.frigate_native.engine.recordings.calendar import recorded_days
from custom_components.frigate_native.engine.store import RecordedHour

_BERLIN = ZoneInfo("Europe/Berlin")
_MIDNIGHT = 1792879200.0  # of 25 October 2026, a day of 25 hours


def hour(number: int, camera: str = "back") -> RecordedHour:
    """Return an hour of which half is recorded."""
    start = _MIDNIGHT + 3600 * number
    return RecordedHour(camera=camera, start=start, files=180, seconds=1800.0, size=10, motion=2, objects=number % 2)


def test_days_are_local_and_may_have_25_hours() -> None:
    days = recorded_days([hour(-1, "front"), *map(hour, range(-1, 26))], _BERLIN)
    assert [(day.camera, day.day, len(day.hours)) for day in days] == [
        ("back", "2026-10-26", 1),
        ("back", "2026-10-25", 25),
        ("back", "2026-10-24", 1),
        ("front", "2026-10-24", 1),
    ]
    payload = days[1].to_payload()
    assert {key: payload[key] for key in ("seconds", "size", "motion", "objects")} == {
        "seconds": 45_000.0,
        "size": 250,
        "motion": 50,
        "objects": 12,
    }
    assert payload["hours"][1] == {"start": _MIDNIGHT + 3600, "seconds": 1800.0, "motion": 2, "objects": 1}
