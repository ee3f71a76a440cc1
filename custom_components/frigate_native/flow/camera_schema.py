"""Form of a camera."""

from typing import Final

import voluptuous as vol
from homeassistant.components.camera import DOMAIN as CAMERA_DOMAIN
from homeassistant.const import CONF_ENTITY_ID, CONF_NAME, CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    ObjectSelector,
    ObjectSelectorField,
)

from ..configuration.camera_settings import CAMERA_PARTS
from ..configuration.entity_source import async_own_cameras
from ..const import (
    CONF_COORDINATES,
    CONF_FILTERS,
    CONF_IS_REQUIRED,
    CONF_LABEL,
    CONF_MAIN_ENTITY_ID,
    CONF_MAIN_URL,
    CONF_OBJECTS,
    CONF_OTHER_SETTINGS,
    CONF_SOUND,
    CONF_ZONES,
)
from ..engine.config import forms
from ..engine.config.model import CameraConfig, ObjectFilter, ZoneConfig
from .fields import PASSWORD, SWITCH, TEXT, choice, list_of, part
from .key_fields import MODEL_LABELS, entry_fields, key_fields

_ZONE_LIST: Final = list_of(
    "zones",
    CONF_COORDINATES,
    **{
        CONF_NAME: ObjectSelectorField(selector=TEXT, required=True),
        CONF_COORDINATES: ObjectSelectorField(selector=TEXT, required=True),
        CONF_IS_REQUIRED: ObjectSelectorField(selector=SWITCH),
        CONF_OBJECTS: ObjectSelectorField(selector=choice(MODEL_LABELS, several=True, is_open=True)),
        **entry_fields(ZoneConfig),
    },
)
_FILTER_LIST: Final = list_of(
    "filters",
    "min_score",
    **{
        CONF_LABEL: ObjectSelectorField(selector=choice(MODEL_LABELS, is_open=True), required=True),
        **entry_fields(ObjectFilter),
    },
)

LOGIN_SCHEMA: Final = vol.Schema({vol.Required(CONF_USERNAME): TEXT, vol.Optional(CONF_PASSWORD): PASSWORD})

_OWN_FIELDS: Final[dict[str, dict[vol.Marker, object]]] = {  # those that are no single key
    forms.AREAS: {vol.Optional(CONF_ZONES): _ZONE_LIST},
    forms.FILTERS: {vol.Optional(CONF_FILTERS): _FILTER_LIST},
}
_LAST_FIELDS: Final[dict[str, dict[vol.Marker, object]]] = {
    forms.EVENTS: {vol.Required(CONF_SOUND, default=True): SWITCH},
    forms.ADVANCED: {vol.Optional(CONF_OTHER_SETTINGS): ObjectSelector()},
}


def _part_fields(name: str) -> dict[vol.Marker, object]:
    return _OWN_FIELDS.get(name, {}) | key_fields(CameraConfig, name) | _LAST_FIELDS.get(name, {})


_REST: Final[dict[vol.Marker, object]] = {
    vol.Optional(CONF_USERNAME): TEXT,
    vol.Optional(CONF_PASSWORD): PASSWORD,
    **key_fields(CameraConfig, None),
    **{vol.Required(name): part(_part_fields(name)) for name in CAMERA_PARTS},
}


@callback
def async_camera_schema(hass: HomeAssistant) -> vol.Schema:
    """Return the form of a camera; its source can be a camera of another integration."""
    cameras = EntitySelector(
        EntitySelectorConfig(
            filter=EntityWithDeviceFilterSelectorConfig(domain=CAMERA_DOMAIN), exclude_entities=async_own_cameras(hass)
        )
    )
    source: dict[vol.Marker, object] = {
        vol.Required(CONF_NAME): TEXT,
        vol.Optional(CONF_URL): TEXT,
        vol.Optional(CONF_ENTITY_ID): cameras,
        vol.Optional(CONF_MAIN_URL): TEXT,
        vol.Optional(CONF_MAIN_ENTITY_ID): cameras,
    }
    return vol.Schema(source | _REST)
