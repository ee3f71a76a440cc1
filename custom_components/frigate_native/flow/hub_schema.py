"""Forms of the settings that all cameras of an entry share."""

from typing import Final

import voluptuous as vol
from homeassistant.const import (
    CONF_HOST,
    CONF_PATH,
    CONF_PORT,
)

from ..const import (
    CONF_ALLOWED_HOSTS,
    CONF_DETECTOR_TYPE,
    CONF_LINK_HOURS,
    CONF_LISTENER,
    CONF_MQTT_WAY,
    CONF_PUBLIC_CLIPS,
    CONF_RECORDS_HERE,
    CONF_TOPIC_PREFIX,
    CONF_USES_RESTREAM,
    CONF_WRITES,
    DEFAULT_LISTENER_HOST,
    DEFAULT_LISTENER_PORT,
    DEFAULT_TOPIC_PREFIX,
    DETECTOR_AUTO,
    DETECTOR_TYPES,
    SECTION_HTTP,
    MqttWay,
)
from ..engine.config import forms
from ..engine.config.model import DetectorConfig, MqttConfig
from .fields import SWITCH, TEXT, TEXTS, choice, part, whole_number
from .key_fields import key_fields

FILE_SCHEMA: Final = vol.Schema({vol.Required(CONF_PATH): TEXT})

_HTTP: Final = {
    vol.Required(SECTION_HTTP): part(
        {
            vol.Required(CONF_PUBLIC_CLIPS, default=False): SWITCH,
            vol.Required(CONF_LINK_HOURS, default=0): whole_number(0, 8760),
            vol.Required(CONF_LISTENER, default=False): SWITCH,
            vol.Required(CONF_HOST, default=DEFAULT_LISTENER_HOST): TEXT,
            vol.Required(CONF_PORT, default=DEFAULT_LISTENER_PORT): whole_number(1, 65535),
            vol.Required(CONF_WRITES, default=False): SWITCH,
            vol.Optional(CONF_ALLOWED_HOSTS): TEXTS,
        }
    ),
}

_RECORDING: Final = {
    vol.Required(forms.RECORDING): part(
        {
            vol.Required(CONF_RECORDS_HERE, default=False): SWITCH,
            vol.Required(CONF_USES_RESTREAM, default=True): SWITCH,
        }
    ),
}

_MQTT_WAY: Final[dict[vol.Marker, object]] = {
    vol.Required(CONF_MQTT_WAY, default=MqttWay.AUTO.value): choice(list(MqttWay), key="mqtt_way"),
    vol.Required(CONF_TOPIC_PREFIX, default=DEFAULT_TOPIC_PREFIX): TEXT,
}

FILE_OPTIONS_SCHEMA: Final = vol.Schema(
    {vol.Required(forms.MQTT): part(_MQTT_WAY, is_folded=False), **_RECORDING, **_HTTP}
)

OPTIONS_SCHEMA: Final = vol.Schema(
    {
        vol.Required(forms.DETECTOR): part(
            {
                vol.Required(CONF_DETECTOR_TYPE, default=DETECTOR_AUTO): choice(
                    list(DETECTOR_TYPES), key="detector_type"
                ),
                **key_fields(DetectorConfig, forms.DETECTOR),
            },
            is_folded=False,
        ),
        vol.Required(forms.MQTT): part(_MQTT_WAY | key_fields(MqttConfig, forms.MQTT)),
        **_RECORDING,
        **_HTTP,
    }
)
