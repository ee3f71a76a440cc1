"""Serves the panel's files and adds it to the sidebar."""

import json
from pathlib import Path
from typing import Any, Final

from homeassistant.components import frontend, panel_custom
from homeassistant.components.http import StaticPathConfig
from homeassistant.core import HomeAssistant
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, HUB_NAME

URL_PATH: Final = "frigate-native"
_ELEMENT: Final = "frigate-native-panel"
_ICON: Final = "mdi:cctv"
_FILES: Final = Path(__file__).parent / "static"
_FILES_URL: Final = f"/{DOMAIN}_panel"
_BUILD: Final = "build.json"
_SOURCE: Final = "src/panel.ts"
_IS_SERVED: HassKey[bool] = HassKey(f"{DOMAIN}_panel")


async def async_show(hass: HomeAssistant) -> None:
    """Add the panel to the sidebar unless it is there, or Home Assistant runs without a frontend."""
    if "frontend" not in hass.config.components or frontend.async_panel_exists(hass, URL_PATH):
        return
    entry_file = await hass.async_add_executor_job(_entry_file)
    if not hass.data.get(_IS_SERVED):  # until Home Assistant stops: a path cannot be taken back
        hass.data[_IS_SERVED] = True
        await hass.http.async_register_static_paths([StaticPathConfig(_FILES_URL, str(_FILES), cache_headers=True)])
    if frontend.async_panel_exists(hass, URL_PATH):  # by another entry, meanwhile
        return
    await panel_custom.async_register_panel(
        hass,
        frontend_url_path=URL_PATH,
        webcomponent_name=_ELEMENT,
        sidebar_title=HUB_NAME,
        sidebar_icon=_ICON,
        module_url=f"{_FILES_URL}/{entry_file}",
    )


def async_hide(hass: HomeAssistant) -> None:
    """Remove the panel from the sidebar, when the last entry has been removed."""
    if frontend.async_panel_exists(hass, URL_PATH):
        frontend.async_remove_panel(hass, URL_PATH)


def _entry_file() -> str:
    """Return the file that defines the panel's element; its name changes with each build. Blocks."""
    build: dict[str, dict[str, Any]] = json.loads((_FILES / _BUILD).read_text(encoding="utf-8"))
    name: str = build[_SOURCE]["file"]
    return name
