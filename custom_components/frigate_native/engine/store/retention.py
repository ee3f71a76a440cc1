"""Deletes events and their files when their time is up."""

import logging
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol

from ..config.model import Config, RetainConfig
from ..errors import MediaError
from ..messages import Severity
from .records import EventField, EventFilter, StoredEvent
from .store import EventStore

_LOGGER = logging.getLogger(__name__)

_DAY_S: Final = 86_400
BATCH: Final = 40  # events; measured: script/benchmark_store


type TimeToDeleteBy = Callable[[Callable[[], float | None]], float | None]
"""Returns the time (epoch), None while the clock cannot be trusted; gets what returns when the newest event began."""


class FileRemover(Protocol):
    """Deletes files of events, ignoring missing ones; after a MediaError the events are tried again later."""

    def __call__(self, events: Sequence[StoredEvent], *, clips: bool, snapshots: bool) -> None:
        """Delete the clips, the snapshots or both."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """For how many days events keep their clip and their snapshot; the event is kept for the longer time."""

    clip: int
    snapshot: int

    @property
    def event(self) -> int:
        return max(self.clip, self.snapshot)


class RetentionJob:
    """Deletes events that are older than their camera and label allow, a few at a time.

    A label's days are the camera's for that label, or else the camera's default; a camera that is no longer configured
    uses the global ones. Snapshots on disk have their own days. Retained and ongoing events are never deleted, and for
    a while no imported ones.
    """

    def __init__(self, config: Config, remove_files: FileRemover | None, time: TimeToDeleteBy) -> None:
        """Use the configuration's rules. remove_files is called with events before they are deleted."""
        self._config = config
        self._remove_files = remove_files
        self._time = time

    def steps(self, store: EventStore) -> Iterator[int]:
        """Delete what has expired, in one short transaction per step; yield the number of events changed in each."""
        now = self._time(lambda: _newest(store))
        if now is None:
            return
        for camera in store.cameras():
            kept = store.kept_times.last_of(camera, now)
            after = None if kept is None else math.nextafter(kept, math.inf)
            for label in _labels(store, camera):
                days = self._days(camera, label)
                of_label = EventFilter(cameras=(camera,), labels=(label,), retained=False, after=after)
                expired = replace(of_label, before=_older_than(days.event, now))
                yield from self._delete_events(store, expired)
                yield from self._drop_files(store, of_label, days, now)
        yield from self._expire_reviews(store, now)

    def _expire_reviews(self, store: EventStore, now: float) -> Iterator[int]:
        """Delete review items with their thumbnails; what is recorded of them has its own time."""
        for camera in store.reviews.cameras():
            if store.kept_times.of(camera, now):
                continue
            for severity in Severity:
                before = now - self._review_days(camera, severity) * _DAY_S
                while ids := store.reviews.ended_before(camera, severity, before, BATCH):
                    yield store.reviews.delete(ids)

    def _review_days(self, camera: str, severity: Severity) -> float:
        """Return for how long a camera's items are kept: as its events, and as what is recorded of them."""
        known = self._config.cameras.get(camera)
        if known is None:
            return self._config.save_clips.retain.default
        record = known.record
        kept = record.alerts.retain.days if severity is Severity.ALERT else record.detections.retain.days
        return max(known.save_clips.retain.default, known.snapshots.retain.default, kept if record.enabled else 0)

    def _days(self, camera: str, label: str) -> _Days:
        known = self._config.cameras.get(camera)
        if known is None:
            clip = _days_of(self._config.save_clips.retain, label)
            return _Days(clip=clip, snapshot=clip)
        clip = _days_of(known.save_clips.retain, label)
        has_files = known.snapshots.enabled
        return _Days(clip=clip, snapshot=_days_of(known.snapshots.retain, label) if has_files else clip)

    def _delete_events(self, store: EventStore, expired: EventFilter) -> Iterator[int]:
        for events in _batches(store, expired):
            if not self._remove(events, clips=True, snapshots=True):
                return
            yield store.delete([event.id for event in events])

    def _drop_files(self, store: EventStore, of_label: EventFilter, days: _Days, now: float) -> Iterator[int]:
        """Delete the clips or the snapshots of events that are kept longer than them."""
        if days.clip == days.snapshot:
            return
        is_clip = days.clip < days.snapshot
        expired = replace(
            of_label,
            before=_older_than(min(days.clip, days.snapshot), now),
            has_clip=True if is_clip else None,
            has_snapshot=None if is_clip else True,
        )
        for events in _batches(store, expired):
            if not self._remove(events, clips=is_clip, snapshots=not is_clip):
                return
            ids = [event.id for event in events]
            if is_clip:
                store.clear_clips(ids)
            else:
                store.set_snapshots(ids, has_snapshot=False)
            yield len(ids)

    def _remove(self, events: Sequence[StoredEvent], *, clips: bool, snapshots: bool) -> bool:
        if self._remove_files is None:
            return True
        try:
            self._remove_files(events, clips=clips, snapshots=snapshots)
        except MediaError as err:
            _LOGGER.warning("Files of expired events cannot be deleted, so the events are kept for now: %s", err)
            return False
        return True


def _newest(store: EventStore) -> float | None:
    """Return when the newest event began."""
    events = store.events(EventFilter(in_progress=None, limit=1, include_thumbnails=False))
    return events[0].start_time if events else None


def _days_of(retain: RetainConfig, label: str) -> int:
    return retain.objects.get(label, retain.default)


def _older_than(days: int, now: float) -> float:
    return math.nextafter(now - days * _DAY_S, -math.inf)


def _labels(store: EventStore, camera: str) -> tuple[str, ...]:
    return tuple(store.counts(EventField.LABEL, EventFilter(cameras=(camera,))))


def _batches(store: EventStore, expired: EventFilter) -> Iterator[list[StoredEvent]]:
    """Yield matching events, oldest first; the caller must change each batch so that it no longer matches."""
    page = replace(expired, limit=BATCH, include_thumbnails=False, newest_first=False)
    while events := store.events(page):
        yield events
