"""The ffmpeg program: whether it is there, how old it is, and the command that decodes a camera's input with it."""

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from ..config.model import Arguments, InputConfig
from .arguments import LOCAL_PROTOCOLS, pairs, protocol_of

DEFAULT_PROGRAM: Final = "ffmpeg"  # looked for on PATH

_VERSION_S: Final = 10.0
_NEWEST: Final = 99  # builds from its repository have a number of their own
_NEW_TIMEOUT: Final = 5  # from this version on RTSP's `-timeout` no longer waits for a caller, and `-stimeout` is gone

# What it says is read: each line with its level, and enough of them to know codec, decoder and reason.
_CONSOLE: Final = ("-nostdin", "-nostats", "-hide_banner", "-loglevel", "level+info")
_CONSOLE_OPTIONS: Final = frozenset({"-loglevel", "-v", "-stats", "-nostats", "-nostdin", "-hide_banner"})
# NUT instead of bare pictures: it carries their size and format, so that a wrong `width` or a filter garbles nothing.
# It also lets pictures come when they come, where bare ones are repeated to keep a rate.
_PIPE: Final = ("-an", "-sn", "-dn", "-c:v", "rawvideo", "-flush_packets", "1", "-f", "nut", "pipe:1")

_RTSP: Final = frozenset({"rtsp", "rtsps"})
# ffmpeg refuses them for other sources, though the default arguments hold them.
_RTSP_OPTIONS: Final = frozenset({"-rtsp_transport", "-rtsp_flags", "-allowed_media_types", "-reorder_queue_size"})


def find_program(name: str) -> str | None:
    """Return the path of a program that is named, or given by its path; None when it is not there."""
    return shutil.which(name)


def major_version(path: str) -> int:
    """Return a program's major version. OSError when it does not run."""
    return _major_version(path, Path(path).stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _major_version(path: str, _changed_ns: int) -> int:
    try:
        answer = subprocess.run(  # noqa: S603  # the program that the user or Home Assistant has chosen
            [path, "-version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_VERSION_S, check=False
        )
    except subprocess.TimeoutExpired as err:
        raise OSError(f"{path} does not answer") from err
    found = re.match(r"ffmpeg version n?(\d+)\.", answer.stdout.decode(errors="replace"))
    return int(found[1]) if found else _NEWEST


def decode_command(
    program: str, version: int, source: InputConfig, detect_args: Arguments, fps: float | None
) -> list[str]:
    """Return the command that writes an input's pictures to its output, with the user's arguments in Frigate's order.

    Only what concerns its console and the pipe differs, and names of options that this version or source has not.
    """
    words = (*source.global_args, *source.hwaccel_args, *source.input_args)
    rate = ("-r", f"{fps:g}") if fps else ()
    inputs = _input_words(words, protocol_of(source.path), version)
    return [program, *_CONSOLE, *inputs, "-i", source.path, *rate, *detect_args, *_PIPE]


def _input_words(words: Iterable[str], protocol: str, version: int) -> Iterator[str]:
    for name, value in pairs(words):
        known = _known_name(name, protocol, version)
        if known is not None:
            yield known
            if value is not None:
                yield value


def _known_name(name: str, protocol: str, version: int) -> str | None:
    """Return what an option is called for this source; None to leave it out."""
    if name in _CONSOLE_OPTIONS or (name in _RTSP_OPTIONS and protocol not in _RTSP):
        return None
    if name == "-stimeout" and protocol not in _RTSP:
        return None if protocol in LOCAL_PROTOCOLS else "-rw_timeout"
    if name in {"-stimeout", "-timeout"} and protocol in _RTSP:
        return "-timeout" if version >= _NEW_TIMEOUT else "-stimeout"
    return name
