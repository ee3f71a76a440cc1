"""Makes the clip of each event that has ended."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ..config.model import CameraClipsConfig, CameraConfig
from ..context import EngineContext
from ..errors import MediaError, StoreError
from ..messages import ClipMessage, ObjectState
from .assembly import AssembledClip, TimeRange, assemble
from .clip_encoder import ClipEncoder
from .clips_output import ClipsOutput
from .file_names import clip_path
from .lanes import Lanes
from .recorded_video import RecordedVideo
from .segment import Segment
from .segment_index import SegmentIndex

_LOGGER = logging.getLogger(__name__)

_MARGIN_S: Final = 5.0  # beyond post_capture and one segment, for video that arrives late
_STALLED_S: Final = 2.0  # a write that takes longer means that the disk does not respond
_RECORDED_S: Final = 90.0  # for a recorded file to be finished, moved and found
_LOOK_S: Final = 0.5
_MISSING_S: Final = 1.0  # shorter gaps at the start or end are not reported


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


def clip_range(clips: CameraClipsConfig, start: float, end: float, max_seconds: float) -> TimeRange:
    """Return what the clip of an event should show; of a very long one, its end."""
    begin = max(start - clips.pre_capture_s, end - max_seconds)
    return TimeRange(start=begin, end=end + clips.post_capture_s)


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
        """Prepare; on_message is called once for each request, in the lane's thread."""
        self._camera = camera
        self._index = index
        self._folder = folder
        self._lanes = lanes
        self._on_message = on_message
        self._clock = context.clock
        self._time_zone = context.time_zone
        self._max_seconds = max_seconds
        output = ClipsOutput.from_arguments(camera.output_args.clips)
        self._segment_s = output.segment_s
        self._encoder = ClipEncoder(output, context.ffmpeg)
        self._closing = threading.Event()
        self._logged_cause: str | None = None

    def begin(self, event_id: str, start_time: float) -> None:
        """Keep the video of an event from now on. Returns at once."""
        self._index.hold(event_id, start_time)

    def forget(self, event_id: str) -> None:
        """Stop keeping video for an event that needs no clip."""
        self._index.release(event_id)

    def end(self, request: ClipRequest, recorded: RecordedVideo | None = None) -> None:
        """Make an event's clip once the video after its end has arrived, or find it in recordings. Returns at once."""
        if recorded is not None:
            self._submit(request, lambda: self._find(request, recorded))
            return
        deadline_s = self._clock.monotonic() + self._camera.save_clips.post_capture_s + self._segment_s + _MARGIN_S
        self._submit(request, lambda: self._make(request, deadline_s))

    def recover(self, request: ClipRequest, segments: list[Segment]) -> None:
        """Make an event's clip from segments of an earlier run. Returns at once."""
        self._submit(request, lambda: self._notify(request, segments))

    def close(self) -> None:
        """Stop waiting for video: no more will arrive."""
        self._closing.set()
        self._index.wake()

    def _submit(self, request: ClipRequest, job: Callable[[], None]) -> None:
        if not self._lanes.submit(f"clips:{self._camera.name}", job):
            self._index.release(request.event_id)
            self._fail(request, "the disk is too slow for this many clips")

    def _make(self, request: ClipRequest, deadline_s: float) -> None:
        requested = self.range_of(request)
        try:
            while not self._closing.is_set() and self._index.newest_end < requested.end:
                left_s = deadline_s - self._clock.monotonic()
                if left_s <= 0:
                    break
                self._index.wait_beyond(requested.end, min(left_s, 1.0))
            self._notify(request, self._index.between(requested.start, requested.end))
        finally:
            self._index.release(request.event_id)

    def _find(self, request: ClipRequest, recorded: RecordedVideo) -> None:
        """Wait until recordings hold an event's clip, which is cut from them on request."""
        requested = self.range_of(request)
        end_s = self._clock.monotonic() + self._camera.save_clips.post_capture_s + _RECORDED_S
        try:
            while recorded.newest_end(request.camera) < requested.end and self._clock.monotonic() < end_s:
                if self._closing.wait(_LOOK_S):
                    return  # the next start looks again
            self._report(request, requested, recorded.covered(request.camera, requested))
        except StoreError as err:
            self._fail(request, f"recordings cannot be searched: {err}")
        finally:
            self._index.release(request.event_id)

    def _report(self, request: ClipRequest, requested: TimeRange, covered: TimeRange | None) -> None:
        """Report a clip in recordings, or make it of what is cached if they began too late."""
        cached = self._index.between(requested.start, requested.end)
        if covered is None or (covered.start - requested.start > _MISSING_S and cached):
            if cached or request.is_certain:
                self._notify(request, cached)
            return
        self._on_message(
            ClipMessage(
                state=request.state,
                path=clip_path(self._folder, request.camera, request.event_id),
                problem=_missing(requested, covered, None),
                start_time=covered.start,
                end_time=covered.end,
                is_recovered=request.is_recovered,
            )
        )

    def range_of(self, request: ClipRequest) -> TimeRange:
        """Return what a clip should show; for a very long event, its end."""
        return clip_range(self._camera.save_clips, request.state.start_time, request.end_time, self._max_seconds)

    def _notify(self, request: ClipRequest, segments: list[Segment]) -> None:
        requested = self.range_of(request)
        if not segments:
            reason = self._reason()
            self._fail(request, f"there is no video for {self._hours(requested)}: {reason}", reason)
            return
        try:
            path = clip_path(self._folder, request.camera, request.event_id)
            covered = assemble(segments, requested, path, self._lanes.check, self._encoder)
        except (MediaError, ValueError) as err:
            self._fail(request, str(err))
            return
        self._log_lack(request, covered.problem)
        self._on_message(
            ClipMessage(
                state=request.state,
                path=path,
                problem=_lacks(requested, covered, self._index.problem),
                start_time=covered.start,
                end_time=covered.end,
                is_recovered=request.is_recovered,
            )
        )

    def _log_lack(self, request: ClipRequest, problem: str | None) -> None:
        if problem is not None and problem != self._logged_cause:
            _LOGGER.warning("Camera %s: the clip of event %s: %s", request.camera, request.event_id, problem)
        self._logged_cause = problem

    def _hours(self, hours: TimeRange) -> str:
        zone = self._time_zone()
        first, last = (
            datetime.fromtimestamp(time, UTC).astimezone(zone).strftime("%H:%M:%S") for time in (hours.start, hours.end)
        )
        return f"{first} to {last}"

    def _reason(self) -> str:
        busy_since_s = self._index.busy_since_s
        if busy_since_s is not None and self._clock.monotonic() - busy_since_s > _STALLED_S:
            return "the disk of the clip cache does not respond"
        return self._index.problem or "the clips stream was not running at that time"

    def _fail(self, request: ClipRequest, problem: str, cause: str | None = None) -> None:
        """Report an event without a clip; a lasting cause is logged once, not for every event."""
        level = logging.DEBUG if cause is not None and cause == self._logged_cause else logging.WARNING
        self._logged_cause = cause
        _LOGGER.log(level, "Camera %s: event %s has no clip: %s", request.camera, request.event_id, problem)
        requested = self.range_of(request)
        self._on_message(
            ClipMessage(
                state=request.state,
                path=None,
                problem=problem,
                start_time=requested.start,
                end_time=requested.end,
                is_recovered=request.is_recovered,
            )
        )


def _lacks(requested: TimeRange, covered: AssembledClip, reason: str | None) -> str | None:
    """Return what a clip lacks, for people; None if it is complete."""
    problems = [text for text in (_missing(requested, covered, reason), covered.problem) if text is not None]
    return "; ".join(problems) or None


def _missing(requested: TimeRange, covered: TimeRange, reason: str | None) -> str | None:
    """Return what a clip lacks at its ends; None if nothing."""
    start_s, end_s = covered.start - requested.start, requested.end - covered.end
    parts = [
        f"{seconds:.0f} s are missing at its {place}"
        for seconds, place in ((start_s, "start"), (end_s, "end"))
        if seconds > _MISSING_S
    ]
    if not parts:
        return None
    return ", ".join(parts) + (f": {reason}" if reason else "")
