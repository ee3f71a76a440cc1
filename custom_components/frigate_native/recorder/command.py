"""The ffmpeg command that records and restreams one input."""

from collections.abc import Iterable, Sequence
from typing import Final

from ..engine.ffmpeg.arguments import CONSOLE, input_words, paced_stills, pairs, protocol_of
from ..engine.ffmpeg.durations import parse_duration
from .plan import Arguments, InputPlan

SEGMENT_TEMPLATE: Final = "%06d.mp4"

DEFAULT_SEGMENT_S: Final = 60.0
"""For arguments without -segment_time."""

_PROGRESS: Final = ("-stats_period", "1", "-progress")
# One fragment per second, written at once: a power cut loses only seconds.
_FRAGMENTS: Final = "movflags=+frag_keyframe+empty_moov+default_base_moof:frag_duration=1000000:flush_packets=1"
_SEGMENTS: Final = (
    *("-f", "segment", "-segment_format", "mp4", "-segment_format_options", _FRAGMENTS),
    *("-strftime", "0", "-segment_start_number", "0", "-reset_timestamps", "1"),
    *("-segment_list", "pipe:1", "-segment_list_type", "csv"),
)
# Its own thread and a queue that drops packets: a stalled restream never blocks the recording.
_FIFO: Final = (
    *("-f", "fifo", "-queue_size", "300", "-drop_pkts_on_overflow", "1", "-restart_with_keyframe", "1"),
    *("-attempt_recovery", "1", "-recover_any_error", "1", "-recovery_wait_time", "1", "-fifo_format"),
)
_UNLABELLED: Final = frozenset({"rtsp", "rtsps", "rtmp", "rtmps", "rtmpt"})  # their packets have no container tags
_FLV_TAGS: Final = ("-tag:v", "7", "-tag:a", "10")  # H.264 and AAC in Adobe's FLV specification


def record_command(
    program: str,
    version: int,
    plan: InputPlan,
    *,
    folder: str,
    progress_fd: int,
    rtmp_url: str | None,
) -> list[str]:
    """Return the command, with the user's arguments in Frigate's order and segments numbered from 0 in `folder`.

    ffmpeg prints a line `name,start,end` on its standard output for each finished segment, in seconds since the
    stream started, and its progress to progress_fd once a second.
    """
    words = (*plan.global_args, *plan.hwaccel_args, *plan.input_args)
    inputs = input_words(paced_stills(words, plan.path), plan.path, version)
    command = [program, *CONSOLE, *_PROGRESS, f"pipe:{progress_fd}", "-copytb", "1", *inputs, "-i", plan.path]
    if plan.record is not None:
        target = f"{folder.replace('%', '%%')}/{SEGMENT_TEMPLATE}"
        command += ["-segment_time", f"{DEFAULT_SEGMENT_S:g}", *plan.record, *_SEGMENTS, target]
    if plan.rtmp is not None and rtmp_url is not None:
        command += [*_rtmp_words(plan.rtmp, protocol_of(plan.path)), f"{rtmp_url}/{plan.camera}"]
    return command


def last_value(words: Sequence[str], name: str) -> str | None:
    """Return the value of the last option with this name, which is the one that ffmpeg uses."""
    return next((value for option, value in reversed(list(pairs(words))) if option == name), None)


def segment_time(record: Arguments) -> float:
    """Return the segment length of these arguments, in seconds."""
    return parse_duration(last_value(record, "-segment_time") or "") or DEFAULT_SEGMENT_S


def uses_wall_clock(words: Iterable[str]) -> bool:
    """Return whether a stream's timestamps come from the machine's clock and jump with it."""
    return any(name == "-use_wallclock_as_timestamps" and value not in {"0", "false"} for name, value in pairs(words))


def _rtmp_words(words: Arguments, protocol: str) -> list[str]:
    kept: list[str] = []
    for name, value in pairs(words):
        if name not in {"-f", "-y"}:
            kept += [name] if value is None else [name, value]
    # The queue hides the format, from which ffmpeg would choose streams, encoders and tags.
    maps = [] if "-map" in kept else ["-map", "0:v:0?", "-map", "0:a:0?"]
    tags = [] if protocol in _UNLABELLED else [*_FLV_TAGS]
    format_name = last_value(words, "-f") or "flv"
    return [*maps, "-flags", "+global_header", *(tags if format_name == "flv" else []), *kept, *_FIFO, format_name]
