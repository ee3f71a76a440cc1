"""The ffmpeg command that decodes a camera's input."""

from typing import Final

from ..ffmpeg.arguments import CONSOLE, input_words, paced_stills
from .detect_input import DetectInput

# NUT instead of raw video: it carries size and format, so a wrong `width` or a filter cannot garble the pictures. It
# also keeps the camera's timing, while ffmpeg repeats raw pictures to keep a constant rate.
_PIPE: Final = ("-an", "-sn", "-dn", "-c:v", "rawvideo", "-flush_packets", "1", "-f", "nut", "pipe:1")


def decode_command(program: str, version: int, detect_input: DetectInput) -> list[str]:
    """Return the command that writes an input's pictures to standard output, with the user's arguments in their order.

    Options for the console and the output are ours. Options that this version or source does not support are left
    out or renamed.
    """
    source, fps = detect_input.source, detect_input.fps
    given = (*source.global_args, *source.hwaccel_args, *source.input_args)
    words = paced_stills(given, source.path, fps)
    rate = ("-r", f"{fps:g}") if fps else ()
    inputs = input_words(words, source.path, version)
    return [program, *CONSOLE, *inputs, "-i", source.path, *rate, *detect_input.detect_args, *_PIPE]
