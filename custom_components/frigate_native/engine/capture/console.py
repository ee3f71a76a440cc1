"""Reads the messages of a decoding ffmpeg: stream properties and errors, without secrets."""

import logging
import re
from collections import deque
from typing import Final

from ..ffmpeg.child import LineBuffer
from ..ffmpeg.lines import MAX_LINES, LineReader

_LOGGER = logging.getLogger(__name__)

_INPUT_STREAM: Final = re.compile(r"^ *Stream #0:(?P<index>\d+).*?: (?P<kind>Video|Audio): (?P<codec>\w+)(?P<rest>.*)")
_FPS: Final = re.compile(r", (?P<fps>[\d.]+) fps")
_MAPPING: Final = re.compile(r"^ *Stream #0:(?P<index>\d+) -> #0:0 \((?P<codec>\w+) \((?P<decoder>\w+)\)")


class Console:
    """Parses ffmpeg's messages as they arrive. For one thread."""

    def __init__(self, path: str) -> None:
        """Start empty. path is the source; its user and password are hidden in everything that is kept."""
        self.has_audio = False
        self.codec = ""
        self.decoder = ""  # "" for libav's default decoder for the codec
        self._errors: deque[str] = deque(maxlen=MAX_LINES)
        self._lines = LineBuffer()
        self._rates: dict[str, float] = {}
        self._video = ""
        self._is_input = True
        self._reader = LineReader(path, _LOGGER)

    @property
    def errors(self) -> tuple[str, ...]:
        """The latest error messages without their level, oldest first."""
        return tuple(self._errors)

    @property
    def fps(self) -> float | None:
        """The stream's declared rate in 1/s; None if it declares none."""
        return self._rates.get(self._video)

    def feed(self, data: bytes) -> None:
        """Parse data from the pipe, in chunks of any size."""
        for line in self._lines.feed(data):
            self._read_line(line)

    def end(self) -> None:
        """Parse the last line, which may lack its line break."""
        self.feed(b"")

    def forget(self) -> None:
        """Discard errors: pictures arrive, so they were harmless."""
        self._errors.clear()

    def hide(self, text: str) -> str:
        """Return a text with its secrets hidden."""
        return self._reader.hide(text)

    def _read_line(self, line: str) -> None:
        is_error, words = self._reader.read(line)
        if is_error:
            self._errors.append(words)
        elif words.startswith("Output #"):
            self._is_input = False
        elif mapping := _MAPPING.match(words):
            self._read_mapping(mapping)
        elif self._is_input and (stream := _INPUT_STREAM.match(words)):
            self._read_input_stream(stream)

    def _read_input_stream(self, stream: re.Match[str]) -> None:
        if stream["kind"] == "Audio":
            self.has_audio = True
            return
        self.codec = self.codec or stream["codec"]
        self._video = self._video or stream["index"]
        if rate := _FPS.search(stream["rest"]):
            self._rates[stream["index"]] = float(rate["fps"])

    def _read_mapping(self, mapping: re.Match[str]) -> None:
        self._video = mapping["index"]
        self.codec = mapping["codec"]
        self.decoder = "" if mapping["decoder"] == "native" else mapping["decoder"]
