"""What clips need to know of recordings, so that nothing is written twice where a camera records."""

from typing import Final, Protocol

from ..config.model import CameraConfig, Role
from ..ffmpeg.arguments import pairs
from ..ffmpeg.durations import parse_duration
from .assembly import TimeRange
from .clips_output import ClipsOutput

LONGEST_FILE_S: Final = 20.0
"""Clips wait for a recorded file to be complete. With longer files they would be late, so they are cached as well."""


class RecordedVideo(Protocol):
    """The recordings of all cameras. Any thread may ask."""

    def is_recorded(self, camera: str) -> bool:
        """Return whether files of the camera are currently arriving. Returns at once."""
        ...

    def newest_end(self, camera: str) -> float:
        """Return when the newest known file ends, 0.0 without one. Returns at once."""
        ...

    def covered(self, camera: str, requested: TimeRange) -> TimeRange | None:
        """Return which part of a time range is recorded. Blocks; StoreError if the database cannot be used."""
        ...


def can_use_recordings(camera: CameraConfig) -> bool:
    """Return whether a camera's recordings hold what its clips should: the same stream, with sound, in short files."""
    source = camera.input_for(Role.RECORD)
    if source is None or not camera.record.enabled or camera.input_for(Role.CLIPS) not in (source, None):
        return False
    words = camera.output_args.record
    clips, recorded = ClipsOutput.from_arguments(camera.output_args.clips), ClipsOutput.from_arguments(words)
    encoders = clips.video_encoder, clips.audio_encoder
    is_alike = encoders in ((None, None), (recorded.video_encoder, recorded.audio_encoder))
    has_sound = recorded.has_audio or not clips.has_audio
    seconds = parse_duration(dict(pairs(words)).get("-segment_time") or "")
    return is_alike and has_sound and seconds is not None and seconds <= LONGEST_FILE_S
