"""The thread that writes previews."""

import logging
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Final

from av.error import FFmpegError

from ..concurrency import Clock, Worker
from ..config.model import PreviewQuality
from ..errors import MediaError
from ..frame import Frame
from .film_writer import FilmWriter, check_encoder, finish_film
from .films import PreviewFolder, hour_end

_LOGGER = logging.getLogger(__name__)

_NICE: Final = 10
_TICK_S: Final = 5.0
_STOP_S: Final = 5.0
_PAUSE_S: Final = 60.0  # after a film could not be written


class PreviewRecorder:
    """Encodes frames into films, one film of each camera and hour. Any thread may call `put`, which returns at once.

    Of each camera, the newest frame waits; an older one is dropped.
    """

    def __init__(
        self,
        folder: PreviewFolder,
        qualities: Mapping[str, PreviewQuality],
        clock: Clock,
        chore: Callable[[], None],
    ) -> None:
        """Prepare; qualities are those of the cameras that have previews. chore runs in the thread now and then."""
        self._folder = folder
        self._qualities = qualities
        self._clock = clock
        self._chore = chore
        self._waiting: dict[str, Frame] = {}
        self._is_busy = False
        self._changed = threading.Condition()
        self._films: dict[str, FilmWriter] = {}
        self._paused: dict[str, float] = {}
        self._worker = Worker("fn:previews", self._run)

    @property
    def is_waiting(self) -> bool:
        """Whether a frame waits or is being encoded."""
        with self._changed:
            return bool(self._waiting) or self._is_busy

    def put(self, camera: str, frame: Frame) -> None:
        """Add a frame to the camera's preview, if it has one."""
        if camera in self._qualities:
            with self._changed:
                self._waiting[camera] = frame
                self._changed.notify()

    def start(self) -> None:
        """Start the thread."""
        self._worker.start()

    def request_stop(self) -> None:
        """Ask the thread to end."""
        self._worker.request_stop()
        with self._changed:
            self._changed.notify()

    def stop(self) -> bool:
        """Finish all films and end the thread; return whether it ended. May be called twice."""
        self.request_stop()
        return self._worker.stop(_STOP_S)

    def _run(self, stop: threading.Event) -> None:
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)
        try:
            check_encoder()
        except MediaError as err:
            _LOGGER.warning("There are no previews: %s", err)
            self._qualities = {}
            return
        self._finish_interrupted()
        try:
            while not stop.is_set():
                for camera, frame in self._take(stop).items():
                    self._add(camera, frame)
                self._is_busy = False
                self._finish_hours()
                self._chore()
        finally:
            for camera in list(self._films):
                self._finish(camera)

    def _take(self, stop: threading.Event) -> dict[str, Frame]:
        with self._changed:
            if not self._waiting and not stop.is_set():
                self._changed.wait(_TICK_S)
            waiting, self._waiting = self._waiting, {}
            self._is_busy = bool(waiting)
        return waiting

    def _add(self, camera: str, frame: Frame) -> None:
        if self._clock.monotonic() < self._paused.get(camera, 0.0):
            return
        film = self._films.get(camera)
        if film is not None and not film.fits(frame):
            self._finish(camera)
            film = None
        try:
            if film is None:
                self._films[camera] = FilmWriter(self._folder, camera, frame, self._qualities[camera])
            else:
                film.add(frame)
        except (OSError, FFmpegError) as err:
            self._fail(camera, err)
        else:
            if self._paused.pop(camera, None) is not None:
                _LOGGER.info("Camera %s: its preview is written again", camera)

    def _fail(self, camera: str, err: Exception) -> None:
        """Give up the film, and try again later."""
        if camera not in self._paused:
            _LOGGER.warning("Camera %s: its preview cannot be written: %s", camera, err)
        self._paused[camera] = self._clock.monotonic() + _PAUSE_S
        film = self._films.pop(camera, None)
        if film is not None:
            with suppress(OSError, FFmpegError):
                film.close()

    def _finish(self, camera: str) -> None:
        film = self._films.pop(camera)
        try:
            film.finish()
        except (OSError, FFmpegError) as err:
            self._fail(camera, err)

    def _finish_hours(self) -> None:
        now = self._clock.now()
        for camera, film in list(self._films.items()):
            if now >= hour_end(film.start):
                self._finish(camera)

    def _finish_interrupted(self) -> None:
        """Finish the films that an interrupted run left behind."""
        for camera in self._folder.cameras():
            for film in self._folder.films(camera):
                if not film.is_finished:
                    with suppress(OSError, FFmpegError):
                        finish_film(self._folder, film)
