"""Recordings as HTTP Live Streaming: playlists, and the parts of recorded files as fragmented MP4."""

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Stream

from ..errors import MediaError
from ..media.segment import INDEX_ONLY, SegmentMuxer
from ..store import LONGEST_S, Recording

_TOUCHING_S: Final = 1.0  # a gap between two files up to this long is not a gap in the stream
_TIME_BASE: Final = 1_000_000  # of durations of whole files, per second
_FIRST_S: Final = LONGEST_S  # the stream's time at offset 0, so that no time of a file that begins before is negative
_INIT: Final = "init-v1"  # clients know initialization parts by how Frigate's names begin
_MEDIA: Final = "part"

type Sign = Callable[[str], str]
"""Returns the address of a file beside the playlist, with all that is needed to load it."""


def playlist(recordings: Sequence[Recording], sign: Sign) -> str:
    """Return the playlist of a camera's recordings in the order of time."""
    longest_s = max((one.end - one.start for one in recordings), default=1.0)
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", f"#EXT-X-TARGETDURATION:{math.ceil(longest_s)}"]
    lines += ["#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-INDEPENDENT-SEGMENTS"]
    before: Recording | None = None
    for one in recordings:
        if before is None or one.start - before.end > _TOUCHING_S:
            lines += ["#EXT-X-DISCONTINUITY"] if before else []
            begin = datetime.fromtimestamp(one.start, UTC).isoformat(timespec="milliseconds")
            lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{begin}")
        lines.append(f'#EXT-X-MAP:URI="{sign(part_name(_INIT, one))}"')
        lines += [f"#EXTINF:{one.end - one.start:.3f},", sign(part_name(_MEDIA, one))]
        before = one
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def master_playlist(index: str) -> str:
    """Return the playlist that names the only quality there is."""
    return f"#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-STREAM-INF:BANDWIDTH=4000000\n{index}\n"


def part_name(kind: str, one: Recording) -> str:
    """Return the name of a part: its kind and the microsecond at which the recording starts."""
    return f"{kind}-{round(one.start * 1e6)}.{'mp4' if kind == _INIT else 'm4s'}"


def part_start(name: str) -> tuple[bool, float] | None:
    """Return whether a name is that of an initialization part, and when its recording starts; None: another name."""
    kind, _, rest = name.rpartition("-")
    digits, _, suffix = rest.partition(".")
    if (kind, suffix) not in ((_INIT, "mp4"), (_MEDIA, "m4s")) or not (digits.isascii() and digits.isdigit()):
        return None
    return (kind == _INIT, int(digits[:18]) / 1e6)


def read_part(path: Path, offset_s: float, *, is_init: bool) -> bytes:
    """Return the initialization or the media of a recorded file, which begins offset_s after the time range.

    Blocks; MediaError if the file cannot be read.
    """
    try:
        with av.open(str(path), options=INDEX_ONLY) as container:
            head, media = _remuxed(container, offset_s + _FIRST_S, is_init=is_init)
    except (FFmpegError, ValueError, IndexError) as err:
        raise MediaError(f"the recording {path.name} cannot be read") from err
    return head if is_init else media


def read_duration_s(path: Path) -> float:
    """Return how long a recorded file is. Blocks; MediaError if it cannot be read."""
    try:
        with av.open(str(path), options=INDEX_ONLY) as container:
            return (container.duration or 0) / _TIME_BASE
    except (FFmpegError, ValueError) as err:
        raise MediaError(f"the file {path.name} cannot be read") from err


def _remuxed(container: InputContainer, offset_s: float, *, is_init: bool) -> tuple[bytes, bytes]:
    """Return the head of a fragmented MP4 with a file's first streams, and its fragments."""
    streams = container.streams
    muxer = SegmentMuxer(streams.video[0], next(iter(streams.audio), None))
    used = {streams.video[0].index, *(stream.index for stream in streams.audio[:1])}
    data = bytearray()
    try:
        for packet in _readable(container):
            if packet.stream_index in used and packet.dts is not None and packet.pts is not None:
                shift = round(offset_s / float(packet.time_base or 1))
                data += muxer.mux(packet, packet.dts + shift, packet.pts + shift)
                if is_init and data:
                    break
    finally:
        data += muxer.close()
    return _split(bytes(data))


def _readable(container: InputContainer) -> Iterator[Packet[Stream]]:
    """Yield packets up to the end, or to where the file was cut off."""
    try:
        for packet in container.demux():
            if packet.is_corrupt:
                return
            if packet.size:
                yield packet
    except FFmpegError:
        return


def _split(data: bytes) -> tuple[bytes, bytes]:
    """Split a fragmented MP4 behind its index."""
    begin = 0
    while begin + 8 <= len(data) and data[begin + 4 : begin + 8] != b"moof":
        begin += max(int.from_bytes(data[begin : begin + 4]), 8)
    return data[:begin], data[begin:]
