"""An input that the ffmpeg program opens and decodes."""

import threading
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Final

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream
from av.video.stream import VideoStream

from ..errors import SourceError
from ..ffmpeg.program import find_program, major_version
from .arguments import InputOptions, requested_hardware
from .command import decode_command
from .console import Console
from .detect_input import DetectInput
from .process import FfmpegProcess
from .program_errors import failure, missing_program_error
from .source import Timeouts
from .source_errors import resized_error, stalled_error
from .stream_info import StreamInfo

_READ_BYTES: Final = 1 << 18
# The header holds size and format; no analysis is needed.
_NO_ANALYSIS: Final = {"probesize": "32", "fpsprobesize": "0", "analyzeduration": "0"}


class ProgramSource:
    """A running ffmpeg whose pictures arrive as packets of raw video; belongs to the thread that reads it."""

    def __init__(
        self,
        detect_input: DetectInput,
        stop: threading.Event,
        *,
        program: str,
        unsupported: Sequence[str],
        timeouts: Timeouts,
        notes: tuple[str, ...] = (),
    ) -> None:
        """Start ffmpeg and wait for its first picture; SourceError if there is none.

        unsupported are the arguments that PyAV does not support. HardwareError means that software decoding may work.
        """
        source = detect_input.source
        self.path = source.path
        self.options = InputOptions()  # ffmpeg limits the rate and decodes
        self.broken = 0
        self._stop = stop
        self._notes = notes
        self._console = Console(source.path)
        self._hardware = requested_hardware(source)
        self._unsupported = tuple(map(self._console.hide, unsupported))
        self._timeouts = timeouts
        self._has_pictures = False
        self._process = self._start(detect_input, program)
        try:
            self._container = self._open()
        except BaseException:
            self._process.stop()
            raise
        self._process.silence_s = timeouts.stall_s
        self._process.end_patience()

    @property
    def video(self) -> VideoStream:
        """The stream of raw pictures."""
        return self._container.streams.video[0]

    @property
    def audio(self) -> AudioStream | None:
        """None: ffmpeg drops the sound."""
        return None

    @property
    def has_audio(self) -> bool:
        """Whether the camera sends sound."""
        return self._console.has_audio

    @property
    def pid(self) -> int:
        """The ffmpeg process."""
        return self._process.pid

    def packets(self) -> Generator[Packet[Stream]]:
        """Yield pictures until the camera is stopped; SourceError if ffmpeg ends or is silent for too long."""
        size = 0
        streams: list[Stream] = [self.video]
        with suppress(FFmpegError):  # a truncated picture; ffmpeg's own messages are more helpful
            for packet in self._container.demux(streams):
                if self._stop.is_set():
                    return
                if not packet.size:
                    break
                size = size or packet.size
                if packet.size != size:
                    raise resized_error(self.path)
                self._has_pictures = True
                self._console.forget()
                yield packet
        if not self._stop.is_set():
            raise self._failure()

    def describe(self, found: StreamInfo) -> StreamInfo:
        """Return the properties of the camera's stream rather than of the pipe, except for the size."""
        decoder = self._console.decoder or (f"{self._hardware} ({self._codec})" if self._hardware else self._codec)
        return replace(
            found,
            codec=self._codec,
            fps=self._console.fps,
            decoded_by=f"ffmpeg: {decoder}",
            reason=f"decoded by the ffmpeg program because of {', '.join(self._unsupported)}",
            notes=self._notes,
        )

    def close(self) -> None:
        """Stop ffmpeg; may be called twice."""
        self._container.close()
        self._process.stop()

    @property
    def _codec(self) -> str:
        return self._console.codec or "unknown"

    def _start(self, detect_input: DetectInput, program: str) -> FfmpegProcess:
        found = find_program(program)
        if found is None:
            raise missing_program_error(program, self._unsupported, self.path)
        try:
            command = decode_command(found, major_version(found), detect_input)
            limits = 2 * self._timeouts.open_s, self._timeouts.key_frame_s
            return FfmpegProcess(command, self._console, self._stop, *limits)
        except OSError as err:
            raise missing_program_error(program, self._unsupported, self.path) from err

    def _open(self) -> InputContainer:
        try:
            container = av.open(self._process, "r", format="nut", options=dict(_NO_ANALYSIS), buffer_size=_READ_BYTES)
        except FFmpegError as err:
            raise self._failure() from err
        if not container.streams.video:
            container.close()
            raise self._failure()
        return container

    def _failure(self) -> SourceError:
        if self._process.is_silent and self._has_pictures:
            return stalled_error(self.path, self._timeouts.stall_s)
        if not self._process.is_silent:
            self._process.wait_for_exit()
        return failure(self._console, self.path, self._process.exit_code, has_pictures=self._has_pictures)
