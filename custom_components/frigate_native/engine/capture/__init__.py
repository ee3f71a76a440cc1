"""From a camera's address to its frames."""

from ..ffmpeg.program import DEFAULT_PROGRAM
from .arguments import InputOptions
from .capture import CameraCapture
from .copy_capture import CopyCapture, copies_detect_input
from .files import read_frames
from .locate import Locate, as_it_is
from .probe import probe
from .stream_info import StreamInfo

__all__ = [
    "DEFAULT_PROGRAM",
    "CameraCapture",
    "CopyCapture",
    "InputOptions",
    "Locate",
    "StreamInfo",
    "as_it_is",
    "copies_detect_input",
    "probe",
    "read_frames",
]
