"""The ffmpeg program's command, what it says, and what that means."""

import re
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.capture.arguments import without_hardware
from custom_components.frigate_native.engine.capture.command import decode_command
from custom_components.frigate_native.engine.capture.console import Console
from custom_components.frigate_native.engine.capture.detect_input import DetectInput
from custom_components.frigate_native.engine.capture.program_errors import HardwareError, failure
from custom_components.frigate_native.engine.config.model import InputConfig, Role
from custom_components.frigate_native.engine.errors import SourceError, SourceProblem
from custom_components.frigate_native.engine.ffmpeg.program import find_program, major_version

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


def test_command_has_the_arguments_in_frigates_order() -> None:
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
def test_options_are_those_that_source_and_version_know(path: str, version: int, expected: str, words: str) -> None:
    source = an_input(path, input_args=words)

    got = decode_command("ffmpeg", version, DetectInput(source=source))

    assert " ".join(got[got.index("level+info") + 1 : got.index("-i")]) == expected


def test_any_word_reaches_ffmpeg_unchanged() -> None:
    words = "-ss 3 -i_made_this_up -an -vf -map -0:a stray -itsoffset -1.5 -re -stream_loop -1"

    assert words in command(an_input(input_args=words))


def test_arguments_for_hardware_can_be_taken_away() -> None:
    source = an_input(
        hwaccel_args="-hwaccel vaapi -hwaccel_device /dev/dri/renderD128 -hwaccel_output_format yuv420p",
        input_args="-c:v h264_mmal -re -ss 3",
        global_args="-init_hw_device vaapi=va: -v error",
    )

    assert without_hardware(source) == an_input(input_args="-re -ss 3", global_args="-v error")


LINES = b"""[info] Input #0, rtsp, from 'rtsp://gatekeeper:s3cret@host/live':
[info]   Stream #0:0: Audio: aac (LC), 8000 Hz, mono, fltp
[info]   Stream #0:1: Video: hevc (Main), yuv420p(tv), 1280x720, 15 fps, 15 tbr, 90k tbn
[info] Stream mapping:
[info]   Stream #0:1 -> #0:0 (hevc (%s) -> rawvideo (native))
[info] Output #0, nut, to 'pipe:1':
[info]   Stream #0:0: Video: rawvideo (I420 / 0x30323449), yuv420p(progressive), 640x360, 5 fps, 5 tbn
"""


@pytest.mark.parametrize(("word", "decoder"), [(b"native", ""), (b"hevc_v4l2m2m", "hevc_v4l2m2m")])
@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_stream_is_read_from_ffmpegs_words(word: bytes, decoder: str, piece: int) -> None:
    console = Console(URL)
    said = LINES % word
    for start in range(0, len(said), piece):
        console.feed(said[start : start + piece])

    assert (console.codec, console.decoder, console.fps, console.has_audio) == ("hevc", decoder, 15.0, True)
    assert console.errors == ()


def test_what_is_kept_is_bounded_and_without_secrets() -> None:
    console = Console("rtsp://gatekeeper:a%40b@host/live")
    console.feed(b"x" * 1_000_000)
    console.end()
    for number in range(1000):
        console.feed(b"[rtsp @ 0x5f] [error] user gatekeeper, a@b or a%%40b at rtsp://a:b@host/ %d\n" % number)

    assert len(console.errors) == 40
    assert console.errors[-1] == "user ***, *** or *** at rtsp://***@host/ 999"
    console.forget()
    assert console.errors == ()


def test_error_keeps_its_words_only() -> None:
    console = Console(URL)
    console.feed(b"[vist#0:0/h264 @ 0x5f] [dec:h264 @ 0x60] [error] No device available\n[in#0 @ 0x5] [warning] slow\n")

    assert console.errors == ("No device available",)


