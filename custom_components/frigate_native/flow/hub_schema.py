"""The forms of what all cameras of an entry share."""

from typing import Final

import voluptuous as vol
from homeassistant.const import (
    CONF_CLIENT_ID,
    CONF_DEVICE,
    CONF_HOST,
    CONF_PASSWORD,
    CONF_PATH,
    CONF_PORT,
    CONF_USERNAME,
)

from ..const import (
    CONF_ALLOWED_HOSTS,
    CONF_DETECTOR_TYPE,
    CONF_ENDPOINT,
    CONF_LISTENER,
    CONF_MQTT_WAY,
    CONF_NUM_THREADS,
    CONF_PUBLIC_CLIPS,
    CONF_RECORDS_HERE,
    CONF_TLS_CA_CERTS,
    CONF_TLS_CLIENT_CERT,
    CONF_TLS_CLIENT_KEY,
    CONF_TLS_INSECURE,
    CONF_TOPIC_PREFIX,
    CONF_USES_RESTREAM,
    DEFAULT_LISTENER_HOST,
    DEFAULT_LISTENER_PORT,
    DEFAULT_THREADS,
    DEFAULT_TOPIC_PREFIX,
    DETECTOR_AUTO,
    DETECTOR_TYPES,
    DOMAIN,
    SECTION_DETECTOR,
    SECTION_HTTP,
    SECTION_MQTT,
    SECTION_RECORDING,
    MqttWay,
)
from .fields import PASSWORD, SWITCH, TEXT, TEXTS, choice, part, whole_number

FILE_SCHEMA: Final = vol.Schema({vol.Required(CONF_PATH): TEXT})

_HTTP: Final = {
    vol.Required(SECTION_HTTP): part(
        {
            vol.Required(CONF_PUBLIC_CLIPS, default=False): SWITCH,
            vol.Required(CONF_LISTENER, default=False): SWITCH,
            vol.Required(CONF_HOST, default=DEFAULT_LISTENER_HOST): TEXT,
            vol.Required(CONF_PORT, default=DEFAULT_LISTENER_PORT): whole_number(1, 65535),
            vol.Optional(CONF_ALLOWED_HOSTS): TEXTS,
        }
    ),
}

_RECORDING: Final = {
    vol.Required(SECTION_RECORDING): part(
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
    {vol.Required(SECTION_MQTT): part(_MQTT_WAY, is_folded=False), **_RECORDING, **_HTTP}
)

OPTIONS_SCHEMA: Final = vol.Schema(
    {
        vol.Required(SECTION_DETECTOR): part(
            {
                vol.Required(CONF_DETECTOR_TYPE, default=DETECTOR_AUTO): choice(
                    list(DETECTOR_TYPES), key="detector_type"
                ),
                vol.Required(CONF_NUM_THREADS, default=DEFAULT_THREADS): whole_number(1, 16),
                vol.Optional(CONF_DEVICE): TEXT,
                vol.Optional(CONF_ENDPOINT): TEXT,
            },
            is_folded=False,
        ),
        vol.Required(SECTION_MQTT): part(
            _MQTT_WAY
            | {
                vol.Optional(CONF_HOST): TEXT,
                vol.Required(CONF_PORT, default=1883): whole_number(1, 65535),
                vol.Required(CONF_CLIENT_ID, default=DOMAIN): TEXT,
                vol.Optional(CONF_USERNAME): TEXT,
                vol.Optional(CONF_PASSWORD): PASSWORD,
                vol.Optional(CONF_TLS_CA_CERTS): TEXT,
                vol.Optional(CONF_TLS_CLIENT_CERT): TEXT,
                vol.Optional(CONF_TLS_CLIENT_KEY): TEXT,
                vol.Required(CONF_TLS_INSECURE, default=False): SWITCH,
            }
        ),
        **_RECORDING,
        **_HTTP,
    }
)
