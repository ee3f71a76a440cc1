"""Setting up and changing an entry with a configuration file."""

from pathlib import Path

from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from custom_components.frigate_native.const import DOMAIN

from ..system import (
    async_set_up,
    camera,
    file_entry,
    write_file,
)
from .walk import Config, start


async def test_file_is_accepted_when_all_of_it_is_right(hass: HomeAssistant, tmp_path: Path) -> None:
    flow = await start(hass, "file")
    result = await flow.send({"path": str(tmp_path / "frigate.yml")})
    assert result["errors"] == {"base": "config_invalid"}
    assert "frigate.yml" in result["description_placeholders"]["problems"]

    path = write_file(tmp_path, {"front": camera(fsp=5), "back": camera(objects={"track": 7})})
    result = await flow.send({"path": str(path)})
    assert result["errors"] == {"base": "config_invalid"}
    problems = result["description_placeholders"]["problems"].splitlines()
    assert [line.split("`")[1] for line in problems] == ["cameras.front.fsp", "cameras.back.objects.track"]

    write_file(tmp_path, {"front": camera()}, model={"width": 320, "height": 300})
    result = await flow.send({"path": str(path)})
    assert "`model.width`: 320, but the model expects 300" in result["description_placeholders"]["problems"]

    write_file(tmp_path, {"front": camera()}, model={"path": str(path)})
    result = await flow.send({"path": str(path)})
    assert "`model.path`" in result["description_placeholders"]["problems"]

    write_file(tmp_path, {"front": camera()})
    result = await flow.send({"path": f" {path} "})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "Frigate (frigate.yml)"
    assert result["data"] == {"source_kind": "file", "path": str(path)}
    await hass.async_block_till_done()
    assert result["result"].state is ConfigEntryState.LOADED
    assert result["result"].supports_options

    again = await start(hass, "file")
    assert (await again.send({"path": str(path)}))["reason"] == "already_configured"


async def test_file_can_be_changed_for_another(hass: HomeAssistant, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    old = write_file(tmp_path / "old", {"front": camera("/nowhere.mp4")})
    new = write_file(tmp_path, {"back": camera("/nowhere.mp4")})
    entry = file_entry(old)
    await async_set_up(hass, entry)
    flow = Config(hass)
    await flow.start(DOMAIN, source=SOURCE_RECONFIGURE, entry_id=entry.entry_id)
    assert (await flow.send({"path": "missing.yml"}))["errors"] == {"base": "config_invalid"}
    old.write_text("cameras: [")
    assert (await flow.send({"path": str(old)}))["errors"] == {"base": "config_invalid"}
    assert (await flow.send({"path": str(new)}))["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert hass.states.async_entity_ids("camera") == ["camera.back"]

    other = file_entry(old)
    other.add_to_hass(hass)
    flow = Config(hass)
    await flow.start(DOMAIN, source=SOURCE_RECONFIGURE, entry_id=entry.entry_id)
    assert (await flow.send({"path": str(old)}))["reason"] == "already_configured"


async def test_entry_that_failed_starts_when_its_file_is_changed(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = file_entry(tmp_path / "nothing.yml")
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    flow = Config(hass)
    await flow.start(DOMAIN, source=SOURCE_RECONFIGURE, entry_id=entry.entry_id)
    path = write_file(tmp_path, {"front": camera("/nowhere.mp4")})
    assert (await flow.send({"path": str(path)}))["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
