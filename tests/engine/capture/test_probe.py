"""Results of probing streams that work and streams that fail."""

import socket
import threading
import traceback
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.capture import StreamInfo, probe
from custom_components.frigate_native.engine.errors import SourceError, SourceProblem
from custom_components.frigate_native.engine.geometry import Size
from tests.footage_clips import jpegs, ts_from_the_middle, write_clip
from tests.servers import HttpCamera, answer_body, answer_mjpeg, answer_paced, answer_silence, answer_status, free_port

SECRETS = ("gatekeeper", "s3cret", "t0ken")
CREDENTIALS = "gatekeeper:s3cret"


def secrets_in(err: BaseException) -> list[str]:
    """Return the secrets that logging this error and its causes would reveal."""
    text = "".join(traceback.format_exception(err, chain=True))
    return [secret for secret in SECRETS if secret in text]


@pytest.fixture
def camera() -> Iterator[HttpCamera]:
    answers = {f"/{code}": answer_status(code) for code in (400, 401, 403, 404, 429, 500)}
    answers["/page"] = answer_body(b"<html>Welcome</html>" * 100, "text/html")
    camera = HttpCamera(answers)
    answers["/silent"] = answer_silence(camera.stopping)
    answers["/mjpeg"] = answer_mjpeg(jpegs([80, 90], (320, 240)), 20, threading.Event(), camera.stopping)
    with camera:
        yield camera


@pytest.mark.parametrize(
    ("path", "problem", "words"),
    [
        ("/401", SourceProblem.AUTH, "user or password"),
        ("/403", SourceProblem.AUTH, "access denied"),
        ("/404", SourceProblem.NOT_FOUND, "check the path"),
        ("/400", SourceProblem.OTHER, "rejects the request"),
        ("/429", SourceProblem.OTHER, "too many requests"),
        ("/500", SourceProblem.OTHER, "an internal error"),
        ("/page", SourceProblem.NO_VIDEO, "check the path"),
        ("/silent", SourceProblem.TIMEOUT, "the camera sends no data"),
    ],
)
def test_http_errors_are_explained_without_the_password(
    camera: HttpCamera, path: str, problem: SourceProblem, words: str
) -> None:
    with pytest.raises(SourceError, match=words) as caught:
        probe(camera.url(path, CREDENTIALS), timeout_s=2)

    assert caught.value.problem is problem
    assert not secrets_in(caught.value)
    assert "127.0.0.1" in str(caught.value)


@pytest.mark.parametrize("scheme", ["rtsp", "rtmp", "http"])
def test_closed_port_is_refused(scheme: str) -> None:
    url = f"{scheme}://{CREDENTIALS}@127.0.0.1:{free_port()}/live?token=t0ken"
    with pytest.raises(SourceError, match="check the port") as caught:
        probe(url, timeout_s=3)

    assert caught.value.problem is SourceProblem.REFUSED
    assert not secrets_in(caught.value)


@pytest.mark.parametrize("scheme", ["rtsp", "rtmp", "http"])
def test_unknown_host_is_unreachable(monkeypatch: pytest.MonkeyPatch, scheme: str) -> None:
    def resolve(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    url = f"{scheme}://{CREDENTIALS}@no-such-host.invalid/live?token=t0ken"

    with pytest.raises(SourceError, match="check the address") as caught:
        probe(url, timeout_s=3)

    assert caught.value.problem is SourceProblem.UNREACHABLE
    assert not secrets_in(caught.value)


@pytest.mark.parametrize("scheme", ["rtsp", "rtmp"])
def test_camera_that_accepts_but_stays_silent_times_out(scheme: str) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        url = f"{scheme}://gatekeeper:s3cret@127.0.0.1:{listener.getsockname()[1]}/live"

        with pytest.raises(SourceError) as caught:
            probe(url, input_args=("-rtsp_transport", "tcp", "-stimeout", "1000000"), timeout_s=3)

    assert caught.value.problem is SourceProblem.TIMEOUT


@pytest.mark.parametrize(
    ("name", "problem", "words"),
    [
        ("missing.mp4", SourceProblem.NOT_FOUND, "file not found"),
        ("", SourceProblem.NOT_FOUND, "is a folder"),
        ("notes.mp4", SourceProblem.NO_VIDEO, "not a known video format"),
        ("sound.wav", SourceProblem.NO_VIDEO, "no video stream"),
        ("thing://host/a", SourceProblem.OTHER, "unknown address type"),
    ],
)
def test_file_without_video_is_explained(tmp_path: Path, name: str, problem: SourceProblem, words: str) -> None:
    (tmp_path / "notes.mp4").write_text("not a video")
    with wave.open(str(tmp_path / "sound.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(16000))

    with pytest.raises(SourceError, match=words) as caught:
        probe(name if "://" in name else str(tmp_path / name))

    assert caught.value.problem is problem


def test_arguments_that_libav_rejects_are_reported_as_the_cause() -> None:
    with pytest.raises(SourceError, match="input_args") as caught:
        probe(f"rtsp://127.0.0.1:{free_port()}/live", input_args=("-rtsp_transport", "pigeon"))

    assert caught.value.problem is SourceProblem.OTHER


@pytest.mark.parametrize(
    ("name", "codec", "shown"),
    [("a.mp4", "libx264", "h264"), ("a.mkv", "libx265", "hevc"), ("a.avi", "mjpeg", "mjpeg")],
)
def test_probe_returns_codec_size_and_rate(tmp_path: Path, name: str, codec: str, shown: str) -> None:
    clip = write_clip(tmp_path / name, 12, fps=10, codec=codec)

    assert probe(str(clip)) == StreamInfo(codec=shown, size=Size(160, 96), fps=10.0, has_audio=False, decoded_by=shown)


def test_mjpeg_over_http_is_supported(camera: HttpCamera) -> None:
    found = probe(camera.url("/mjpeg", CREDENTIALS))

    assert (found.codec, found.size) == ("mjpeg", Size(320, 240))


@pytest.mark.parametrize(
    ("hwaccel_args", "note"),
    [
        (("-hwaccel", "cuda"), "decoding by cuda"),
        (("-hwaccel", "qsv", "-qsv_device", "/dev/dri/renderD999"), "decoding by qsv"),
        (("-hwaccel", "drm"), "drm does not decode h264"),
        (("-c:v", "h264_v4l2m2m"), "decoding by h264_v4l2m2m"),
        (("-c:v", "hevc"), "hevc does not decode h264"),
    ],
)
def test_missing_decoder_is_replaced_and_reported(tmp_path: Path, hwaccel_args: tuple[str, ...], note: str) -> None:
    clip = write_clip(tmp_path / "a.mp4", 12)

    found = probe(str(clip), hwaccel_args=hwaccel_args)

    assert found.decoded_by == "h264"
    assert len(found.notes) == 1
    assert note in found.notes[0]


def test_available_decoder_is_used(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.avi", 12, codec="mjpeg")

    assert probe(str(clip), hwaccel_args=("-c:v", "mjpeg")).notes == ()


def test_stream_joined_between_key_frames_says_so(tmp_path: Path) -> None:
    joined = answer_paced(ts_from_the_middle(tmp_path / "camera.ts"), 15.0, stop := threading.Event())
    with HttpCamera({"/": joined}) as server:
        with pytest.raises(SourceError, match="no key frame for 8 s"):
            probe(server.url("/"), timeout_s=8)
        stop.set()
