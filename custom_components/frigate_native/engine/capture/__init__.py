"""From a camera's address to its frames."""

from ..ffmpeg.program import DEFAULT_PROGRAM
from .arguments import InputOptions
from .capture import CameraCapture
from .copy_capture import CopyCapture, copies_detect_input
from .files import read_frames
from .probe import probe
from .stream_info import StreamInfo

__all__ = [
    "DEFAULT_PROGRAM",
    "CameraCapture",
    "CopyCapture",
    "InputOptions",
    "StreamInfo",
    "copies_detect_input",
    "probe",
    "read_frames",
]
