"""Messages of a decoding ffmpeg."""

import pytest

from custom_components.frigate_native.engine.capture.console import Console

URL = "rtsp://gatekeeper:s3cret@host/live"
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
def test_stream_properties_are_read_from_messages(word: bytes, decoder: str, piece: int) -> None:
    console = Console(URL)
    output = LINES % word
    for start in range(0, len(output), piece):
        console.feed(output[start : start + piece])

    assert (console.codec, console.decoder, console.fps, console.has_audio) == ("hevc", decoder, 15.0, True)
    assert console.errors == ()


def test_kept_errors_are_limited_and_without_secrets() -> None:
    console = Console("rtsp://gatekeeper:a%40b@host/live")
    console.feed(b"x" * 1_000_000)
    console.end()
    for number in range(1000):
        console.feed(b"[rtsp @ 0x5f] [error] user gatekeeper, a@b or a%%40b at rtsp://a:b@host/ %d\n" % number)

    assert len(console.errors) == 40
    assert console.errors[-1] == "user ***, *** or *** at rtsp://***@host/ 999"
    console.forget()
    assert console.errors == ()


def test_error_is_kept_without_prefixes() -> None:
    console = Console(URL)
    console.feed(b"[vist#0:0/h264 @ 0x5f] [dec:h264 @ 0x60] [error] No device available\n[in#0 @ 0x5] [warning] slow\n")

    assert console.errors == ("No device available",)
