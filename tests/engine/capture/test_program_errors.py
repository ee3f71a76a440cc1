"""Errors of a decoding ffmpeg, as users see them."""

import re

import pytest

from custom_components.frigate_native.engine.capture.console import Console
from custom_components.frigate_native.engine.capture.program_errors import HardwareError, failure
from custom_components.frigate_native.engine.errors import SourceError, SourceProblem

URL = "rtsp://gatekeeper:s3cret@host/live"


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
def test_missing_hardware_is_distinguished_from_other_failures(line: str) -> None:
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
def test_last_error_becomes_a_reason_that_users_understand(line: str, problem: SourceProblem, words: str) -> None:
    err = _failure(line)

    assert err.problem is problem
    assert re.search(words, str(err))
    assert "s3cret" not in str(err)


def test_exit_without_errors_is_classified_by_exit_code() -> None:
    console = Console(URL)
    assert failure(console, URL, 0, has_pictures=True).problem is SourceProblem.ENDED
    assert failure(console, URL, 1, has_pictures=True).problem is SourceProblem.ENDED
    assert failure(console, URL, -11, has_pictures=False).problem is SourceProblem.OTHER
    assert failure(console, URL, None, has_pictures=False).problem is SourceProblem.TIMEOUT


def test_silence_before_the_first_key_frame_says_so() -> None:
    console = Console(URL)
    console.feed(b"[h264 @ 0x55a] [error] non-existing PPS 0 referenced\n[h264 @ 0x55a] [error] no frame!\n")
    err = failure(console, URL, None, has_pictures=False)
    assert err.problem is SourceProblem.TIMEOUT
    assert "no key frame; set its" in str(err)


def _failure(*lines: str, has_pictures: bool = False) -> SourceError:
    console = Console(URL)
    for line in lines:
        console.feed(f"[x @ 0x55a] [error] {line}\n".encode())
    return failure(console, URL, 1, has_pictures=has_pictures)
