"""Measure, inside Home Assistant, the integration's load on the event loop and the latency of its messages.

It is not part of the integration: the benchmark installs it into a temporary Home Assistant.
"""

from typing import Any, Final

import voluptuous as vol
from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.typing import ConfigType

from . import engine
from .measurement import Measurement

DOMAIN: Final = "frigate_native_probe"

_RUNTIME: Final = "runtime"

CONFIG_SCHEMA = vol.Schema({DOMAIN: vol.Schema({vol.Optional(_RUNTIME): vol.Any(None, str)})}, extra=vol.ALLOW_EXTRA)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Prepare the engine before any entry is set up, and register the commands."""
    engine.force_runtime(config[DOMAIN].get(_RUNTIME))
    engine.count_frames()
    websocket_api.async_register_command(hass, begin)
    websocket_api.async_register_command(hass, finish)
    return True


@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/begin", vol.Required("entry_id"): str})
@callback
def begin(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Start measuring an entry."""
    entry = hass.config_entries.async_get_entry(msg["entry_id"])
    assert entry is not None
    hass.data[DOMAIN] = Measurement(hass, entry.runtime_data.nvr)
    connection.send_result(msg["id"])


@websocket_api.websocket_command({vol.Required("type"): f"{DOMAIN}/finish"})
@callback
def finish(hass: HomeAssistant, connection: ActiveConnection, msg: dict[str, Any]) -> None:
    """Stop and send the figures."""
    measurement: Measurement = hass.data.pop(DOMAIN)
    connection.send_result(msg["id"], measurement.finish())
