"""Permissions of users: those for a camera's entity also apply to its events and recordings."""

from dataclasses import replace
from typing import Final

from homeassistant.auth.models import User
from homeassistant.auth.permissions.const import POLICY_CONTROL, POLICY_READ
from homeassistant.components.websocket_api.connection import current_connection
from homeassistant.const import Platform
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import Unauthorized, UnknownUser
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .data import FrigateNativeData
from .engine.store import EventFilter, ExportFilter, ReviewFilter

_NO_CAMERA: Final = ""  # no camera has this name


class Access:
    """The permissions of a user. Without a user (automations, paths without login), everything is allowed."""

    def __init__(self, hass: HomeAssistant, user: User | None = None) -> None:
        """Initialize with the authenticated user, if any."""
        self._hass = hass
        self._user = user

    @classmethod
    async def async_of_call(cls, call: ServiceCall) -> Access:
        """Return the permissions of the user who called an action."""
        if call.context.user_id is None:
            return cls(call.hass)
        user = await call.hass.auth.async_get_user(call.context.user_id)
        if user is None:
            raise UnknownUser(context=call.context)
        return cls(call.hass, user)

    @classmethod
    def of_connection(cls, hass: HomeAssistant) -> Access:
        """Return the permissions of the user whose WebSocket command is being handled."""
        connection = current_connection.get()
        return cls(hass, connection.user if connection else None)

    @property
    def user_id(self) -> str:
        """The user's ID, empty without one; by it, review items are marked as reviewed."""
        return self._user.id if self._user else ""

    def visible_cameras(self, data: FrigateNativeData) -> frozenset[str] | None:
        """Return the cameras of a system that the user may see; None for all, including removed ones."""
        if self._user is None or self._user.permissions.access_all_entities(POLICY_READ):
            return None
        return frozenset(place.name for place in data.cameras if self._is_allowed(data, place.name, POLICY_READ))

    def may_see(self, data: FrigateNativeData, camera: str) -> bool:
        """Return whether the user may see a camera, its events and its recordings."""
        visible = self.visible_cameras(data)
        return visible is None or camera in visible

    def limit[F: (EventFilter, ReviewFilter, ExportFilter)](self, data: FrigateNativeData, wanted: F) -> F:
        """Return the filter, limited to events, review items or exports that the user may see."""
        visible = self.visible_cameras(data)
        if visible is None:
            return wanted
        cameras = tuple(camera for camera in wanted.cameras or sorted(visible) if camera in visible)
        return replace(wanted, cameras=cameras or (_NO_CAMERA,))

    def check_control(self, data: FrigateNativeData, camera: str) -> None:
        """Raise Unauthorized unless the user may change a camera and its events."""
        if self._user is None or self._user.permissions.access_all_entities(POLICY_CONTROL):
            return
        if not self._is_allowed(data, camera, POLICY_CONTROL):
            raise Unauthorized(user_id=self._user.id, permission=POLICY_CONTROL)

    def check_admin(self) -> None:
        """Raise Unauthorized unless the user is an administrator."""
        if self._user is not None and not self._user.is_admin:
            raise Unauthorized(user_id=self._user.id)

    def _is_allowed(self, data: FrigateNativeData, camera: str, policy: str) -> bool:
        assert self._user is not None
        entity_id = _entity_id(self._hass, data, camera)
        return entity_id is not None and self._user.permissions.check_entity(entity_id, policy)


def _entity_id(hass: HomeAssistant, data: FrigateNativeData, camera: str) -> str | None:
    """Return a camera's entity; None for one that was removed."""
    place = next((place for place in data.cameras if place.name == camera), None)
    if place is None:
        return None
    unique_id = f"{data.entry_id}/{place.key}/camera"
    return er.async_get(hass).async_get_entity_id(Platform.CAMERA, DOMAIN, unique_id)
