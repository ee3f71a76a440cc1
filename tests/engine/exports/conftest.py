"""A recorded minute with exports of it."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.exports.service import ExportService
from custom_components.frigate_native.engine.media.assembly import TimeRange
from custom_components.frigate_native.engine.messages import ExportMessage, ExportState
from custom_components.frigate_native.engine.paths import MediaPaths
from custom_components.frigate_native.engine.store import EventStore, StoredExport
from tests.engine.recordings.tree import BERLIN, NOON, SECONDS, Tree, write_sample
from tests.servers import PATIENCE_S


@dataclass
class Exports:
    """Recordings of a minute from noon, and what exports them; `start` may be called again, as after a restart."""

    tree: Tree
    program: str = "ffmpeg"
    messages: list[ExportMessage] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    write_lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.paths = MediaPaths(
            clips=self.tree.folder / "clips", recordings=self.tree.recordings, cache=self.tree.folder / "cache"
        )
        for number in range(6):
            self.tree.record(NOON + number * SECONDS)
        self.tree.heal()
        self.service = self._new()

    def start(self) -> None:
        """Begin to work."""
        self.service.start()

    def restart(self) -> None:
        """Stop and start as Home Assistant does."""
        assert self.service.stop()
        self.service = self._new()
        self.start()

    def create(self, start: float, end: float, **more: object) -> StoredExport:
        """Queue an export of seconds after noon."""
        span = TimeRange(start=NOON + start, end=NOON + end)
        return self.service.create("back", span, **more)  # type: ignore[arg-type]

    def wait(self, export: StoredExport, *states: ExportState | None) -> ExportMessage:
        """Return the message that an export has reached one of these states."""
        with self.changed:
            assert self.changed.wait_for(lambda: self._newest(export, states) is not None, PATIENCE_S), self.messages
        found = self._newest(export, states)
        assert found is not None
        return found

    def stored(self, export: StoredExport) -> StoredExport:
        """Return an export as it is known now."""
        found = self.tree.store.exports.export(export.id)
        assert found is not None
        return found

    def film(self, export: StoredExport) -> Path:
        """Return the file of an export, which is done."""
        assert self.wait(export, ExportState.DONE, ExportState.FAILED).state is ExportState.DONE, self.messages[-1]
        path = self.service.film(self.stored(export))
        assert path is not None
        return path

    def submit[T](self, job: Callable[[EventStore], T]) -> Future[T]:
        """Do a job as the storage thread does."""
        done: Future[T] = Future()
        with self.write_lock:
            done.set_result(job(self.tree.store))
        return done

    def _new(self) -> ExportService:
        context = EngineContext(clock=self.tree.clock, time_zone=lambda: BERLIN, ffmpeg=self.program)
        return ExportService(self.paths, self.tree.store, self.submit, context, self._receive)

    def _newest(self, export: StoredExport, states: tuple[ExportState | None, ...]) -> ExportMessage | None:
        of_export = [message for message in self.messages if message.export_id == export.id]
        return of_export[-1] if of_export and of_export[-1].state in states else None

    def _receive(self, message: ExportMessage) -> None:
        with self.changed:
            self.messages.append(message)
            self.changed.notify_all()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a recorded file of ten seconds with sound."""
    folder = tmp_path_factory.mktemp("sample")
    silent, path = write_sample(folder / "silent.mp4"), folder / "sample.mp4"
    sound = ("-f", "lavfi", "-i", f"sine=sample_rate=16000:duration={SECONDS}", "-c:v", "copy", "-c:a", "aac")
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(silent), *sound, "-movflags", "+faststart", str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path


@pytest.fixture
def exports(tmp_path: Path, sample: Path) -> Iterator[Exports]:
    """Return a recorded minute; the thread that exports is not started yet."""
    tree = Tree(tmp_path, sample)
    exports = Exports(tree)
    yield exports
    assert exports.service.stop()
    tree.store.close()
