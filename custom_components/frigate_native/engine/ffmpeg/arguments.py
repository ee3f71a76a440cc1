"""Parses ffmpeg's arguments and adapts option names to a source and a version."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

LOCAL_PROTOCOLS: Final = frozenset({"", "file", "concat", "data", "pipe"})
FLAGS: Final = frozenset(
    {
        *("hide_banner", "nostdin", "nostats", "stats", "an", "sn", "dn", "y", "n", "re"),
        *("copyts", "start_at_zero", "accurate_seek"),
    }
)
"""Options without a value."""
CONSOLE: Final = ("-nostdin", "-nostats", "-hide_banner", "-loglevel", "level+info")
"""Makes ffmpeg print each message with its level, including codec, decoder and errors."""

_CONSOLE_OPTIONS: Final = frozenset({"-loglevel", "-v", "-stats", "-nostats", "-nostdin", "-hide_banner", "-y", "-n"})
_NEW_TIMEOUT: Final = 5  # since this version RTSP's `-timeout` no longer means to listen, and `-stimeout` is gone
_RTSP: Final = frozenset({"rtsp", "rtsps"})
# ffmpeg rejects these for other sources, but the default arguments contain them.
_RTSP_OPTIONS: Final = frozenset({"-rtsp_transport", "-rtsp_flags", "-allowed_media_types", "-reorder_queue_size"})
# ffmpeg analyses a live stream for this long where a stream is announced that never comes, such as sound. A camera that
# sends nothing else within 16 s counts as silent.
_LONGEST_ANALYSIS_S: Final = 10.0
_ANALYSIS_OPTIONS: Final = {"-analyzeduration": 1e6, "-probesize": 2e6}  # units per second, bytes at 16 Mbit/s
_SIZE: Final = re.compile(r"(?P<number>\d+(?:\.\d*)?(?:e\d+)?)(?P<unit>[kKMG]?)(?P<binary>i?)(?P<bytes>B?)", re.ASCII)
_UNITS: Final = {"": 0, "k": 1, "K": 1, "M": 2, "G": 3}
STILLS: Final = frozenset({"image2", "image2pipe"})
"""Formats of single pictures."""
STILL_FPS: Final = 5.0
"""How often a still picture is fetched where nothing says how often."""
# Pacing needs the pictures' own timestamps: those of arrival would always be due.
_UNPACED: Final = frozenset({"-re", "-readrate", "-use_wallclock_as_timestamps"})
_NUMBER: Final = re.compile(r"-\.?\d.*")


def protocol_of(path: str) -> str:
    """Return the protocol of a URL in lower case, "" for a path."""
    protocol, separator, _ = path.partition("://")
    return protocol.lower() if separator else ""


def is_live(path: str) -> bool:
    """Return whether a source is a network stream or a device, so that data not read in time is lost."""
    return protocol_of(path) not in LOCAL_PROTOCOLS or path.startswith("/dev/")


def pairs(words: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Split arguments into options and their values; a word that belongs to no option stands alone."""
    name: str | None = None
    for word in words:
        if _is_option(word):
            if name is not None:
                yield name, None
            name = word
            if name.removeprefix("-") in FLAGS:
                yield name, None
                name = None
        else:
            yield (word, None) if name is None else (name, word)
            name = None
    if name is not None:
        yield name, None


def input_words(words: Iterable[str], path: str, version: int) -> Iterator[str]:
    """Drop input options for the console or for other types of source, and rename options for this version.

    version is the program's major version.
    """
    protocol = protocol_of(path)
    for name, value in pairs(words):
        known = _known_name(name, protocol, version)
        if known is not None:
            yield known
            if value is not None:
                yield bounded_analysis(name, value) if is_live(path) else value


def paced_stills(words: Sequence[str], path: str, fps: float | None = None) -> list[str]:
    """Return input arguments that fetch a still picture from a server at most at its rate, not as fast as possible.

    The rate is `-r` or `-framerate`, or else fps. Other inputs keep their arguments.
    """
    given = dict(pairs(words))
    is_repeated = given.get("-loop") == "1" or "-stream_loop" in given
    if not (is_repeated and given.get("-f") in STILLS and is_live(path)):
        return list(words)
    kept = [pair for pair in pairs(words) if pair[0] not in _UNPACED]
    rate = [] if given.keys() & {"-r", "-framerate"} else ["-framerate", f"{fps or STILL_FPS:g}"]
    return ["-re", *rate, *(word for pair in kept for word in pair if word is not None)]


def bounded_analysis(name: str, value: str, longest_s: float = _LONGEST_ANALYSIS_S) -> str:
    """Return an option's value, for a live source; how long its streams are analysed is limited."""
    per_second = _ANALYSIS_OPTIONS.get(name)
    found = _SIZE.fullmatch(value)
    if per_second is None or found is None:
        return value
    number = float(found["number"]) * (1024 if found["binary"] else 1000) ** _UNITS[found["unit"]]
    number *= 8 if found["bytes"] else 1
    most = per_second * longest_s
    return value if number <= most else f"{most:.0f}"


def _known_name(name: str, protocol: str, version: int) -> str | None:
    """Return an option's name for this source; None to leave it out."""
    if name in _CONSOLE_OPTIONS or (name in _RTSP_OPTIONS and protocol not in _RTSP):
        return None
    if name == "-stimeout" and protocol not in _RTSP:
        return None if protocol in LOCAL_PROTOCOLS else "-rw_timeout"
    if name in {"-stimeout", "-timeout"} and protocol in _RTSP:
        return "-timeout" if version >= _NEW_TIMEOUT else "-stimeout"
    return name


def _is_option(word: str) -> bool:
    """Return whether a word is an option; values such as -1 start with a dash, too."""
    return len(word) > 1 and word[0] == "-" and not _NUMBER.fullmatch(word)
