"""The forms of a camera."""

from typing import Final

import voluptuous as vol
from homeassistant.components.camera import DOMAIN as CAMERA_DOMAIN
from homeassistant.const import CONF_ENTITY_ID, CONF_NAME, CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    ObjectSelectorField,
)

from ..configuration.entity_source import async_own_cameras
from ..const import (
    CONF_CLIPS,
    CONF_COORDINATES,
    CONF_EVENT_DAYS,
    CONF_FILTERS,
    CONF_FPS,
    CONF_INPUT_ARGS,
    CONF_IS_REQUIRED,
    CONF_LABEL,
    CONF_MAIN_ENTITY_ID,
    CONF_MAIN_URL,
    CONF_MOTION_MASKS,
    CONF_OBJECT_MASKS,
    CONF_OBJECTS,
    CONF_POST_CAPTURE,
    CONF_PRE_CAPTURE,
    CONF_RECORD,
    CONF_RESTREAM,
    CONF_RETAIN_DAYS,
    CONF_SNAPSHOTS,
    CONF_ZONES,
    DEFAULT_CAPTURE_S,
    DEFAULT_EVENT_DAYS,
    DEFAULT_FPS,
    DEFAULT_OBJECTS,
    DEFAULT_RETAIN_DAYS,
    SECTION_ADVANCED,
    SECTION_AREAS,
    SECTION_EVENTS,
    SECTION_FILTERS,
    SECTION_RECORDING,
)
from .fields import PASSWORD, SWITCH, TEXT, TEXTS, choice, entry_number, list_of, part, whole_number

_USUAL_OBJECTS: Final = [  # what people watch for; any other label of the model can be typed
    "person",
    "bicycle",
    "car",
    "motorcycle",
    "bus",
    "truck",
    "bird",
    "cat",
    "dog",
    "horse",
    "sheep",
    "cow",
    "bear",
    "backpack",
    "umbrella",
    "handbag",
    "suitcase",
]

_SCORE: Final = entry_number(0, 1, 0.01)
_AREA: Final = entry_number(0, None, 1, "px")
_ZONE_LIST: Final = list_of(
    "zones",
    CONF_COORDINATES,
    **{
        CONF_NAME: ObjectSelectorField(selector=TEXT, required=True),
        CONF_COORDINATES: ObjectSelectorField(selector=TEXT, required=True),
        CONF_IS_REQUIRED: ObjectSelectorField(selector=SWITCH),
    },
)
_FILTER_LIST: Final = list_of(
    "filters",
    "min_score",
    **{
        CONF_LABEL: ObjectSelectorField(selector=choice(_USUAL_OBJECTS), required=True),
        "min_score": _SCORE,
        "threshold": _SCORE,
        "min_area": _AREA,
        "max_area": _AREA,
    },
)

LOGIN_SCHEMA: Final = vol.Schema({vol.Required(CONF_USERNAME): TEXT, vol.Optional(CONF_PASSWORD): PASSWORD})

_REST: Final = vol.Schema(
    {
        vol.Optional(CONF_USERNAME): TEXT,
        vol.Optional(CONF_PASSWORD): PASSWORD,
        vol.Required(CONF_OBJECTS, default=list(DEFAULT_OBJECTS)): choice(_USUAL_OBJECTS, several=True),
        vol.Required(SECTION_EVENTS): part(
            {
                vol.Required(CONF_CLIPS, default=True): SWITCH,
                vol.Required(CONF_SNAPSHOTS, default=True): SWITCH,
                vol.Required(CONF_EVENT_DAYS, default=DEFAULT_EVENT_DAYS): whole_number(0, 3650, "d"),
                vol.Required(CONF_PRE_CAPTURE, default=DEFAULT_CAPTURE_S): whole_number(0, 60, "s"),
                vol.Required(CONF_POST_CAPTURE, default=DEFAULT_CAPTURE_S): whole_number(0, 60, "s"),
            }
        ),
        vol.Required(SECTION_RECORDING): part(
            {
                vol.Required(CONF_RECORD, default=False): SWITCH,
                vol.Required(CONF_RETAIN_DAYS, default=DEFAULT_RETAIN_DAYS): whole_number(0, 3650, "d"),
                vol.Required(CONF_RESTREAM, default=False): SWITCH,
            }
        ),
        vol.Required(SECTION_AREAS): part(
            {
                vol.Optional(CONF_ZONES): _ZONE_LIST,
                vol.Optional(CONF_MOTION_MASKS): TEXTS,
                vol.Optional(CONF_OBJECT_MASKS): TEXTS,
            }
        ),
        vol.Required(SECTION_FILTERS): part({vol.Optional(CONF_FILTERS): _FILTER_LIST}),
        vol.Required(SECTION_ADVANCED): part(
            {
                vol.Required(CONF_FPS, default=DEFAULT_FPS): whole_number(1, 30, "fps"),
                vol.Optional(CONF_INPUT_ARGS): TEXT,
            }
        ),
    }
)


@callback
def async_camera_schema(hass: HomeAssistant) -> vol.Schema:
    """Return the form of a camera; its source can be a camera of another integration, of those there are now."""
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
    return vol.Schema(source | _REST.schema)
