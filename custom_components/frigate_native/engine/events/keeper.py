"""Turns a camera's tracked objects into events, counts and best pictures."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product

from ..config.model import CameraConfig
from ..event_rules import severity_of
from ..frame import Frame
from ..messages import ALL_LABELS, EventMessage, EventType, Message, SnapshotMessage
from ..objects import TrackedObject
from ..pictures import Picture
from ..zones import Zone
from .counts import NOTHING, Count, CountKey
from .record import EventRecord
from .thumbnails import is_better


class EventKeeper:
    """Keeps an event for each tracked object of one camera. For the camera's process thread.

    An event is reported once its object is confirmed, when it gets a better picture or changes zones, and when it ends;
    `before` always repeats the `after` of the previous message.
    """

    def __init__(
        self,
        camera: CameraConfig,
        zones: Sequence[Zone],
        on_message: Callable[[Message], None],
        on_counts: Callable[[Mapping[CountKey, Count]], None],
    ) -> None:
        """Start without objects."""
        self._camera = self._switched = camera
        self._now = 0.0  # time of the current frame
        self._zones = zones
        self._on_message = on_message
        self._on_counts = on_counts
        self._records: dict[str, EventRecord] = {}
        self._best: dict[str, Picture] = {}
        self._counts: dict[CountKey, Count] = {}

    def fit(self, camera: CameraConfig, zones: Sequence[Zone]) -> None:
        """Continue with the camera and zones of another frame size."""
        self._camera, self._zones = camera, zones

    def follow(self, camera: CameraConfig) -> None:
        """Report clips, snapshots and severities as features are switched in this configuration."""
        self._switched = camera

    def best_picture(self, label: str) -> Picture | None:
        """Return the best picture of a label. For any thread."""
        return self._best.get(label)

    def is_true(self, object_id: str) -> bool:
        """Return whether an object has been confirmed."""
        record = self._records.get(object_id)
        return record is not None and record.is_true

    def current_zones(self, object_id: str) -> tuple[str, ...]:
        """Return the zones that an object is in."""
        record = self._records.get(object_id)
        return record.current_zones if record else ()

    def is_loitering(self, object_id: str) -> bool:
        """Return whether an object is in a zone that it must loiter in."""
        record = self._records.get(object_id)
        return record is not None and record.is_pending

    def update(self, frame: Frame, objects: Sequence[TrackedObject], gone: Sequence[TrackedObject]) -> None:
        """Update events from a frame: the objects tracked now, and those that have left."""
        self._now = frame.time
        for tracked in objects:
            record = self._records.get(tracked.id)
            if record is None:
                self._records[tracked.id] = EventRecord.of_new(self._camera.name, tracked, frame.size)
            elif tracked.was_checked:
                self._follow(record, tracked, frame)
            elif record.enter_zones(tracked, self._zones, frame.time) and record.is_true:
                self._notify(record, tracked, EventType.UPDATE)
            if record is not None and record.is_true and record.has_news(tracked, frame.time):
                self._notify(record, tracked, EventType.UPDATE)
        for tracked in gone:
            self._end(tracked, frame.time)
        self._count(objects)

    def _follow(self, record: EventRecord, tracked: TrackedObject, frame: Frame) -> None:
        is_new = record.judge(tracked, self._camera.objects.filters[tracked.label].threshold)
        has_moved = record.enter_zones(tracked, self._zones, frame.time)
        if tracked.is_seen:
            record.path.follow(tracked.seen_box, frame.size, frame.time)
        if not record.is_true:
            return
        is_improved = tracked.is_seen and not tracked.is_weak and record.improve_thumbnail(tracked, frame)
        if is_improved:
            self._offer_best(record)
        if is_new or is_improved or has_moved:
            self._notify(record, tracked, EventType.NEW if is_new else EventType.UPDATE)

    def _end(self, tracked: TrackedObject, end_time: float) -> None:
        record = self._records.pop(tracked.id, None)
        if record is not None and record.is_true:
            self._notify(record, tracked, EventType.END, end_time)

    def _notify(
        self, record: EventRecord, tracked: TrackedObject, kind: EventType, end_time: float | None = None
    ) -> None:
        if tracked.position_changes > 0:
            record.matter(severity_of(self._switched.review, tracked.label, record.current_zones))
        after = record.state(tracked, end_time).expecting(self._switched)
        record.reported_at = self._now
        self._on_message(EventMessage(type=kind, before=record.reported, after=after, picture=record.thumbnail))
        record.reported = after

    def _offer_best(self, record: EventRecord) -> None:
        picture = record.thumbnail
        if picture is None:
            return
        best = self._best.get(picture.label)
        if (
            best is None
            or is_better(picture, best)
            or picture.frame.time - best.frame.time > self._camera.best_image_timeout_s
        ):
            self._set_best(picture)

    def _set_best(self, picture: Picture) -> None:
        self._best[picture.label] = picture
        self._on_message(SnapshotMessage(camera=picture.camera, label=picture.label, picture=picture))

    def _count(self, objects: Sequence[TrackedObject]) -> None:
        counts: dict[CountKey, Count] = {}
        for tracked in objects:
            record = self._records[tracked.id]
            if record.is_true:
                one = Count(1, int(not tracked.is_stationary))
                for key in product((self._camera.name, *record.current_zones), (tracked.label, ALL_LABELS)):
                    counts[key] = counts.get(key, NOTHING).plus(one)
        if counts == self._counts:
            return
        before, self._counts = self._counts, counts
        self._on_counts(counts)
        for key in before.keys() - counts.keys():
            name, label = key
            if name == self._camera.name and label in self._best:
                self._set_best(self._best[label])
