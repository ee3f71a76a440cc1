"""Restreams of a running container: who plays them, who publishes, and what recordings notice of it."""

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from tests.addon.conftest import Cameras, Restreaming
from tests.addon.container import RTMP, plays, wait_until_played
from tests.servers import PATIENCE_S, wait_until

pytestmark = pytest.mark.xdist_group("restreaming")


@contextmanager
def from_address(source: str, port: int) -> Iterator[int]:
    """Pass connections on to a port of this machine as if they came from another address; yield where to."""
    listener = socket.create_server(("127.0.0.1", 0))
    pairs: list[socket.socket] = []

    def pump(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def accept() -> None:
        with suppress(OSError):
            while True:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", port), PATIENCE_S, source_address=(source, 0))
                far.settimeout(None)
                pairs.extend((near, far))
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=pump, args=ends, daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        for each in (listener, *pairs):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        thread.join(PATIENCE_S)


def can_publish(video: Path, url: str) -> bool:
    """Tell whether a stream can be published for two seconds."""
    command = ["ffmpeg", "-v", "error", "-re", "-t", "2", "-i", str(video), "-an", *RTMP, url]
    return subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE_S).returncode == 0


def test_restreams_play_for_those_allowed_and_only_the_container_publishes(
    restreaming: Restreaming, cameras: Cameras
) -> None:
    publishes = partial(can_publish, cameras.video)
    container = restreaming.container
    for camera in ("front", "yard"):
        wait_until_played(container.restream(camera))

    with from_address("127.0.0.3", container.rtmp_port) as port:
        assert plays(container.restream("front", port))
        assert not publishes(container.restream("intruder", port))
    with from_address("127.0.0.2", container.rtmp_port) as port:
        assert not plays(container.restream("front", port), timeout_s=6)
        assert not publishes(container.restream("intruder", port))
    assert publishes(container.restream("own"))
    wait_until(partial(container.says, "nginx: access forbidden by rule"))


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "hangs"])
def test_rtmp_server_comes_back_and_recording_has_no_gap(restreaming: Restreaming, number: signal.Signals) -> None:
    container = restreaming.container
    for camera in ("front", "yard"):
        wait_until_played(container.restream(camera))
        wait_until(partial(container.segments, camera))
    recording = sorted(container.children("ffmpeg", "/live/"))
    nginx = container.children("nginx")

    for pid in nginx if number == signal.SIGSTOP else [min(nginx)]:
        os.kill(pid, number)

    wait_until(lambda: container.children("nginx") and not set(nginx) & set(container.children("nginx")))
    for camera in ("front", "yard"):
        wait_until_played(container.restream(camera))
    reports = restreaming.home_assistant.reports
    seen = len(reports)
    wait_until(lambda: len(reports) > seen and reports[-1].rtmp_port == container.rtmp_port)
    assert reports[-1].problems == ()
    assert [camera.gaps for camera in reports[-1].cameras.values()] == [(), ()]
    assert sorted(container.children("ffmpeg", "/live/")) == recording
