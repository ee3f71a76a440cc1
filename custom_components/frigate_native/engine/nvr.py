"""A whole system built from one configuration: detectors, cameras, events and their messages."""

import logging
import os
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from math import inf
from typing import Final

from .camera import Camera
from .capture import StreamInfo
from .concurrency import Deadline
from .config.model import CameraConfig, Config
from .config.problems import nearest
from .config.report import Note, NoteKind
from .context import EngineContext
from .detection import DetectorPool, HelperAddress
from .errors import ConfigError
from .event_storage import EventStorage
from .events import CountBoard
from .events.counts import Count, CountKey
from .events.notes import NoteBoard
from .features import Features
from .frame import Frame
from .messages import (
    CameraMessage,
    EventMessage,
    EventNoteKind,
    EventNoteMessage,
    Feature,
    FeatureMessage,
    Message,
    Stats,
)
from .pictures import Overlay, Picture
from .store import EventStore, StoredEvent

_LOGGER = logging.getLogger(__name__)

_PERSON: Final = "person"

type Consumer = Callable[[Message], None]


class Nvr:
    """Runs all cameras and detectors of a configuration and passes their messages to subscribers.

    Any thread may call it, but the event loop must not call methods that block.
    """

    def __init__(self, config: Config, context: EngineContext | None = None, *, runtime: str | None = None) -> None:
        """Build everything, start nothing; blocks for files. ConfigError when a model cannot be used.

        runtime forces the CPU model's runtime, "litert" or "ncnn"; by default the fastest that is there. With the
        context's paths, events are kept in a database, with their clips and snapshots; OSError if the folders cannot
        be created.
        """
        self.config = config
        self._context = context or EngineContext()
        self._consumers: tuple[Consumer, ...] = ()
        self._notes = NoteBoard()
        self._features = Features(config.cameras, self._notify)
        paths = self._context.paths
        self.storage = (
            EventStorage(config, paths, self._context, self._features, self._notify) if paths is not None else None
        )
        self._pool = DetectorPool(config.detectors, config.model, self._notify, runtime=runtime)
        self._counts = CountBoard(config.cameras.values(), self._notify)
        self._cameras = {name: self._new_camera(name) for name in config.cameras}

    def unknown_objects(self) -> list[ConfigError]:
        """Return the tracked labels that the model does not know.

        Not a reason to refuse a configuration: Frigate starts with it, too.
        """
        known = sorted(set(self._pool.labels.values()))
        return [
            ConfigError(f"cameras.{name}.objects.track", f"the model has no label '{label}'", nearest(label, known))
            for name, camera in self.config.cameras.items()
            for label in camera.objects.track
            if label not in known
        ]

    def subscribe(self, consumer: Consumer) -> Callable[[], None]:
        """Pass every message to `consumer` until the returned function is called.

        consumer runs in the engine's threads and must return at once.
        """
        self._consumers = (*self._consumers, consumer)

        def unsubscribe() -> None:
            self._consumers = tuple(other for other in self._consumers if other is not consumer)

        return unsubscribe

    def claim(self) -> None:
        """Lock the folders until `stop`; FolderInUseError if another system uses them. Blocks for a moment.

        `start` does it, too; call it earlier to find out before anything else is started.
        """
        if self.storage is not None:
            self.storage.claim()

    def start(self) -> None:
        """Open the event database, then start detectors and cameras; may be called once.

        Blocks for a moment, up to 10 s for a database that does not open (it is tried again in the background) and
        up to 20 s for detectors. DetectorError if no detector works, FolderInUseError as `claim`; what was started
        is stopped then.
        """
        report = self.config.report
        _LOGGER.info("Starting %s", report.summary)
        unknown = self.unknown_objects()
        notes = [note for note in report.of(NoteKind.ATTENTION, NoteKind.MISSING) if not _names_labels(note, unknown)]
        for note in (*notes, *unknown):
            _LOGGER.warning("%s", note)
        os.environ.update(self.config.environment_vars)  # for libav's drivers and the detectors
        try:
            if self.storage is not None:
                self.storage.start()
            self._pool.start()
            for camera in self._cameras.values():
                camera.start()
        except BaseException:
            self.stop()
            raise

    def stop(self, timeout_s: float = 10.0) -> None:
        """Stop all threads and processes; may be called twice.

        Blocks for up to timeout_s until the cameras have ended, which is a matter of moments unless one hangs in the
        system, then for seconds until detectors have ended, clips that are due are made and events are stored.
        """
        deadline = Deadline(timeout_s)
        for camera in self._cameras.values():
            camera.request_stop()
        for camera in self._cameras.values():
            camera.stop(deadline.left_s())
        self._pool.stop()
        if self.storage is not None:
            self.storage.stop()

    def use_helper(self, address: HelperAddress | None) -> None:
        """Use the add-on's detector unless detectors are configured; None: it has gone. Writes a small file."""
        self._pool.use_helper(address)

    def stats(self) -> Stats:
        """Return the current rates and detector times."""
        return Stats(
            cameras={name: camera.stats() for name, camera in self._cameras.items()},
            detectors=self._pool.stats(),
        )

    def counts(self) -> dict[CountKey, Count]:
        """Return the number of objects in each camera and zone by label, and over all labels."""
        return self._counts.totals()

    def set_feature(self, camera: str, feature: Feature, *, is_on: bool) -> None:
        """Switch a feature of a camera on or off at once; KeyError if there is no such camera.

        When a camera is off, it is not connected, and its latest picture is gone. When detection is off, tracked
        objects end with the next frame; motion and pictures continue. Events that end while clips or snapshots are off
        get none.
        """
        self._features.switch(camera, feature, is_on=is_on)
        if feature is Feature.ENABLED:
            self._cameras[camera].switch_inputs(is_on=is_on)
        self._cameras[camera].refresh_inputs()

    def features(self) -> list[FeatureMessage]:
        """Return the current state of every feature of every camera."""
        return self._features.messages()

    def use_restream(self, camera: str, url: str | None) -> None:
        """Read a camera from its restream at this address while that works; None: from the camera. Returns at once.

        This applies to inputs with the rtmp role whose restream is not re-encoded. KeyError: no such camera.
        """
        self._cameras[camera].use_restream(url)

    def camera_restream(self, camera: str) -> str | None:
        """Return the restream that the camera's detect stream is read from; None if it is read from the camera."""
        return self._cameras[camera].restream

    def begin_event(
        self,
        camera: str,
        label: str,
        *,
        sub_label: str | None = None,
        duration_s: float = inf,
        has_picture: bool = True,
    ) -> str:
        """Begin a manual event and return its ID; KeyError if there is no such camera, EventError if it cannot begin.

        It ends after duration_s or with `end_event`, and causes the same messages as other events. Its picture is the
        newest frame. It gets a clip and a snapshot if the camera's features are on, whatever its label.
        """
        events = self._cameras[camera].manual_events
        return events.begin(label, sub_label=sub_label, duration_s=duration_s, has_picture=has_picture)

    def end_event(self, event_id: str) -> bool:
        """End a manual event; return whether it was running."""
        return any(camera.manual_events.end(event_id) for camera in self._cameras.values())

    def set_sub_label(self, event_id: str, sub_label: str | None, score: float | None = None) -> Future[bool]:
        """Note what an event was recognized as; None removes that. The future tells whether the event exists."""
        self._notes.change(event_id, sub_label=sub_label or None, sub_label_score=score if sub_label else None)
        return self._note(
            event_id,
            lambda store: store.set_sub_label(event_id, sub_label, score),
            lambda event: _note_of(event, _sub_label_kind(event), sub_label, score, self._context.clock.now()),
        )

    def set_description(self, event_id: str, description: str | None) -> Future[bool]:
        """Describe an event; None removes the description. The future tells whether the event exists."""
        self._notes.change(event_id, description=description or None)
        return self._note(
            event_id,
            lambda store: store.set_description(event_id, description),
            lambda event: _note_of(event, EventNoteKind.DESCRIPTION, description, None, self._context.clock.now()),
        )

    def set_plate(self, event_id: str, plate: str | None, score: float | None = None) -> Future[bool]:
        """Note an event's license plate; None removes it. The future tells whether the event exists."""
        self._notes.change(event_id, plate=plate or None, plate_score=score if plate else None)
        return self._note(
            event_id,
            lambda store: store.set_plate(event_id, plate, score),
            lambda event: _note_of(event, EventNoteKind.PLATE, plate, score, self._context.clock.now()),
        )

    def _note(
        self, event_id: str, write: Callable[[EventStore], bool], message: Callable[[StoredEvent], EventNoteMessage]
    ) -> Future[bool]:
        """Store a note in the storage thread, then report it. StoreError in the future if that is not possible."""
        assert self.storage is not None  # without events there is nothing to note

        def work(store: EventStore) -> bool:
            if (event := store.event(event_id, include_thumbnail=False)) is None:
                return False
            write(store)
            self._notify(message(event))
            return True

        return self.storage.writer.submit(work)

    def current_config(self) -> Config:
        """Return the configuration with the current state of all features."""
        return replace(self.config, cameras=self._features.cameras())

    def camera_config(self, camera: str) -> CameraConfig:
        """Return a camera's configuration with the current state of its features."""
        return self._features.camera(camera)

    def camera_state(self, camera: str) -> CameraMessage:
        """Return whether a camera's stream is running, and if not, why."""
        return self._cameras[camera].state

    def camera_stream(self, camera: str) -> StreamInfo | None:
        """Return the properties of a camera's detect stream; None before its first frame."""
        return self._cameras[camera].stream

    def latest(self, camera: str) -> tuple[Frame, Overlay] | None:
        """Return a camera's newest processed frame and what was found in it, if there is one."""
        return self._cameras[camera].latest()

    def best_picture(self, camera: str, label: str) -> Picture | None:
        """Return the best picture of a label on a camera, if there is one."""
        return self._cameras[camera].best_picture(label)

    def _new_camera(self, name: str) -> Camera:
        return Camera(
            self.config.cameras[name],
            self._pool,
            on_message=self._notify,
            on_counts=lambda counts: self._counts.report(name, counts),
            current_config=lambda: self._features.camera(name),
            context=self._context,
            uses=self.storage.uses(name) if self.storage is not None else (),
        )

    def _notify(self, message: Message) -> None:
        if isinstance(message, EventMessage):
            message = self._notes.apply(message)
        if self.storage is not None:
            self.storage.receive(message)
        for consumer in self._consumers:
            consumer(message)


def _sub_label_kind(event: StoredEvent) -> EventNoteKind:
    return EventNoteKind.FACE if event.label == _PERSON else EventNoteKind.CLASS


def _note_of(
    event: StoredEvent, kind: EventNoteKind, text: str | None, score: float | None, now: float
) -> EventNoteMessage:
    return EventNoteMessage(kind=kind, event_id=event.id, camera=event.camera, text=text or None, score=score, time=now)


def _names_labels(note: Note, unknown: list[ConfigError]) -> bool:
    """Return whether a note is about tracked labels that are named otherwise, with what may be meant."""
    return bool(unknown) and note.place.endswith("objects.track")
