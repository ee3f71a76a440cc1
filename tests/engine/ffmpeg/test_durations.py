"""Durations, as users write them in ffmpeg's arguments."""

import pytest

from custom_components.frigate_native.engine.ffmpeg.durations import parse_duration
from custom_components.frigate_native.engine.media.clips_output import ClipsOutput
from custom_components.frigate_native.recorder.command import segment_time


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("60", 60),
        ("1:00", 60),
        ("00:01:00.5", 60.5),
        ("500ms", 0.5),
        ("200000us", 0.2),
        ("10s", 10),
        ("", None),
        ("a minute", None),
        ("90:00:00", 324000),
        ("1:x", None),
        ("00:90", None),
        ("1:00:00:00", None),
        ("nan", None),
        ("1e1", None),
        ("-1:00", None),
    ],
)
def test_duration_is_read_as_ffmpeg_does(text: str, seconds: float | None) -> None:
    assert parse_duration(text) == pytest.approx(seconds)


def test_clips_and_recordings_understand_the_same_segment_time() -> None:
    arguments = ("-segment_time", "1:00", "-c", "copy")
    assert (ClipsOutput.from_arguments(arguments).segment_s, segment_time(arguments)) == (60, 60)
