"""The engine's messages to its subscribers: immutable, and safe to pass to any thread."""

from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from .config.model import CameraConfig
from .config.report import Note
from .errors import DetectorProblem, SourceProblem
from .event_details import NO_NOTES, Attribute, BestView, EventNotes, Severity as Severity  # noqa: PLC0414
from .event_rules import expected_files
from .frame import Frame
from .geometry import Box, ratio
from .pictures import Picture, ScenePicture

ALL_LABELS: Final = "all"
_THUMBNAILS: Final = "/media/frigate/clips/review"


class EventType(StrEnum):
    """The stage of an event's life."""

    NEW = "new"
    UPDATE = "update"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectState:
    """A tracked object at one moment; field names are the keys of `before` and `after` in Frigate 0.8.

    Times are epoch seconds, box and region (x1, y1, x2, y2) in detect-frame pixels, area in square pixels. Of an event
    that was made by hand they are the whole frame. motionless_count is the number of frames in which the object kept
    its place, position_changes how often it began to move. best is what its picture shows, notes what others add.

    Speeds are in km/h or mph, and 0 outside zones with measured sides; velocity_angle is in degrees, 0 to the right, 90
    down. path_data has points of the bottom center, as fractions of the frame, and their times. pending_loitering: the
    object stays in a zone that it must loiter in, so it counts as active although it may be stationary.

    computed_score is the median of the latest scores. has_clip and has_snapshot: such a file is or will be made, as far
    as can be known by now. attributes are those of this frame; max_severity that of the review items it belongs to.
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
    stationary: bool = False
    motionless_count: int = 0
    position_changes: int = 0
    pending_loitering: bool = False
    current_estimated_speed: float = 0.0
    average_estimated_speed: float = 0.0
    velocity_angle: float = 0.0
    path_data: tuple[tuple[tuple[float, float], float], ...] = ()
    computed_score: float = 0.0
    has_clip: bool = False
    has_snapshot: bool = False
    max_severity: Severity | None = None
    attributes: tuple[Attribute, ...] = ()
    best: BestView | None = None
    notes: EventNotes = NO_NOTES

    @property
    def sub_label(self) -> str | None:
        """What the object was recognized as, or the description of a manual event."""
        return self.notes.sub_label

    def expecting(self, camera: CameraConfig) -> ObjectState:
        """Return the state with the files that the event has or will have in this configuration."""
        has_clip, has_snapshot = expected_files(camera, self)
        return replace(self, has_clip=has_clip, has_snapshot=has_snapshot)

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of Frigate 0.8, with its keys in the same order, and then those of later versions."""
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
            "stationary": self.stationary,
            "active": not self.stationary,
            "motionless_count": self.motionless_count,
            "position_changes": self.position_changes,
            "ratio": round(ratio(self.box), 2),
            "computed_score": self.computed_score,
            "sub_label": _scored(self.notes.sub_label, self.notes.sub_label_score),
            "has_clip": self.has_clip,
            "has_snapshot": self.has_snapshot,
            "attributes": self._best_scores(),
            "current_attributes": [attribute.to_payload() for attribute in self.attributes],
            "snapshot": self._snapshot(),
            "snapshot_clean": True,
            "pending_loitering": self.pending_loitering,
            "max_severity": self.max_severity,
            **self._movement(),
            "recognized_license_plate": _scored(self.notes.plate, self.notes.plate_score),
            **{model: list(result) for model, result in self.notes.classes.items()},
        }

    def _best_scores(self) -> dict[str, float]:
        """Return the best score of each attribute."""
        known = (*(self.best.attributes if self.best else ()), *self.attributes)
        return {each.label: max(one.score for one in known if one.label == each.label) for each in known}

    def _movement(self) -> dict[str, Any]:
        return {
            "current_estimated_speed": self.current_estimated_speed,
            "average_estimated_speed": self.average_estimated_speed,
            "velocity_angle": self.velocity_angle,
            "path_data": [[list(point), time] for point, time in self.path_data],
        }

    def _snapshot(self) -> dict[str, Any] | None:
        if self.best is None:
            return None
        return self.best.to_payload() | {
            **self._movement(),
            "recognized_license_plate": self.notes.plate,
            "recognized_license_plate_score": self.notes.plate_score,
        }


