"""What was imported does not expire at once, however short our retention is."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.disk.deletion_clock import DeletionClock
from custom_components.frigate_native.engine.recordings.kept_spans import ReviewSpans
from custom_components.frigate_native.engine.recordings.retention import RecordingRemover, RecordingRetention
from custom_components.frigate_native.engine.store import RetentionJob, ReviewFilter
from tests.engine.importing.conftest import System
from tests.engine.importing.frigate import Frigate
from tests.engine.recordings.tree import DAY_S, NOON

LONG_AGO = NOON - 30 * DAY_S
NOT_KEPT = {"retain": {"days": 0}}


@pytest.fixture
def config(system: System) -> Config:
    """Keep nothing for long."""
    record: dict[str, Any] = {"enabled": True, "continuous": {"days": 0}, "alerts": NOT_KEPT, "detections": NOT_KEPT}
    inputs = [{"path": "/nowhere.mp4", "roles": ["detect", "record"]}]
    camera = {"ffmpeg": {"inputs": inputs}, "record": record, "save_clips": {"retain": {"default": 1}}}
    return config_from_mapping({"cameras": {"front": camera}}, system.folder)


def expire(system: System, config: Config) -> None:
    """Delete what has expired, in a system whose clock is right."""
    list(RetentionJob(config, None, lambda _: system.clock.now()).steps(system.store))
    remover = RecordingRemover(system.paths.recordings, lambda job: job(system.store))
    clock = DeletionClock(None, system.clock)
    clock.time(system.clock.now)
    list(RecordingRetention(config.cameras, system.store, remover, ReviewSpans(system.store), clock).steps())


def kept(system: System) -> tuple[int, int, int]:
    """Return how many events, reviews and recordings there are."""
    recordings = system.store.recordings.between("front", LONG_AGO - 100, LONG_AGO + 100)
    return system.store.count(), len(system.store.reviews.items(ReviewFilter(limit=None))), len(recordings)


def test_imported_media_expire_after_their_time_and_retained_ones_never(
    install: Callable[[str], Frigate], system: System, config: Config
) -> None:
    frigate = install("0.16")
    for start in (LONG_AGO - 60, LONG_AGO):
        frigate.record(start)
    event_id = frigate.see(LONG_AGO - 58)
    retained = frigate.see(LONG_AGO + 1, retain_indefinitely=1)
    frigate.review(LONG_AGO, [event_id, retained])
    report = system.run(frigate, keep_days=3)
    assert report.kept_until == NOON + 3 * DAY_S
    expire(system, config)
    assert kept(system) == (2, 1, 2)
    system.clock.time += 2 * DAY_S
    assert system.run(frigate, keep_days=3).added == 0  # does not keep it for longer
    expire(system, config)
    assert kept(system) == (2, 1, 2)
    system.clock.time += 2 * DAY_S
    expire(system, config)
    assert kept(system) == (1, 0, 1)
    assert system.store.event(retained) is not None
