"""What can be switched while a system runs: detection, clips, snapshots; on the sample."""

import threading
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.messages import (
    ClipMessage,
    CountMessage,
    EventMessage,
    EventType,
    Feature,
    FeatureMessage,
    Message,
)
from custom_components.frigate_native.engine.nvr import Nvr
from custom_components.frigate_native.engine.paths import MediaPaths
from tests.engine.media.clip_cameras import campus_config
from tests.servers import wait_until

FOOTAGE = Path(__file__).parents[1] / "footage" / "vtest.mp4"


class Running:
    """An NVR on the sample, and what it said since `forget`."""

    def __init__(self, folder: Path) -> None:
        self.paths = MediaPaths.below(folder)
        self.nvr = Nvr(campus_config(folder, FOOTAGE), EngineContext(paths=self.paths))
        self.messages: list[Message] = []
        self.nvr.subscribe(self.messages.append)

    def of[M](self, kind: type[M]) -> list[M]:
        return [message for message in self.messages if isinstance(message, kind)]

    def ends(self) -> set[str]:
        return {message.after.id for message in self.of(EventMessage) if message.type is EventType.END}


@pytest.mark.slow
def test_features_are_switched_while_the_camera_runs(tmp_path: Path) -> None:
    threads = set(threading.enumerate())
    running = Running(tmp_path)
    nvr = running.nvr
    nvr.set_feature("campus", Feature.CLIPS, is_on=False)
    nvr.set_feature("campus", Feature.SNAPSHOTS, is_on=False)
    nvr.start()
    try:
        _detection_off_ends_objects(running)
        without = running.ends()
        assert without
        assert not list(running.paths.cache.iterdir())
        nvr.set_feature("campus", Feature.CLIPS, is_on=True)
        nvr.set_feature("campus", Feature.SNAPSHOTS, is_on=True)
        wait_until(lambda: list(running.paths.cache.iterdir()))
        _detection_on_finds_them_again(running)
        nvr.set_feature("campus", Feature.DETECT, is_on=False)
        wait_until(lambda: running.ends() > without)
        wait_until(lambda: {message.state.id for message in running.of(ClipMessage)} == running.ends() - without)
    finally:
        nvr.stop()
    made = running.ends() - without
    assert {path.stem.removeprefix("campus-") for path in running.paths.clips.glob("*.jpg")} == made
    assert all(message.path is not None for message in running.of(ClipMessage))
    assert not [each for each in set(threading.enumerate()) - threads if each.name.startswith("fn:")]


def _detection_off_ends_objects(running: Running) -> None:
    wait_until(lambda: any(message.place == "campus" and message.count for message in running.of(CountMessage)))
    running.nvr.set_feature("campus", Feature.DETECT, is_on=False)
    assert running.of(FeatureMessage)[-1] == FeatureMessage(camera="campus", feature=Feature.DETECT, is_on=False)
    wait_until(lambda: not running.nvr.counts()["campus", "person"].total)
    wait_until(lambda: running.of(CountMessage)[-1].count == 0)
    began = {message.after.id for message in running.of(EventMessage)}
    wait_until(lambda: running.ends() == began)
    wait_until(lambda: running.nvr.stats().cameras["campus"].detection_fps == 0)  # in the last ten seconds
    wait_until(lambda: running.nvr.stats().cameras["campus"].process_fps > 0)
    assert {message.after.id for message in running.of(EventMessage)} == began
    latest = running.nvr.latest("campus")
    assert latest is not None
    assert latest[1].objects == ()


def _detection_on_finds_them_again(running: Running) -> None:
    told = len(running.of(EventMessage))
    running.nvr.set_feature("campus", Feature.DETECT, is_on=True)
    wait_until(lambda: any(message.type is EventType.NEW for message in running.of(EventMessage)[told:]))
    wait_until(lambda: running.nvr.stats().cameras["campus"].detection_fps > 0)


def test_camera_that_is_not_there_cannot_be_switched(tmp_path: Path) -> None:
    running = Running(tmp_path)
    with pytest.raises(KeyError):
        running.nvr.set_feature("other", Feature.DETECT, is_on=False)
    assert [message.is_on for message in running.nvr.features()] == [True] * len(Feature)
