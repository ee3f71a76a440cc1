"""How long a whole system takes to stop when cameras cannot be interrupted."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.messages import CameraMessage, Message
from custom_components.frigate_native.engine.nvr import Nvr
from tests.servers import wait_until


@contextmanager
def stuck(path: Path) -> Iterator[Path]:
    """Return a pipe: whoever opens it to read hangs in the system, out of libav's reach, until somebody writes."""
    os.mkfifo(path)
    try:
        yield path
    finally:
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))


def test_cameras_that_hang_are_waited_for_together(tmp_path: Path) -> None:
    names = ("front", "back", "yard")
    with ExitStack() as stack:
        pipes = {name: stack.enter_context(stuck(tmp_path / name)) for name in names}
        inputs = {name: {"inputs": [{"path": str(pipe), "roles": ["detect"]}]} for name, pipe in pipes.items()}
        cameras = {name: {"ffmpeg": each} for name, each in inputs.items()}
        nvr = Nvr(config_from_mapping({"detectors": {"cpu": {"type": "cpu"}}, "cameras": cameras}, tmp_path))
        told: list[Message] = []
        nvr.subscribe(told.append)
        nvr.start()
        wait_until(lambda: len([message for message in told if isinstance(message, CameraMessage)]) == len(names))
        begin_s = time.monotonic()
        nvr.stop(timeout_s=4.0)
        assert time.monotonic() - begin_s < 10  # of a busy machine; one after the other would take twelve
    wait_until(lambda: not [thread for thread in threading.enumerate() if thread.name.startswith("fn:")])
