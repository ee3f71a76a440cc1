"""An entry with a configuration file and others beside it can be told apart."""

from pathlib import Path

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import device_registry as dr
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.frigate_native.const import DOMAIN

from ..system import FOOTAGE, async_set_up, camera, camera_subentry, file_entry, ui_entry, write_file
from ..texts import ENGLISH, placeholders

_SECTIONS = ("events", "recording", "areas", "sizes_and_scores", "advanced")  # of the form of a camera


async def _async_add(hass: HomeAssistant, kind: str, *answers: dict[str, object]) -> ConfigEntry:
    """Add an entry by the menu of the integration."""
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": "user"})
    steps: list[dict[str, object]] = [{"next_step_id": kind}, *answers]
    for answer in steps:
        flow = await hass.config_entries.flow.async_configure(flow["flow_id"], answer)
    assert flow["type"] is FlowResultType.CREATE_ENTRY, flow
    await hass.async_block_till_done()
    return flow["result"]


def _hub_names(hass: HomeAssistant) -> set[str | None]:
    devices = dr.async_get(hass).devices
    return {device.name for device in devices if device.entry_type is dr.DeviceEntryType.SERVICE}


def _file(folder: Path, name: str) -> Path:
    (folder / name).mkdir()
    return write_file(folder / name, {name: camera("/nowhere.mp4")})


async def test_titles_and_devices_of_entries_differ(hass: HomeAssistant, tmp_path: Path) -> None:
    first = await _async_add(hass, "file", {"path": str(_file(tmp_path, "house"))})
    assert (first.title, _hub_names(hass)) == ("Frigate (frigate.yml)", {"Frigate"})
    second = await _async_add(hass, "file", {"path": str(_file(tmp_path, "cabin"))})
    source: dict[str, object] = {"url": str(FOOTAGE), "objects": ["person"]}
    third = await _async_add(hass, "camera", {"name": "Yard", **source, **{key: {} for key in _SECTIONS}}, {})
    titles = {first.title, second.title, third.title}
    assert titles == {"Frigate (frigate.yml)", "Frigate (cabin/frigate.yml)", "Frigate (user interface)"}
    assert _hub_names(hass) == titles
    rates = {name for name in hass.states.async_entity_ids("sensor") if "detection" in name}
    assert not any(name.endswith(("_2", "_3")) for name in rates)


async def test_new_title_names_the_device(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"))
    MockConfigEntry(domain=DOMAIN, title="Other", data={"source_kind": "ui"}).add_to_hass(hass)
    await async_set_up(hass, entry)
    hass.config_entries.async_update_entry(entry, title="House")
    await hass.async_block_till_done()
    assert _hub_names(hass) == {"House", "Other"}


async def test_file_entry_says_where_cameras_are_added(hass: HomeAssistant, tmp_path: Path) -> None:
    path = _file(tmp_path, "house")
    entry = file_entry(path)
    await async_set_up(hass, entry)
    flow = await hass.config_entries.subentries.async_init((entry.entry_id, "camera"), context={"source": "user"})
    assert (flow["type"], flow["reason"]) == (FlowResultType.ABORT, "cameras_in_file")
    assert flow["description_placeholders"] == {"path": str(path)}
    text = ENGLISH["config_subentries"]["camera"]["abort"]["cameras_in_file"]
    assert placeholders(text) == {"path"}
