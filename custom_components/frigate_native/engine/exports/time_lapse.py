"""Time lapses of recordings, encoded by the ffmpeg program in the background."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import av
from av.error import FFmpegError

from ..errors import MediaError
from ..ffmpeg.task import run_ffmpeg
from ..media.assembly import TimeRange, matching_segments
from ..media.file_names import temporary_path
from ..media.segment import INDEX_ONLY, Segment
from .job import Control, ExportJob

_NICE: Final = 19  # everything else comes first
_LONGEST_S: Final = 6 * 3600.0
_MOST_FPS: Final = 30.0
_SMOOTH_FPS: Final = 10.0  # with as many key frames, other pictures are not decoded: half of the time
_MOST_LINES: Final = 1080
_ENCODE: Final = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-pix_fmt", "yuv420p", "-threads", "1")
_FINISHED: Final = ("-movflags", "+faststart", "-f", "mp4")


def make_time_lapse(job: ExportJob, program: str, control: Control) -> None:
    """Write a film of recorded files, faster and without sound; MediaError if that fails. Blocks."""
    segments = matching_segments(job.segments, job.span, control.check)
    if not segments:
        raise MediaError("none of the recordings can be read")
    whole_s = max(job.seconds_of(segments) / job.speed, 0.1)
    temporary = temporary_path(job.path)
    listing = temporary.with_name(f".{job.path.name}.txt.mp4.part")
    try:
        listing.write_text(_listing(segments, job.span), encoding="utf-8")
        run_ffmpeg(
            program,
            (*_words(segments[0].path, listing, job.speed), str(temporary)),
            control.check,
            nice=_NICE,
            longest_s=_LONGEST_S,
            on_progress=lambda written_s: control.report(min(written_s / whole_s, 1.0)),
        )
        temporary.replace(job.path)
    except OSError as err:
        raise MediaError(f"{job.path.name} cannot be written: {err.strerror}") from err
    finally:
        listing.unlink(missing_ok=True)
        temporary.unlink(missing_ok=True)


def _words(sample: Path, listing: Path, speed: float) -> tuple[str, ...]:
    """Return ffmpeg's arguments for files like this one."""
    pictures, key_frames = _rates(sample)
    only_keys = key_frames * speed >= _SMOOTH_FPS
    fps = max(min((key_frames if only_keys else pictures) * speed, _MOST_FPS), 1.0)
    filters = f"setpts=PTS/{speed:g},fps={fps:.3f},scale=-2:'min({_MOST_LINES},ih)'"
    skipped = ("-skip_frame", "nokey") if only_keys else ()
    source = ("-threads", "1", "-f", "concat", "-safe", "0", "-i", str(listing))
    return (*skipped, *source, "-an", "-vf", filters, *_ENCODE, *_FINISHED)


def _listing(segments: Sequence[Segment], span: TimeRange) -> str:
    """Return a list of files as ffmpeg's concat demuxer reads it."""
    lines = ["ffconcat version 1.0"]
    for one in segments:
        quoted = str(one.path).replace("'", r"'\''")
        lines.append(f"file 'file:{quoted}'")
        if one.start < span.start:
            lines.append(f"inpoint {span.start - one.start:.3f}")
        if one.end > span.end:
            lines.append(f"outpoint {span.end - one.start:.3f}")
    return "\n".join([*lines, ""])


def _rates(path: Path) -> tuple[float, float]:
    """Return the pictures and the key frames per second of a file."""
    try:
        with av.open(str(path), options=INDEX_ONLY) as container:
            keys = [packet.is_keyframe for packet in container.demux(video=0) if packet.size]
            seconds = float(container.duration or 0) / av.time_base
    except FFmpegError as err:
        raise MediaError(f"the recording {path.name} cannot be read") from err
    if not keys or seconds <= 0:
        raise MediaError(f"the recording {path.name} cannot be read")
    return len(keys) / seconds, sum(keys) / seconds
