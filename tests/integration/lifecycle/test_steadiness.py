"""A camera that fails again and again is broken, however often it recovers."""

from datetime import timedelta
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_fire_time_changed

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.errors import SourceProblem
from custom_components.frigate_native.engine.messages import CameraMessage, CameraState
from custom_components.frigate_native.lifecycle.steadiness import WINDOW_S, Steadiness

from ..object_messages import async_quiet_system

BROKEN = CameraMessage(camera="front_door", state=CameraState.FAILED, problem=SourceProblem.ENDED, text="it ended")
RUNNING = CameraMessage(camera="front_door", state=CameraState.RUNNING)


async def _report(hass: HomeAssistant, entry: MockConfigEntry, *messages: CameraMessage) -> None:
    for message in messages:
        entry.runtime_data.bridge.receive(message)
        await hass.async_block_till_done()


def _issues(hass: HomeAssistant) -> set[str | None]:
    return {issue.translation_key for (domain, _), issue in ir.async_get(hass).issues.items() if domain == DOMAIN}


async def test_flapping_camera_has_a_repair_issue_while_it_runs(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    await _report(hass, entry, RUNNING, *(5 * (BROKEN, RUNNING)))
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=61))
    await hass.async_block_till_done()

    assert "camera_ended" in _issues(hass)


async def test_camera_that_failed_a_few_times_and_runs_has_none(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = await async_quiet_system(hass, tmp_path)
    await _report(hass, entry, RUNNING, *(3 * (BROKEN, RUNNING)))
    async_fire_time_changed(hass, dt_util.utcnow() + timedelta(seconds=61))
    await hass.async_block_till_done()

    assert "camera_ended" not in _issues(hass)


def test_old_failures_are_forgotten() -> None:
    now = 0.0
    steadiness = Steadiness(lambda: now)
    for _ in range(9):
        steadiness.add_failure()
    assert not steadiness.is_steady
    now = WINDOW_S + 1
    assert steadiness.is_steady
