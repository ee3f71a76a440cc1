"""Passes on to the engine where the add-on's detector is."""

import asyncio
import logging
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..data import FrigateNativeData
from ..engine.detection import HelperAddress

_LOGGER = logging.getLogger(__name__)

_TASK: Final = "frigate_native detector of the add-on"


@callback
def async_follow(hass: HomeAssistant, data: FrigateNativeData) -> CALLBACK_TYPE:
    """Follow the add-on's reports; return a function that ends that."""
    current: HelperAddress | None = None
    lock = asyncio.Lock()

    async def async_pass_on() -> None:
        nonlocal current
        async with lock:
            address = _address(data)
            if address == current:
                return
            try:
                await hass.async_add_executor_job(data.nvr.use_helper, address)
            except OSError as err:
                _LOGGER.warning("The add-on's detector cannot be used: %s", err)
                return
            current = address

    @callback
    def look() -> None:
        if _address(data) != current:
            hass.async_create_background_task(async_pass_on(), _TASK)

    look()
    return data.reports.async_listen(look)


def _address(data: FrigateNativeData) -> HelperAddress | None:
    """Return where the add-on's detector is; None without one."""
    health, host = data.reports.addon, data.reports.addon_host
    if health is None or health.detector is None or not host:
        return None
    offer = health.detector
    return HelperAddress(
        endpoint=f"tcp://{f'[{host}]' if ':' in host and not host.startswith('[') else host}:{offer.port}",
        server_key=offer.server_key,
        client_key=offer.client_key,
        client_secret=offer.client_secret,
        description=offer.description,
    )
