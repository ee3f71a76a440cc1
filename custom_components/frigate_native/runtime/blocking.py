"""Blocking work in Home Assistant's executor."""

import asyncio
from collections.abc import Callable

from homeassistant.core import HomeAssistant


async def async_call(hass: HomeAssistant, job: Callable[[], object]) -> None:
    """Run a blocking job to its end, even if the caller is cancelled."""
    task = asyncio.ensure_future(hass.async_add_executor_job(job))
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task])
        raise
