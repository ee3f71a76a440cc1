"""Translates an input's ffmpeg arguments into options for libav."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import av
from av.codec.codec import Codec, UnknownCodecError
from av.codec.hwaccel import hwdevices_available

from ..config.model import Arguments, CameraConfig, InputConfig
from ..ffmpeg.arguments import LOCAL_PROTOCOLS, STILLS, bounded_analysis, pairs, protocol_of
from .known_options import CODEC_OPTIONS, CONTAINER_OPTIONS, HARDWARE_OPTIONS, HARMLESS_FLAGS, HARMLESS_VALUES

_MAX_SOCKET_TIMEOUT_S: Final = 8.0  # so that a thread waiting for a silent camera can end within 10 s
_SOCKET_TIMEOUT_S: Final = 5.0
_LONGEST_ANALYSIS_S: Final = 7.0  # below the 8 s that opening may take
# Limits for libav's analysis of live streams; the user's arguments override them. The default of 5 s makes RTMP start
# slowly if there is no sound, and the default of 20 pictures makes cameras with 5 fps start slowly. An MPEG-TS camera
# that changes its codec may number its video stream anew; merging the tables keeps it readable.
_LIVE_OPTIONS: Final = {"analyzeduration": "1000000", "fpsprobesize": "3", "merge_pmt_versions": "1"}

_TIMEOUT_OPTION: Final = {"rtsp": "timeout", "rtsps": "timeout"}  # for RTMP `timeout` means to listen for a connection

_DEVICE_WORDS: Final = frozenset({"hwaccel_device", "qsv_device"})
_SAME_DEVICE: Final = {"nvdec": "cuda", "cuvid": "cuda"}  # names in old versions of ffmpeg


@dataclass(frozen=True, slots=True, kw_only=True)
class HardwareDecoding:
    """A device that decodes: libav's name for its type, and which one (None: the first)."""

    kind: str
    device: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InputOptions:
    """How to open and decode one input.

    container and codec are options for libav's demuxer and decoder. loops counts repetitions after the first run
    (-1: endless). fps limits the frames passed on, in 1/s. socket_timeout_s is the protocol's own timeout, None for
    local files. unsupported lists arguments that PyAV cannot apply, as the user wrote them.
    """

    format: str | None = None
    container: Mapping[str, str] = field(default_factory=dict)
    codec: Mapping[str, str] = field(default_factory=dict)
    is_realtime: bool = False
    loops: int = 0
    fps: float | None = None
    decoder: str | None = None
    hardware: HardwareDecoding | None = None
    socket_timeout_s: float | None = None
    unsupported: tuple[str, ...] = ()

    @classmethod
    def from_input(cls, source: InputConfig, detect_args: Arguments = (), fps: float | None = None) -> InputOptions:
        """Parse an input's arguments and those of the detect output; fps is the camera's `fps`."""
        parser = _ArgumentParser(protocol_of(source.path))
        parser.read((*source.global_args, *source.hwaccel_args, *source.input_args), parser.input_option)
        parser.read(detect_args, parser.output_option)
        return parser.options(fps)

    @classmethod
    def from_camera(cls, camera: CameraConfig, source: InputConfig) -> InputOptions:
        """Parse the arguments of a camera's input that is used for detection."""
        return cls.from_input(source, camera.output_args.detect, camera.fps)


def without_hardware(source: InputConfig) -> InputConfig:
    """Return an input without the arguments that select hardware or a decoder."""
    return replace(
        source,
        global_args=_in_software(source.global_args),
        hwaccel_args=_in_software(source.hwaccel_args),
        input_args=_in_software(source.input_args),
    )


def requested_hardware(source: InputConfig) -> str:
    """Return the hardware that the arguments request, such as vaapi or h264_mmal; "" for none."""
    words = (*source.global_args, *source.hwaccel_args, *source.input_args)
    requested = {_bare(name): value for name, value in pairs(words)}
    kind = requested.get("hwaccel") or ""
    return "" if kind in {"none", "auto"} else kind


