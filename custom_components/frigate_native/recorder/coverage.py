"""Which time recordings cover, and the gaps between them."""

import json
import logging
import threading
from collections import deque
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from .plan import Gap
from .segment_cache import TimeRange

_LOGGER = logging.getLogger(__name__)

_TOLERANCE_S: Final = 0.5  # segments of one run meet exactly; between runs there is at least a second
_FIRST_FRAME_S: Final = 15.0  # a new camera may take this long to its first frame
_MOST_GAPS: Final = 50
_MEMORY_S: Final = 86400.0
_MOST_REASONS: Final = 50
_BEFORE_S: Final = 1.0  # a reason may be reported while the last frames are still arriving
_DOWN: Final = "the recorder was not running"
_SILENT: Final = "no frames arrived"


class Coverage:
    """The gaps of all cameras, saved in a file across restarts. Thread-safe."""

    def __init__(self, path: Path) -> None:
        """Start empty; `load` reads the file."""
        self._path = path
        self._lock = threading.Lock()
        self._cameras: dict[str, _Camera] = {}

    def load(self) -> None:
        """Read what an earlier recorder saved; a damaged file is ignored."""
        try:
            data = json.loads(self._path.read_text())
            cameras = {name: _Camera.from_json(item) for name, item in data.items()}
        except FileNotFoundError:
            return
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as err:
            _LOGGER.warning(
                "%s cannot be read, so earlier recording gaps are unknown (%s)", self._path, type(err).__name__
            )
            return
        with self._lock:
            self._cameras = cameras

    def set_cameras(self, cameras: frozenset[str], now: float) -> None:
        """Set which cameras are recorded from now on; other cameras have no gaps."""
        with self._lock:
            for name in cameras - self._cameras.keys():
                self._cameras[name] = _Camera(now)
            for name in self._cameras.keys() - cameras:
                del self._cameras[name]
            for known in self._cameras.values():
                known.start(now)

    def add_reason(self, camera: str, reason: str, now: float) -> None:
        """Note why a camera is currently not recorded."""
        with self._lock:
            if known := self._cameras.get(camera):
                known.reasons.append((now, reason))

    def add(self, camera: str, time_range: TimeRange, now: float) -> None:
        """Note a recording and save the file; a failure to save it is ignored."""
        with self._lock:
            if known := self._cameras.get(camera):
                known.end_by(now)
                if time_range.start <= now:  # otherwise the clock has been set back
                    known.add(time_range)
            data = json.dumps({name: item.to_json() for name, item in self._cameras.items()})
        with suppress(OSError):  # saved with the next recording
            part = self._path.with_suffix(".part")
            part.write_text(data)
            part.replace(self._path)

    def newest(self, camera: str, now: float) -> float | None:
        """Return the end of a camera's newest recording."""
        with self._lock:
            return known.end_by(now) if (known := self._cameras.get(camera)) else None

    def gaps(self, camera: str, now: float, *, is_recording: bool) -> tuple[Gap, ...]:
        """Return a camera's gaps of the last day, newest last. The last one is open if the camera is not recorded."""
        with self._lock:
            if (known := self._cameras.get(camera)) is None:
                return ()
            known.end_by(now)
            gaps = [gap for gap in known.gaps if gap.end is None or gap.end > now - _MEMORY_S]
            return (*gaps, *(known.recent_gap(now) if is_recording else (known.open_gap(),)))


class _Camera:
    """The recorded time of one camera."""

    def __init__(self, since: float) -> None:
        self.since = since
        self.end: float | None = None
        self.reasons: deque[tuple[float, str]] = deque(maxlen=_MOST_REASONS)  # with the time of the report, newest last
        self._started: float | None = None  # when this recorder started with the camera
        self.gaps: deque[Gap] = deque(maxlen=_MOST_GAPS)

    def start(self, now: float) -> None:
        if self._started is None:
            self._started = now

    def add(self, time_range: TimeRange) -> None:
        begin = self.since + _FIRST_FRAME_S if self.end is None else self.end + _TOLERANCE_S
        if time_range.start > begin:
            self.gaps.append(self._gap(time_range.start))
        elif self.end is not None:
            self._fill(time_range)
        self.end = time_range.end if self.end is None else max(self.end, time_range.end)

    def end_by(self, now: float) -> float | None:
        """Return when the recordings end. If the machine's clock was set back, they end now at the latest."""
        if self.end is not None and self.end > now:
            self.end = now
            past = [gap for gap in self.gaps if gap.start < now]
            ends = (now if gap.end is None else min(gap.end, now) for gap in past)
            self.gaps = deque((replace(gap, end=end) for gap, end in zip(past, ends, strict=True)), maxlen=_MOST_GAPS)
        return self.end

    def open_gap(self) -> Gap:
        return self._gap(None)

    def recent_gap(self, now: float) -> tuple[Gap, ...]:
        """Return the gap before the segment in progress, as far as it is known."""
        start = self.since if self.end is None else self.end
        last = max((when for when, _ in self.reasons if when <= now), default=start)
        return (self._gap(last),) if self.end is not None and last > start + _TOLERANCE_S else ()

    def _gap(self, end: float | None) -> Gap:
        start = self.since if self.end is None else self.end
        return Gap(start=start, end=end, reason=self._reason(start, float("inf") if end is None else end))

    def _reason(self, start: float, end: float) -> str:
        """Return the last reason reported within a gap; later reasons belong to the next gap."""
        reported = (reason for when, reason in reversed(self.reasons) if start - _BEFORE_S <= when <= end)
        return next(reported, _DOWN if self._started is None or start < self._started else _SILENT)

    def _fill(self, time_range: TimeRange) -> None:
        """Remove the time of a late segment from the gaps."""
        left = [piece for gap in self.gaps for piece in _without(gap, time_range)]
        self.gaps = deque(left, maxlen=_MOST_GAPS)

    def to_json(self) -> dict[str, Any]:
        gaps = [[gap.start, gap.end, gap.reason] for gap in self.gaps]
        return {"since": self.since, "end": self.end, "gaps": gaps}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> _Camera:
        camera = cls(float(data["since"]))
        camera.end = None if data["end"] is None else float(data["end"])
        for start, end, reason in data["gaps"]:
            camera.gaps.append(Gap(start=float(start), end=float(end), reason=str(reason)))
        return camera


def _without(gap: Gap, time_range: TimeRange) -> list[Gap]:
    """Return the parts of an ended gap outside a time range."""
    assert gap.end is not None
    if time_range.end <= gap.start or time_range.start >= gap.end:
        return [gap]
    pieces = ((gap.start, time_range.start), (time_range.end, gap.end))
    return [Gap(start=start, end=end, reason=gap.reason) for start, end in pieces if end - start > _TOLERANCE_S]
