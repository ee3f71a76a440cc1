"""Fixtures of tests with real streams."""

import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.processes import children
from tests.servers import PATIENCE_S
from tests.watched import SECRETS, Watch, Watched


@pytest.fixture
def watch(caplog: pytest.LogCaptureFixture) -> Iterator[Watch]:
    """Start captures; check afterwards that they end, leave no thread or process behind and revealed no secret."""
    watched: list[Watched] = []
    caplog.set_level(logging.DEBUG, "custom_components.frigate_native")
    before = children()

    def start(path: str, input_args: str = "", **settings: Any) -> Watched:
        watched.append(Watched(path, input_args, **settings))
        watched[-1].capture.start()
        return watched[-1]

    yield start
    for each in watched:
        each.capture.request_stop()
    for each in watched:
        each.capture.stop(PATIENCE_S)
        each.capture.stop()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fn:")]
    assert children() <= before
    reported = caplog.text + "".join(each.reported for each in watched)
    assert not [secret for secret in SECRETS if secret in reported]
