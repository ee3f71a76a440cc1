"""The ffmpeg command that decodes a camera's input."""

from typing import Final

from ..ffmpeg.arguments import CONSOLE, input_words
from .detect_input import DetectInput

# NUT instead of bare pictures: it carries their size and format, so that a wrong `width` or a filter garbles nothing.
# It also lets pictures come when they come, where bare ones are repeated to keep a rate.
_PIPE: Final = ("-an", "-sn", "-dn", "-c:v", "rawvideo", "-flush_packets", "1", "-f", "nut", "pipe:1")


def decode_command(program: str, version: int, detect_input: DetectInput) -> list[str]:
    """Return the command that writes an input's pictures to its output, with the user's arguments in Frigate's order.

    Only what concerns its console and the pipe differs, and names of options that this version or source has not.
    """
    source, fps = detect_input.source, detect_input.fps
    words = (*source.global_args, *source.hwaccel_args, *source.input_args)
    rate = ("-r", f"{fps:g}") if fps else ()
    inputs = input_words(words, source.path, version)
    return [program, *CONSOLE, *inputs, "-i", source.path, *rate, *detect_input.detect_args, *_PIPE]
