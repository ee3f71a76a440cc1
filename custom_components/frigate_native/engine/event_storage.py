"""What an NVR keeps: the database, clips and snapshots, review items, the index of recordings, exports, previews."""

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from .capture import InputUse
from .config.model import Config
from .context import EngineContext
from .errors import StoreError
from .event_rules import needs_clip
from .exports.service import ExportService
from .features import Features
from .importing.service import ImportService
from .media import ClipRequest, Media, delete_media, existing_file
from .messages import ClipMessage, Message, ReviewMessage, SnapshotFileMessage
from .paths import MediaPaths
from .previews.service import PreviewService
from .recordings.service import RecordingService
from .store import (
    DatabaseClaim,
    EventFilter,
    EventStore,
    EventWriter,
    FreeSpaceJob,
    ReviewWriter,
    StoredEvent,
    default_url,
)

_LOGGER = logging.getLogger(__name__)

_OPENING_S: Final = 10.0  # a database that takes longer is locked
_WITHOUT_CLIP: Final = EventFilter(has_clip=False, include_thumbnails=False, limit=200)  # the newest


class EventStorage:
    """Stores events in the database and writes their clips and snapshots.

    Any thread may call `receive`; the other methods block and are for the thread that starts and stops the NVR.
    """

    def __init__(
        self,
        config: Config,
        paths: MediaPaths,
        context: EngineContext,
        features: Features,
        on_message: Callable[[Message], None],
    ) -> None:
        """Build everything, start nothing; creates the folders, OSError if that is not possible."""
        self._paths = paths
        self._cameras = frozenset(config.cameras)
        self._features = features
        url = default_url(paths, config.database)
        self._claim = DatabaseClaim(url)
        self.store = EventStore(url, context.time_zone)
        free_space = FreeSpaceJob(
            paths.clips, self._delete_files, on_message, context.clock, has_file=self._has_clip_file
        )
        self.writer = EventWriter(
            self.store,
            config,
            on_message,
            remove_files=self._delete_files,
            free_space=free_space,
            clock=context.clock,
            deletion_file=paths.cache / "events.txt",
        )
        self._reviews = ReviewWriter(self.writer.submit)
        self.recordings = RecordingService(paths, config, self.store, self.writer.submit, context)
        self.exports = ExportService(paths, self.store, self.writer.submit, context, on_message)
        self.previews = PreviewService(paths, config, self.store, context)
        self.imports = ImportService(
            paths, self.store, self.writer.submit, context.clock, on_files=self.recordings.look_again
        )
        self._media = Media(config, paths, context, features, on_message, recorded=self.recordings)

    def uses(self, camera: str) -> tuple[InputUse, ...]:
        """Return the uses of a camera's inputs that clips need."""
        return self._media.uses(camera)

    def claim(self) -> None:
        """Lock folders and database until `stop`; FolderInUseError if another system uses them. May be called again."""
        self._media.claim()
        self._claim.acquire()

    def start(self) -> None:
        """Lock the folders, open the database, finish what an interrupted run left behind, start to write clips.

        Returns within ten seconds: if the database does not open, that is reported and tried again in the background.
        """
        self.claim()
        self.writer.start()
        self._media.recover(self._owed_clips())
        self._media.start()
        self.recordings.start()
        self.exports.start()
        self.previews.start()

    def stop(self) -> None:
        """Make the clips that are still due, write what waits and close the database; may be called twice."""
        self.imports.stop()
        self.recordings.request_stop()
        self.exports.request_stop()
        self.previews.request_stop()
        self._media.stop()
        self.recordings.stop()
        self.exports.stop()
        self.previews.stop()
        self.writer.stop()
        self._claim.release()

    def receive(self, message: Message) -> None:
        """Store what a message says; returns at once."""
        self._media.receive(message)
        self.writer.receive(message)
        self.recordings.receive(message)
        self.previews.receive(message)
        match message:
            case ClipMessage():
                self.writer.submit(lambda store: self._note_clip(store, message), waits=True)
            case ReviewMessage():
                self._reviews.receive(message)
            case SnapshotFileMessage(path=Path()):
                self.writer.submit(lambda store: self._note_snapshot(store, message), waits=True)

    def _owed_clips(self) -> list[ClipRequest]:
        """Return the clips that the last run did not make."""
        try:
            return self.writer.submit(lambda store: list(self._without_clip(store))).result(_OPENING_S)
        except StoreError, TimeoutError:
            _LOGGER.warning("Clips of the last run that are not finished stay unfinished: the database does not open")
            return []

    def _without_clip(self, store: EventStore) -> Iterator[ClipRequest]:
        """Yield requests for events that were interrupted, and for those whose clip was not ready yet."""
        interrupted = {event.id: event for event in store.interrupted}
        others = {event.id: event for event in store.events(_WITHOUT_CLIP) if event.clip_problem is None}
        for event in (interrupted | others).values():
            if self._is_clip_missing(event):
                yield ClipRequest(state=event.to_state(), is_recovered=True, is_certain=event.id in interrupted)

    def _is_clip_missing(self, event: StoredEvent) -> bool:
        is_known = event.camera in self._cameras
        return is_known and not event.has_clip and needs_clip(self._features.camera(event.camera), event)

    def _note_clip(self, store: EventStore, message: ClipMessage) -> None:
        state, problem = message.state, None
        if message.path is None:
            problem = message.problem or "the clip could not be made"
        if not store.set_clip(state.id, problem):  # the event has been deleted meanwhile
            delete_media(self._paths.clips, [(state.camera, state.id)], snapshots=False)

    def _note_snapshot(self, store: EventStore, message: SnapshotFileMessage) -> None:
        if not store.set_snapshot(message.event_id):  # the event has been deleted meanwhile
            delete_media(self._paths.clips, [(message.camera, message.event_id)], clips=False)

    def _has_clip_file(self, event: StoredEvent) -> bool:
        return existing_file(self._paths.clips, event.camera, event.id, ".mp4") is not None

    def _delete_files(self, events: Sequence[StoredEvent], *, clips: bool, snapshots: bool) -> None:
        keys = [(event.camera, event.id) for event in events]
        delete_media(self._paths.clips, keys, clips=clips, snapshots=snapshots)
