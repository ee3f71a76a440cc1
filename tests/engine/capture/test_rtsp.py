"""RTSP cameras, with both ways of decoding."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.capture import probe
from custom_components.frigate_native.engine.errors import SourceError, SourceProblem
from custom_components.frigate_native.engine.geometry import Size
from custom_components.frigate_native.engine.messages import CameraState
from tests.footage_clips import write_clip
from tests.servers import RtspServer, free_port, rtsp_server, wait_until
from tests.watched import CREDENTIALS, SECRETS, Watch

FOOTAGE = Path(__file__).parents[2] / "footage" / "vtest.mp4"
DEFAULT = (
    "-avoid_negative_ts make_zero -fflags +genpts+discardcorrupt {} -stimeout 5000000 -use_wallclock_as_timestamps 1"
)
TCP = DEFAULT.format("-rtsp_transport tcp")
UDP = DEFAULT.format("-rtsp_transport udp")
PLAIN = "-f rawvideo -pix_fmt yuv420p"
FILTERED = "-vf null -f rawvideo -pix_fmt yuv420p"  # not supported by PyAV

pytestmark = pytest.mark.xdist_group("rtsp")


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, Path]]:
    folder = tmp_path_factory.mktemp("clips")
    return {
        "/main": ("h264", FOOTAGE),
        "/sub": ("hevc", write_clip(folder / "sub.mkv", 60, fps=10, codec="libx265")),
        "/old": ("mjpeg", write_clip(folder / "old.mkv", 60, fps=10, codec="mjpeg")),
    }


@pytest.fixture(scope="module")
def server(clips: dict[str, tuple[str, Path]]) -> Iterator[RtspServer]:
    with rtsp_server(clips, CREDENTIALS) as server:
        yield server


@pytest.mark.parametrize("detect", [PLAIN, FILTERED], ids=["pyav", "ffmpeg"])
@pytest.mark.parametrize("input_args", [TCP, UDP], ids=["tcp", "udp"])
def test_camera_runs_over_either_transport(watch: Watch, server: RtspServer, input_args: str, detect: str) -> None:
    camera = watch(server.url("/main", CREDENTIALS), input_args, detect=detect, fps=5, width=1280, height=720)
    wait_until(lambda: len(camera.frames) >= 5)

    stream = camera.detection.stream
    assert stream is not None
    assert (stream.codec, stream.size, stream.fps) == ("h264", Size(768, 576), 10)
    assert stream.decoded_by == ("h264" if detect == PLAIN else "ffmpeg: h264")


@pytest.mark.parametrize(("path", "codec"), [("/sub", "hevc"), ("/old", "mjpeg")])
@pytest.mark.parametrize("arguments", [(), ("-ss", "0")], ids=["pyav", "ffmpeg"])
def test_codecs_of_cameras_are_decoded(server: RtspServer, path: str, codec: str, arguments: tuple[str, ...]) -> None:
    found = probe(server.url(path, CREDENTIALS), input_args=(*TCP.split(), *arguments))

    assert (found.codec, found.size) == (codec, Size(160, 96))
    assert found.decoded_by.startswith("ffmpeg: ") == bool(arguments)


@pytest.mark.parametrize("arguments", [(), ("-ss", "0")], ids=["pyav", "ffmpeg"])
@pytest.mark.parametrize(
    ("where", "problem", "words"),
    [
        (("/main", "gatekeeper:wr0ng"), SourceProblem.AUTH, "the camera rejects the user or password"),
        (("/main", ""), SourceProblem.AUTH, "the camera rejects the user or password"),
        (("/nowhere", CREDENTIALS), SourceProblem.NOT_FOUND, "stream not found"),
    ],
    ids=["wrong password", "no password", "wrong path"],
)
def test_rtsp_errors_are_explained(
    server: RtspServer, arguments: tuple[str, ...], where: tuple[str, str], problem: SourceProblem, words: str
) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        probe(server.url(*where), input_args=(*TCP.split(), *arguments))

    assert caught.value.problem is problem
    assert not [secret for secret in (*SECRETS, "wr0ng") if secret in str(caught.value)]


@pytest.mark.parametrize("detect", [PLAIN, FILTERED], ids=["pyav", "ffmpeg"])
def test_camera_that_is_cut_off_reconnects(watch: Watch, clips: dict[str, tuple[str, Path]], detect: str) -> None:
    port = free_port()
    with rtsp_server(clips, CREDENTIALS, port) as server:
        camera = watch(server.url("/main", CREDENTIALS), TCP, detect=detect, fps=5)
        wait_until(camera.runs)
        server.process.kill()
        wait_until(lambda: camera.detection.state.problem is SourceProblem.REFUSED)
        assert not camera.has_reported(SourceProblem.TIMEOUT)  # a lost connection is noticed before that
    before = len(camera.frames)
    with rtsp_server(clips, CREDENTIALS, port):
        wait_until(lambda: camera.runs() and len(camera.frames) > before + 2)
        camera.capture.stop()

    assert camera.states.count((CameraState.FAILED, SourceProblem.REFUSED)) == 1
