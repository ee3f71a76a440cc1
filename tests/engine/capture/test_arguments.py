"""Parsing of ffmpeg arguments."""

from typing import Any

import pytest
from av.codec import hwaccel

from custom_components.frigate_native.engine.capture import InputOptions
from custom_components.frigate_native.engine.capture.arguments import HardwareDecoding
from custom_components.frigate_native.engine.config.model import InputConfig, Role
from custom_components.frigate_native.engine.ffmpeg.arguments import is_live, protocol_of

DEFAULT_INPUT = (
    "-avoid_negative_ts make_zero -fflags +genpts+discardcorrupt -rtsp_transport tcp -stimeout 5000000 "
    "-use_wallclock_as_timestamps 1"
)
DEFAULT_OUTPUT = "-f rawvideo -pix_fmt yuv420p"


def understand(
    path: str = "rtsp://host/live", *, hwaccel_args: str = "", input_args: str = "", detect: str = "", fps: float = 0
) -> InputOptions:
    source = InputConfig(
        path=path,
        roles=frozenset({Role.DETECT}),
        global_args=("-hide_banner", "-loglevel", "fatal"),
        hwaccel_args=tuple(hwaccel_args.split()),
        input_args=tuple(input_args.split()),
    )
    return InputOptions.from_input(source, tuple(detect.split()), fps or None)


def test_default_arguments_become_libav_options() -> None:
    options = understand(input_args=DEFAULT_INPUT, detect=DEFAULT_OUTPUT, fps=5)

    assert dict(options.container) == {
        "fflags": "+genpts+discardcorrupt",
        "rtsp_transport": "tcp",
        "timeout": "5000000",
        "use_wallclock_as_timestamps": "1",
        "analyzeduration": "1000000",
        "fpsprobesize": "3",
        "merge_pmt_versions": "1",
    }
    assert options.fps == 5
    assert options.unsupported == ()


@pytest.mark.parametrize(
    ("path", "option"),
    [
        ("rtsp://host/live", {"timeout": "3000000"}),
        ("RTSPS://host/live", {"timeout": "3000000"}),
        ("rtmp://host/live", {"rw_timeout": "3000000"}),  # RTMP's `timeout` would listen for a connection
        ("http://host/live", {"rw_timeout": "3000000"}),
        ("/videos/a.mp4", {}),
    ],
)
@pytest.mark.parametrize("word", ["-stimeout", "-timeout"])
def test_socket_timeout_uses_the_protocols_own_option(path: str, word: str, option: dict[str, str]) -> None:
    options = understand(path, input_args=f"{word} 3000000")

    assert {name: value for name, value in options.container.items() if "timeout" in name} == option


def test_long_socket_timeout_is_limited_so_that_a_camera_can_stop() -> None:
    assert understand(input_args="-stimeout 60000000").container["timeout"] == "8000000"


@pytest.mark.parametrize(
    ("value", "used"),
    [("500000", "500000"), ("1000M", "7000000"), ("2G", "7000000"), ("9000k", "7000000"), ("0", "0"), ("x", "x")],
)
def test_analysis_of_a_live_stream_ends_before_its_camera_counts_as_silent(value: str, used: str) -> None:
    words = f"-analyzeduration {value} -probesize {value}"
    options = understand(input_args=words).container
    assert options["analyzeduration"] == used
    assert options["probesize"] == ("14000000" if used == "7000000" and value != "9000k" else value)
    assert understand("/videos/a.mp4", input_args=words).container == {"analyzeduration": value, "probesize": value}


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("-re -stream_loop -1", {"is_realtime": True, "loops": -1}),
        ("-stream_loop 3", {"loops": 3}),
        ("-loop 1 -f image2", {"format": "image2", "loops": -1}),
        ("-loop 1", {"unsupported": ("-loop 1",)}),
        ("-loop 0", {}),
        ("-f mjpeg", {"format": "mjpeg"}),
        ("-f v4l2 -video_size 640x480", {"format": "v4l2", "container": {"video_size": "640x480"}}),
        ("-r 5", {"fps": 5.0}),
        ("-r 30000/1001", {"fps": 30000 / 1001}),
        ("-c:v h264", {"decoder": "h264"}),
        ("-vcodec h264_v4l2m2m", {"decoder": "h264_v4l2m2m"}),
        ("-codec:v hevc_cuvid", {"decoder": "hevc_cuvid"}),
        ("-flags low_delay -skip_loop_filter all", {"codec": {"flags": "low_delay", "skip_loop_filter": "all"}}),
        ("-threads 2", {"codec": {"threads": "2"}}),
        ("-user_agent Frigate", {"container": {"user_agent": "Frigate"}}),
        ("-re -use_wallclock_as_timestamps 1", {"is_realtime": True}),  # pacing needs the file's own timestamps
        ("-vsync drop -an -nostdin -thread_queue_size 64 -v error", {}),
    ],
)
def test_input_arguments_are_parsed(words: str, changes: dict[str, Any]) -> None:
    assert understand("/videos/a.mp4", input_args=words) == InputOptions(**changes)


