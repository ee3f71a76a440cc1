"""Whether an input is read from its camera or from a restream of it."""

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

_FIRST_PAUSE_S: Final = 30.0  # whoever tells of restreams needs as long to notice that one is gone
_LONGEST_PAUSE_S: Final = 600.0
_STABLE_AFTER_S: Final = 60.0  # a restream that lasted so long makes the next pause a short one
_CODEC_OPTIONS: Final = frozenset({"c", "codec", "c:v", "codec:v", "vcodec", "c:v:0"})
_FILTERS: Final = frozenset({"vf", "filter", "filter:v", "filter_complex", "s", "r"})

type Open = Callable[[threading.Event], PacketSource]


class AddressSelector:
    """Opens an input where it is best read: from its restream while there is one that works, else from the camera.

    A restream that fails is left at once, without a pause, and not tried again for half a minute, then 1, 2 ... up to
    10 minutes. `use` is for any thread, all else for the one that reads.
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
        """Prepare; opener returns what opens an input again and again, and is asked once for each address.

        resolve_address tells the camera's address, each time anew.
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
        self._current: str | None = None  # the restream that was opened last, None for the camera
        self._opened_s = 0.0
        self._avoided_until_s = 0.0

    def prefer(self, restream: str | None) -> None:
        """Read from the restream at this address as long as it works, from the camera with None."""
        self._preferred = restream

    @property
    def restream(self) -> str | None:
        """The restream that is read, None for the camera. Any thread may ask."""
        return self._current

    def open(self, stop: threading.Event) -> PacketSource:
        """Return the input, opened; blocks. SourceError says why that is not possible."""
        best = self._best()
        if best != self._current:
            _LOGGER.info("Camera %s: now read from %s", self._camera, "its restream" if best else "the camera itself")
        self._current, self._opened_s = best, self._clock.monotonic()
        return (self._open_camera(stop) if best is None else self._open_restream(best))(stop)

    def has_changed(self) -> bool:
        """Tell whether the input should be opened anew, somewhere else."""
        return self._best() != self._current

    def leave_restream(self, err: SourceError) -> bool:
        """Tell whether what failed was the restream; the camera is next then, and nothing is lost."""
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
            # What the input arguments say is about the camera's own address.
            self._restream_opener = url, self._opener(replace(self._source, path=url, input_args=()))
        return self._restream_opener[1]


def has_unchanged_restream(camera: CameraConfig, source: InputConfig) -> bool:
    """Tell whether an input's restream has the camera's own pictures: not others, nor of another size."""
    return Role.RTMP in source.roles and camera.rtmp.enabled and _is_copied(camera.output_args.rtmp)


def _is_copied(words: Arguments) -> bool:
    codec = ""
    for name, value in pairs(words):
        option = name.removeprefix("-")
        if option in _FILTERS:
            return False
        codec = value or "" if option in _CODEC_OPTIONS else codec
    return codec == "copy"
