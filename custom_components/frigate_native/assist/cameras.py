"""Which cameras an assistant may know about, and for whom it asks."""

from dataclasses import dataclass

from homeassistant.components.homeassistant import async_should_expose
from homeassistant.const import Platform
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..access import Access
from ..const import DOMAIN
from ..data import FrigateNativeData
from ..entries import async_loaded_systems


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedCamera:
    """A camera that the user exposed to the assistant."""

    data: FrigateNativeData
    name: str
    title: str


@callback
def async_exposed_cameras(hass: HomeAssistant, assistant: str) -> list[ExposedCamera]:
    """Return the cameras whose entities are exposed to an assistant."""
    registry = er.async_get(hass)
    found = [
        (data, place, registry.async_get_entity_id(Platform.CAMERA, DOMAIN, f"{data.entry_id}/{place.key}/camera"))
        for data in async_loaded_systems(hass)
        for place in data.cameras
    ]
    return [
        ExposedCamera(data=data, name=place.name, title=place.title)
        for data, place, entity_id in found
        if entity_id is not None and async_should_expose(hass, assistant, entity_id)
    ]


async def async_access(hass: HomeAssistant, context: Context | None) -> Access | None:
    """Return the rights of the user who asks; all without a user, None if the user no longer exists."""
    if context is None or context.user_id is None:
        return Access(hass)
    user = await hass.auth.async_get_user(context.user_id)
    return None if user is None else Access(hass, user)
