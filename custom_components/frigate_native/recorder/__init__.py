"""24/7 recording and restreaming: one ffmpeg an input, segments in the documented tree, what is missing known.

Runs within Home Assistant as well as in the add-on's container; only the standard library is needed.
"""

from .names import recording_path, recording_start
from .recorder import Recorder
from .watched_input import Patience

__all__ = ["Patience", "Recorder", "recording_path", "recording_start"]
