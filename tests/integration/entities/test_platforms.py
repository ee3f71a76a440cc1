"""Every entity of each platform: its registry entry and its state while a person is in front of a camera."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from freezegun import freeze_time
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from pytest_homeassistant_custom_component.common import MockConfigEntry, snapshot_platform
from syrupy.assertion import SnapshotAssertion

from custom_components import frigate_native
from custom_components.frigate_native.const import PLATFORMS
from custom_components.frigate_native.engine.errors import SourceProblem
from custom_components.frigate_native.engine.messages import (
    CameraMessage,
    CameraState,
    CameraStats,
    CountMessage,
    DetectorStats,
    MotionMessage,
    Stats,
)
from custom_components.frigate_native.recorder.plan import Gap, Health
from tests.engine.builders import START, snapshot_message

from ..object_messages import ObjectMessages
from ..recorder_reports import recorded, report
from ..system import async_set_up, file_entry, our_threads, write_file

YARD = {"coordinates": "0,0,100,0,100,100"}
STATS = Stats(
    cameras={"front": CameraStats(camera_fps=5, process_fps=4, skipped_fps=1, detection_fps=8, pid=1, capture_pid=1)},
    detectors={"cpu": DetectorStats(detection_start=0.0, inference_speed=9.5, pid=2)},
)


@pytest.fixture(params=PLATFORMS)
async def entry(
    request: pytest.FixtureRequest, hass: HomeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[MockConfigEntry]:
    """Return an entry with all entities of one platform. Its engine is stopped, since it reports at any time."""
    monkeypatch.setattr("random.SystemRandom.getrandbits", lambda *_: 1)  # access tokens
    monkeypatch.setattr(frigate_native, "PLATFORMS", [request.param])
    front = recorded(roles=("detect", "clips", "record", "rtmp")) | {"zones": {"yard": YARD}}
    entry = file_entry(write_file(tmp_path, {"front": front}), entry_id="frigate")
    await async_set_up(hass, entry)
    await hass.async_add_executor_job(entry.runtime_data.nvr.stop)
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert our_threads() == []


@pytest.mark.usefixtures("all_entities_enabled")
async def test_entities_and_states_match_the_snapshot(
    hass: HomeAssistant, entry: MockConfigEntry, entity_registry: er.EntityRegistry, snapshot: SnapshotAssertion
) -> None:
    with freeze_time("2023-11-14 22:13:25+00:00"):
        await _async_show_person(hass, entry)

        await snapshot_platform(hass, entity_registry, snapshot, entry.entry_id)


async def _async_show_person(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    """Send what the engine and the recorder report about a person in the yard of the camera front."""
    receive = entry.runtime_data.bridge.receive
    for state in (CameraState.FAILED, CameraState.RUNNING):
        receive(CameraMessage(camera="front", state=state, problem=SourceProblem.TIMEOUT, text="no answer for 10 s"))
    receive(MotionMessage(camera="front", has_motion=True))
    for place in ("front", "yard"):
        receive(CountMessage(place=place, is_zone=place == "yard", label="person", count=1))
    receive(snapshot_message("front", "person"))
    await ObjectMessages(hass, entry, "1.5-person", camera="front").new(
        current_zones=("yard",), entered_zones=("yard",)
    )
    gaps = (Gap(start=START - 600, end=START - 540, reason="the camera was away"),)
    health = Health.from_json(report(gaps=gaps, newest_segment=START, text="fine"))
    entry.runtime_data.reports.async_receive_addon(health, "127.0.0.1")
    entry.runtime_data.coordinator.async_set_updated_data(STATS)
    await hass.async_block_till_done()
