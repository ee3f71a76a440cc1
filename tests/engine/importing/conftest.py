"""A system that imports."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from custom_components.frigate_native.engine.importing.report import ImportReport
from custom_components.frigate_native.engine.importing.request import ImportRequest
from custom_components.frigate_native.engine.importing.service import ImportService
from custom_components.frigate_native.engine.paths import MediaPaths
from custom_components.frigate_native.engine.store import EventStore
from tests.engine.importing.frigate import Frigate
from tests.engine.recordings.tree import FakeClock, write_sample
from tests.servers import PATIENCE_S


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a recorded file of ten seconds."""
    return write_sample(tmp_path_factory.mktemp("sample") / "sample.mp4")


@dataclass
class System:
    """Our folders and database, and an importer into them."""

    folder: Path
    own_paths: MediaPaths | None = None
    clock: FakeClock = field(default_factory=FakeClock)
    healed: int = 0

    def __post_init__(self) -> None:
        self.paths = self.own_paths or MediaPaths.below(self.folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.paths.clips.mkdir(parents=True, exist_ok=True)
        self.store = EventStore(f"sqlite:///{self.folder}/ours.db")
        self.store.open()
        self.imports = ImportService(self.paths, self.store, self.submit, self.clock, on_files=self.heal)

    def heal(self) -> None:
        self.healed += 1

    def submit(self, job: Callable[[EventStore], object]) -> Future[object]:
        """Do a job as the storage thread does."""
        future = Future[object]()
        try:
            future.set_result(job(self.store))
        except Exception as err:  # noqa: BLE001  # passed on
            future.set_exception(err)
        return future

    def run(self, frigate: Frigate, **options: Any) -> ImportReport:
        """Import everything of an installation."""
        request = ImportRequest(database=frigate.database, media=frigate.media, **options)
        return self.imports.start(request).result(PATIENCE_S)


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    """Return a system with an empty database."""
    system = System(tmp_path / "ours")
    yield system
    assert system.imports.stop()
    system.store.close()


@pytest.fixture
def install(tmp_path: Path, sample: Path) -> Callable[[str], Frigate]:
    """Return what makes an installation of a version."""
    return lambda version: Frigate(tmp_path / "theirs", version, sample)
