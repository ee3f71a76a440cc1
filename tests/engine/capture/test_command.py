"""The command that runs the ffmpeg program."""

import pytest

from custom_components.frigate_native.engine.capture.arguments import without_hardware
from custom_components.frigate_native.engine.capture.command import decode_command
from custom_components.frigate_native.engine.capture.detect_input import DetectInput
from custom_components.frigate_native.engine.config.model import InputConfig, Role

URL = "rtsp://gatekeeper:s3cret@host/live"
DEFAULT_INPUT = (
    "-avoid_negative_ts make_zero -fflags +genpts+discardcorrupt -rtsp_transport tcp -stimeout 5000000 "
    "-use_wallclock_as_timestamps 1"
)


def an_input(path: str = URL, *, global_args: str = "", hwaccel_args: str = "", input_args: str = "") -> InputConfig:
    return InputConfig(
        path=path,
        roles=frozenset({Role.DETECT}),
        global_args=tuple(global_args.split()),
        hwaccel_args=tuple(hwaccel_args.split()),
        input_args=tuple(input_args.split()),
    )


def command(source: InputConfig, detect: str = "-f rawvideo -pix_fmt yuv420p", fps: float | None = 5) -> str:
    return " ".join(decode_command("ffmpeg", 7, DetectInput(source=source, detect_args=tuple(detect.split()), fps=fps)))


def test_command_keeps_the_order_of_arguments() -> None:
    source = an_input(
        global_args="-hide_banner -loglevel fatal -max_alloc 9",
        hwaccel_args="-hwaccel vaapi -hwaccel_device /dev/dri/renderD128 -hwaccel_output_format yuv420p",
        input_args=DEFAULT_INPUT,
    )

    assert command(source, "-vf scale=640:-1 -f rawvideo -pix_fmt yuv420p") == (
        "ffmpeg -nostdin -nostats -hide_banner -loglevel level+info -max_alloc 9 "
        "-hwaccel vaapi -hwaccel_device /dev/dri/renderD128 -hwaccel_output_format yuv420p "
        "-avoid_negative_ts make_zero -fflags +genpts+discardcorrupt -rtsp_transport tcp -timeout 5000000 "
        f"-use_wallclock_as_timestamps 1 -i {URL} -r 5 -vf scale=640:-1 -f rawvideo -pix_fmt yuv420p "
        "-an -sn -dn -c:v rawvideo -flush_packets 1 -f nut pipe:1"
    )
    assert "-r" not in command(source, fps=None).split()


@pytest.mark.parametrize(
    ("path", "version", "expected"),
    [
        (URL, 4, "-rtsp_transport tcp -stimeout 5000000"),
        (URL, 5, "-rtsp_transport tcp -timeout 5000000"),
        ("http://host/video", 7, "-rw_timeout 5000000"),
        ("/videos/a.mp4", 7, ""),
    ],
)
@pytest.mark.parametrize("words", ["-rtsp_transport tcp -stimeout 5000000"])
def test_options_match_source_and_version(path: str, version: int, expected: str, words: str) -> None:
    source = an_input(path, input_args=words)

    got = decode_command("ffmpeg", version, DetectInput(source=source))

    assert " ".join(got[got.index("level+info") + 1 : got.index("-i")]) == expected


def test_any_argument_reaches_ffmpeg_unchanged() -> None:
    words = "-ss 3 -i_made_this_up -an -vf -map -0:a stray -itsoffset -1.5 -re -stream_loop -1"

    assert words in command(an_input(input_args=words))


def test_arguments_for_hardware_can_be_removed() -> None:
    source = an_input(
        hwaccel_args="-hwaccel vaapi -hwaccel_device /dev/dri/renderD128 -hwaccel_output_format yuv420p",
        input_args="-c:v h264_mmal -re -ss 3",
        global_args="-init_hw_device vaapi=va: -v error",
    )

    assert without_hardware(source) == an_input(input_args="-re -ss 3", global_args="-v error")
