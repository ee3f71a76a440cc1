"""The forms of all flows."""

from typing import Final

import voluptuous as vol
from homeassistant.const import (
    CONF_CLIENT_ID,
    CONF_DEVICE,
    CONF_HOST,
    CONF_NAME,
    CONF_PASSWORD,
    CONF_PATH,
    CONF_PORT,
    CONF_URL,
    CONF_USERNAME,
)
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

from .const import (
    CONF_CLIPS,
    CONF_COORDINATES,
    CONF_DETECTOR_TYPE,
    CONF_ENDPOINT,
    CONF_EVENT_DAYS,
    CONF_FILTERS,
    CONF_FPS,
    CONF_INPUT_ARGS,
    CONF_IS_REQUIRED,
    CONF_LABEL,
    CONF_LISTENER,
    CONF_MAIN_URL,
    CONF_MOTION_MASKS,
    CONF_MQTT_WAY,
    CONF_NUM_THREADS,
    CONF_OBJECT_MASKS,
    CONF_OBJECTS,
    CONF_POST_CAPTURE,
    CONF_PRE_CAPTURE,
    CONF_PUBLIC_CLIPS,
    CONF_RECORD,
    CONF_RECORDS_HERE,
    CONF_RESTREAM,
    CONF_RETAIN_DAYS,
    CONF_SNAPSHOTS,
    CONF_TLS_CA_CERTS,
    CONF_TLS_CLIENT_CERT,
    CONF_TLS_CLIENT_KEY,
    CONF_TLS_INSECURE,
    CONF_TOPIC_PREFIX,
    CONF_USES_RESTREAM,
    CONF_ZONES,
    DEFAULT_CAPTURE_S,
    DEFAULT_EVENT_DAYS,
    DEFAULT_FPS,
    DEFAULT_LISTENER_HOST,
    DEFAULT_LISTENER_PORT,
    DEFAULT_OBJECTS,
    DEFAULT_RETAIN_DAYS,
    DEFAULT_THREADS,
    DEFAULT_TOPIC_PREFIX,
    DETECTOR_AUTO,
    DETECTOR_TYPES,
    DOMAIN,
    SECTION_ADVANCED,
    SECTION_AREAS,
    SECTION_DETECTOR,
    SECTION_EVENTS,
    SECTION_FILTERS,
    SECTION_HTTP,
    SECTION_MQTT,
    SECTION_RECORDING,
    MqttWay,
)

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

_TEXT: Final = TextSelector()
_TEXTS: Final = TextSelector(TextSelectorConfig(multiple=True))
_SWITCH: Final = BooleanSelector()
_PASSWORD: Final = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))


def _whole_number(least: int, most: int, unit: str | None = None) -> vol.All[int]:
    config = NumberSelectorConfig(min=least, max=most, step=1, mode=NumberSelectorMode.BOX)
    if unit:
        config["unit_of_measurement"] = unit
    return vol.All(NumberSelector(config), vol.Coerce(int))


def _choice(options: list[str], *, key: str | None = None, several: bool = False) -> SelectSelector:
    config = SelectSelectorConfig(options=options, mode=SelectSelectorMode.DROPDOWN, multiple=several)
    if key:
        config["translation_key"] = key
    else:
        config["custom_value"] = True
    return SelectSelector(config)


def _list_of(key: str, described_by: str, **fields: ObjectSelectorField) -> ObjectSelector:
    """Return a list whose entries have a form of their own; the first field is the entry's title."""
    label = next(iter(fields))
    return ObjectSelector(
        ObjectSelectorConfig(
            fields=fields, multiple=True, label_field=label, description_field=described_by, translation_key=key
        )
    )


def _entry_number(least: float, most: float | None, step: float, unit: str | None = None) -> ObjectSelectorField:
    config = NumberSelectorConfig(min=least, step=step, mode=NumberSelectorMode.BOX)
    if most is not None:
        config["max"] = most
    if unit:
        config["unit_of_measurement"] = unit
    return ObjectSelectorField(selector=NumberSelector(config))


_SCORE: Final = _entry_number(0, 1, 0.01)
_AREA: Final = _entry_number(0, None, 1, "px")
_ZONE_LIST: Final = _list_of(
    "zones",
    CONF_COORDINATES,
    **{
        CONF_NAME: ObjectSelectorField(selector=_TEXT, required=True),
        CONF_COORDINATES: ObjectSelectorField(selector=_TEXT, required=True),
        CONF_IS_REQUIRED: ObjectSelectorField(selector=_SWITCH),
    },
)
_FILTER_LIST: Final = _list_of(
    "filters",
    "min_score",
    **{
        CONF_LABEL: ObjectSelectorField(selector=_choice(_USUAL_OBJECTS), required=True),
        "min_score": _SCORE,
        "threshold": _SCORE,
        "min_area": _AREA,
        "max_area": _AREA,
    },
)

FILE_SCHEMA: Final = vol.Schema({vol.Required(CONF_PATH): _TEXT})

LOGIN_SCHEMA: Final = vol.Schema({vol.Required(CONF_USERNAME): _TEXT, vol.Optional(CONF_PASSWORD): _PASSWORD})

