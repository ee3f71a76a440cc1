"""What the engine tells the outside; immutable, and safe to hand to any thread."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from .errors import DetectorProblem, SourceProblem
from .geometry import Box
from .pictures import Picture


class EventType(StrEnum):
    """Where an event stands in its life."""

    NEW = "new"
    UPDATE = "update"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectState:
    """A tracked object at one moment; field names are the keys of `before` and `after` in Frigate 0.8.

    Times are epoch seconds, box and region (x1, y1, x2, y2) in detect-frame pixels, area in square pixels. Of an event
    that was made by hand they are the whole frame; sub_label is what its maker wants to say of it.
    """

    id: str
    camera: str
    frame_time: float
    label: str
    top_score: float
    false_positive: bool
    start_time: float
    end_time: float | None
    score: float
    box: Box
    area: int
    region: Box
    current_zones: tuple[str, ...]
    entered_zones: tuple[str, ...]
    is_manual: bool = False
    sub_label: str | None = None

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of Frigate 0.8, with its keys in the same order."""
        return {
            "id": self.id,
            "camera": self.camera,
            "frame_time": self.frame_time,
            "label": self.label,
            "top_score": self.top_score,
            "false_positive": self.false_positive,
            "start_time": self.start_time,
            "end_time": self.end_time,
            "score": self.score,
            "box": list(self.box),
            "area": self.area,
            "region": list(self.region),
            "current_zones": list(self.current_zones),
            "entered_zones": list(self.entered_zones),
            "thumbnail": None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMessage:
    """A change of one event; `before` is the `after` of the message before it, `picture` its best so far."""

    type: EventType
    before: ObjectState
    after: ObjectState
    picture: Picture | None = field(default=None, repr=False, compare=False)

    @property
    def camera(self) -> str:
        """The event's camera."""
        return self.after.camera

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of the `events` topic."""
        return {"type": str(self.type), "before": self.before.to_payload(), "after": self.after.to_payload()}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMessage:
    """How many objects of a label a camera or zone holds now; `place` is the camera's or zone's name."""

    place: str
    is_zone: bool
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotMessage:
    """A camera has a new best picture of a label, or the last object of that label has gone."""

    camera: str
    label: str
    picture: Picture


class CameraState(StrEnum):
    """Whether a camera's stream runs."""

    CONNECTING = "connecting"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraMessage:
    """A camera's stream has started, stopped or failed; `text` is for people and holds no secret."""

    camera: str
    state: CameraState
    problem: SourceProblem | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorMessage:
    """A detector works as it should, or does not; `text` is for people.

    With the problems CORAL and MODEL objects are found nevertheless, by the CPU.
    """

    detector: str
    is_working: bool
    problem: DetectorProblem | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionMessage:
    """Motion has begun or ended on a camera."""

    camera: str
    has_motion: bool


class Feature(StrEnum):
    """What can be switched on and off while a camera runs: looking for objects, clips, pictures of events on disk."""

    DETECT = "detect"
    CLIPS = "clips"
    SNAPSHOTS = "snapshots"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureMessage:
    """A feature of a camera has been switched, perhaps to what it was."""

    camera: str
    feature: Feature
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipMessage:
    """An event's clip is ready, or could not be made; sent once after the end of each event that needs a clip.

    state is the event's last state. start_time and end_time are epoch seconds: of the clip, or, if there is none, of
    the video that it should have held. If path is None there is no clip, and problem says why, for people; with a
    path, problem says what the clip lacks. is_recovered: the event ended in an earlier run, which was interrupted.
    """

    state: ObjectState
    path: Path | None
    problem: str | None
    start_time: float
    end_time: float
    is_recovered: bool = False

    @property
    def camera(self) -> str:
        """The event's camera."""
        return self.state.camera


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotFileMessage:
    """An event's picture lies on disk, or cannot; it comes once after the end of each event that one is wanted of.

    path None: there is none, and problem says why, for people.
    """

    event_id: str
    camera: str
    path: Path | None
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreMessage:
    """Events can be stored, or cannot for now; `text` is for people and holds no password."""

    is_working: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskMessage:
    """The disk of the clips at `path` is nearly full, so that clips go before their time, or it no longer is.

    `text` is for people.
    """

    has_room: bool
    path: Path
    text: str = ""


type Message = (
    EventMessage
    | CountMessage
    | SnapshotMessage
    | CameraMessage
    | DetectorMessage
    | MotionMessage
    | FeatureMessage
    | ClipMessage
    | SnapshotFileMessage
    | StoreMessage
    | DiskMessage
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraStats:
    """Rates of one camera in 1/s over the last ten seconds, and the process that does its work."""

    camera_fps: float
    process_fps: float
    skipped_fps: float
    detection_fps: float
    pid: int
    capture_pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorStats:
    """One detector: epoch of the detection under way (0.0 when idle), milliseconds of one, its process."""

    detection_start: float
    inference_speed: float
    pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """The contents of `/stats`."""

    cameras: dict[str, CameraStats] = field(default_factory=dict)
    detectors: dict[str, DetectorStats] = field(default_factory=dict)

    @property
    def detection_fps(self) -> float:
        """Detections per second of all cameras."""
        return round(sum(camera.detection_fps for camera in self.cameras.values()), 2)

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of Frigate 0.8: a key for each camera, and two for the detectors and their sum."""
        return {
            **{name: asdict(camera) for name, camera in self.cameras.items()},
            "detection_fps": self.detection_fps,
            "detectors": {name: asdict(detector) for name, detector in self.detectors.items()},
        }