def _scored(text: str | None, score: float | None) -> list[Any] | None:
    return None if text is None else [text, score]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventMessage:
    """A change of one event; `before` is the previous message's `after`, `picture` the best one so far."""

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
class ReviewState:
    """A review item at one moment: a span of one camera in which something happened.

    Times are epoch seconds; end_time is that of the last activity, None while the item is open. event_ids are those of
    its objects, labels theirs, zones all that they entered, each in the order of their appearance. last_time is that of
    the last activity so far, thumbnail_time that of the frame in the thumbnail.
    """

    id: str
    camera: str
    severity: Severity
    start_time: float
    end_time: float | None
    event_ids: tuple[str, ...]
    labels: tuple[str, ...]
    zones: tuple[str, ...]
    last_time: float
    thumbnail_time: float | None = None

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of today's Frigate; the thumbnail's path is that in its container."""
        return {
            "id": self.id,
            "camera": self.camera,
            "start_time": self.start_time,
            "end_time": self.end_time,
            "severity": str(self.severity),
            "thumb_path": f"{_THUMBNAILS}/thumb-{self.camera}-{self.id}.webp",
            "data": {
                "detections": list(self.event_ids),
                "objects": list(self.labels),
                "verified_objects": [],
                "sub_labels": [],
                "zones": list(self.zones),
                "audio": [],
                "thumb_time": self.thumbnail_time,
                "metadata": None,
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewMessage:
    """A change of one review item; `before` is the previous message's `after`, `picture` what its thumbnail shows."""

    type: EventType
    before: ReviewState
    after: ReviewState
    picture: ScenePicture | None = field(default=None, repr=False, compare=False)

    @property
    def camera(self) -> str:
        """The item's camera."""
        return self.after.camera

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of the `reviews` topic."""
        return {"type": str(self.type), "before": self.before.to_payload(), "after": self.after.to_payload()}


class EventNoteKind(StrEnum):
    """What was added to an event; the values are the types of `tracked_object_update`."""

    DESCRIPTION = "description"
    FACE = "face"
    PLATE = "lpr"
    CLASS = "classification"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNoteMessage:
    """Something was added to an event: a description, a name, a plate or a class; None: it was removed."""

    kind: EventNoteKind
    event_id: str
    camera: str
    text: str | None
    score: float | None = None
    time: float

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of the `tracked_object_update` topic."""
        payload: dict[str, Any] = {"type": str(self.kind), "id": self.event_id, "camera": self.camera}
        if self.kind is EventNoteKind.DESCRIPTION:
            return payload | {"description": self.text}
        found: dict[EventNoteKind, dict[str, Any]] = {
            EventNoteKind.FACE: {"name": self.text},
            EventNoteKind.PLATE: {"name": None, "plate": self.text},
            EventNoteKind.CLASS: {"model": "sub_label", "sub_label": self.text},
        }
        return payload | found[self.kind] | {"score": self.score, "timestamp": self.time}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountMessage:
    """How many objects of a label are in a camera's view or in a zone; `place` is the name of either.

    active is the number of those that are not stationary. The label ALL_LABELS is for the sum over all labels.
    """

    place: str
    is_zone: bool
    label: str
    count: int
    active: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotMessage:
    """A camera has a new best picture of a label, or the last object with that label has left."""

    camera: str
    label: str
    picture: Picture


class CameraState(StrEnum):
    """Whether a camera's stream is running."""

    CONNECTING = "connecting"
    RUNNING = "running"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraMessage:
    """A camera's stream has started, stopped or failed; `text` is for people and contains no secrets."""

    camera: str
    state: CameraState
    problem: SourceProblem | None = None
    text: str = ""


