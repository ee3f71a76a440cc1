"""Still pictures of a camera's HTTP address are fetched at its rate, whatever arguments repeat them."""

import threading
import time
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.capture.detect_input import DetectInput
from custom_components.frigate_native.engine.capture.source_opener import SourceOpener
from custom_components.frigate_native.engine.config.model import InputConfig, Role
from custom_components.frigate_native.recorder.command import record_command
from tests.footage_clips import picture
from tests.recorder.recorded import camera
from tests.servers import HttpCamera, answer_body

LOOP = "-f image2 -loop 1"
LIVE = "-use_wallclock_as_timestamps 1"


def jpeg(folder: Path) -> bytes:
    picture(90, (160, 96)).save(str(folder / "still.jpg"))
    return (folder / "still.jpg").read_bytes()


@pytest.mark.parametrize(
    "words",
    [
        f"{LOOP} -r 10",
        f"-loop 1 {LIVE} -f image2",
        f"-r 10 -stream_loop -1 -f image2 {LIVE}",
        "-stream_loop -1 -f image2pipe",
        f"-re {LOOP}",
        f"{LOOP} -r 10 -dump_separator x",
        f"{LOOP} {LIVE} -dump_separator x",
    ],
)
def test_still_picture_is_fetched_at_the_cameras_rate(tmp_path: Path, words: str) -> None:
    with HttpCamera({"/still.jpg": answer_body(jpeg(tmp_path), "image/jpeg")}) as http:
        source = InputConfig(
            path=http.url("/still.jpg"), roles=frozenset({Role.DETECT}), input_args=tuple(words.split())
        )
        opened = SourceOpener(DetectInput(source=source, fps=10.0)).open(threading.Event())
        packets = opened.packets()
        begin_s = time.monotonic()
        for _ in range(40):
            packet = next(packets)
            while not packet.size:
                packet = next(packets)
        took_s, requests = time.monotonic() - begin_s, len(http.requests)
        packets.close()
        opened.close()

    assert took_s > 2.0  # those that ffmpeg has read to analyse the stream come at once
    assert requests < 100


def test_recorder_fetches_still_pictures_at_their_rate() -> None:
    plan = camera("http://cam/still.jpg", f"{LOOP} {LIVE}", record="-c:v libx264 -an")
    command = record_command("ffmpeg", 7, plan, folder="/cache", progress_fd=3, rtmp_url=None)
    words = " ".join(command[: command.index("-i")])
    assert words.endswith("-re -framerate 5 -f image2 -loop 1")
