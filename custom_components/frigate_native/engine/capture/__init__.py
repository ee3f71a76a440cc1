"""Reads cameras: from an address to frames and packets."""

from .arguments import InputOptions
from .detection_use import DetectionUse
from .file_frames import read_frames
from .input_capture import InputCapture, capture_inputs
from .probe import probe
from .stream_info import StreamInfo
from .uses import CopyUse, InputUse

__all__ = [
    "CopyUse",
    "DetectionUse",
    "InputCapture",
    "InputOptions",
    "InputUse",
    "StreamInfo",
    "capture_inputs",
    "probe",
    "read_frames",
]
