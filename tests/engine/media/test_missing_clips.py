"""What is told of events that get no clip."""

import logging
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.features import Features
from custom_components.frigate_native.engine.media import Media
from custom_components.frigate_native.engine.messages import ClipMessage, EventType, Message
from custom_components.frigate_native.engine.paths import MediaPaths
from tests.engine.builders import event_message
from tests.servers import wait_until


def test_cause_that_lasts_is_logged_once_and_told_with_every_event(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    camera = {"ffmpeg": {"inputs": [{"path": "/nowhere.mp4", "roles": ["detect"]}]}, "save_clips": {"enabled": True}}
    config = config_from_mapping({"cameras": {"back": camera}}, tmp_path)
    told = list[Message]()
    media = Media(
        config, MediaPaths.below(tmp_path), EngineContext(), Features(config.cameras, lambda _: None), told.append
    )
    media.start()
    for number in range(5):
        media.receive(event_message(EventType.END, event_id=f"{number}.5-abc"))
    media.stop()
    wait_until(lambda: len(told) == 5)
    assert all(isinstance(each, ClipMessage) and "no input" in (each.problem or "") for each in told)
    warnings = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert len([record for record in warnings if "has no clip" in record.message]) == 1
