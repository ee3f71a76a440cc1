"""Clips that go because the disk is nearly full; the files are real, the disk's size is made up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import override

import pytest

from custom_components.frigate_native.engine.concurrency import SystemClock
from custom_components.frigate_native.engine.disk import DiskSpace
from custom_components.frigate_native.engine.media import clip_path, delete_media
from custom_components.frigate_native.engine.messages import DiskMessage
from custom_components.frigate_native.engine.store import EventStore, EventWrite, FreeSpaceJob, StoredEvent
from tests.engine.builders import START, object_state

CLIP_BYTES = 10_000
CLIPS = 60


@dataclass
class Disk:
    """A disk of a size that a test chooses, and what else lies on it."""

    clips: Path
    total: int = CLIPS * CLIP_BYTES * 4
    others: int = 0
    messages: list[DiskMessage] = field(default_factory=list)

    def measure(self, folder: Path) -> DiskSpace:
        used = self.others + sum(path.stat().st_size for path in folder.iterdir())
        return DiskSpace(total=self.total, used=used, free=self.total - used)

    def remove(self, events: Sequence[StoredEvent], *, clips: bool, snapshots: bool) -> None:
        delete_media(self.clips, [(event.camera, event.id) for event in events], clips=clips, snapshots=snapshots)

    @property
    def free(self) -> int:
        return self.measure(self.clips).free


@pytest.fixture
def disk(tmp_path: Path) -> Disk:
    (tmp_path / "clips").mkdir()
    return Disk(clips=tmp_path / "clips")


@pytest.fixture
def store(tmp_path: Path, disk: Disk) -> Iterator[EventStore]:
    """Return a store of events, oldest first, each with a clip."""
    store = EventStore(f"sqlite:///{tmp_path}/frigate.db")
    store.open()
    states = [object_state(id=f"{START + n:.1f}-a", start_time=START + n, end_time=START + n) for n in range(CLIPS)]
    store.write([EventWrite(state=state) for state in states])
    for state in states:
        store.set_clip(state.id)
        clip_path(disk.clips, state.camera, state.id).write_bytes(bytes(CLIP_BYTES))
    yield store
    store.close()


def test_the_oldest_clips_make_room_on_a_full_disk(store: EventStore, disk: Disk) -> None:
    job = FreeSpaceJob(disk.clips, disk.remove, disk.messages.append, SystemClock(), measure=disk.measure)
    assert list(job.steps(store)) == []
    first, *_, last = sorted(event.id for event in store.events())
    store.set_retained(first)
    floor = disk.total // 20
    disk.others = disk.free - floor + 1  # a byte is missing
    assert list(job.steps(store)) == [10]
    assert disk.free >= floor * 1.1
    kept, gone = store.event(first), store.event(f"{START + 1:.1f}-a")
    assert kept is not None
    assert kept.has_clip
    assert gone is not None
    assert not gone.has_clip
    assert "the disk was full" in str(gone.clip_problem)
    assert clip_path(disk.clips, "back", first).exists()
    assert clip_path(disk.clips, "back", last).exists()
    (message,) = disk.messages
    assert not message.has_room

    disk.others += disk.free  # nothing at all is left: all go but the retained one
    assert sum(job.steps(store)) > 10
    assert list(job.steps(store)) == []
    disk.others = 0
    assert list(job.steps(store)) == []
    assert [message.has_room for message in disk.messages] == [False, True]


def test_clips_of_the_last_hour_stay(store: EventStore, disk: Disk) -> None:
    class Then(SystemClock):
        @override
        def now(self) -> float:
            return START + 3600 + 4.5

    disk.others = disk.free
    assert list(
        FreeSpaceJob(disk.clips, disk.remove, disk.messages.append, Then(), measure=disk.measure).steps(store)
    ) == [5, 0]
