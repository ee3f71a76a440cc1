"""Frigate's restream server: cameras read from it what it reads from the real ones."""

import re
from collections.abc import Iterable
from typing import Any, Final, NamedTuple
from urllib.parse import SplitResult, urlsplit

from ..problems import Problem, nearest
from .draft import Draft

_OWN_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "::1"})
_PORT: Final = 8554
_MOST_STEPS: Final = 5  # from one stream to another
_ADDRESS: Final = re.compile(r"(rtsps?|rtspx|rtmps?|https?|srt|udp|tcp)://", re.IGNORECASE)
_FFMPEG: Final = "ffmpeg:"
_CHANGE: Final = re.compile(r"(video=(?!copy)|rotate=|width=|height=)")
_KIND: Final = re.compile(r"([a-z0-9_]+):")


class Source(NamedTuple):
    """The camera's own address, and the options by which go2rtc changes the picture."""

    address: str
    changes: tuple[str, ...]


class Streams:
    """The streams of a file's `go2rtc` section."""

    def __init__(self, draft: Draft) -> None:
        """Take them from the draft."""
        self._streams: dict[str, Any] = {
            str(name): sources for name, sources in draft.section(("go2rtc", "streams")).items()
        }
        self._read: set[str] = set()

    @property
    def unread(self) -> list[str]:
        """The streams that no camera reads, by themselves or through another."""
        return [name for name in self._streams if name not in self._read]

    def is_own(self, address: object) -> bool:
        """Return whether an address is one of this server."""
        return isinstance(address, str) and _stream_name(address) is not None

    def resolved(self, address: object) -> Source | None:
        """Return the source that an address of this server stands for; None for any other address.

        Raises Problem when the stream is not there or of a kind that cannot be opened.
        """
        name = _stream_name(address) if isinstance(address, str) and self._streams else None
        return None if name is None else self._camera_address(name, _MOST_STEPS)

    def _camera_address(self, name: str, steps: int) -> Source:
        if name not in self._streams:
            raise Problem(f"go2rtc has no stream '{name}'", nearest(name, list(self._streams)))
        self._read.add(name)
        sources = self._streams[name]
        for source in sources if isinstance(sources, list) else [sources]:
            found = self._plain(source, name, steps)
            if found is not None:
                return found
        mend = "the camera's own RTSP address, or that of a go2rtc elsewhere: rtsp://host:8554/name"
        raise Problem(f"the stream '{name}' of go2rtc is {_kinds(sources)}, which cannot be opened here", mend)

    def _plain(self, source: object, name: str, steps: int) -> Source | None:
        if not isinstance(source, str):
            return None
        address, *options = source.removeprefix(_FFMPEG).split("#")
        changes = tuple(f"#{option}" for option in options if _CHANGE.match(option))
        other = address if address in self._streams else _stream_name(address)
        if other is None:
            return Source(address.replace("rtspx://", "rtsps://", 1), changes) if _ADDRESS.match(address) else None
        if not steps or other == name:
            return None
        found = self._camera_address(other, steps - 1)
        return Source(found.address, (*found.changes, *changes))


def _stream_name(address: str) -> str | None:
    parts = _split(address)
    if parts is None or parts.scheme != "rtsp" or parts.hostname not in _OWN_HOSTS:
        return None
    try:
        port = parts.port
    except ValueError:
        return None
    return parts.path.strip("/") if port in (None, _PORT) else None


def _split(address: str) -> SplitResult | None:
    try:
        return urlsplit(address)
    except ValueError:
        return None


def _kinds(sources: object) -> str:
    """Return what a stream's sources are, without their addresses."""
    several: Iterable[object] = sources if isinstance(sources, list) else [sources]
    kinds = [found[1] for source in several if isinstance(source, str) and (found := _KIND.match(source))]
    return f"of the kind {', '.join(dict.fromkeys(kinds))}" if kinds else "empty"
