"""Previews of all cameras: written, found, shown and deleted."""

import hashlib
import logging
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from PIL import Image

from ..config.model import Config, Role
from ..context import EngineContext
from ..disk.deletion_clock import DeletionClock
from ..errors import MediaError, StoreError
from ..frame import Frame
from ..media.files import delete_file
from ..messages import Message, PreviewFrameMessage
from ..paths import MediaPaths
from ..pictures.compression import to_webp
from ..store import EventStore
from .animation import AnimationKind, write_animation
from .films import LONGEST_S, Film, PreviewFolder
from .reading import picture_times, pictures
from .recorder import PreviewRecorder

_LOGGER = logging.getLogger(__name__)

_DAY_S: Final = 86_400.0
_EXPIRE_EVERY_S: Final = 3600.0  # the first time after an hour, when the index of recordings is complete
_MOST_ANIMATIONS: Final = 50
_KEPT_S: Final = 3600.0
_WAIT_S: Final = 60.0
_QUALITY: Final = 80


class PreviewService:
    """A small film of each recorded camera and hour. Any thread may call `receive`, which returns at once.

    The other methods block for the disk. Films are kept as long as recordings of their time, and at least for
    `continuous.days` and `motion.days`.
    """

    def __init__(self, paths: MediaPaths, config: Config, store: EventStore, context: EngineContext) -> None:
        """Prepare; the folder is created when it is needed."""
        self._config = config
        self._store = store
        self._clock = context.clock
        self._folder = PreviewFolder(paths.previews)
        self._animations = paths.cache / "previews"
        self._deletion_clock = DeletionClock(paths.cache / "previews.txt", context.clock, "previews")
        self._next_expiry_s = context.clock.monotonic() + _EXPIRE_EVERY_S
        qualities = {
            name: camera.record.preview.quality
            for name, camera in config.cameras.items()
            if camera.record.enabled and camera.input_for(Role.RECORD) is not None
        }
        self._recorder = PreviewRecorder(self._folder, qualities, context.clock, self._expire_if_due)
        self._drawing = threading.Lock()

    def start(self) -> None:
        """Start the thread."""
        self._recorder.start()

    def request_stop(self) -> None:
        """Ask the thread to end."""
        self._recorder.request_stop()

    def stop(self) -> bool:
        """Finish the films and end the thread; return whether it ended. May be called twice."""
        return self._recorder.stop()

    def receive(self, message: Message) -> None:
        """Take a frame of a preview."""
        if isinstance(message, PreviewFrameMessage):
            self._recorder.put(message.camera, message.frame)

    @property
    def is_waiting(self) -> bool:
        """Whether a frame is not in a film yet."""
        return self._recorder.is_waiting

    def films(self, camera: str, start: float, end: float) -> list[Film]:
        """Return the finished films that overlap a time range, in the order of time."""
        return [film for film in self._between(camera, start, end) if film.is_finished]

    def file(self, camera: str, name: str) -> Path | None:
        """Return a finished film by its name, if it is there."""
        return self._folder.file(camera, name)

    def times(self, camera: str, start: float, end: float) -> list[float]:
        """Return when the pictures of a time range were taken, those of the unfinished film too."""
        return picture_times(self._between(camera, start, end), start, end)

    def picture(self, camera: str, moment: float) -> bytes | None:
        """Return the picture that a preview shows at a time, as WebP; None without one."""
        shown = list(pictures(self._between(camera, moment, moment), moment, moment))
        if not shown:
            return None
        taken, picture = shown[-1]
        return to_webp(Image.fromarray(Frame(picture, taken, 0).to_rgb()), _QUALITY)

    def animation(self, camera: str, start: float, end: float, kind: AnimationKind) -> Path:
        """Return a short film or a moving picture of a time range, eight times as fast, in a file that stays an hour.

        MediaError if there is no preview of that time.
        """
        films = self._between(camera, start, end)
        path = self._animations / f"{_key(films, start, end)}.{kind}"
        if not self._drawing.acquire(timeout=_WAIT_S):
            raise MediaError("too many previews are requested; try again")
        try:
            if not path.is_file():
                self._make_room()
                write_animation(list(pictures(films, start, end)), path, kind)
            with suppress(OSError):
                path.touch()
        finally:
            self._drawing.release()
        return path

    def _between(self, camera: str, start: float, end: float) -> list[Film]:
        try:
            return self._folder.between(camera, start, end)
        except OSError as err:
            raise MediaError(f"previews cannot be read: {err.strerror}") from err

    def _make_room(self) -> None:
        """Delete what has not been used for an hour, and the oldest files beyond the limit."""
        if not self._animations.is_dir():
            return
        files = sorted(((path.stat().st_mtime, path) for path in self._animations.iterdir()), reverse=True)
        for number, (used, path) in enumerate(files, 1):
            if number >= _MOST_ANIMATIONS or used < time.time() - _KEPT_S:
                path.unlink(missing_ok=True)

    def _expire_if_due(self) -> None:
        if self._clock.monotonic() < self._next_expiry_s:
            return
        self._next_expiry_s = self._clock.monotonic() + _EXPIRE_EVERY_S
        try:
            self.expire()
        except (OSError, StoreError) as err:
            _LOGGER.debug("Old previews are deleted later: %s", err)

    def expire(self) -> None:
        """Delete the films that neither a number of days nor recordings keep; StoreError, OSError if that fails."""
        now = self._deletion_clock.time(self._store.recordings.newest)
        if now is None:
            return
        for camera in self._folder.cameras():
            config = self._config.cameras.get(camera)
            days = max(config.record.continuous.days, config.record.motion.days) if config else 0.0
            before = now - max(days * _DAY_S, LONGEST_S)
            for film in self._folder.films(camera):
                if film.end < before and not self._store.recordings.between(camera, film.start, film.end):
                    delete_file(film.path)


def _key(films: list[Film], start: float, end: float) -> str:
    """Return a name for an animation, another one when the films change."""
    facts: list[object] = [start, end]
    for film in films:
        with suppress(OSError):
            facts.append((film.path.name, film.path.stat().st_size))
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:32]
