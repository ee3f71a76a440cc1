"""What an NVR keeps of its events, over crashes and with a database that is away."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from custom_components.frigate_native.engine import event_storage
from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.disk import FolderLock
from custom_components.frigate_native.engine.errors import FolderInUseError
from custom_components.frigate_native.engine.event_storage import EventStorage
from custom_components.frigate_native.engine.features import Features
from custom_components.frigate_native.engine.media import clip_path
from custom_components.frigate_native.engine.messages import (
    ClipMessage,
    EventMessage,
    EventType,
    Feature,
    Message,
    ObjectState,
    StoreMessage,
)
from custom_components.frigate_native.engine.paths import MediaPaths
from custom_components.frigate_native.engine.store import EventStore, EventWrite, StoredEvent
from tests.engine.builders import START, object_state
from tests.servers import PATIENCE_S, wait_until


@dataclass
class System:
    """The storage of one camera, back, which makes clips, and the messages that it sends."""

    folder: Path
    save_clips: dict[str, Any] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        camera = {
            "ffmpeg": {"inputs": [{"path": "/nowhere.mp4", "roles": ["detect", "clips"]}]},
            "save_clips": {"enabled": True} | self.save_clips,
        }
        config = config_from_mapping({"cameras": {"back": camera}}, self.folder)
        self.paths = MediaPaths.below(self.folder)
        self.features = Features(config.cameras, lambda _: None)
        self.storage = EventStorage(config, self.paths, EngineContext(), self.features, self.receive)

    @property
    def database(self) -> Path:
        return self.paths.clips / "frigate.db"

    def receive(self, message: Message) -> None:
        self.messages.append(message)
        self.storage.receive(message)

    def clips(self) -> list[ClipMessage]:
        return [message for message in self.messages if isinstance(message, ClipMessage)]

    def stored(self, event_id: str) -> StoredEvent | None:
        return self.storage.writer.submit(lambda store: store.event(event_id)).result(PATIENCE_S)


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    system = System(tmp_path)
    yield system
    system.storage.stop()


def leave_behind(system: System, *states: ObjectState) -> None:
    """Store events as a run does that is killed before it can end them."""
    store = EventStore(f"sqlite:///{system.database}")
    store.open()
    store.write([EventWrite(state=state) for state in states])
    store.close()


def ongoing(event_id: str = f"{START}-cut", **changes: Any) -> ObjectState:
    return object_state(**{"id": event_id, "false_positive": False, "frame_time": START + 7} | changes)


def test_interrupted_event_gets_its_clip_message_with_its_last_state(system: System) -> None:
    leave_behind(system, ongoing(top_score=0.9, entered_zones=("yard",)))
    system.storage.start()
    wait_until(system.clips)
    (message,) = system.clips()
    assert message.is_recovered
    assert message.path is None  # no video was left behind
    assert (message.state.id, message.state.end_time) == (f"{START}-cut", START + 7)
    assert (message.state.label, message.state.top_score, message.state.entered_zones) == ("person", 0.9, ("yard",))
    event = system.stored(f"{START}-cut")
    assert event is not None
    assert event.clip_problem == message.problem


def test_only_events_that_need_a_clip_are_recovered(tmp_path: Path) -> None:
    system = System(tmp_path, {"objects": ["person"]})
    leave_behind(system, ongoing("1.5-car", label="car"), ongoing("2.5-gone", camera="gone"), ongoing("3.5-person"))
    system.storage.start()
    system.storage.stop()
    assert [message.state.id for message in system.clips()] == ["3.5-person"]


def test_no_clip_is_recovered_while_clips_are_switched_off(system: System) -> None:
    leave_behind(system, ongoing())
    system.features.switch("back", Feature.CLIPS, is_on=False)
    system.storage.start()
    system.storage.stop()
    assert system.clips() == []


def test_folder_of_another_system_stays_untouched(system: System) -> None:
    other = FolderLock(system.paths.cache, "")
    other.acquire()
    with pytest.raises(FolderInUseError):
        system.storage.start()
    other.release()
    assert not system.database.exists()


def test_database_that_does_not_open_is_tried_again_while_events_wait(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(event_storage, "_OPENING_S", 0.1)
    with closing(sqlite3.connect(system.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        system.storage.start()
        system.receive(EventMessage(type=EventType.NEW, before=ongoing(), after=ongoing()))
        wait_until(lambda: StoreMessage in map(type, system.messages))
        (down,) = system.messages[1:]
        assert isinstance(down, StoreMessage)
        assert not down.is_working
        other.execute("ROLLBACK")
    wait_until(lambda: StoreMessage(is_working=True) in system.messages)
    assert system.stored(f"{START}-cut") is not None


def test_clip_of_an_event_that_was_deleted_meanwhile_is_deleted_too(system: System) -> None:
    system.storage.start()
    path = clip_path(system.paths.clips, "back", f"{START}-cut")
    path.touch()
    state = replace(ongoing(), end_time=START + 8)
    system.receive(ClipMessage(state=state, path=path, problem=None, start_time=START, end_time=START + 8))
    wait_until(lambda: not path.exists())
