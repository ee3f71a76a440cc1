"""Periods of local days: today, last month, a year, a month, a day."""

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final

_DAY: Final = timedelta(days=1)
_NAMED: Final = ("today", "yesterday", "this_month", "last_month", "this_year")
_WRITTEN: Final = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """Days from `first` to `end`, exclusive. Its name is `today`, `2026`, `2026-11` or `2026-11-22`."""

    name: str
    first: date
    end: date

    @classmethod
    def parse(cls, name: str, today: date) -> Period:
        """Return the period with this name. Raises ValueError if there is none."""
        if name in _NAMED:
            return cls._named(name, today)
        found = _WRITTEN.fullmatch(name)
        if found is None:
            raise ValueError(f"not a day, month or year: {name[:40]!r}")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        first = date(year, month or 1, day or 1)
        try:
            end = first + _DAY if day else _following_month(first) if month else date(year + 1, 1, 1)
        except OverflowError as err:
            raise ValueError("the calendar ends with the year 9999") from err
        return cls(name=name, first=first, end=end)

    @classmethod
    def presets(cls, today: date) -> list[Period]:
        """Return the named periods, most recent first."""
        return [cls._named(name, today) for name in _NAMED]

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return self.end - self.first == _DAY

    @property
    def is_written(self) -> bool:
        """Whether its name is a date or the start of one."""
        return self.name not in _NAMED

    def bounds(self, zone: tzinfo) -> tuple[float, float]:
        """Return its first and last Unix timestamp, both inclusive."""
        return _midnight(self.first, zone), math.nextafter(_midnight(self.end, zone), -math.inf)

    def parts(self, today: date) -> list[Period]:
        """Return the past and current months of a year or days of a month, latest first; a day has none."""
        if self.is_day:
            return []
        is_year = _following_month(self.first) != self.end
        parts, first = [], self.first
        while first < min(self.end, today + _DAY):
            name = f"{first:%Y-%m}" if is_year else first.isoformat()
            parts.append(Period.parse(name, today))
            first = parts[-1].end
        return parts[::-1]

    @classmethod
    def _named(cls, name: str, today: date) -> Period:
        month = today.replace(day=1)
        first, end = {
            "today": (today, today + _DAY),
            "yesterday": (today - _DAY, today),
            "this_month": (month, _following_month(month)),
            "last_month": ((month - _DAY).replace(day=1), month),
            "this_year": (date(today.year, 1, 1), date(today.year + 1, 1, 1)),
        }[name]
        return cls(name=name, first=first, end=end)


def _following_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def _midnight(day: date, zone: tzinfo) -> float:
    return datetime.combine(day, time.min, zone).timestamp()
