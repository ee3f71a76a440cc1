"""How long recordings are kept: every mode, the forms of every version, jumping clocks and full disks."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.model import CameraConfig, RecordingLayout
from custom_components.frigate_native.engine.disk import DiskSpace
from custom_components.frigate_native.engine.disk.deletion_clock import DeletionClock
from custom_components.frigate_native.engine.messages import Severity
from custom_components.frigate_native.engine.recordings.free_space import RecordingSpace
from custom_components.frigate_native.engine.recordings.kept_spans import ReviewSpans
from custom_components.frigate_native.engine.recordings.retention import RecordingRemover, RecordingRetention
from custom_components.frigate_native.engine.recordings.usage import measure_usage
from custom_components.frigate_native.engine.store import EventWrite, Recording, ReviewWrite
from tests.engine.builders import object_state, review_state
from tests.engine.recordings.tree import DAY_S, NOON, Tree

HOUR_S = 3600.0
NOT_KEPT = {"retain": {"days": 0}}
NOTHING: dict[str, Any] = {"continuous": {"days": 0}, "alerts": NOT_KEPT, "detections": NOT_KEPT}
STILL, MOVING, ACTIVE, SOUND, UNWATCHED = (0, 0, 0), (4, 0, 0), (4, 2, 0), (0, 0, -30), (None, None, None)


def camera_of(record: dict[str, Any], folder: Path = Path("/nowhere"), **sections: Any) -> CameraConfig:
    """Return a recorded camera."""
    inputs = [{"path": "/nowhere.mp4", "roles": ["detect", "record"]}]
    camera = {"ffmpeg": {"inputs": inputs}, "record": {"enabled": True} | record, **sections}
    zones = {"zones": {"yard": {"coordinates": "0,0,9,0,9,9"}}}
    return config_from_mapping({"cameras": {"back": zones | camera}}, folder).cameras["back"]


@dataclass
class Kept:
    """Recordings of a camera, and their retention."""

    tree: Tree
    camera: CameraConfig

    def __post_init__(self) -> None:
        self.remover = RecordingRemover(self.tree.recordings, self.tree.write)
        clock = DeletionClock(self.tree.folder / "retention.txt", self.tree.clock)
        spans = ReviewSpans(self.tree.store)
        self.retention = RecordingRetention({"back": self.camera}, self.tree.store, self.remover, spans, clock)
        self.expire()  # the clock is right so far

    def add(self, start: float, figures: tuple[int | None, ...] = STILL, camera: str = "back") -> Path:
        """Record ten seconds in which this happened."""
        path = f"2026-11/20/12/{camera}/{start - NOON:.0f}.mp4"
        file = self.tree.recordings / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"video")
        motion, objects, sound = figures
        made = Recording(camera=camera, path=path, start=start, end=start + 10, size=10**6)
        self.tree.store.recordings.add([replace(made, motion=motion, objects=objects, sound=sound)])
        return file

    def add_item(self, start: float, end: float | None, severity: Severity = Severity.ALERT) -> None:
        """Store a review item."""
        item = replace(review_state("back", end), id=f"{start}-item", start_time=start, severity=severity)
        self.tree.store.reviews.write([ReviewWrite(state=item)])

    def add_event(self, start: float, end: float) -> str:
        """Store an event."""
        event_id = f"{start}-abc123"
        state = object_state(id=event_id, start_time=start, end_time=end, frame_time=start)
        self.tree.store.write([EventWrite(state=replace(state, false_positive=False))])
        return event_id

    def expire(self) -> list[int]:
        """Delete what has expired."""
        return list(self.retention.steps())


@pytest.mark.parametrize(
    ("figures", "kept_days"),
    [(STILL, 2), (MOVING, 5), (ACTIVE, 5), (SOUND, 5), (UNWATCHED, 9)],
    ids=["still", "motion", "active", "sound", "unwatched"],
)
def test_recordings_are_kept_for_what_they_hold(tree: Tree, figures: tuple[int | None, ...], kept_days: int) -> None:
    record = NOTHING | {"continuous": {"days": 2}, "motion": {"days": 5}, "alerts": {"retain": {"days": 9}}}
    kept = Kept(tree, camera_of(record))
    file = kept.add(NOON, figures)
    tree.clock.time = NOON + kept_days * DAY_S - 60
    kept.expire()
    assert file.exists()
    assert len(tree.known()) == 1
    tree.clock.time += 120
    kept.expire()
    assert not file.exists()
    assert not file.parent.exists()
    assert tree.known() == []


@pytest.mark.parametrize(
    ("mode", "kept_figures"),
    [
        ("all", [STILL, MOVING, SOUND, ACTIVE, UNWATCHED]),
        ("motion", [MOVING, SOUND, ACTIVE, UNWATCHED]),
        ("active_objects", [ACTIVE, UNWATCHED]),
    ],
)
@pytest.mark.parametrize("severity", Severity)
def test_modes_of_alerts_and_detections(
    tree: Tree, mode: str, kept_figures: list[tuple[int | None, ...]], severity: Severity
) -> None:
    kept = Kept(tree, camera_of(NOTHING | {f"{severity}s": {"retain": {"days": 3, "mode": mode}}}))
    kinds = [STILL, MOVING, SOUND, ACTIVE, UNWATCHED]
    files = [kept.add(NOON + 10 * index, figures) for index, figures in enumerate(kinds)]
    kept.add_item(NOON, NOON + 50, severity)
    tree.clock.time = NOON + 2 * DAY_S
    kept.expire()
    assert [figures for file, figures in zip(files, kinds, strict=True) if file.exists()] == kept_figures
    tree.clock.time = NOON + 3 * DAY_S + 120
    kept.expire()
    assert not any(file.exists() for file in files)


def test_captures_before_and_after_are_kept_and_nothing_beyond(tree: Tree) -> None:
    alerts = {"pre_capture": 12, "post_capture": 25, "retain": {"days": 1, "mode": "all"}}
    kept = Kept(tree, camera_of(NOTHING | {"alerts": alerts}))
    for second in range(0, 200, 10):
        kept.add(NOON + second)
    kept.add_item(NOON + 100, NOON + 120)
    tree.clock.time = NOON + HOUR_S
    kept.expire()
    assert [one.start - NOON for one in tree.known()] == [80, 90, 100, 110, 120, 130, 140]


def test_open_items_and_retained_events_keep_their_recordings(tree: Tree) -> None:
    kept = Kept(tree, camera_of(NOTHING | {"alerts": {"retain": {"days": 1}}}))
    files = [kept.add(NOON + seconds) for seconds in (0, 1000, 90_000)]
    tree.store.set_retained(kept.add_event(NOON, NOON + 10))
    kept.add_item(NOON + 80_000, None)
    tree.clock.time = NOON + 2 * DAY_S
    files.append(kept.add(NOON + 2 * DAY_S - HOUR_S, MOVING))
    kept.expire()
    assert [file.exists() for file in files] == [True, False, False, True]


def test_new_recordings_wait_for_their_events(tree: Tree) -> None:
    kept = Kept(tree, camera_of(NOTHING | {"alerts": {"retain": {"days": 0}}}))
    file = kept.add(NOON)
    tree.clock.time = NOON + 500
    kept.expire()
    assert file.exists()
    tree.clock.time = NOON + 700
    kept.expire()
    assert not file.exists()


def test_cameras_that_are_not_configured_keep_their_recordings(tree: Tree) -> None:
    kept = Kept(tree, camera_of(NOTHING))
    file = kept.add(NOON, camera="shed")
    tree.clock.time = NOON + DAY_S
    kept.expire()
    assert file.exists()


def test_everything_expires_in_small_batches(tree: Tree) -> None:
    kept = Kept(tree, camera_of(NOTHING))
    for number in range(120):
        kept.add(NOON + 10 * number)
    tree.clock.time = NOON + DAY_S
    assert kept.expire() == [50, 50, 20]


def test_a_clock_that_jumps_deletes_nothing(tree: Tree) -> None:
    kept = Kept(tree, camera_of({"continuous": {"days": 3}}))
    file = kept.add(NOON)
    tree.clock.time = NOON + 20
    assert kept.expire() == []
    tree.clock.time = NOON + 400 * DAY_S
    again = Kept(tree, kept.camera)
    assert again.expire() == []
    assert file.exists()


def test_the_oldest_recordings_go_when_space_is_short(tree: Tree) -> None:
    kept = Kept(tree, camera_of({}))
    for number in range(720):  # an hour of each camera; both take 720 MB
        kept.add(NOON + 10 * number, camera=("back", "front")[number % 2])
    tree.clock.time = NOON + 7200
    usage = measure_usage(tree.store, tree.clock.now())
    assert usage.per_hour == pytest.approx(720e6)
    assert usage.cameras["back"].days == pytest.approx(7200 / DAY_S)
    assert usage.expected_days(720e6) == pytest.approx(2 / 24)
    free = [710e6]
    space = RecordingSpace(
        tree.recordings,
        tree.store,
        kept.remover,
        measure=lambda _: DiskSpace(total=10**10, used=0, free=round(free[0])),
    )
    assert list(space.steps(usage))[-1] == 358e6  # all but the last hour
    assert tree.known()[0].start - NOON == 3580
    free[0] = 800e6
    assert list(space.steps(usage)) == []


FORMS = pytest.mark.parametrize(
    ("record", "days"),
    [
        ({"retain_days": 7}, (7, 0, 0, 0)),  # 0.8
        ({"retain_days": 3, "events": {"retain": {"default": 6}}}, (3, 0, 6, 6)),  # 0.9
        ({"retain": {"days": 4}, "events": {"retain": {"default": 6, "mode": "active_objects"}}}, (4, 4, 6, 6)),
        ({"retain": {"days": 4, "mode": "motion"}}, (0, 4, 10, 10)),  # 0.10 to 0.14
        ({"retain": {"days": 2, "mode": "all"}, "alerts": {"retain": {"days": 8}}}, (2, 2, 8, 10)),  # 0.15, 0.16
        ({"continuous": {"days": 1.5}, "motion": {"days": 3}}, (1.5, 3, 10, 10)),  # 0.17
    ],
    ids=["0.8", "0.9", "0.10", "0.13", "0.15", "0.17"],
)


@FORMS
def test_recordings_are_kept_as_every_version_says(tree: Tree, record: dict[str, Any], days: tuple[float, ...]) -> None:
    kept = Kept(tree, camera_of(record))
    files = [kept.add(NOON + 1000 * number, each) for number, each in enumerate((STILL, MOVING, ACTIVE, ACTIVE))]
    kept.add_item(NOON + 2000, NOON + 2010, Severity.ALERT)
    kept.add_item(NOON + 3000, NOON + 3010, Severity.DETECTION)
    lived = [0.0] * len(files)
    for half_day in range(1, 22):
        tree.clock.time = NOON + half_day * DAY_S / 2 + HOUR_S
        kept.expire()
        lived = [half_day / 2 if file.exists() else before for file, before in zip(files, lived, strict=True)]
    everything, motion, alerts, detections = days
    moving = max(everything, motion)
    expected = (everything, moving, max(moving, alerts), max(moving, detections))
    assert lived == [max(each - 0.5, 0.0) for each in expected]


@FORMS
def test_forms_of_every_version(record: dict[str, Any], days: tuple[float, ...]) -> None:
    kept = camera_of(record).record
    found = (kept.continuous.days, kept.motion.days, kept.alerts.retain.days, kept.detections.retain.days)
    assert found == days
    assert kept.longest_days == max(days)


@pytest.mark.parametrize(
    ("version", "record", "layout"),
    [
        ("0.11-0", {}, RecordingLayout.LOCAL),
        ("0.12-0", {}, RecordingLayout.UTC),
        ("0.17-0", {}, RecordingLayout.UTC),
        ("0.17-0", {"layout": "local"}, RecordingLayout.LOCAL),
    ],
)
def test_folders_are_those_of_the_files_version(
    version: str, record: dict[str, Any], layout: RecordingLayout, tmp_path: Path
) -> None:
    ffmpeg = {"inputs": [{"path": "rtsp://10.0.0.9/cam", "roles": ["detect", "record"]}]}
    file = {"version": version, "record": record, "detect": {"fps": 5}, "cameras": {"back": {"ffmpeg": ffmpeg}}}
    assert config_from_mapping(file, tmp_path).cameras["back"].record.layout is layout


@pytest.mark.parametrize(("segment_s", "kept_days"), [(10, 4), (60, 0)], ids=["cut from recordings", "own files"])
def test_recordings_are_kept_for_clips_that_are_cut_from_them(tree: Tree, segment_s: int, kept_days: int) -> None:
    output = f"-f segment -segment_time {segment_s} -c copy"
    inputs = [{"path": "/nowhere.mp4", "roles": ["detect", "record"]}]
    ffmpeg = {"inputs": inputs, "output_args": {"record": output, "clips": output}}
    clips = {"enabled": True, "retain": {"default": 4}}
    kept = Kept(tree, camera_of(NOTHING, ffmpeg=ffmpeg, save_clips=clips))
    file = kept.add(NOON)
    tree.store.set_clip(kept.add_event(NOON, NOON + 10))
    for days in (0.5, 3.9, 4.1):
        tree.clock.time = NOON + days * DAY_S
        kept.expire()
        assert file.exists() is (days < kept_days)
