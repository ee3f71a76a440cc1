"""Tests a stream before a camera is set up with it."""

import threading

from ..config.model import Arguments, InputConfig, Role
from ..ffmpeg.program import DEFAULT_PROGRAM
from .decoder import Decoder
from .detect_input import DetectInput
from .source import PacketSource, Timeouts
from .source_errors import no_key_frame_error, stalled_error, undecodable_error
from .source_opener import SourceOpener
from .stream_info import StreamInfo


def probe(
    url: str,
    *,
    global_args: Arguments = (),
    hwaccel_args: Arguments = (),
    input_args: Arguments = (),
    program: str = DEFAULT_PROGRAM,
    timeout_s: float = 10.0,
) -> StreamInfo:
    """Open a stream, decode its first picture and return its properties; blocks for about `timeout_s` at most.

    program is the ffmpeg to use for arguments that PyAV does not support. If there is no picture, SourceError says
    what to check.
    """
    source = InputConfig(
        path=url,
        roles=frozenset({Role.DETECT}),
        global_args=global_args,
        hwaccel_args=hwaccel_args,
        input_args=input_args,
    )
    timeouts = Timeouts(open_s=timeout_s * 0.7, read_s=timeout_s * 0.3)
    opener = SourceOpener(DetectInput(source=source), program=program, timeouts=timeouts)
    stop = threading.Event()
    timer = threading.Timer(timeout_s, stop.set)
    timer.daemon = True
    timer.start()
    opened = None
    try:
        opened = opener.open(stop)
        return _first_picture(opened, timeout_s)
    finally:
        timer.cancel()
        timer.join()
        if opened is not None:
            opened.close()


def _first_picture(source: PacketSource, timeout_s: float) -> StreamInfo:
    decoder = Decoder(source.video, source.options)
    has_packets = has_key_frame = False
    for packet in source.packets():
        has_packets = True
        has_key_frame = has_key_frame or (packet.stream_index == source.video.index and packet.is_keyframe)
        for picture in decoder.decode(packet):
            return source.describe(decoder.describe(picture, has_audio=source.has_audio))
    if has_packets and not has_key_frame:
        raise no_key_frame_error(source.path, timeout_s)
    if has_packets:
        raise undecodable_error(source.path, source.video.codec_context.name)
    raise stalled_error(source.path, timeout_s)