class _ArgumentParser:
    """Collects the meaning of one input's arguments."""

    def __init__(self, protocol: str) -> None:
        self._protocol = protocol
        self._format: str | None = None
        self._container: dict[str, str] = {}
        self._codec: dict[str, str] = {}
        self._is_realtime = False
        self._loops = 0
        self._is_loop = False  # a still picture, by its own demuxer
        self._input_fps: float | None = None
        self._output_fps: float | None = None
        self._decoder: str | None = None
        self._hardware: str | None = None
        self._device: str | None = None
        self._timeout_us: int | None = None
        self._unsupported: list[str] = []

    def read(self, words: Iterable[str], accept: Callable[[str, str | None], bool]) -> None:
        """Pass each option to `accept`; note those that it rejects."""
        for name, value in pairs(words):
            if not accept(_bare(name), value):
                self._unsupported.append(name if value is None else f"{name} {value}")

    def input_option(self, name: str, value: str | None) -> bool:
        """Apply an option of the input; return whether it is supported."""
        if value is None:
            return self._flag(name)
        if name in HARMLESS_VALUES:
            return True
        if name in CONTAINER_OPTIONS:
            self._container[name.replace("-", "_")] = value
            return True
        if name in CODEC_OPTIONS:
            self._codec[name] = value
            return True
        return self._timing(name, value) or self._decoding(name, value)

    def output_option(self, name: str, value: str | None) -> bool:
        """Apply an option of the detect output; return whether it is supported."""
        match name, value:
            case "r", str(rate):
                self._output_fps = _positive(rate)
                return self._output_fps is not None
            case (("vf" | "filter"), str(filters)) if filters.startswith("fps="):
                self._output_fps = _positive(filters.removeprefix("fps="))
                return self._output_fps is not None
            case ("f", "rawvideo") | ("pix_fmt", "yuv420p") | (("c" | "codec" | "vcodec"), "rawvideo"):
                return True
            case "map", str(stream):
                return stream in {"0", "0:v", "0:v:0", "0:0"}
        return name in HARMLESS_FLAGS if value is None else name in HARMLESS_VALUES

    def options(self, fps: float | None) -> InputOptions:
        """Return the options that the arguments amount to."""
        if self._is_loop and self._format in STILLS:
            self._loops = -1
        elif self._is_loop:
            self._unsupported.append("-loop 1")
        rates = [rate for rate in (self._output_fps or fps, self._input_fps) if rate]
        return InputOptions(
            format=self._format,
            container=self._all_container_options(),
            codec=dict(self._codec),
            is_realtime=self._is_realtime,
            loops=self._loops,
            fps=min(rates, default=None),
            decoder=self._decoder,
            hardware=HardwareDecoding(kind=self._hardware, device=self._device) if self._hardware else None,
            socket_timeout_s=self._socket_timeout_s(),
            unsupported=tuple(self._unsupported),
        )

    def _flag(self, name: str) -> bool:
        if name == "re":
            self._is_realtime = True
            return True
        return name in HARMLESS_FLAGS

    def _timing(self, name: str, value: str) -> bool:
        match name:
            case "stream_loop":
                self._loops = _whole(value, -1) or 0
                return _whole(value, -1) is not None
            case "loop":
                self._is_loop = value == "1"
                return value in {"0", "1"}
            case "r":
                self._input_fps = _positive(value)
                return self._input_fps is not None
            case "readrate":
                self._is_realtime = _positive(value) == 1
                return self._is_realtime
            case "stimeout" | "timeout":
                self._timeout_us = _whole(value, 0)
                return self._timeout_us is not None
        return False

    def _decoding(self, name: str, value: str) -> bool:
        match name:
            case "f":
                self._format = value if _is_input_format(value) else None
                return self._format is not None
            case "c" | "codec" | "vcodec":
                self._decoder = value if _is_decoder(value) else None
                return self._decoder is not None
            case "hwaccel":
                return self._hardware_kind(_SAME_DEVICE.get(value, value))
            case "pix_fmt":
                self._container["pixel_format"] = value
                return True
        if name in _DEVICE_WORDS:
            self._device = value
            return True
        return False

    def _hardware_kind(self, kind: str) -> bool:
        if kind in {"none", "auto"}:  # with `auto`, ffmpeg also falls back to software
            return True
        if kind not in hwdevices_available():
            return False
        self._hardware = kind
        return True

    def _all_container_options(self) -> dict[str, str]:
        options = dict(self._container)
        if self._is_realtime:
            # Pacing needs the file's own timestamps: packets stamped on arrival would always be due.
            options.pop("use_wallclock_as_timestamps", None)
        timeout_s = self._socket_timeout_s()
        if timeout_s is None:
            return options
        for name, value in options.items():
            options[name] = bounded_analysis(f"-{name}", value, _LONGEST_ANALYSIS_S)
        timeout = {_TIMEOUT_OPTION.get(self._protocol, "rw_timeout"): str(round(timeout_s * 1e6))}
        return {**_LIVE_OPTIONS, **options, **timeout}

    def _socket_timeout_s(self) -> float | None:
        if self._protocol in LOCAL_PROTOCOLS:
            return None
        requested_us = self._timeout_us or _whole(self._container.get("rw_timeout", ""), 1)
        return min(requested_us / 1e6 if requested_us else _SOCKET_TIMEOUT_S, _MAX_SOCKET_TIMEOUT_S)


def _in_software(words: Arguments) -> Arguments:
    kept = [pair for pair in pairs(words) if _bare(pair[0]) not in HARDWARE_OPTIONS]
    return tuple(word for pair in kept for word in pair if word is not None)


def _bare(name: str) -> str:
    """Return an option's name without its dash and its stream specifier."""
    return name.removeprefix("-").removesuffix(":0").removesuffix(":v")


def _is_input_format(name: str) -> bool:
    try:
        return av.ContainerFormat(name, "r").is_input
    except ValueError:
        return False


def _is_decoder(name: str) -> bool:
    try:
        return Codec(name, "r").is_decoder
    except UnknownCodecError:
        return False


def _positive(text: str) -> float | None:
    """Parse a rate such as 5, 7.5 or 30000/1001; None if it is not one."""
    numerator, _, denominator = text.partition("/")
    try:
        value = float(numerator) / float(denominator or 1)
    except ValueError, ZeroDivisionError:
        return None
    return value if value > 0 else None


def _whole(text: str, least: int) -> int | None:
    try:
        value = int(text)
    except ValueError:
        return None
    return value if value >= least else None
