"""The recorder: a program for 24/7 recording and restreaming, with one ffmpeg process per input.

It runs in Home Assistant or in the add-on's container, and needs only the standard library.
"""

from ..engine.disk.recording_paths import recording_path, recording_start
from .context import Timeouts
from .recorder import Recorder

__all__ = ["Recorder", "Timeouts", "recording_path", "recording_start"]
