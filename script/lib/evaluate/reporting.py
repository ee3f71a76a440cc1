"""Run the pipeline on a file: its objects frame by frame, and which of them became events."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from custom_components.frigate_native.engine.capture import read_frames
from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.messages import EventMessage, EventType, Message
from custom_components.frigate_native.engine.pipeline import Pipeline

from .tracks import Track

CAMERA: Final = "evaluate"
_JITTER_SHARE: Final = 0.1  # of the time between two frames: a frame may be this much too early


@dataclass(slots=True, kw_only=True)
class Reported:
    """The pipeline's results for some frames; a track's `certain` frames are those where it was not missing."""

    frames: list[int] = field(default_factory=list)
    tracks: dict[str, Track] = field(default_factory=dict)
    events: set[str] = field(default_factory=set)
    inferences: int = 0

    def receive(self, message: Message) -> None:
        """Remember which objects were confirmed."""
        if isinstance(message, EventMessage) and message.type is EventType.NEW:
            self.events.add(message.after.id)

    def of_label(self, label: str) -> list[Track]:
        """Return all objects of a label, confirmed or not."""
        return [track for track in self.tracks.values() if track.label == label]


def report(video: Path, config: Config, pool: DetectorPool, fps: float | None) -> Reported:
    """Return the pipeline's results for a file, for all frames or at a frame rate."""
    reported = Reported()
    pipeline: Pipeline | None = None
    for frame in _thinned(read_frames(video), fps):
        if pipeline is None or pipeline.size != frame.size:
            pipeline = Pipeline(
                config.cameras[CAMERA],
                frame.size,
                pool,
                on_message=reported.receive,
                on_counts=lambda counts: None,
            )
        reported.inferences += pipeline.process(frame)
        _take(reported, frame.index, pipeline)
    if pipeline is not None:
        pipeline.end()
    return reported


def _thinned(frames: Iterable[Frame], fps: float | None) -> Iterator[Frame]:
    due: float | None = None
    for frame in frames:
        if fps is None:
            yield frame
        elif due is None or frame.time >= due - _JITTER_SHARE / fps:
            due = (frame.time if due is None else due) + 1 / fps
            yield frame


def _take(reported: Reported, index: int, pipeline: Pipeline) -> None:
    reported.frames.append(index)
    for tracked in pipeline.objects:
        track = reported.tracks.setdefault(tracked.id, Track(id=tracked.id, label=tracked.label))
        track.boxes[index] = tracked.box
        if not tracked.is_missing:
            track.certain.add(index)