class AdviceTopic(StrEnum):
    """What a camera's advice is about."""

    AREAS = "areas"
    HARDWARE = "hardware"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceMessage:
    """What a running camera's user should change although it works; without notes, nothing any more.

    Notes are sentences for people and contain no secrets.
    """

    camera: str
    topic: AdviceTopic
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorMessage:
    """Whether a detector works; `text` is for people.

    With the problems CORAL and MODEL, detection continues on the CPU.
    """

    detector: str
    is_working: bool
    problem: DetectorProblem | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MotionMessage:
    """Motion has started or ended at a camera."""

    camera: str
    has_motion: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityMessage:
    """What a camera saw within a second from `time`: motion boxes and active objects, summed over its frames."""

    camera: str
    time: float
    motion: int
    objects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewFrameMessage:
    """A frame of a camera's preview; receivers must not keep it for long."""

    camera: str
    frame: Frame


class Feature(StrEnum):
    """What can be switched on and off while a camera is running: itself, detection, clips, snapshots, review items."""

    ENABLED = "enabled"
    DETECT = "detect"
    CLIPS = "clips"
    SNAPSHOTS = "snapshots"
    REVIEW_ALERTS = "review_alerts"
    REVIEW_DETECTIONS = "review_detections"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureMessage:
    """A feature of a camera was switched, possibly without a change."""

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
    """An event's snapshot is on disk, or could not be written; sent once after each event that needs one.

    If path is None there is no snapshot, and problem says why, for people.
    """

    event_id: str
    camera: str
    path: Path | None
    problem: str | None = None


class ExportState(StrEnum):
    """How far an export is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it."""
        return self in (ExportState.DONE, ExportState.FAILED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportMessage:
    """An export has changed; state None: it was deleted. progress is 0..1, problem is for people."""

    export_id: str
    camera: str
    state: ExportState | None
    progress: float = 0.0
    problem: str | None = None

    def to_payload(self) -> dict[str, Any]:
        """Return a JSON object."""
        state = "deleted" if self.state is None else str(self.state)
        payload = {"id": self.export_id, "camera": self.camera, "state": state}
        return payload | {"progress": round(self.progress, 3), "problem": self.problem}


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreMessage:
    """Whether events can be stored; `text` is for people and contains no password."""

    is_working: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskMessage:
    """The disk of the clips at `path` is nearly full, so that clips are deleted early, or it no longer is.

    `text` is for people.
    """

    has_room: bool
    path: Path
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockMessage:
    """Why old events and recordings are not deleted: the machine's clock has jumped; empty when it is as expected."""

    problem: str


type Message = (
    EventMessage
    | ReviewMessage
    | EventNoteMessage
    | CountMessage
    | SnapshotMessage
    | CameraMessage
    | AdviceMessage
    | DetectorMessage
    | MotionMessage
    | ActivityMessage
    | PreviewFrameMessage
    | FeatureMessage
    | ClipMessage
    | SnapshotFileMessage
    | ExportMessage
    | StoreMessage
    | DiskMessage
    | ClockMessage
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraStats:
    """One camera's rates in 1/s over the last ten seconds, and its processes."""

    camera_fps: float
    process_fps: float
    skipped_fps: float
    detection_fps: float
    pid: int
    capture_pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorStats:
    """One detector: start of the current detection (epoch, 0.0 if idle), milliseconds per detection, process."""

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
        """Detections per second of all cameras together."""
        return round(sum(camera.detection_fps for camera in self.cameras.values()), 2)

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of Frigate 0.8: a key for each camera, and two for the detectors and their sum."""
        return {
            **{name: asdict(camera) for name, camera in self.cameras.items()},
            "detection_fps": self.detection_fps,
            "detectors": {name: asdict(detector) for name, detector in self.detectors.items()},
        }
