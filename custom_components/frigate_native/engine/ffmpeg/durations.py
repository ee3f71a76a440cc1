"""Parses durations in ffmpeg's notation."""

from typing import Final

_UNITS: Final = (("ms", 1e-3), ("us", 1e-6), ("s", 1.0))


def parse_duration(text: str) -> float | None:
    """Return `60`, `1:00`, `00:01:00.5` or `500ms` in seconds; None if the text is no duration."""
    unit, scale = next(((unit, scale) for unit, scale in _UNITS if text.endswith(unit)), ("", 1.0))
    seconds = 0.0
    try:
        for part in text.removesuffix(unit).split(":"):
            seconds = seconds * 60 + float(part)
    except ValueError:
        return None
    return seconds * scale
