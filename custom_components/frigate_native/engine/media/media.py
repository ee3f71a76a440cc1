"""The files of a running system's cameras: segments, clips and snapshots."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from ..capture import CopyUse, InputUse
from ..concurrency import Deadline
from ..config.model import CameraConfig, Config, Role
from ..context import EngineContext
from ..disk import FolderLock
from ..errors import MediaError
from ..event_rules import needs_clip, needs_snapshot
from ..features import Features
from ..messages import (
    CameraMessage,
    CameraState,
    ClipMessage,
    EventMessage,
    EventType,
    Message,
    SnapshotFileMessage,
)
from ..paths import MediaPaths
from ..pictures import Picture
from .cache_budget import CacheBudget, size_limit
from .clip_maker import ClipMaker, ClipRequest
from .clips_output import ClipsOutput, can_clip
from .file_names import clean_path, parse_segment_name, snapshot_path
from .files import delete_file, delete_unfinished
from .lanes import Lanes
from .recorded_video import RecordedVideo, can_use_recordings
from .segment import Segment
from .segment_index import SegmentIndex
from .segment_sink import SegmentSink
from .segment_writer import SegmentWriter
from .snapshots import write_clean_copy, write_snapshot

_LOGGER = logging.getLogger(__name__)

_STOP_S: Final = 8.0  # for clips that are still due
_LEAST_WAIT_S: Final = 0.5  # for each thread, even if those before it have used up the time
_IN_USE_HINT: Final = "stop the other Frigate instance, or choose another media folder for one of them"


class _CameraMedia:
    """One camera's segments and clips; without a writer nothing is cached."""

    def __init__(self, camera: CameraConfig, media: Media, budget: CacheBudget, max_seconds: float) -> None:
        self.config = camera
        clips = camera.save_clips
        self.index = SegmentIndex(
            camera.name, media.paths.cache, max_seconds=max_seconds, pre_capture_s=clips.pre_capture_s
        )
        self.maker = ClipMaker(
            camera,
            self.index,
            media.paths.clips,
            lanes=media.lanes,
            on_message=media.on_message,
            context=media.context,
            max_seconds=max_seconds,
        )
        self.writer: SegmentWriter | None = None
        self.uses: tuple[InputUse, ...] = ()
        self._recorded = media.recorded if can_use_recordings(camera) else None
        if not can_clip(camera):
            self.index.problem = "no input of the camera has the clips role"
            return
        output = ClipsOutput.from_arguments(camera.output_args.clips)
        self.writer = SegmentWriter(self.index, budget, media.context.clock)

        def is_enabled() -> bool:
            return media.features.camera(camera.name).save_clips.enabled and self.recorded is None

        sink = SegmentSink(
            camera.name,
            media.paths.cache,
            output,
            offer=self.writer.offer,
            is_enabled=is_enabled,
            on_problem=self.set_problem,
            clock=media.context.clock,
        )
        use = CopyUse(
            camera=camera.name,
            role=Role.CLIPS,
            sink=sink,
            on_lost=self.set_problem,
            is_enabled=is_enabled,
            has_sound=output.has_audio,
        )
        self.uses = (use,)

    @property
    def recorded(self) -> RecordedVideo | None:
        """The recordings that clips are cut from; None while they must be cached."""
        return self._recorded if self._recorded and self._recorded.is_recorded(self.config.name) else None

    def recover(self, request: ClipRequest, cached: list[Segment]) -> None:
        """Find or make the clip of an earlier run."""
        if self._recorded is not None and not cached:
            self.maker.end(request, self._recorded)
        elif cached or request.is_certain:
            self.maker.recover(request, cached)

    def set_problem(self, problem: str) -> None:
        """Remember, for people, why there is no video to cache."""
        self.index.problem = problem


