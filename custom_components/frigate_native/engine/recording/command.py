"""The ffmpeg command that records and restreams one input."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from .plan import Arguments, InputPlan

SEGMENT_TEMPLATE: Final = "%06d.mp4"

_NEW_TIMEOUT: Final = 5  # from this version on RTSP's `-timeout` no longer waits for a caller, and `-stimeout` is gone
_RTSP: Final = frozenset({"rtsp", "rtsps"})
_RTSP_OPTIONS: Final = frozenset({"-rtsp_transport", "-rtsp_flags", "-allowed_media_types", "-reorder_queue_size"})
_LOCAL: Final = frozenset({"", "file", "concat", "data", "pipe"})
# What it says is read: each line with its level, and how far it has come.
_CONSOLE: Final = ("-nostdin", "-nostats", "-hide_banner", "-loglevel", "level+info", "-stats_period", "1")
_CONSOLE_OPTIONS: Final = frozenset({"-loglevel", "-v", "-stats", "-nostats", "-nostdin", "-hide_banner", "-y", "-n"})
# A fragment each second, written at once: what a power cut takes is seconds.
_FRAGMENTS: Final = "movflags=+frag_keyframe+empty_moov+default_base_moof:frag_duration=1000000:flush_packets=1"
_SEGMENTS: Final = (
    *("-f", "segment", "-segment_format", "mp4", "-segment_format_options", _FRAGMENTS),
    *("-strftime", "0", "-segment_start_number", "0", "-reset_timestamps", "1"),
    *("-segment_list", "pipe:1", "-segment_list_type", "csv"),
)
# A thread of its own with a queue that drops: a restream that stands still never holds up the recording.
_FIFO: Final = (
    *("-f", "fifo", "-queue_size", "300", "-drop_pkts_on_overflow", "1", "-restart_with_keyframe", "1"),
    *("-attempt_recovery", "1", "-recover_any_error", "1", "-recovery_wait_time", "1", "-fifo_format"),
)
_UNLABELLED: Final = frozenset({"rtsp", "rtsps", "rtmp", "rtmps", "rtmpt"})  # their packets carry no container's labels
_FLV_TAGS: Final = ("-tag:v", "7", "-tag:a", "10")  # H.264 and AAC in Adobe's specification of FLV
_NUMBER: Final = re.compile(r"-[\d.]+")


def record_command(
    program: str,
    version: int,
    plan: InputPlan,
    *,
    folder: str,
    progress_fd: int,
    rtmp_url: str | None,
    segment_s: float,
) -> list[str]:
    """Return the command, the user's arguments in Frigate's order, segments numbered from 0 in `folder`.

    Each finished segment is a line `name,start,end` on its standard output, in seconds since the stream's begin;
    progress_fd gets how far it is each second. segment_s is for arguments that do not say it.
    """
    words = (*plan.global_args, *plan.hwaccel_args, *plan.input_args)
    inputs = _input_words(words, protocol_of(plan.path), version)
    command = [program, *_CONSOLE, "-progress", f"pipe:{progress_fd}", "-copytb", "1", *inputs, "-i", plan.path]
    if plan.record is not None:
        target = f"{folder.replace('%', '%%')}/{SEGMENT_TEMPLATE}"
        command += ["-segment_time", f"{segment_s:g}", *plan.record, *_SEGMENTS, target]
    if plan.rtmp is not None and rtmp_url is not None:
        command += [*_rtmp_words(plan.rtmp, protocol_of(plan.path)), f"{rtmp_url}/{plan.camera}"]
    return command


def protocol_of(path: str) -> str:
    """Return the protocol of an address, in lower case; empty for a file."""
    try:
        return urlsplit(path).scheme.lower()
    except ValueError:
        return ""


def last_value(words: Sequence[str], name: str) -> str | None:
    """Return the value of the last option of a name, which is the one that counts."""
    return next((value for option, value in reversed(list(pairs(words))) if option == name), None)


def segment_time(record: Arguments, default_s: float) -> float:
    """Return how long the segments of these arguments are, in seconds."""
    return parsed_duration(last_value(record, "-segment_time") or "") or default_s


def parsed_duration(text: str) -> float | None:
    """Return ffmpeg's `60`, `1:00`, `00:01:00.5` or `500ms` in seconds; None for what it is not."""
    for unit, factor in (("ms", 1e-3), ("us", 1e-6), ("s", 1.0)):
        if text.endswith(unit):
            text, scale = text.removesuffix(unit), factor
            break
    else:
        scale = 1.0
    try:
        seconds = 0.0
        for part in text.split(":"):
            seconds = seconds * 60 + float(part)
    except ValueError:
        return None
    return seconds * scale


def uses_wall_clock(words: Iterable[str]) -> bool:
    """Tell whether a stream's timestamps are taken from the machine's clock, and jump with it."""
    return any(name == "-use_wallclock_as_timestamps" and value not in {"0", "false"} for name, value in pairs(words))


def pairs(words: Iterable[str]) -> Iterator[tuple[str, str | None]]:
    """Yield options with their values, None for those that have none."""
    pending: str | None = None
    for word in words:
        if _is_option(word):
            if pending is not None:
                yield pending, None
            pending = word
        elif pending is not None:
            yield pending, word
            pending = None
        else:
            yield word, None
    if pending is not None:
        yield pending, None


def _is_option(word: str) -> bool:
    return word.startswith("-") and len(word) > 1 and not _NUMBER.fullmatch(word)


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
        return None if protocol in _LOCAL else "-rw_timeout"
    if name in {"-stimeout", "-timeout"} and protocol in _RTSP:
        return "-timeout" if version >= _NEW_TIMEOUT else "-stimeout"
    return name


def _rtmp_words(words: Arguments, protocol: str) -> list[str]:
    kept: list[str] = []
    for name, value in pairs(words):
        if name not in {"-f", "-y"}:
            kept += [name] if value is None else [name, value]
    # The queue hides the format, which would have told ffmpeg which streams to take, how to encode and label them.
    maps = [] if "-map" in kept else ["-map", "0:v:0?", "-map", "0:a:0?"]
    tags = [] if protocol in _UNLABELLED else [*_FLV_TAGS]
    format_name = last_value(words, "-f") or "flv"
    return [*maps, "-flags", "+global_header", *(tags if format_name == "flv" else []), *kept, *_FIFO, format_name]
