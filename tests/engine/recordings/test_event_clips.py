"""Clips of events are cut from recordings where a camera records, and nothing is written twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import pytest

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.event_storage import EventStorage
from custom_components.frigate_native.engine.features import Features
from custom_components.frigate_native.engine.media.recorded_video import can_use_recordings
from custom_components.frigate_native.engine.messages import ClipMessage, EventMessage, EventType, Message, ObjectState
from custom_components.frigate_native.engine.paths import MediaPaths
from custom_components.frigate_native.engine.store import StoredEvent
from tests.engine.builders import object_state
from tests.engine.recordings.tree import BERLIN, NOON, FakeClock, Tree
from tests.servers import wait_until

RECORD = "-f segment -segment_time 10 -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy"
ALL = [{"path": "/nowhere.mp4", "roles": ["detect", "clips", "record"]}]
ID = f"{NOON - 18}-abc123"


def camera_of(**changes: Any) -> dict[str, Any]:
    """Return a camera whose recordings can be used for clips."""
    outputs = {"record": RECORD, "clips": RECORD} | changes.pop("outputs", {})
    ffmpeg = {"inputs": changes.pop("inputs", ALL), "output_args": outputs}
    clips = {"enabled": True, "pre_capture": 1, "post_capture": 2}
    return {"ffmpeg": ffmpeg, "save_clips": clips, "record": {"enabled": True}} | changes


class System:
    """A running system, and what it says."""

    def __init__(self, folder: Path, clock: FakeClock) -> None:
        self.messages: list[Message] = []
        config = config_from_mapping({"cameras": {"back": camera_of()}}, folder)
        self.clips = folder / "clips"
        paths = MediaPaths(clips=self.clips, recordings=folder / "recordings", cache=folder / "cache")
        context = EngineContext(clock=clock, time_zone=lambda: BERLIN)
        self.storage = EventStorage(config, paths, context, Features(config.cameras, lambda _: None), self.receive)

    def receive(self, message: Message) -> None:
        self.messages.append(message)
        self.storage.receive(message)

    def end_event(self) -> ObjectState:
        """Report an event that has ended 15 s before noon, after three seconds."""
        state = object_state(id=ID, start_time=NOON - 18, frame_time=NOON - 15, false_positive=False)
        self.storage.receive(EventMessage(type=EventType.NEW, before=state, after=state))
        ended = replace(state, end_time=NOON - 15)
        self.storage.receive(EventMessage(type=EventType.END, before=state, after=ended))
        return ended

    def is_cached(self) -> bool:
        """Tell whether packets are written for clips."""
        (use,) = self.storage.uses("back")
        return use.is_enabled()

    def clip(self) -> ClipMessage:
        """Wait for the message about the clip."""
        wait_until(lambda: any(isinstance(message, ClipMessage) for message in self.messages))
        return next(message for message in self.messages if isinstance(message, ClipMessage))

    def event(self) -> StoredEvent | None:
        return self.storage.store.event(ID)


@contextmanager
def running(folder: Path, clock: FakeClock) -> Iterator[System]:
    system = System(folder, clock)
    system.storage.start()
    try:
        yield system
    finally:
        system.storage.stop()


def seconds(path: Path) -> float:
    with av.open(str(path)) as container:
        return len(list(container.decode(video=0))) / 10


def test_a_clip_is_found_in_recordings_and_cut_on_request(tree: Tree) -> None:
    with running(tree.folder, FakeClock(is_running=True)) as system:
        assert system.is_cached()
        tree.record(NOON - 30)
        wait_until(lambda: not system.is_cached())
        system.end_event()
        tree.record(NOON - 20)
        message = system.clip()
        assert message.path == system.clips / f"back-{ID}.mp4"
        assert (message.start_time, message.end_time, message.problem) == (NOON - 19, NOON - 13, None)
        wait_until(lambda: (event := system.event()) is not None and event.has_clip)
        event = system.event()
        assert event is not None
        path = system.storage.recordings.clip(event)
        assert path is not None
        assert 6 <= seconds(path) <= 7
        assert not list(system.clips.glob("*.mp4"))


def test_the_clip_of_a_retained_event_becomes_a_file(tree: Tree) -> None:
    clock = FakeClock(is_running=True)
    tree.record(NOON - 30)
    with running(tree.folder, clock) as system:
        wait_until(lambda: not system.is_cached())
        system.end_event()
        tree.record(NOON - 20)
        file = system.clip().path
        assert file is not None
        assert system.storage.writer.submit(lambda store: store.set_retained(ID)).result(90)
        clock.time += 90
        wait_until(file.exists)
        assert 6 <= seconds(file) <= 7


def test_packets_are_written_again_when_no_files_arrive(tree: Tree) -> None:
    clock = FakeClock(is_running=True)
    tree.record(NOON - 30)
    with running(tree.folder, clock) as system:
        wait_until(lambda: not system.is_cached())
        clock.time += 60
        assert system.is_cached()


def test_a_clip_whose_recording_is_late_is_found_after_a_restart(tree: Tree) -> None:
    tree.record(NOON - 30)
    with running(tree.folder, FakeClock(is_running=True)) as system:
        wait_until(lambda: not system.is_cached())
        system.end_event()
        wait_until(lambda: system.event() is not None)
    assert not any(isinstance(message, ClipMessage) for message in system.messages)
    tree.record(NOON - 20)
    with running(tree.folder, FakeClock(is_running=True)) as system:
        message = system.clip()
        assert (message.is_recovered, message.problem, message.start_time) == (True, None, NOON - 19)


@pytest.mark.parametrize(
    ("camera", "is_possible"),
    [
        (camera_of(), True),
        (camera_of(record={"enabled": False}), False),
        (camera_of(outputs={"record": RECORD.replace("10", "60")}), False),
        (camera_of(outputs={"record": RECORD + " -an"}), False),
        (camera_of(outputs={"record": RECORD + " -an", "clips": RECORD + " -an"}), True),
        (camera_of(outputs={"clips": RECORD.replace("copy", "copy -c:a aac")}), False),
        (camera_of(outputs=dict.fromkeys(("clips", "record"), RECORD + " -c:a aac")), True),
        (camera_of(inputs=[ALL[0] | {"roles": ["detect", "clips"]}, {"path": "/b.mp4", "roles": ["record"]}]), False),
        (camera_of(inputs=[ALL[0] | {"roles": ["detect", "record"]}]), True),
    ],
)
def test_recordings_are_used_if_they_hold_what_clips_should(
    tmp_path: Path, camera: dict[str, Any], *, is_possible: bool
) -> None:
    config = config_from_mapping({"cameras": {"back": camera}}, tmp_path)
    assert can_use_recordings(config.cameras["back"]) is is_possible
