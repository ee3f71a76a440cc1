"""A folder of recordings as a recorder leaves it, and an index of it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import override
from zoneinfo import ZoneInfo

from custom_components.frigate_native.engine.concurrency import Clock
from custom_components.frigate_native.engine.recordings.activity import ActivityLog
from custom_components.frigate_native.engine.recordings.folders import RecordingFolders
from custom_components.frigate_native.engine.recordings.indexer import RecordingIndexer
from custom_components.frigate_native.engine.store import EventStore, Recording
from custom_components.frigate_native.recorder import recording_path

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 20, 12, tzinfo=BERLIN).timestamp()
SECONDS = 10
DAY_S = 86_400.0


@dataclass
class FakeClock(Clock):
    """A clock that tests set; a running one goes on from there."""

    time: float = NOON
    is_running: bool = False
    begin_s: float = field(default_factory=monotonic)

    @override
    def now(self) -> float:
        return self.time + (monotonic() - self.begin_s if self.is_running else 0.0)

    @override
    def monotonic(self) -> float:
        return self.now()


def write_sample(path: Path, *extra: str) -> Path:
    """Write ten seconds of video, a key frame in each, as recorders leave it."""
    noise = f"testsrc2=size=160x96:rate=10:duration={SECONDS},noise=alls=20:allf=t"
    codec = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-sc_threshold", "0", "-pix_fmt", "yuv420p")
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", noise, *codec, *extra, "-movflags", "+faststart"]
    subprocess.run([*command, str(path)], check=True, stdin=subprocess.DEVNULL)
    return path


@dataclass
class Tree:
    """The folder, and an index of it that is brought up to date on request."""

    folder: Path
    sample: Path
    clock: FakeClock = field(default_factory=FakeClock)
    activity: ActivityLog = field(default_factory=ActivityLog)

    def __post_init__(self) -> None:
        self.recordings = self.folder / "recordings"
        self.open()

    def open(self) -> None:
        """Open the database, as after a restart."""
        self.store = EventStore(f"sqlite:///{self.folder}/frigate.db", lambda: BERLIN)
        self.store.open()
        self.folders = RecordingFolders(self.recordings)
        self.indexer = RecordingIndexer(
            self.folders, self.store, self.write, activity=self.activity, zone=lambda: BERLIN, clock=self.clock
        )

    def write(self, job: Callable[[EventStore], None]) -> None:
        """Do a job as the storage thread does."""
        job(self.store)

    def record(self, start: float, camera: str = "back") -> Path:
        """Add a file of ten seconds in the layout of this recorder."""
        path = self.recordings / recording_path(start, camera, BERLIN)
        return self._place(path, start + SECONDS)

    def record_like_frigate(self, start: float, camera: str = "back") -> Path:
        """Add a file as today's Frigate does: named in UTC, and copied some seconds later."""
        path = self.recordings / f"{datetime.fromtimestamp(start, UTC):%Y-%m-%d/%H}" / camera
        return self._place(path / f"{datetime.fromtimestamp(start, UTC):%M.%S}.mp4", start + SECONDS + 7)

    def heal(self) -> None:
        """Compare all files with the index."""
        for _ in self.indexer.heal():
            pass

    def follow(self) -> None:
        """Add what is new."""
        for _ in self.indexer.follow():
            pass

    def known(self, camera: str = "back") -> list[Recording]:
        """Return what the index knows of a camera."""
        return self.store.recordings.between(camera, 0, 4e9)

    def _place(self, path: Path, modified: float) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.sample, path)
        os.utime(path, (modified, modified))
        return path
