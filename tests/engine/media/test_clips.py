"""Clips of a running system: on the sample, from a second stream, from many cameras at once, after a crash."""

import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from pytest_socket import enable_socket

from custom_components.frigate_native.engine.capture import InputCapture, capture_inputs, probe
from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.context import EngineContext
from custom_components.frigate_native.engine.errors import SourceError
from custom_components.frigate_native.engine.features import Features
from custom_components.frigate_native.engine.media import Media, segment_writer as writer_module
from custom_components.frigate_native.engine.messages import (
    ClipMessage,
    EventMessage,
    EventType,
    Message,
    ObjectState,
)
from custom_components.frigate_native.engine.nvr import Nvr
from custom_components.frigate_native.engine.paths import MediaPaths
from tests.engine.builders import object_state
from tests.engine.media.clip_cameras import (
    KEY_FRAMES_S,
    POST_S,
    PRE_S,
    SLACK_S,
    UNSAID_S,
    campus_config,
    clips_camera,
    play,
)
from tests.engine_process import engine_command
from tests.servers import PATIENCE_S, publish, rtmp_server, wait_until

ROOT = Path(__file__).parents[3]
FOOTAGE = ROOT / "tests" / "footage" / "vtest.mp4"

pytestmark = pytest.mark.slow
of_one_run = pytest.mark.xdist_group("clips")


@dataclass
class Told:
    """What an NVR has said about events and clips."""

    began: float = 0.0  # when both streams ran
    in_time: set[str] = field(default_factory=set)  # clips that were made while it ran
    begins: dict[str, ObjectState] = field(default_factory=dict)
    ends: dict[str, ObjectState] = field(default_factory=dict)
    clips: dict[str, ClipMessage] = field(default_factory=dict)

    def receive(self, message: Message) -> None:
        if isinstance(message, ClipMessage):
            assert message.state.id not in self.clips
            self.clips[message.state.id] = message
        elif isinstance(message, EventMessage) and message.type is EventType.NEW:
            self.begins[message.after.id] = message.after
        elif isinstance(message, EventMessage) and message.type is EventType.END:
            self.ends[message.after.id] = message.after

    def has_enough(self) -> bool:
        """Tell whether both cameras saw somebody, one after the streams ran, and a clip was made of one who went."""
        states = list(self.begins.values())
        return (
            len({state.camera for state in states}) == 2
            and any(state.start_time - PRE_S > self.began for state in states)
            and bool(self.clips)
        )


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> MediaPaths:
    return MediaPaths.below(tmp_path_factory.mktemp("clips"))


