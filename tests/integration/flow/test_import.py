"""Moving from Frigate: by the entry's settings and by an action, in a real Home Assistant."""

from pathlib import Path
from typing import Any

import pytest
from homeassistant.auth.const import GROUP_ID_USER
from homeassistant.components import persistent_notification
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import HomeAssistantError, Unauthorized
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.frigate_native.const import DOMAIN
from tests.engine.importing.frigate import Frigate
from tests.engine.recordings.tree import NOON, write_sample

from ..system import async_set_up, camera, file_entry, write_file
from .walk import Options, Result


@pytest.fixture
def frigate(tmp_path: Path) -> Frigate:
    """Return an installation with an event and its recordings."""
    frigate = Frigate(tmp_path / "theirs", "0.16", write_sample(tmp_path / "sample.mp4"))
    frigate.record(NOON)
    event_id = frigate.see(NOON + 1)
    frigate.review(NOON, [event_id])
    return frigate


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> MockConfigEntry:
    """Return an entry with one camera."""
    entry = file_entry(write_file(tmp_path, {"porch": camera("/nowhere.mp4")}))
    await async_set_up(hass, entry)
    return entry


async def _until_form(hass: HomeAssistant, flow: Options, result: Result) -> Result:
    """Wait for the end of the progress that is shown, as the frontend does."""
    while result["type"] is FlowResultType.SHOW_PROGRESS:
        assert result["progress_action"] in flow.texts["progress"]
        await hass.async_block_till_done()
        result = await flow.look()
    return result


async def test_settings_lead_through_an_import(hass: HomeAssistant, entry: MockConfigEntry, frigate: Frigate) -> None:
    flow = Options(hass)
    await flow.open(entry.entry_id, "import_frigate")
    files = {"media_folder": str(frigate.media), "files": "copy", "keep_days": 3}
    result = await flow.send({"database": "missing.db"} | files)
    assert result["errors"] == {"base": "import_failed"}
    assert "missing.db" in result["description_placeholders"]["error"]
    result = await flow.send({"database": str(frigate.database)} | files)
    assert result["description_placeholders"] == {"version": "0.16 or 0.17", "cameras": "porch"}
    shown = result["data_schema"].schema
    assert [key.description["suggested_value"] for key in shown] == [[{"origin": "front", "camera": "front"}]]
    result = await _until_form(hass, flow, await flow.send({"cameras": [{"origin": "front", "camera": "porch"}]}))
    assert result["step_id"] == "import_preview"
    assert "- Events: 1 added" in result["description_placeholders"]["report"]
    assert entry.runtime_data.store.count() == 0
    result = await _until_form(hass, flow, await flow.send({}))
    assert result["step_id"] == "import_report"
    assert "- Recordings: 1 added" in result["description_placeholders"]["report"]
    assert (await flow.send({}))["type"] is FlowResultType.CREATE_ENTRY
    (event,) = await hass.async_add_executor_job(entry.runtime_data.store.events)
    assert (event.camera, event.has_clip, event.has_snapshot) == ("porch", True, True)
    assert f"{DOMAIN}_import" in persistent_notification._async_get_or_create_notifications(hass)


async def _import(hass: HomeAssistant, frigate: Frigate, **more: Any) -> Any:
    return await hass.services.async_call(
        DOMAIN,
        "import_frigate",
        {"database": str(frigate.database), "media_folder": str(frigate.media), "cameras": {"front": "porch"}} | more,
        blocking=True,
        return_response=True,
    )


async def test_action_imports_and_reports(hass: HomeAssistant, entry: MockConfigEntry, frigate: Frigate) -> None:
    found = await _import(hass, frigate, trial=True)
    assert (found["trial"], found["rows"]["events"]) == (True, {"added": 1})
    report = await _import(hass, frigate)
    assert (report["state"], report["rows"]["recordings"]) == ("done", {"added": 1})
    assert (await _import(hass, frigate))["rows"]["reviews"] == {"known": 1}
    assert "Imported a database" in report["report"]
    with pytest.raises(HomeAssistantError, match="is no folder"):
        await _import(hass, frigate, media_folder="/nowhere")
    cancelled = await hass.services.async_call(DOMAIN, "cancel_import", {}, blocking=True, return_response=True)
    assert cancelled == {"cancelled": False}


async def test_only_administrators_import(hass: HomeAssistant, entry: MockConfigEntry, frigate: Frigate) -> None:
    group = await hass.auth.async_get_group(GROUP_ID_USER)
    assert group is not None
    user = MockUser(groups=[group]).add_to_hass(hass)
    for action, values in (("import_frigate", {"database": str(frigate.database)}), ("cancel_import", {})):
        with pytest.raises(Unauthorized):
            await hass.services.async_call(DOMAIN, action, values, blocking=True, context=Context(user_id=user.id))
