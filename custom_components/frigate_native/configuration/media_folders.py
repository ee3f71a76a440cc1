"""Chooses the folders of an entry's events and recordings."""

from pathlib import Path
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback

from ..const import CONF_FOLDER, DOMAIN
from ..engine.paths import MediaPaths
from . import entry_config

_FOLDER: Final = "frigate"


@callback
def async_media_paths(hass: HomeAssistant, entry: ConfigEntry) -> MediaPaths:
    """Return an entry's folders, below Home Assistant's local media so that its media browser finds them.

    The first entry gets the documented ones and keeps them; two entries never share a database.
    """
    folder = entry_config.media_folder(entry)
    if folder is None:
        taken = {entry_config.media_folder(other) for other in hass.config_entries.async_entries(DOMAIN)}
        folder = f"{_FOLDER}-{entry.entry_id}" if _FOLDER in taken else _FOLDER
        hass.config_entries.async_update_entry(entry, data={**entry.data, CONF_FOLDER: folder})
    media = Path(hass.config.media_dirs.get("local") or hass.config.path("media"))
    return MediaPaths(
        clips=media / folder / "clips", recordings=media / folder / "recordings", cache=media / folder / "cache"
    )
