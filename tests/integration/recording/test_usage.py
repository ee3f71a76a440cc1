"""Sensors of the space that recordings take."""

import time
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.frigate_native.engine.recordings.usage import CameraUsage, Usage

from ..recorded import async_record
from ..recorder_reports import recorded
from ..system import async_set_up, async_until, file_entry, write_file


async def test_recordings_have_sensors_of_their_space_and_days(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(write_file(tmp_path, {"front": recorded("/nowhere.mp4")}))
    await async_set_up(hass, entry)
    registry = er.async_get(hass)
    of_camera = registry.async_get("sensor.front_space_used_by_recordings")
    assert of_camera is not None
    assert of_camera.disabled_by is er.RegistryEntryDisabler.INTEGRATION
    assert registry.async_get("sensor.front_recordings_expected_to_fit") is not None
    await async_record(entry, "front", time.time() // 10 * 10 - 600, 3)
    recordings = entry.runtime_data.recordings
    await async_until(lambda: "front" in recordings.usage.cameras)
    await entry.runtime_data.coordinator.async_refresh()
    used = hass.states.get("sensor.frigate_space_used_by_recordings")
    expected = hass.states.get("sensor.frigate_recordings_expected_to_fit")
    assert used is not None
    assert expected is not None
    assert (used.state, used.attributes["unit_of_measurement"], used.attributes["state_class"]) == (
        "0.0",
        "GB",
        "measurement",
    )
    assert float(expected.state) > 0
    assert expected.attributes["unit_of_measurement"] == "d"
    assert await hass.config_entries.async_unload(entry.entry_id)


def test_days_that_fit_follow_from_what_is_used_and_free() -> None:
    usage = Usage(cameras={"a": CameraUsage(size=48 * 10**9, per_hour=10**9, days=2)}, free=24 * 10**9)
    assert usage.expected_days(usage.free) == 3