CAMERA_SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_NAME): _TEXT,
        vol.Required(CONF_URL): _TEXT,
        vol.Optional(CONF_MAIN_URL): _TEXT,
        vol.Optional(CONF_USERNAME): _TEXT,
        vol.Optional(CONF_PASSWORD): _PASSWORD,
        vol.Required(CONF_OBJECTS, default=list(DEFAULT_OBJECTS)): _choice(_USUAL_OBJECTS, several=True),
        vol.Required(SECTION_EVENTS): section(
            vol.Schema(
                {
                    vol.Required(CONF_CLIPS, default=True): _SWITCH,
                    vol.Required(CONF_SNAPSHOTS, default=True): _SWITCH,
                    vol.Required(CONF_EVENT_DAYS, default=DEFAULT_EVENT_DAYS): _whole_number(0, 3650, "d"),
                    vol.Required(CONF_PRE_CAPTURE, default=DEFAULT_CAPTURE_S): _whole_number(0, 60, "s"),
                    vol.Required(CONF_POST_CAPTURE, default=DEFAULT_CAPTURE_S): _whole_number(0, 60, "s"),
                }
            ),
            {"collapsed": True},
        ),
        vol.Required(SECTION_RECORDING): section(
            vol.Schema(
                {
                    vol.Required(CONF_RECORD, default=False): _SWITCH,
                    vol.Required(CONF_RETAIN_DAYS, default=DEFAULT_RETAIN_DAYS): _whole_number(0, 3650, "d"),
                    vol.Required(CONF_RESTREAM, default=False): _SWITCH,
                }
            ),
            {"collapsed": True},
        ),
        vol.Required(SECTION_AREAS): section(
            vol.Schema(
                {
                    vol.Optional(CONF_ZONES): _ZONE_LIST,
                    vol.Optional(CONF_MOTION_MASKS): _TEXTS,
                    vol.Optional(CONF_OBJECT_MASKS): _TEXTS,
                }
            ),
            {"collapsed": True},
        ),
        vol.Required(SECTION_FILTERS): section(
            vol.Schema({vol.Optional(CONF_FILTERS): _FILTER_LIST}), {"collapsed": True}
        ),
        vol.Required(SECTION_ADVANCED): section(
            vol.Schema(
                {
                    vol.Required(CONF_FPS, default=DEFAULT_FPS): _whole_number(1, 30, "fps"),
                    vol.Optional(CONF_INPUT_ARGS): _TEXT,
                }
            ),
            {"collapsed": True},
        ),
    }
)

_HTTP: Final = {
    vol.Required(SECTION_HTTP): section(
        vol.Schema(
            {
                vol.Required(CONF_PUBLIC_CLIPS, default=False): _SWITCH,
                vol.Required(CONF_LISTENER, default=False): _SWITCH,
                vol.Required(CONF_HOST, default=DEFAULT_LISTENER_HOST): _TEXT,
                vol.Required(CONF_PORT, default=DEFAULT_LISTENER_PORT): _whole_number(1, 65535),
            }
        ),
        {"collapsed": True},
    ),
}

_RECORDING: Final = {
    vol.Required(SECTION_RECORDING): section(
        vol.Schema(
            {
                vol.Required(CONF_RECORDS_HERE, default=False): _SWITCH,
                vol.Required(CONF_USES_RESTREAM, default=True): _SWITCH,
            }
        ),
        {"collapsed": True},
    ),
}

_MQTT_WAY: Final = {
    vol.Required(CONF_MQTT_WAY, default=MqttWay.AUTO.value): _choice(list(MqttWay), key="mqtt_way"),
    vol.Required(CONF_TOPIC_PREFIX, default=DEFAULT_TOPIC_PREFIX): _TEXT,
}

FILE_OPTIONS_SCHEMA: Final = vol.Schema(
    {vol.Required(SECTION_MQTT): section(vol.Schema(_MQTT_WAY), {"collapsed": False}), **_RECORDING, **_HTTP}
)

OPTIONS_SCHEMA: Final = vol.Schema(
    {
        vol.Required(SECTION_DETECTOR): section(
            vol.Schema(
                {
                    vol.Required(CONF_DETECTOR_TYPE, default=DETECTOR_AUTO): _choice(
                        list(DETECTOR_TYPES), key="detector_type"
                    ),
                    vol.Required(CONF_NUM_THREADS, default=DEFAULT_THREADS): _whole_number(1, 16),
                    vol.Optional(CONF_DEVICE): _TEXT,
                    vol.Optional(CONF_ENDPOINT): _TEXT,
                }
            ),
            {"collapsed": False},
        ),
        vol.Required(SECTION_MQTT): section(
            vol.Schema(
                _MQTT_WAY
                | {
                    vol.Optional(CONF_HOST): _TEXT,
                    vol.Required(CONF_PORT, default=1883): _whole_number(1, 65535),
                    vol.Required(CONF_CLIENT_ID, default=DOMAIN): _TEXT,
                    vol.Optional(CONF_USERNAME): _TEXT,
                    vol.Optional(CONF_PASSWORD): _PASSWORD,
                    vol.Optional(CONF_TLS_CA_CERTS): _TEXT,
                    vol.Optional(CONF_TLS_CLIENT_CERT): _TEXT,
                    vol.Optional(CONF_TLS_CLIENT_KEY): _TEXT,
                    vol.Required(CONF_TLS_INSECURE, default=False): _SWITCH,
                }
            ),
            {"collapsed": True},
        ),
        **_RECORDING,
        **_HTTP,
    }
)
