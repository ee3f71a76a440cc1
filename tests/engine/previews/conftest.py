"""A system with the recordings of a camera, that makes a preview of a bar which moves to the right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from av.video.frame import VideoFrame

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.frame import Frame
from custom_components.frigate_native.engine.messages import PreviewFrameMessage
from custom_components.frigate_native.engine.paths import MediaPaths
from custom_components.frigate_native.engine.previews.films import PreviewFolder
from custom_components.frigate_native.engine.previews.service import PreviewService
from tests.engine.recordings.tree import NOON, Tree
from tests.servers import wait_until


def bar_frame(time: float, width: int = 640, height: int = 360) -> Frame:
    """Return a picture with a bar that is as many sixtieths from the left as seconds of the minute have passed."""
    pixels = np.full((height, width, 3), 60, np.uint8)
    left = int(time % 60 * width / 60)
    pixels[:, left : left + width // 20] = 250
    return Frame(VideoFrame.from_ndarray(pixels, format="rgb24"), time, 0)


@dataclass
class Previews:
    """Recordings in the tree, and what makes previews of a camera; `start` may be called again, as after a restart."""

    tree: Tree
    is_recorded: bool = True
    folder: PreviewFolder = field(init=False)

    def __post_init__(self) -> None:
        self.paths = MediaPaths(
            clips=self.tree.folder / "clips", recordings=self.tree.recordings, cache=self.tree.folder / "cache"
        )
        self.folder = PreviewFolder(self.paths.previews)
        self.service = self._new()

    def start(self) -> None:
        """Begin to work, as a new run."""
        self.service = self._new()
        self.service.start()

    def show(self, *seconds: float, width: int = 640, height: int = 360) -> None:
        """Add pictures of seconds after noon, each once the one before has arrived."""
        for second in seconds:
            self.tree.clock.time = NOON + second
            frame = bar_frame(NOON + second, width, height)
            self.service.receive(PreviewFrameMessage(camera="back", frame=frame))
            wait_until(lambda: not self.service.is_waiting)

    def films(self) -> list[tuple[float, float]]:
        """Return start and end of the finished films, in seconds after noon."""
        return [(film.start - NOON, film.end - NOON) for film in self.service.films("back", 0, 4e9)]

    def times(self) -> list[float]:
        """Return when the pictures of all films were taken, in seconds after noon."""
        return [time - NOON for time in self.service.times("back", 0, 4e9)]

    def _new(self) -> PreviewService:
        source = {"path": "/nowhere.mp4", "roles": ["detect", "record"]}
        record = {"enabled": self.is_recorded, "continuous": {"days": 1}}
        camera = {"ffmpeg": {"inputs": [source]}, "record": record}
        config = config_from_mapping({"cameras": {"back": camera}}, self.tree.folder)
        return PreviewService(self.paths, config, self.tree.store, EngineContext(clock=self.tree.clock))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a recorded file; what is in it does not matter."""
    path = tmp_path_factory.mktemp("sample") / "sample.mp4"
    path.write_bytes(b"recording")
    return path


@pytest.fixture
def previews(tmp_path: Path, sample: Path) -> Iterator[Previews]:
    """Return a system that makes previews."""
    tree = Tree(tmp_path, sample)
    previews = Previews(tree)
    previews.start()
    yield previews
    assert previews.service.stop()
    tree.store.close()
