"""What is remembered of one tracked object between frames."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from ..event_details import BestView, Severity
from ..frame import Frame
from ..geometry import Size, area
from ..messages import ObjectState
from ..objects import TrackedObject
from ..pictures import Picture
from ..zones import Zone
from .path import Path
from .scores import ScoreHistory
from .speed import SpeedMeter
from .thumbnails import is_better

_MOST_SILENCE_S: Final = 60.0
_LOITERS_ON: Final = "person"  # is active as long as it stays in a zone to loiter in, others until they have entered it


@dataclass(slots=True)
class Visit:
    """An object's stay in a zone: frames in a row that show it there, and since when there are enough of them."""

    frames: int = 0
    since: float | None = None

    def follow(self, inertia: int, now: float, *, is_missing: bool) -> None:
        """Count a frame; once there were enough, missing ones no longer matter."""
        self.frames = 0 if is_missing else self.frames + 1
        if self.since is None and self.frames >= inertia:
            self.since = now


@dataclass(slots=True)
class EventRecord:
    """One object's scores, zones and best picture. Owned by the camera's process thread."""

    camera: str
    reported: ObjectState = field(init=False)  # the last reported state, or the first detection
    history: ScoreHistory = field(default_factory=ScoreHistory)
    top_score: float = 0.0
    is_true: bool = False
    current_zones: tuple[str, ...] = ()
    entered_zones: tuple[str, ...] = ()
    thumbnail: Picture | None = None
    is_pending: bool = False  # in a zone that it must loiter in
    speed: SpeedMeter = field(default_factory=SpeedMeter)
    path: Path = field(default_factory=Path)
    best: BestView | None = None  # what the thumbnail shows
    max_severity: Severity | None = None
    reported_at: float = 0.0
    _visits: dict[str, Visit] = field(default_factory=dict)  # by zone

    @classmethod
    def of_new(cls, camera: str, tracked: TrackedObject, size: Size) -> EventRecord:
        """Start with an object's first detection, which cannot confirm it yet; size is the frame's."""
        record = cls(camera)
        record.path.follow(tracked.seen_box, size, tracked.frame_time)
        record.reported = record.state(tracked)
        record.history.add(tracked.score)
        return record

    def judge(self, tracked: TrackedObject, threshold: float) -> bool:
        """Add the score of one detection run; return whether it has just confirmed the object."""
        self.history.add(tracked.score if tracked.is_seen and not tracked.is_weak else 0.0)
        computed = self.history.computed
        self.top_score = max(self.top_score, computed)
        if self.is_true or computed < threshold:
            return False
        self.is_true = True
        return True

    def enter_zones(self, tracked: TrackedObject, zones: Sequence[Zone], now: float) -> bool:
        """Update the zones that the object is in, once per frame; return whether they have changed."""
        before = self.current_zones
        if tracked.was_checked:
            self._visit(tracked, zones)
            self.speed.follow(tracked, [zone for zone in zones if zone.name in self._visits])
        for zone in zones:
            if (visit := self._visits.get(zone.name)) is not None:
                visit.follow(zone.inertia, now, is_missing=tracked.is_missing)
        self.current_zones = tuple(zone.name for zone in zones if self._has_entered(tracked, zone, now))
        self.is_pending = any(self._is_loitering(tracked, zone, now) for zone in zones)
        self.entered_zones += tuple(name for name in self.current_zones if name not in self.entered_zones)
        return set(before) != set(self.current_zones)

    def _visit(self, tracked: TrackedObject, zones: Sequence[Zone]) -> None:
        """Begin and end visits by where the object is now."""
        for zone in zones:
            visit = self._visits.get(zone.name)
            has_stayed = visit is not None and visit.since is not None
            if not zone.holds(tracked.label, tracked.box, self.history.computed, has_stayed):
                self._visits.pop(zone.name, None)
            elif visit is None:
                self._visits[zone.name] = Visit()

    def _has_entered(self, tracked: TrackedObject, zone: Zone, now: float) -> bool:
        """Return whether the object is in a zone; one with measured sides holds only what moves, and fast enough."""
        if zone.ground is not None and (tracked.is_stationary or self.speed.average < zone.speed_threshold):
            return False
        visit = self._visits.get(zone.name)
        return visit is not None and visit.since is not None and now - visit.since >= zone.loitering_s

    def _is_loitering(self, tracked: TrackedObject, zone: Zone, now: float) -> bool:
        visit = self._visits.get(zone.name)
        if not zone.loitering_s or visit is None or visit.since is None:
            return False
        return tracked.label == _LOITERS_ON or now - visit.since < zone.loitering_s

    def has_news(self, tracked: TrackedObject, now: float) -> bool:
        """Return whether the object has come to rest or moved on since its last report, or that was long ago."""
        reported = self.reported
        if (reported.stationary, reported.position_changes) != (tracked.is_stationary, tracked.position_changes):
            return True
        return len(self.path.points) != len(reported.path_data) or now - self.reported_at >= _MOST_SILENCE_S

    def matter(self, severity: Severity | None) -> None:
        """Note how much the object matters now; the highest severity stays."""
        if severity is not None and self.max_severity is not Severity.ALERT:
            self.max_severity = severity

    def improve_thumbnail(self, tracked: TrackedObject, frame: Frame) -> bool:
        """Use this frame as the object's picture if it is better than the current one; return whether it is."""
        picture = Picture(
            camera=self.camera,
            label=tracked.label,
            event_id=tracked.id,
            frame=frame,
            score=tracked.score,
            box=tracked.box,
            area=area(tracked.box),
            entered_zones=self.entered_zones,
        )
        if self.thumbnail is not None and not is_better(picture, self.thumbnail):
            return False
        self.thumbnail = picture
        self.best = BestView(
            frame_time=frame.time,
            frame_size=frame.size,
            box=picture.box,
            area=picture.area,
            region=tracked.region,
            score=picture.score,
        )
        return True

    def state(self, tracked: TrackedObject, end_time: float | None = None) -> ObjectState:
        """Return the object's state, with frame_time, score, box and region of its last detection."""
        return ObjectState(
            id=tracked.id,
            camera=self.camera,
            frame_time=tracked.frame_time,
            label=tracked.label,
            top_score=self.top_score,
            false_positive=not self.is_true,
            start_time=tracked.start_time,
            end_time=end_time,
            score=tracked.score,
            box=tracked.seen_box,
            area=area(tracked.seen_box),
            region=tracked.region,
            current_zones=self.current_zones,
            entered_zones=self.entered_zones,
            stationary=tracked.is_stationary,
            motionless_count=tracked.motionless_count,
            position_changes=tracked.position_changes,
            pending_loitering=self.is_pending,
            current_estimated_speed=round(self.speed.current, 1),
            average_estimated_speed=round(self.speed.average, 1),
            velocity_angle=round(self.speed.angle, 1),
            path_data=tuple(self.path.points),
            computed_score=self.history.computed,
            max_severity=self.max_severity,
            best=self.best,
        )
