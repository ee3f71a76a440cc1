"""What is told of an event's picture on disk."""

from dataclasses import replace
from pathlib import Path

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.features import Features
from custom_components.frigate_native.engine.media import Media
from custom_components.frigate_native.engine.messages import EventType, Message, SnapshotFileMessage
from custom_components.frigate_native.engine.paths import MediaPaths
from tests.engine.builders import event_message, snapshot_message
from tests.servers import wait_until


def test_snapshot_is_told_of_when_it_is_on_disk_and_when_it_cannot_be(tmp_path: Path) -> None:
    source = {"path": "/nowhere.mp4", "roles": ["detect"]}
    camera = {"ffmpeg": {"inputs": [source]}, "fps": 5, "snapshots": {"enabled": True}}
    config = config_from_mapping({"cameras": {"back": camera}}, tmp_path)
    paths, told = MediaPaths.below(tmp_path), list[Message]()
    media = Media(config, paths, EngineContext(), Features(config.cameras, lambda _: None), told.append)
    picture = snapshot_message("back", "person").picture
    (paths.clips / "back-1.5-bad.jpg").mkdir()
    for event_id in ("1.5-good", "1.5-bad"):
        end = event_message(EventType.END, event_id=event_id)
        media.receive(replace(end, picture=replace(picture, event_id=event_id)))
    wait_until(lambda: len(told) == 2)
    media.stop()
    good, bad = told
    path = paths.clips / "back-1.5-good.jpg"
    assert good == SnapshotFileMessage(event_id="1.5-good", camera="back", path=path)
    assert path.stat().st_size > 1000
    assert isinstance(bad, SnapshotFileMessage)
    assert (bad.event_id, bad.path) == ("1.5-bad", None)
    assert "cannot be written" in (bad.problem or "")