class Media:
    """The files of all cameras. Any thread may call it; disks are only used in threads of its own."""

    def __init__(
        self,
        config: Config,
        paths: MediaPaths,
        context: EngineContext,
        features: Features,
        on_message: Callable[[ClipMessage | SnapshotFileMessage], None],
        *,
        recorded: RecordedVideo | None = None,
    ) -> None:
        """Build everything, start nothing; creates the folders, OSError if that is not possible.

        Clips are cut from what is recorded where they can be.
        """
        self.recorded = recorded
        self.paths = paths
        self.features = features
        self.on_message = on_message
        self.context = context
        self.lanes = Lanes()
        for folder in (paths.clips, paths.cache):
            folder.mkdir(parents=True, exist_ok=True)
        budget = CacheBudget(size_limit(config.save_clips.tmpfs_cache_size, paths.cache))
        if (size := config.save_clips.tmpfs_cache_size) is not None:
            _LOGGER.info("The clip cache is limited to %s; no tmpfs is mounted, since that would need root", size)
        max_seconds = config.save_clips.max_seconds
        self._cameras = {
            name: _CameraMedia(camera, self, budget, max_seconds) for name, camera in config.cameras.items()
        }
        self._has_recovered = False
        self._lock = FolderLock(paths.cache, _IN_USE_HINT)

    def uses(self, camera: str) -> tuple[InputUse, ...]:
        """Return the uses of a camera's inputs that clips need."""
        return self._cameras[camera].uses

    def claim(self) -> None:
        """Lock the folders until `stop`; FolderInUseError if another system uses them. May be called again."""
        self._lock.acquire()

    def recover(self, requests: Sequence[ClipRequest]) -> None:
        """Make the clips that an interrupted run did not make, then delete what it left behind.

        Call it once, before `start`, which otherwise does it without requests. Blocks only to list the cache; the
        clips' messages follow later.
        """
        self.claim()
        self._has_recovered = True
        delete_unfinished(self.paths.clips)
        left = _left_behind(self.paths.cache)
        for request in requests:
            camera = self._cameras.get(request.camera)
            if camera is None:
                text = "Event %s gets no clip, since camera %s is no longer configured"
                _LOGGER.warning(text, request.event_id, request.camera)
                continue
            span = camera.maker.range_of(request)
            segments = left.get(request.camera, [])
            fitting = [each for each in segments if each.end > span.start and each.start < span.end]
            camera.recover(request, fitting)
        for name, segments in left.items():
            self.lanes.submit(f"clips:{name}", _Deletion([segment.path for segment in segments]))

    def start(self) -> None:
        """Start the writers. Returns at once."""
        self.claim()
        if not self._has_recovered:
            self.recover(())
        for camera in self._cameras.values():
            if camera.writer is not None:
                camera.writer.start()

    def stop(self) -> None:
        """Make the clips that are still due from the video so far, and empty the cache; may be called twice.

        Blocks for up to eight seconds; stop cameras first. What a stalled disk delays is left for `recover`.
        """
        writing = [(camera, camera.writer) for camera in self._cameras.values() if camera.writer is not None]
        deadline = Deadline(_STOP_S)

        def left_s() -> float:
            return max(deadline.left_s(), _LEAST_WAIT_S)

        for _, writer in writing:
            writer.request_stop()
        stopped = [camera for camera, writer in writing if writer.stop(left_s())]
        for camera in self._cameras.values():
            camera.maker.close()
        if self.lanes.stop(left_s()):
            for camera in stopped:
                camera.index.clear()
        self._lock.release()

    def receive(self, message: Message) -> None:
        """React to events and to failing streams. Returns at once."""
        if isinstance(message, CameraMessage) and message.state is CameraState.FAILED:
            self._cameras[message.camera].set_problem(message.text)
        if not isinstance(message, EventMessage):
            return
        camera = self._cameras[message.after.camera]
        if message.type is EventType.END:
            self._end(camera, message)
        elif self.features.camera(camera.config.name).save_clips.enabled:
            camera.maker.begin(message.after.id, message.after.start_time)

    def _end(self, camera: _CameraMedia, message: EventMessage) -> None:
        state = message.after
        config = self.features.camera(camera.config.name)
        if message.picture is not None and needs_snapshot(config, state):
            self._submit_snapshot(camera.config, message.picture)
        if not needs_clip(config, state):
            camera.maker.forget(state.id)
            return
        camera.maker.end(ClipRequest(state=state), camera.recorded)

    def _submit_snapshot(self, camera: CameraConfig, picture: Picture) -> None:
        if not self.lanes.submit(f"snapshots:{camera.name}", lambda: self._write_snapshot(camera, picture)):
            self._report_missing_snapshot(picture, "the disk is too slow")

    def _write_snapshot(self, camera: CameraConfig, picture: Picture) -> None:
        try:
            path = snapshot_path(self.paths.clips, camera.name, picture.event_id)
            write_clean_copy(picture, clean_path(self.paths.clips, camera.name, picture.event_id))
            write_snapshot(picture, camera.snapshots, path, self.context.time_zone())
        except (MediaError, ValueError) as err:
            self._report_missing_snapshot(picture, str(err))
            return
        self.on_message(SnapshotFileMessage(event_id=picture.event_id, camera=camera.name, path=path))

    def _report_missing_snapshot(self, picture: Picture, problem: str) -> None:
        _LOGGER.warning("Camera %s: event %s has no snapshot: %s", picture.camera, picture.event_id, problem)
        self.on_message(
            SnapshotFileMessage(event_id=picture.event_id, camera=picture.camera, path=None, problem=problem)
        )


class _Deletion:
    """A job that deletes files."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = paths

    def __call__(self) -> None:
        for path in self._paths:
            delete_file(path)


def _left_behind(folder: Path) -> dict[str, list[Segment]]:
    """Return the segments in the cache, by camera and in order. A file's modification time is its end."""
    found: dict[str, list[Segment]] = {}
    for path in sorted(folder.iterdir()):
        name = parse_segment_name(path.name)
        if name is None:
            continue
        camera, start = name
        with suppress(OSError):
            end = max(path.stat().st_mtime, start)
            found.setdefault(camera, []).append(Segment(camera=camera, path=path, start=start, end=end))
    return found
