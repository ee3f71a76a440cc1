"""What tests of the recorder share."""

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.processes import children
from tests.recorder.recorded import PATIENT, SLACK_S, Recorded, Start
from tests.watched import SECRETS


@pytest.fixture
def record(tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Start recorders; prove afterwards that they end in time, leave nothing behind and told no secret.

    Segments are moved at no lower priority than other tests run: these are a second long, and would not come through.
    """
    monkeypatch.setattr("custom_components.frigate_native.recorder.segment_finalizer._NICENESS", 0)
    started: list[Recorded] = []
    caplog.set_level(logging.DEBUG, "custom_components.frigate_native")
    before = children()

    def start(folder: Path = tmp_path, **settings: Any) -> Recorded:
        started.append(Recorded(folder, **settings))
        started[-1].recorder.start()
        return started[-1]

    yield start
    for each in started:
        assert each.stop() < PATIENT.stop_s + SLACK_S
        each.recorder.stop()
        assert each.is_settled()
        assert not list(each.recordings.glob(".unfinished/*"))
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fn:")]
    assert children() <= before
    told = caplog.text + "".join(each.told for each in started)
    assert not [secret for secret in SECRETS if secret in told]
