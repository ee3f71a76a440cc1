"""Two entries with the same folder."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant

from ..system import async_set_up, camera_subentry, our_threads, ui_entry


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
