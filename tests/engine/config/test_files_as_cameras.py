"""A video file as a camera plays in real time and in a loop, unless its arguments say otherwise."""

from pathlib import Path
from typing import Any

import pytest

from custom_components.frigate_native.engine.config.loading import config_from_mapping

LOOPED = ("-re", "-stream_loop", "-1")


def input_args_of(path: str, *, camera: dict[str, Any] | None = None, **own: Any) -> tuple[str, ...]:
    ffmpeg = {"inputs": [{"path": path, "roles": ["detect"], **own}], **(camera or {})}
    config = config_from_mapping({"cameras": {"back": {"ffmpeg": ffmpeg}}}, Path(), {})
    return config.cameras["back"].inputs[0].input_args


@pytest.mark.parametrize("path", ["/media/a.mp4", "a.mkv", "file:///media/a.mp4"])
def test_file_without_arguments_plays_like_a_camera(path: str) -> None:
    assert input_args_of(path) == LOOPED


@pytest.mark.parametrize("path", ["rtsp://10.0.0.2/a", "/dev/video0", "http://10.0.0.2/a.mp4"])
def test_other_sources_keep_the_usual_arguments(path: str) -> None:
    assert "-re" not in input_args_of(path)


def test_arguments_of_the_input_or_camera_win() -> None:
    assert input_args_of("a.mp4", input_args="-re") == ("-re",)
    assert input_args_of("a.mp4", camera={"input_args": "-re"}) == ("-re",)


def test_shared_arguments_for_cameras_do_not_reach_files() -> None:
    tcp = {"input_args": "-rtsp_transport tcp"}
    assert input_args_of("a.mp4", camera=tcp) == LOOPED
    assert input_args_of("rtsp://cam", camera=tcp) == ("-rtsp_transport", "tcp")