@pytest.mark.parametrize(
    ("hwaccel_args", "decoder", "hardware", "unsupported"),
    [
        ("-c:v h264_mmal", None, None, ("-c:v h264_mmal",)),
        ("-c:v h264_v4l2m2m", "h264_v4l2m2m", None, ()),
        (
            "-hwaccel vaapi -hwaccel_device /dev/dri/renderD128 -hwaccel_output_format yuv420p",
            None,
            None,
            ("-hwaccel vaapi",),
        ),
        ("-hwaccel vaapi -hwaccel_device /dev/dri/renderD128", None, None, ("-hwaccel vaapi",)),
        (
            "-hwaccel qsv -qsv_device /dev/dri/renderD128",
            None,
            HardwareDecoding(kind="qsv", device="/dev/dri/renderD128"),
            (),
        ),
        ("-c:v h264_cuvid", "h264_cuvid", None, ()),
        ("-hwaccel cuda", None, HardwareDecoding(kind="cuda"), ()),
        ("-hwaccel nvdec -hwaccel_device 1", None, HardwareDecoding(kind="cuda", device="1"), ()),
        ("-hwaccel drm", None, HardwareDecoding(kind="drm"), ()),
        ("-hwaccel auto", None, None, ()),
        ("", None, None, ()),
    ],
)
def test_hardware_sets_of_the_documentation(
    hwaccel_args: str,
    decoder: str | None,
    hardware: HardwareDecoding | None,
    unsupported: tuple[str, ...],
) -> None:
    assert {"cuda", "qsv", "drm"} <= set(hwaccel.hwdevices_available())  # included in PyAV's wheels

    options = understand(hwaccel_args=hwaccel_args, input_args=DEFAULT_INPUT, detect=DEFAULT_OUTPUT)

    assert options.decoder == decoder
    assert options.hardware == hardware
    assert options.unsupported == unsupported


@pytest.mark.parametrize(
    ("detect", "fps", "expected"),
    [
        ("-f rawvideo -pix_fmt yuv420p", 5, 5),
        ("-f rawvideo -pix_fmt yuv420p", 0, None),
        ("-r 7 -f rawvideo", 5, 7),  # ffmpeg uses the last one
        ("-vf fps=2 -f rawvideo", 5, 2),
        ("-map 0:v -c:v rawvideo -f rawvideo -an", 5, 5),
    ],
)
def test_detect_output_sets_the_rate(detect: str, fps: float, expected: float | None) -> None:
    options = understand(detect=detect, fps=fps)

    assert options.fps == expected
    assert options.unsupported == ()


def test_lower_of_input_and_camera_rate_applies() -> None:
    assert understand(input_args="-r 4", fps=5).fps == 4
    assert understand(input_args="-r 10", fps=5).fps == 5


@pytest.mark.parametrize(
    ("words", "unsupported"),
    [
        ("-ss 10 -i_made_this_up", ("-ss 10", "-i_made_this_up")),
        ("-f not_a_format", ("-f not_a_format",)),
        ("-stream_loop often", ("-stream_loop often",)),
        ("-r -5", ("-r -5",)),
        ("stray -re", ("stray",)),
        ("-rtsp_transport", ("-rtsp_transport",)),
        ("-init_hw_device vaapi=va:/dev/dri/renderD128", ("-init_hw_device vaapi=va:/dev/dri/renderD128",)),
    ],
)
def test_unsupported_arguments_are_listed_as_written(words: str, unsupported: tuple[str, ...]) -> None:
    assert understand("/videos/a.mp4", input_args=words).unsupported == unsupported


@pytest.mark.parametrize("words", ["-vf scale=640:-1", "-s 640x360", "-pix_fmt gray", "-filter:v crop=10:10"])
def test_filters_on_the_detect_output_are_reported(words: str) -> None:
    assert understand(detect=words).unsupported == (words,)


@pytest.mark.parametrize(
    ("path", "protocol", "live"),
    [
        ("rtsp://u:p@host/a", "rtsp", True),
        ("HTTP://host/a", "http", True),
        ("/videos/a.mp4", "", False),
        ("file:///videos/a.mp4", "file", False),
        ("/dev/video0", "", True),
    ],
)
def test_sources_are_classified(path: str, protocol: str, live: bool) -> None:
    assert protocol_of(path) == protocol
    assert is_live(path) is live