@pytest.fixture(scope="module")
def told(paths: MediaPaths, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Watch the sample for a while, on one camera with one stream and one with a second stream for clips."""
    enable_socket()  # a fixture of a module comes before the one that does so for each test
    folder = tmp_path_factory.mktemp("servers")
    with rtmp_server(folder) as server, publish(FOOTAGE, server.url("main")):
        wait_until(lambda: _is_live(server.url("main")))
        inputs = [
            {"path": str(FOOTAGE), "roles": ["detect"], "input_args": "-re -stream_loop -1"},
            {"path": server.url("main"), "roles": ["clips"]},
        ]
        nvr = Nvr(campus_config(folder, FOOTAGE, second=clips_camera(inputs)), EngineContext(paths=paths))
        threads = set(threading.enumerate())
        seen = Told()
        nvr.subscribe(seen.receive)
        nvr.start()
        wait_until(lambda: {path.name.partition("-")[0] for path in paths.cache.iterdir()} == {"campus", "second"})
        seen.began = time.time()
        wait_until(seen.has_enough)
        seen.in_time = set(seen.clips)
        nvr.stop()
    assert not [each for each in set(threading.enumerate()) - threads if each.name.startswith("fn:")]
    return seen


def _is_live(url: str) -> bool:
    try:
        probe(url, timeout_s=3)
    except SourceError:
        return False
    return True


@of_one_run
def test_every_true_event_ends_with_a_clip_that_plays(told: Told) -> None:
    assert set(told.clips) == set(told.ends) == set(told.begins)
    for clip in told.clips.values():
        assert clip.path is not None, clip.problem
        assert clip.path.name == f"{clip.camera}-{clip.state.id}.mp4"
        played = play(clip.path)
        assert not played.complaints
        assert played.duration_s == pytest.approx(clip.end_time - clip.start_time, abs=SLACK_S)


@of_one_run
def test_clip_begins_at_most_a_key_frame_early_and_ends_in_time(told: Told) -> None:
    starts = ends = 0
    for event_id, state in told.ends.items():
        assert state.end_time is not None
        clip = told.clips[event_id]
        start, end = state.start_time - PRE_S, state.end_time + POST_S
        assert clip.start_time >= start - KEY_FRAMES_S - SLACK_S
        if start > told.began:
            assert clip.start_time <= start + SLACK_S
            starts += 1
        if event_id in told.in_time:
            assert clip.end_time == pytest.approx(end, abs=SLACK_S)
            ends += 1
    assert starts
    assert ends


@of_one_run
def test_nothing_is_left_of_the_cache_and_each_event_has_its_snapshot(told: Told, paths: MediaPaths) -> None:
    assert list(paths.cache.iterdir()) == []
    snapshots = {path.stem for path in paths.clips.glob("*.jpg")}
    assert snapshots == {f"campus-{key}" for key, state in told.ends.items() if state.camera == "campus"}
    assert {path.suffix for path in paths.clips.iterdir()} == {".mp4", ".jpg", ".webp", ".db"}


def test_killed_in_an_event_its_clip_is_made_at_the_next_start(tmp_path: Path) -> None:
    paths = MediaPaths.below(tmp_path)
    process = subprocess.Popen(
        engine_command("tests.engine.media.clips_process", tmp_path, FOOTAGE),
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert process.stdout is not None
    try:
        event_id, start, _ = process.stdout.readline().split()
        wait_until(lambda: time.time() > float(start) + 5 and any(path.stat().st_size for path in _files(paths.cache)))
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_S)
        process.stdout.close()
    old = set(paths.cache.iterdir())
    assert old
    made = _files(paths.clips)  # of events that had ended before
    (paths.clips / ".campus-1.5-abc.mp4.part").touch()

    told = Told()
    nvr = Nvr(campus_config(tmp_path, tmp_path / "no-stream.mp4"), EngineContext(paths=paths))
    nvr.subscribe(told.receive)
    nvr.start()
    wait_until(lambda: event_id in told.clips)
    wait_until(lambda: not old & set(paths.cache.iterdir()))
    nvr.stop()

    clip = told.clips[event_id]
    assert clip.path is not None
    assert not play(clip.path).complaints
    assert clip.start_time <= float(start) + 1
    assert clip.end_time > float(start) + 1
    assert clip.state.end_time is not None
    is_cut_off = clip.state.end_time + POST_S - clip.end_time > UNSAID_S
    assert ("missing at its end" in (clip.problem or "")) is is_cut_off
    assert clip.is_recovered
    assert clip.state.label == "person"
    assert _files(paths.clips) == made | {clip.path for clip in told.clips.values()}


def _files(folder: Path) -> set[Path]:
    """Return what is in a folder, without the event database."""
    return {path for path in folder.iterdir() if ".db" not in path.name} if folder.exists() else set()


class Stalled:
    """A file on a disk that has stopped to answer."""

    def __init__(self, go: threading.Event) -> None:
        self._go = go

    def write(self, data: bytes, /) -> int:
        self._go.wait(2 * PATIENCE_S)
        return len(data)

    def close(self) -> None:
        pass


def test_stalled_cache_of_one_camera_delays_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    plain = writer_module.open_segment
    monkeypatch.setattr(
        writer_module, "open_segment", lambda path: Stalled(go) if path.name.startswith("cam5-") else plain(path)
    )
    names = [f"cam{number}" for number in range(12)]
    source = {"path": str(FOOTAGE), "roles": ["detect", "clips"], "input_args": "-re -stream_loop -1"}
    config = config_from_mapping({"cameras": {name: clips_camera([source], 2) for name in names}}, tmp_path)
    paths = MediaPaths.below(tmp_path)
    told = Told()
    media = Media(config, paths, EngineContext(), Features(config.cameras, lambda _: None), told.receive)
    media.start()
    readers: list[InputCapture] = []
    for name in names:
        readers += capture_inputs(config.cameras[name], media.uses(name), EngineContext())
        readers[-1].start()
    wait_until(lambda: {path.name.partition("-")[0] for path in paths.cache.iterdir()} >= set(names) - {"cam5"})
    now = time.time()
    for name in names:
        media.receive(_ended(name, now))
    wait_until(lambda: len(told.clips) == 12)  # nobody waits for the disk: it does not answer before
    go.set()
    for reader in readers:
        reader.stop()
    media.stop()

    for name in set(names) - {"cam5"}:
        clip = told.clips[f"1700000000.5-{name}"]
        assert clip.path is not None, clip.problem
    stalled = told.clips["1700000000.5-cam5"]
    assert stalled.path is None
    assert "does not respond" in (stalled.problem or "")


def _ended(camera: str, now: float) -> EventMessage:
    state = object_state(
        id=f"1700000000.5-{camera}", camera=camera, start_time=now - 1, end_time=now, false_positive=False
    )
    return EventMessage(type=EventType.END, before=state, after=state)
