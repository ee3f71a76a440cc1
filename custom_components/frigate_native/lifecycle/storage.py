"""Events and their files of one entry: where they are kept, and who tells the database what."""

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..configuration import entry_config
from ..const import CONF_FOLDER, DOMAIN
from ..engine.concurrency import SystemClock
from ..engine.config.model import CameraConfig, Config
from ..engine.errors import StoreError
from ..engine.media import ClipRequest, delete_media
from ..engine.messages import ClipMessage, Message, SnapshotFileMessage
from ..engine.paths import MediaPaths
from ..engine.store import EventFilter, EventStore, EventWriter, FreeSpaceJob, StoredEvent, default_url

_LOGGER = logging.getLogger(__name__)

_FOLDER: Final = "frigate"
_OPENING_S: Final = 10.0  # a database that takes longer is locked
_WITHOUT_CLIP: Final = EventFilter(has_clip=False, include_thumbnails=False, limit=200)  # the newest


@callback
def async_paths_of(hass: HomeAssistant, entry: ConfigEntry) -> MediaPaths:
    """Return an entry's folders, below Home Assistant's local media so that its media browser finds them.

    The first entry gets the ones that the documentation names, and keeps them; two entries never share a database.
    """
    folder = entry_config.media_folder(entry)
    if folder is None:
        taken = {entry_config.media_folder(other) for other in hass.config_entries.async_entries(DOMAIN)}
        folder = f"{_FOLDER}-{entry.entry_id}" if _FOLDER in taken else _FOLDER
        hass.config_entries.async_update_entry(entry, data={**entry.data, CONF_FOLDER: folder})
    media = Path(hass.config.media_dirs.get("local") or hass.config.path("media"))
    return MediaPaths(
        clips=media / folder / "clips", recordings=media / folder / "recordings", cache=media / folder / "cache"
    )


class Storage:
    """An entry's events: the database, the thread that writes it, and what it is told. Not for the event loop."""

    def __init__(
        self,
        config: Config,
        paths: MediaPaths,
        on_state: Callable[[Message], None],
        switched: Callable[[str], CameraConfig],
    ) -> None:
        """Prepare everything; on_state is told in the database's thread whether it works.

        switched returns a camera's configuration as its features are switched now.
        """
        self._config = config
        self._switched = switched
        self._paths = paths
        self.store = EventStore(default_url(paths, config.database), dt_util.get_default_time_zone)
        room = FreeSpaceJob(paths.clips, self._remove_files, on_state, SystemClock())
        self.recorder = EventWriter(self.store, config, on_state, remove_files=self._remove_files, room=room)

    def start(self) -> list[ClipRequest]:
        """Open the database and return the clips that the last run, which was cut off, still owes; blocks.

        A database that cannot be opened is tried again, and told of, while cameras run.
        """
        self.recorder.start()
        try:
            return self.recorder.submit(self._owed_clips).result(_OPENING_S)
        except StoreError, TimeoutError:
            _LOGGER.warning("Clips that the last run left unmade stay so: the event database does not open in time")
            return []

    def stop(self) -> None:
        """Write what waits and close the database; blocks. May be called twice."""
        self.recorder.stop()

    def receive(self, message: Message) -> None:
        """Take in what the engine tells, in any thread, and return at once."""
        self.recorder.receive(message)
        match message:
            case ClipMessage():
                self.recorder.submit(lambda store: self._note_clip(store, message), waits=True)
            case SnapshotFileMessage(path=Path()):
                self.recorder.submit(lambda store: self._note_snapshot(store, message), waits=True)

    def _owed_clips(self, store: EventStore) -> list[ClipRequest]:
        """Return the clips of events that were cut off, and of those whose clip was not ready yet."""
        interrupted = {event.id: event for event in store.interrupted}
        others = [event for event in store.events(_WITHOUT_CLIP) if event.clip_problem is None]
        return [
            _clip_of(event, is_certain=event.id in interrupted)
            for event in (interrupted | {event.id: event for event in others}).values()
            if self._wants_clip(event)
        ]

    def _note_clip(self, store: EventStore, message: ClipMessage) -> None:
        problem = None if message.path else message.problem or "the clip could not be made"
        if not store.set_clip(message.event_id, problem):  # it has been deleted meanwhile
            delete_media(self._paths.clips, [(message.camera, message.event_id)], snapshots=False)

    def _note_snapshot(self, store: EventStore, message: SnapshotFileMessage) -> None:
        if not store.set_snapshot(message.event_id):
            delete_media(self._paths.clips, [(message.camera, message.event_id)], clips=False)

    def _wants_clip(self, event: StoredEvent) -> bool:
        if event.camera not in self._config.cameras or event.has_clip:
            return False
        clips = self._switched(event.camera).save_clips
        if not clips.enabled:
            return False
        if event.is_manual:
            return True
        is_in_zone = not clips.required_zones or not set(clips.required_zones).isdisjoint(event.zones)
        return is_in_zone and (clips.objects is None or event.label in clips.objects)

    def _remove_files(self, events: Sequence[StoredEvent], *, clips: bool, snapshots: bool) -> None:
        keys = [(event.camera, event.id) for event in events]
        delete_media(self._paths.clips, keys, clips=clips, snapshots=snapshots)


def _clip_of(event: StoredEvent, *, is_certain: bool) -> ClipRequest:
    assert event.end_time is not None  # the database has ended it
    return ClipRequest(
        event_id=event.id,
        camera=event.camera,
        start_time=event.start_time,
        end_time=event.end_time,
        is_certain=is_certain,
    )
