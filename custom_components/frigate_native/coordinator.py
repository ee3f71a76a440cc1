"""Polls the engine's statistics."""

import logging
from datetime import timedelta
from typing import override

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers.update_coordinator import DataUpdateCoordinator

from .const import DOMAIN
from .engine.messages import Stats
from .engine.nvr import Nvr

_LOGGER = logging.getLogger(__name__)

_INTERVAL = timedelta(seconds=5)  # as in Frigate's integration for 0.8; rates are means over ten seconds


class StatsCoordinator(DataUpdateCoordinator[Stats]):
    """Provides the latest Stats of an entry's NVR."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, nvr: Nvr) -> None:
        """Initialize; polling starts with the first listener."""
        super().__init__(hass, _LOGGER, config_entry=entry, name=f"{DOMAIN} stats", update_interval=_INTERVAL)
        self.nvr = nvr

    @override
    async def _async_update_data(self) -> Stats:
        return self.nvr.stats()
