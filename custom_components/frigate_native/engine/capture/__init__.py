"""From a camera's address to its frames."""

from .arguments import InputOptions
from .capture import CameraCapture
from .files import read_frames
from .probe import probe
from .program import DEFAULT_PROGRAM
from .stream_info import StreamInfo

__all__ = ["DEFAULT_PROGRAM", "CameraCapture", "InputOptions", "StreamInfo", "probe", "read_frames"]
