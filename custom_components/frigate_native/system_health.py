"""Information for **Settings > System > Repairs > System information**."""

from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.core import HomeAssistant, callback
from homeassistant.loader import async_get_integration

from .const import DOMAIN
from .data import FrigateNativeData
from .entries import async_loaded_systems
from .stand_in.official import is_official_in_use


@callback
def async_register(_hass: HomeAssistant, register: SystemHealthRegistration) -> None:
    """Register what is shown."""
    register.async_register_info(_async_info)


async def _async_info(hass: HomeAssistant) -> dict[str, Any]:
    """Return the state of all loaded entries together."""
    systems = async_loaded_systems(hass)
    return {
        "version": str((await async_get_integration(hass, DOMAIN)).version),
        "cameras": sum(len(data.cameras) for data in systems),
        "cameras_running": sum(data.bridge.is_running(one.name) for data in systems for one in data.cameras),
        "detectors": ", ".join(sorted({one.type for data in systems for one in data.config.detectors})),
        "detection_fps": round(sum(data.nvr.stats().detection_fps for data in systems), 1),
        "databases_open": sum(data.store.is_open for data in systems),
        "recorded": f"{sum(map(_recorded_bytes, systems)) / 2**30:.1f} GiB",
        "official_integration": is_official_in_use(hass),
    }


def _recorded_bytes(data: FrigateNativeData) -> int:
    return sum(one.size for one in data.recordings.usage.cameras.values())
