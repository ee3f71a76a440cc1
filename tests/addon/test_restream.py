"""Restreams of a running container: who plays them, who publishes, and what recordings notice of it."""

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial

import pytest
from pytest_socket import enable_socket

from tests.addon.conftest import VIDEO, Cameras, runs
from tests.addon.container import RTMP, Container, plays, wait_until_played
from tests.addon.home_assistant import HomeAssistantStandIn
from tests.addon.image import Image
from tests.servers import wait_until


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
                far = socket.create_connection(("127.0.0.1", port), 5, source_address=(source, 0))
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
        thread.join(5)


def publishes(url: str) -> bool:
    """Tell whether a stream can be published for two seconds."""
    command = ["ffmpeg", "-v", "error", "-re", "-t", "2", "-i", str(VIDEO), "-an", *RTMP, url]
    return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode == 0


@dataclass(frozen=True, slots=True)
class Restreaming:
    """A container that restreams two cameras, and the Home Assistant that it reports to."""

    container: Container
    home_assistant: HomeAssistantStandIn


@pytest.fixture(scope="module")
def restreaming(image: Image, cameras: Cameras, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restreaming]:
    """Run a container whose players are limited to one address beside its own."""
    enable_socket()  # a fixture of the module comes before the one that does so for each test
    folder = tmp_path_factory.mktemp("restreaming")
    with HomeAssistantStandIn(cameras.plan) as home_assistant, runs(image, folder) as run:
        yield Restreaming(run(home_assistant.url, PLAY_NETWORKS="127.0.0.3/32"), home_assistant)


def test_restreams_play_for_those_allowed_and_only_the_container_publishes(restreaming: Restreaming) -> None:
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
    assert container.says("nginx: access forbidden by rule")


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "hangs"])
def test_rtmp_server_comes_back_and_recording_has_no_gap(restreaming: Restreaming, number: signal.Signals) -> None:
    container = restreaming.container
    for camera in ("front", "yard"):
        wait_until_played(container.restream(camera))
        wait_until(partial(container.segments, camera))
    recording = container.children("ffmpeg", "/live/")
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
    assert container.children("ffmpeg", "/live/") == recording
