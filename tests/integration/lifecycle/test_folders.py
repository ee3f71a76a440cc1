"""Two entries with the same folder, or the same database."""

import time
from pathlib import Path

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from custom_components.frigate_native.engine.store import EventFilter

from ..system import (
    async_set_up,
    async_store_event,
    async_tell,
    camera,
    camera_subentry,
    file_entry,
    our_threads,
    ui_entry,
    write_file,
)


async def test_second_user_of_a_folder_is_refused_until_the_first_has_gone(hass: HomeAssistant) -> None:
    first, second = (ui_entry(camera_subentry("Front", "/nowhere.mp4")) for _ in range(2))
    await async_set_up(hass, first)
    second.add_to_hass(hass)
    hass.config_entries.async_update_entry(second, data=dict(first.data))
    await hass.config_entries.async_setup(second.entry_id)
    assert second.state.value == ConfigEntryState.SETUP_RETRY.value
    assert second.error_reason_translation_key == "folder_in_use"
    assert first.runtime_data.store.is_open

    assert await hass.config_entries.async_unload(first.entry_id)
    assert our_threads() == []
    assert await hass.config_entries.async_reload(second.entry_id)
    assert second.state.value == ConfigEntryState.LOADED.value
    assert await hass.config_entries.async_unload(second.entry_id)


async def test_second_user_of_a_database_is_refused_until_the_first_has_gone(
    hass: HomeAssistant, tmp_path: Path
) -> None:
    entries = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        database = {"path": str(tmp_path / name / ".." / "shared.db")}
        entries.append(file_entry(write_file(folder, {"front": camera("/nowhere.mp4")}, database=database)))
    first, second = entries
    await async_set_up(hass, first)
    await async_store_event(first, "front", "person", time.time(), end_time=None)
    second.add_to_hass(hass)
    await hass.config_entries.async_setup(second.entry_id)
    assert second.state.value == ConfigEntryState.SETUP_RETRY.value
    assert "used by another entry; set another database.path" in str(second.reason)
    (event,) = await async_tell(first, lambda store: store.events(EventFilter(in_progress=None)))
    assert event.end_time is None

    assert await hass.config_entries.async_unload(first.entry_id)
    assert await hass.config_entries.async_reload(second.entry_id)
    assert second.state.value == ConfigEntryState.LOADED.value
    assert await hass.config_entries.async_unload(second.entry_id)