@pytest.mark.parametrize(
    "line",
    [
        "No VA display found for device /dev/dri/renderD128.",
        "Device creation failed: -22.",
        "Unrecognized hwaccel: rkmpp.",
        "Unknown decoder 'h264_mmal'",
        "Could not find a valid device",
        "Cannot load libnvcuvid.so.1",
        "Error initializing an internal MFX session: unsupported (-3)",
        "Failed to initialise VAAPI connection: -1 (unknown libva error).",
    ],
)
def test_hardware_that_is_not_there_is_told_from_other_failures(line: str) -> None:
    err = _failure(line, "Invalid argument")

    assert isinstance(err, HardwareError)
    assert err.problem is SourceProblem.CONFIG
    assert line in err.reason
    assert "the device and its drivers" in str(err)
    assert not isinstance(_failure(line, has_pictures=True), HardwareError)


@pytest.mark.parametrize(
    ("line", "problem", "words"),
    [
        ("Unrecognized option 'i_made_this_up'.", SourceProblem.CONFIG, "i_made_this_up"),
        ("No such filter: 'nosuch'", SourceProblem.CONFIG, "output_args.detect"),
        ("method DESCRIBE failed: 401 Unauthorized", SourceProblem.AUTH, "user or password"),
        (f"{URL}: Server returned 403 Forbidden (access denied)", SourceProblem.AUTH, "access denied"),
        ("method DESCRIBE failed: 404 Not Found", SourceProblem.NOT_FOUND, "check the path"),
        ("Server returned 404 Not Found", SourceProblem.NOT_FOUND, "check the path"),
        ("method DESCRIBE failed: 400 Bad Request", SourceProblem.OTHER, "rejects the request"),
        ("Server returned 5XX Server Error reply", SourceProblem.OTHER, "an internal error"),
        ("Connection to tcp://h:9 failed: Connection refused", SourceProblem.REFUSED, "check the port"),
        ("Connection to tcp://h:9 failed: Connection timed out", SourceProblem.TIMEOUT, "connection timed out"),
        ("Failed to resolve hostname nowhere: Name or service not known", SourceProblem.UNREACHABLE, "the address"),
        ("Connection to tcp://h:9 failed: No route to host", SourceProblem.UNREACHABLE, "the network"),
        ("/nowhere.mp4: No such file or directory", SourceProblem.NOT_FOUND, "file not found"),
        ("Output file #0 does not contain any stream", SourceProblem.NO_VIDEO, "no video stream"),
        ("notes.mp4: Invalid data found when processing input", SourceProblem.NO_VIDEO, "not a known video format"),
        ("Error while decoding stream #0:0: Invalid data found", SourceProblem.CODEC, "plain H.264"),
        (
            f"{URL}: something new",
            SourceProblem.OTHER,
            r"ffmpeg exited with code 1 \(rtsp:.*something",
        ),
    ],
)
def test_ffmpegs_last_words_become_words_of_ours(line: str, problem: SourceProblem, words: str) -> None:
    err = _failure(line)

    assert err.problem is problem
    assert re.search(words, str(err))
    assert "s3cret" not in str(err)


def test_ends_without_words() -> None:
    console = Console(URL)
    assert failure(console, URL, 0, has_pictures=True).problem is SourceProblem.ENDED
    assert failure(console, URL, 1, has_pictures=True).problem is SourceProblem.ENDED
    assert failure(console, URL, -11, has_pictures=False).problem is SourceProblem.OTHER
    assert failure(console, URL, None, has_pictures=False).problem is SourceProblem.TIMEOUT


@pytest.mark.parametrize(
    ("answer", "version"),
    [
        ("ffmpeg version 4.4.1-tessus Copyright", 4),
        ("ffmpeg version n7.1-10-g Copyright", 7),
        ("ffmpeg version 6.1.2 Copyright", 6),
        ("ffmpeg version N-118193-g5f38c82536 Copyright", 99),
    ],
)
def test_version_of_a_program(tmp_path: Path, answer: str, version: int) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\necho '{answer}'\n")
    program.chmod(0o755)

    assert find_program(str(program)) == str(program)
    assert major_version(str(program)) == version


def _failure(*lines: str, has_pictures: bool = False) -> SourceError:
    console = Console(URL)
    for line in lines:
        console.feed(f"[x @ 0x55a] [error] {line}\n".encode())
    return failure(console, URL, 1, has_pictures=has_pictures)
