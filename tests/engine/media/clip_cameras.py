"""Cameras whose clips tests look at."""

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.model import Config

PRE_S, POST_S = 3, 2
KEY_FRAMES_S = 2.0  # of the sample
SLACK_S = 0.8  # of pictures that come late, on a busy machine
UNSAID_S = 1.0  # what a clip may lack at an end without a word


def campus_config(folder: Path, video: Path, **cameras: dict[str, Any]) -> Config:
    """Return one camera that looks for people and keeps clips of them, and others."""
    source = {"path": str(video), "roles": ["detect", "clips"], "input_args": "-re -stream_loop -1"}
    campus = clips_camera([source], snapshots={"enabled": True})
    detectors = {"cpu": {"type": "cpu", "num_threads": 1}}
    return config_from_mapping({"detectors": detectors, "cameras": {"campus": campus, **cameras}}, folder)


def clips_camera(inputs: list[dict[str, Any]], segment_s: int = 4, **settings: Any) -> dict[str, Any]:
    """Return a camera's configuration with short segments."""
    clips = f"-f segment -segment_time {segment_s} -segment_format mp4 -c copy -an"
    return {
        "ffmpeg": {"inputs": inputs, "output_args": {"clips": clips}},
        "fps": 5,
        "save_clips": {"enabled": True, "pre_capture": PRE_S, "post_capture": POST_S},
        **settings,
    }


@dataclass(frozen=True, slots=True)
class Played:
    """What players make of a clip: seconds, and what they complain about."""

    duration_s: float
    complaints: str


def play(clip: Path) -> Played:
    """Decode a clip as a whole."""
    head = clip.read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")  # it starts to play before it is there as a whole
    words = ["ffprobe", "-v", "error", "-count_frames", "-show_entries", "format=duration", "-of", "csv=p=0", str(clip)]
    probed = subprocess.run(words, capture_output=True, text=True, check=True)
    with av.open(str(clip)) as container:
        assert next(container.decode(video=0)).key_frame
    return Played(float(probed.stdout), probed.stderr)
