"""ffmpeg's argument words: options, their values, and what they are called for a source and a version."""

import re
from collections.abc import Iterable, Iterator
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
"""What it says is read: each line with its level, and enough of them to know codec, decoder and reason."""

_CONSOLE_OPTIONS: Final = frozenset({"-loglevel", "-v", "-stats", "-nostats", "-nostdin", "-hide_banner", "-y", "-n"})
_NEW_TIMEOUT: Final = 5  # from this version on RTSP's `-timeout` no longer waits for a caller, and `-stimeout` is gone
_RTSP: Final = frozenset({"rtsp", "rtsps"})
# ffmpeg refuses them for other sources, though the default arguments hold them.
_RTSP_OPTIONS: Final = frozenset({"-rtsp_transport", "-rtsp_flags", "-allowed_media_types", "-reorder_queue_size"})
_NUMBER: Final = re.compile(r"-\.?\d.*")


def protocol_of(path: str) -> str:
    """Return the protocol of a URL in lower case, "" for a path."""
    protocol, separator, _ = path.partition("://")
    return protocol.lower() if separator else ""


def is_live(path: str) -> bool:
    """Tell whether a source comes over a network or from a device, so that what is not read in time is lost."""
    return protocol_of(path) not in LOCAL_PROTOCOLS or path.startswith("/dev/")


def pairs(words: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Split words into options and their values; a word that belongs to no option comes alone."""
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
    """Leave out the words before `-i` that concern the console or that this source has not; rename what is new.

    version is the program's major one.
    """
    protocol = protocol_of(path)
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


def _is_option(word: str) -> bool:
    """Tell an option from a value; values such as -1 begin with a dash too."""
    return len(word) > 1 and word[0] == "-" and not _NUMBER.fullmatch(word)
