"""Parses durations in ffmpeg's notation."""

import re
from typing import Final

_DURATION: Final = re.compile(
    r"(?:(?:(?P<hours>\d+):)?(?P<minutes>[0-5]?\d):(?=[0-5]?\d(?!\d)))?(?P<seconds>\d+(?:\.\d*)?)(?P<unit>s|ms|us)?",
    re.ASCII,
)
_SCALES: Final = {None: 1.0, "s": 1.0, "ms": 1e-3, "us": 1e-6}


def parse_duration(text: str) -> float | None:
    """Return `60`, `1:00`, `00:01:00.5` or `500ms` in seconds; None if ffmpeg does not accept it, or it is negative."""
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    hours, minutes = int(found["hours"] or 0), int(found["minutes"] or 0)
    return (hours * 3600 + minutes * 60 + float(found["seconds"])) * _SCALES[found["unit"]]
