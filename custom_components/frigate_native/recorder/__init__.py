"""24/7 recording and restreaming: one ffmpeg an input, segments in the documented tree, what is missing known.

Runs within Home Assistant as well as in the add-on's container; only the standard library is needed.
"""

from .input_supervisor import Timeouts
from .recorder import Recorder
from .recording_paths import recording_path, recording_start

__all__ = ["Recorder", "Timeouts", "recording_path", "recording_start"]
