"""Clips of events that are only in recordings."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from ..config.model import CameraClipsConfig, Config
from ..errors import MediaError
from ..media import clip_path, clip_range
from ..media.assembly import TimeRange, assemble
from ..store import EventFilter, EventStore, StoredEvent
from .cuts import segments_of

_LOGGER = logging.getLogger(__name__)

_RETAINED: Final = EventFilter(has_clip=True, retained=True, limit=100, include_thumbnails=False)


class EventClips:
    """Knows which time the clip of an event shows, and writes those of retained events to files. Blocks."""

    def __init__(self, config: Config, clips: Path, recordings: Path, store: EventStore) -> None:
        """Use the rules of a configuration, and the folders of clips and recordings."""
        self._config = config
        self._clips = clips
        self._recordings = recordings
        self._store = store

    def range_of(self, event: StoredEvent) -> TimeRange | None:
        """Return what an event's clip shows; None while the event is ongoing."""
        if event.end_time is None:
            return None
        camera = self._config.cameras.get(event.camera)
        rules = camera.save_clips if camera else CameraClipsConfig()
        return clip_range(rules, event.start_time, event.end_time, self._config.save_clips.max_seconds)

    def keep_retained(self) -> Iterator[None]:
        """Write the clips of retained events to files, since recordings expire; yield after each."""
        page = _RETAINED
        while events := self._store.events(page):
            for event in events:
                self._keep(event)
                yield
            page = replace(page, older_than=events[-1].cursor)

    def _keep(self, event: StoredEvent) -> None:
        try:
            path = clip_path(self._clips, event.camera, event.id)
        except ValueError:  # another program may write to the database
            return
        requested = self.range_of(event)
        if path.exists() or requested is None:
            return
        found = self._store.recordings.between(event.camera, requested.start, requested.end)
        if not found:
            return
        try:
            assemble(segments_of(self._recordings, found), requested, path)
        except MediaError as err:
            _LOGGER.warning("Camera %s: the clip of event %s cannot be kept: %s", event.camera, event.id, err)
