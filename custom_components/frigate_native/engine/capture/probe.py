"""A look at a stream before a camera is set up with it."""

import threading

from ..config.model import Arguments, InputConfig, Role
from .arguments import InputOptions
from .decoder import Decoder
from .problems import stalled_error
from .source import Source, Timeouts
from .stream_info import StreamInfo


def probe(
    url: str,
    *,
    global_args: Arguments = (),
    hwaccel_args: Arguments = (),
    input_args: Arguments = (),
    timeout_s: float = 10.0,
) -> StreamInfo:
    """Open a stream, decode its first picture and return what it is; blocks for about `timeout_s` at most.

    SourceError says what to check when there is no picture.
    """
    source = InputConfig(
        path=url,
        roles=frozenset({Role.DETECT}),
        global_args=global_args,
        hwaccel_args=hwaccel_args,
        input_args=input_args,
    )
    options = InputOptions.from_input(source)
    stop = threading.Event()
    timer = threading.Timer(timeout_s, stop.set)
    timer.daemon = True
    timer.start()
    opened = None
    try:
        opened = Source(source, options, stop, timeouts=Timeouts(open_s=timeout_s * 0.7, read_s=timeout_s * 0.3))
        return _first_picture(opened, options, timeout_s)
    finally:
        timer.cancel()
        timer.join()
        if opened is not None:
            opened.close()


def _first_picture(source: Source, options: InputOptions, timeout_s: float) -> StreamInfo:
    decoder = Decoder(source.video, options)
    for packet in source.packets():
        for picture in decoder.decode(packet):
            return decoder.describe(picture, has_audio=source.has_audio)
    raise stalled_error(source.path, timeout_s)
