"""A whole system on real footage: capture, detector child, tracking, events."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.errors import SourceProblem
from custom_components.frigate_native.engine.messages import (
    AdviceMessage,
    CameraMessage,
    CameraState,
    CountMessage,
    EventMessage,
    EventType,
    Message,
    MotionMessage,
    SnapshotMessage,
)
from custom_components.frigate_native.engine.nvr import Nvr
from tests.servers import PATIENCE_S, wait_until

pytestmark = pytest.mark.xdist_group("nvr")


class System:
    """An NVR that runs, and all it has said."""

    def __init__(self, directory: Path, cameras: dict[str, Any]) -> None:
        self.messages: list[Message] = []
        self._arrived = threading.Condition()
        config = config_from_mapping(
            {"detectors": {"cpu": {"type": "cpu", "num_threads": 1}}, "cameras": cameras}, directory
        )
        self.nvr = Nvr(config)
        self.nvr.subscribe(self._receive)
        self.nvr.start()

    def _receive(self, message: Message) -> None:
        with self._arrived:
            self.messages.append(message)
            self._arrived.notify_all()

    def wait_for(self, wanted: Callable[[Message], bool]) -> Message:
        """Return the first message that fits, or fail when none comes in time."""
        deadline = time.monotonic() + PATIENCE_S
        checked = 0
        with self._arrived:
            while True:
                for message in self.messages[checked:]:
                    if wanted(message):
                        return message
                checked = len(self.messages)
                left = deadline - time.monotonic()
                if left <= 0:
                    pytest.fail(f"nothing fitting in {checked} messages: {self.messages[-5:]}")
                self._arrived.wait(left)


def camera(path: Path | str, **settings: Any) -> dict[str, Any]:
    source = {"path": str(path), "roles": ["detect"], "input_args": "-re -stream_loop -1"}
    return {"ffmpeg": {"inputs": [source]}, "fps": 5, **settings}


@pytest.fixture(scope="module")
def footage() -> Path:
    return Path(__file__).parent.parent / "footage" / "vtest.mp4"


@pytest.fixture(scope="module")
def system(footage: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    directory = tmp_path_factory.mktemp("nvr")
    threads = set(threading.enumerate())
    ground = {"coordinates": "0,0,768,0,768,576,0,576"}
    Image.new("L", (64, 48), 255).save(directory / "small.png")
    running = System(
        directory,
        {
            "campus": camera(footage, zones={"ground": ground}),
            "missing": camera(footage.with_name("none.mp4")),
            "misfit": camera(footage, mask="small.png"),
            "blind": camera(footage, mask="0,0,1920,0,1920,1080,0,1080"),
        },
    )
    yield running
    running.nvr.stop()
    assert not [each for each in set(threading.enumerate()) - threads if each.name.startswith("fn:")]


def test_objects_that_no_detector_can_find_are_named(caplog: pytest.LogCaptureFixture) -> None:
    camera = {
        "ffmpeg": {"inputs": [{"path": "/nowhere.mp4", "roles": ["detect"]}]},
        "objects": {"track": ["persn", "car"]},
    }
    nvr = Nvr(config_from_mapping({"detectors": {"cpu": {"type": "cpu"}}, "cameras": {"front": camera}}, Path(), {}))
    nvr.start()
    nvr.stop()
    assert "cameras.front.objects.track: the model has no label 'persn'; did you mean 'person'?" in caplog.text
    assert sum("persn" in record.getMessage() for record in caplog.records) == 1
    assert "'car'" not in caplog.text


def test_person_becomes_an_event(system: System) -> None:
    new = system.wait_for(lambda message: isinstance(message, EventMessage))
    assert isinstance(new, EventMessage)
    assert new.type is EventType.NEW
    assert (new.after.camera, new.after.label) == ("campus", "person")
    assert new.after.top_score >= 0.7
    assert new.before.false_positive
    assert abs(new.after.frame_time - time.time()) < PATIENCE_S


def is_count_of(place: str, message: Message) -> bool:
    return isinstance(message, CountMessage) and message.place == place


def test_counts_follow_the_events(system: System) -> None:
    for place in ("campus", "ground"):
        message = system.wait_for(partial(is_count_of, place))
        assert isinstance(message, CountMessage)
        assert message.count >= 1
        assert message.is_zone is (place == "ground")


def test_best_picture_is_offered(system: System) -> None:
    message = system.wait_for(lambda message: isinstance(message, SnapshotMessage))
    assert isinstance(message, SnapshotMessage)
    assert message.picture.frame.size == (768, 576)
    assert system.nvr.best_picture("campus", "person") is not None


def test_motion_is_told(system: System) -> None:
    system.wait_for(lambda message: isinstance(message, MotionMessage) and message.has_motion)


def test_missing_file_fails_alone_and_says_why(system: System) -> None:
    def has_failed(message: Message) -> bool:
        return (
            isinstance(message, CameraMessage) and message.state is CameraState.FAILED and message.camera == "missing"
        )

    message = system.wait_for(has_failed)
    assert isinstance(message, CameraMessage)
    assert message.problem is SourceProblem.NOT_FOUND
    assert "none.mp4" in message.text
    wait_until(lambda: system.nvr.camera_state("campus").state is CameraState.RUNNING)


def test_mask_of_another_size_fails_with_both_sizes(system: System) -> None:
    def is_refused(message: Message) -> bool:
        return isinstance(message, CameraMessage) and message.problem is SourceProblem.CONFIG

    message = system.wait_for(is_refused)
    assert isinstance(message, CameraMessage)
    assert message.camera == "misfit"
    assert "64x48" in message.text
    assert "768x576" in message.text
    assert system.nvr.camera_state("misfit") == message


def test_mask_drawn_for_a_larger_frame_is_reported(system: System) -> None:
    message = system.wait_for(lambda message: isinstance(message, AdviceMessage))
    assert isinstance(message, AdviceMessage)
    (note,) = message.notes
    assert (message.camera, note.place) == ("blind", "cameras.blind.mask")
    assert "hides 100 % of the picture of 768x576: it reaches to 1920,1080" in note.text
    assert "set width and height to those of the frame that it was drawn for" in note.text


def test_events_follow_one_another(system: System) -> None:
    end = system.wait_for(lambda message: isinstance(message, EventMessage) and message.type is EventType.END)
    assert isinstance(end, EventMessage)
    story = [
        message for message in system.messages if isinstance(message, EventMessage) and message.after.id == end.after.id
    ]
    assert story[0].type is EventType.NEW
    assert all(later.before == earlier.after for earlier, later in itertools.pairwise(story))
    assert [message.after.end_time for message in story].count(None) == len(story) - 1


def test_stats_have_the_cameras_rate_and_the_detectors_process(system: System) -> None:
    system.wait_for(lambda message: isinstance(message, EventMessage))
    stats = system.nvr.stats()
    assert 0 < stats.cameras["campus"].process_fps <= 6
    assert stats.cameras["missing"].camera_fps == 0
    assert stats.detection_fps > 0
    assert Path(f"/proc/{stats.detectors['cpu'].pid}").exists()


def test_latest_frame_comes_with_what_was_seen(system: System) -> None:
    system.wait_for(lambda message: isinstance(message, EventMessage))
    latest = system.nvr.latest("campus")
    assert latest is not None
    frame, overlay = latest
    assert frame.size == (768, 576)
    assert overlay.zones[0].name == "ground"
    assert system.nvr.latest("missing") is None
