"""Makes the clip of each event that ended."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ..config.model import CameraConfig
from ..context import EngineContext
from ..errors import MediaError
from ..messages import ClipMessage, ObjectState
from .assembly import TimeRange, assemble
from .clips_output import ClipsOutput
from .file_names import clip_path
from .lanes import Lanes
from .segment import Segment
from .segment_index import SegmentIndex

_LOGGER = logging.getLogger(__name__)

_MARGIN_S: Final = 5.0  # beyond post_capture and one segment, for what still comes
_STALLED_S: Final = 2.0  # that a write takes
_MISSING_S: Final = 1.0  # at a clip's end; its start is that of a key frame anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRequest:
    """An event that has ended and needs a clip.

    A recovered one ended in an earlier run. If it is not certain that this run recorded video for clips, a missing
    clip is not reported.
    """

    state: ObjectState
    is_recovered: bool = False
    is_certain: bool = True

    @property
    def event_id(self) -> str:
        """The event's id."""
        return self.state.id

    @property
    def camera(self) -> str:
        """The event's camera."""
        return self.state.camera

    @property
    def end_time(self) -> float:
        """When the event ended, in epoch seconds."""
        assert self.state.end_time is not None
        return self.state.end_time


class ClipMaker:
    """Waits for the video of one camera's events and joins it, in that camera's lane."""

    def __init__(
        self,
        camera: CameraConfig,
        index: SegmentIndex,
        folder: Path,
        *,
        lanes: Lanes,
        on_message: Callable[[ClipMessage], None],
        context: EngineContext,
        max_seconds: float,
    ) -> None:
        """Prepare; on_message is called in the lane's thread, once for each request."""
        self._camera = camera
        self._index = index
        self._folder = folder
        self._lanes = lanes
        self._on_message = on_message
        self._clock = context.clock
        self._time_zone = context.time_zone
        self._max_seconds = max_seconds
        self._segment_s = ClipsOutput.from_arguments(camera.output_args.clips).segment_s
        self._closing = threading.Event()
        self._told_cause: str | None = None

    def begin(self, event_id: str, start_time: float) -> None:
        """Keep the video of an event from now on; returns at once."""
        self._index.hold(event_id, start_time)

    def forget(self, event_id: str) -> None:
        """Let go of an event that no clip is wanted of."""
        self._index.release(event_id)

    def end(self, request: ClipRequest) -> None:
        """Make an event's clip as soon as what follows it is there; returns at once."""
        deadline_s = self._clock.monotonic() + self._camera.save_clips.post_capture_s + self._segment_s + _MARGIN_S
        self._submit(request, lambda: self._make(request, deadline_s))

    def recover(self, request: ClipRequest, segments: list[Segment]) -> None:
        """Make the clip of an event from what an earlier run left behind; returns at once."""
        self._submit(request, lambda: self._notify(request, segments))

    def close(self) -> None:
        """Wait for nothing any more: no more video will come."""
        self._closing.set()
        self._index.wake()

    def _submit(self, request: ClipRequest, job: Callable[[], None]) -> None:
        if not self._lanes.submit(f"clips:{self._camera.name}", job):
            self._index.release(request.event_id)
            self._fail(request, "the disk is too slow for so many clips")

    def _make(self, request: ClipRequest, deadline_s: float) -> None:
        wanted = self.span(request)
        try:
            while not self._closing.is_set() and self._index.newest_end < wanted.end:
                left_s = deadline_s - self._clock.monotonic()
                if left_s <= 0:
                    break
                self._index.wait_beyond(wanted.end, min(left_s, 1.0))
            self._notify(request, self._index.between(wanted.start, wanted.end))
        finally:
            self._index.release(request.event_id)

    def span(self, request: ClipRequest) -> TimeRange:
        """Return what a clip should show: of a very long event its end."""
        clips = self._camera.save_clips
        start = max(request.state.start_time - clips.pre_capture_s, request.end_time - self._max_seconds)
        return TimeRange(start=start, end=request.end_time + clips.post_capture_s)

    def _notify(self, request: ClipRequest, segments: list[Segment]) -> None:
        wanted = self.span(request)
        if not segments:
            reason = self._reason()
            self._fail(request, f"there is no video of {self._hours(wanted)}: {reason}", reason)
            return
        try:
            path = clip_path(self._folder, request.camera, request.event_id)
            span = assemble(segments, wanted, path, self._lanes.check)
        except (MediaError, ValueError) as err:
            self._fail(request, str(err))
            return
        self._told_cause = None
        self._on_message(
            ClipMessage(
                state=request.state,
                path=path,
                problem=_missing(wanted, span, self._index.problem),
                start_time=span.start,
                end_time=span.end,
                is_recovered=request.is_recovered,
            )
        )

    def _hours(self, span: TimeRange) -> str:
        zone = self._time_zone()
        first, last = (
            datetime.fromtimestamp(time, UTC).astimezone(zone).strftime("%H:%M:%S") for time in (span.start, span.end)
        )
        return f"{first} to {last}"

    def _reason(self) -> str:
        busy_since_s = self._index.busy_since_s
        if busy_since_s is not None and self._clock.monotonic() - busy_since_s > _STALLED_S:
            return "the disk of the clips' cache does not answer"
        return self._index.problem or "the stream for clips did not run then"

    def _fail(self, request: ClipRequest, problem: str, cause: str | None = None) -> None:
        """Tell of an event without a clip; the log hears of a cause that lasts once, not with every event."""
        level = logging.DEBUG if cause is not None and cause == self._told_cause else logging.WARNING
        self._told_cause = cause
        _LOGGER.log(level, "Camera %s: event %s has no clip: %s", request.camera, request.event_id, problem)
        wanted = self.span(request)
        self._on_message(
            ClipMessage(
                state=request.state,
                path=None,
                problem=problem,
                start_time=wanted.start,
                end_time=wanted.end,
                is_recovered=request.is_recovered,
            )
        )


def _missing(wanted: TimeRange, span: TimeRange, reason: str | None) -> str | None:
    """Say what a clip lacks, for people; None when it is whole."""
    start_s, end_s = span.start - wanted.start, wanted.end - span.end
    parts = [
        f"{seconds:.0f} s are missing at its {place}"
        for seconds, place in ((start_s, "start"), (end_s, "end"))
        if seconds > _MISSING_S
    ]
    if not parts:
        return None
    return ", ".join(parts) + (f": {reason}" if reason else "")
