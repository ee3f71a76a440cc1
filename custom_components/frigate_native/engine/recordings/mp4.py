"""Reads how long an MP4 file is from its index, without decoding anything."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

_HEADER_BYTES: Final = 16
_MVHD_BYTES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    kind: bytes
    content: int  # where it begins
    end: int


def mp4_seconds(path: Path) -> float | None:
    """Return how many seconds of video a file holds; None if nothing of it can be played.

    The index says how long a complete file is; of one that was cut off, only the share that is left counts. OSError if
    the file cannot be read.
    """
    with path.open("rb") as file:
        size = file.seek(0, 2)
        boxes = {box.kind: box for box in _boxes(file, 0, size)}
        moov, mdat = boxes.get(b"moov"), boxes.get(b"mdat")
        if moov is None or mdat is None or moov.end > size:
            return None
        seconds = _movie_seconds(file, moov)
    there, whole = min(mdat.end, size) - mdat.content, mdat.end - mdat.content
    return seconds * there / whole if seconds and whole > 0 and there > 0 else None


def _movie_seconds(file: BinaryIO, moov: _Box) -> float:
    mvhd = next((box for box in _boxes(file, moov.content, moov.end) if box.kind == b"mvhd"), None)
    if mvhd is None:
        return 0.0
    file.seek(mvhd.content)
    data = file.read(_MVHD_BYTES)
    if len(data) < _MVHD_BYTES:
        return 0.0
    scale, ticks = struct.unpack_from(">IQ", data, 20) if data[0] == 1 else struct.unpack_from(">II", data, 12)
    return float(ticks / scale) if scale else 0.0


def _boxes(file: BinaryIO, begin: int, end: int) -> Iterator[_Box]:
    """Yield the boxes of a part of a file; the last one may reach beyond it."""
    while begin < end:
        file.seek(begin)
        header = file.read(_HEADER_BYTES)
        if len(header) < 8:
            return
        length, kind, content = int.from_bytes(header[:4]), header[4:8], begin + 8
        if length == 1:
            length, content = int.from_bytes(header[8:16]), begin + 16
        elif length == 0:  # up to the end of the file
            length = end - begin
        if length < 8:
            return
        yield _Box(kind=kind, content=content, end=begin + length)
        begin += length
