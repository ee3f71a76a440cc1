"""Shows the configuration of a dashboard card, to be copied."""

from typing import Any

import yaml
from homeassistant.config_entries import ConfigEntryState, ConfigSubentryFlow, SubentryFlowResult
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..data import FrigateNativeData
from ..entries import async_instance_id


class CardFlow(ConfigSubentryFlow):
    """Shows the lines that make the Advanced Camera Card work with an entry's cameras; adds nothing."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show the lines."""
        entry = self._get_entry()
        if entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="entry_not_loaded")
        return self.async_abort(
            reason="card", description_placeholders={"card": card_yaml(self.hass, entry.runtime_data)}
        )


def card_yaml(hass: HomeAssistant, data: FrigateNativeData) -> str:
    """Return the configuration of a card with all cameras."""
    registry, client_id = er.async_get(hass), async_instance_id(hass, data)
    cameras = [
        {
            "camera_entity": registry.async_get_entity_id(
                Platform.CAMERA, DOMAIN, f"{data.entry_id}/{place.key}/camera"
            ),
            "engine": "frigate",
            "live_provider": "ha",
            "frigate": {"camera_name": place.name, "client_id": client_id},
        }
        for place in data.cameras
    ]
    return yaml.safe_dump({"type": "custom:advanced-camera-card", "cameras": cameras}, sort_keys=False)
