"""Chooses whether an input is read from its camera or from a restream."""

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ..concurrency import Backoff, Clock
from ..config.model import Arguments, CameraConfig, InputConfig, Role
from ..context import ResolveAddress, configured_address
from ..errors import SourceError
from ..ffmpeg.arguments import pairs
from .source import PacketSource

_LOGGER = logging.getLogger(__name__)

_FIRST_PAUSE_S: Final = 30.0  # a failed restream is reported as gone after about this time
_LONGEST_PAUSE_S: Final = 600.0
_STABLE_AFTER_S: Final = 60.0  # a restream that works for this long resets the pause
_CODEC_OPTIONS: Final = frozenset({"c", "codec", "c:v", "codec:v", "vcodec", "c:v:0"})
_FILTERS: Final = frozenset({"vf", "filter", "filter:v", "filter_complex", "s", "r"})

type Open = Callable[[threading.Event], PacketSource]


class AddressSelector:
    """Opens an input at its restream while that works, otherwise at the camera.

    If a restream fails, the camera is opened without a pause. The restream is tried again after half a minute, then
    after 1, 2 ... up to 10 minutes. Any thread may call `prefer`; the rest belongs to the reading thread.
    """

    def __init__(
        self,
        camera: str,
        source: InputConfig,
        opener: Callable[[InputConfig], Open],
        clock: Clock,
        *,
        resolve_address: ResolveAddress = configured_address,
        pause: Backoff | None = None,
    ) -> None:
        """Prepare. opener is called once per address and returns a function that opens the input there.

        resolve_address returns the camera's address and is called before each connection to it.
        """
        self._camera = camera
        self._source = source
        self._opener = opener
        self._clock = clock
        self._pause = pause or Backoff(_FIRST_PAUSE_S, _LONGEST_PAUSE_S)
        self._resolve_address = resolve_address
        self._camera_opener: tuple[str, Open] | None = None
        self._restream_opener: tuple[str, Open] | None = None
        self._preferred: str | None = None
        self._current: str | None = None  # the restream that was opened last; None: the camera
        self._opened_s = 0.0
        self._avoided_until_s = 0.0

    def prefer(self, restream: str | None) -> None:
        """Read from the restream at this address while it works; None: from the camera."""
        self._preferred = restream

    @property
    def restream(self) -> str | None:
        """The restream that is read; None: the camera. Any thread may read it."""
        return self._current

    def open(self, stop: threading.Event) -> PacketSource:
        """Open the input and return it; blocks. SourceError if that fails."""
        best = self._best()
        if best != self._current:
            _LOGGER.info("Camera %s: now read from %s", self._camera, "its restream" if best else "the camera itself")
        self._current, self._opened_s = best, self._clock.monotonic()
        return (self._open_camera(stop) if best is None else self._open_restream(best))(stop)

    def has_changed(self) -> bool:
        """Return whether the input should be reopened at another address."""
        return self._best() != self._current

    def leave_restream(self, err: SourceError) -> bool:
        """After a failure, switch to the camera; False if the camera itself failed."""
        if self._current is None:
            return False
        now_s = self._clock.monotonic()
        if now_s - self._opened_s > _STABLE_AFTER_S:
            self._pause.reset()
        pause_s = self._pause.next_s()
        self._avoided_until_s = now_s + pause_s
        _LOGGER.info("Camera %s: its restream failed and rests for %.0f s: %s", self._camera, pause_s, err)
        return True

    def _best(self) -> str | None:
        preferred = self._preferred
        return preferred if preferred is not None and self._clock.monotonic() >= self._avoided_until_s else None

    def _open_camera(self, stop: threading.Event) -> Open:
        path = self._resolve_address(self._source.path, stop)
        if self._camera_opener is None or self._camera_opener[0] != path:
            self._camera_opener = path, self._opener(replace(self._source, path=path))
        return self._camera_opener[1]

    def _open_restream(self, url: str) -> Open:
        if self._restream_opener is None or self._restream_opener[0] != url:
            # The input arguments are meant for the camera's own address.
            self._restream_opener = url, self._opener(replace(self._source, path=url, input_args=()))
        return self._restream_opener[1]


def has_unchanged_restream(camera: CameraConfig, source: InputConfig) -> bool:
    """Return whether an input's restream carries the camera's video as it is, neither encoded nor filtered."""
    return Role.RTMP in source.roles and camera.rtmp.enabled and _is_copied(camera.output_args.rtmp)


def _is_copied(words: Arguments) -> bool:
    codec = ""
    for name, value in pairs(words):
        option = name.removeprefix("-")
        if option in _FILTERS:
            return False
        codec = value or "" if option in _CODEC_OPTIONS else codec
    return codec == "copy"
