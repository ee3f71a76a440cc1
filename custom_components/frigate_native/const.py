"""Names that several modules of the integration share."""

from enum import StrEnum
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "frigate_native"
MANUFACTURER: Final = "Frigate Native"
HUB_NAME: Final = "Frigate"
PLATFORMS: Final = [
    Platform.BINARY_SENSOR,
    Platform.CAMERA,
    Platform.EVENT,
    Platform.IMAGE,
    Platform.SENSOR,
    Platform.SWITCH,
]

SUBENTRY_CAMERA: Final = "camera"

CONF_SOURCE_KIND: Final = "source_kind"
SOURCE_FILE: Final = "file"
SOURCE_UI: Final = "ui"

CONF_OBJECTS: Final = "objects"
CONF_FPS: Final = "fps"
CONF_INPUT_ARGS: Final = "input_args"
CONF_CODEC: Final = "codec"
CONF_MAIN_URL: Final = "main_url"
CONF_MAIN_ENTITY_ID: Final = "main_entity_id"
CONF_CLIPS: Final = "clips"
CONF_SNAPSHOTS: Final = "snapshots"
CONF_PRE_CAPTURE: Final = "pre_capture"
CONF_POST_CAPTURE: Final = "post_capture"
CONF_EVENT_DAYS: Final = "event_days"
CONF_ZONES: Final = "zones"
CONF_COORDINATES: Final = "coordinates"
CONF_IS_REQUIRED: Final = "is_required"
CONF_MOTION_MASKS: Final = "motion_masks"
CONF_OBJECT_MASKS: Final = "object_masks"
CONF_FILTERS: Final = "filters"
CONF_LABEL: Final = "label"
CONF_RECORD: Final = "record"
CONF_RETAIN_DAYS: Final = "retain_days"
CONF_RESTREAM: Final = "restream"

CONF_MQTT_WAY: Final = "way"
CONF_TOPIC_PREFIX: Final = "topic_prefix"
CONF_TLS_CA_CERTS: Final = "tls_ca_certs"
CONF_TLS_CLIENT_CERT: Final = "tls_client_cert"
CONF_TLS_CLIENT_KEY: Final = "tls_client_key"
CONF_TLS_INSECURE: Final = "tls_insecure"
CONF_DETECTOR_TYPE: Final = "type"
CONF_NUM_THREADS: Final = "num_threads"
CONF_ENDPOINT: Final = "endpoint"

CONF_FOLDER: Final = "folder"  # of events and media, below the media folder
CONF_PUBLIC_CLIPS: Final = "public_clips"
CONF_LISTENER: Final = "listener"
CONF_ALLOWED_HOSTS: Final = "allowed_hosts"
DEFAULT_LISTENER_HOST: Final = "127.0.0.1"  # nobody needs to log in there
DEFAULT_LISTENER_PORT: Final = 5000  # Frigate's
CONF_RECORDS_HERE: Final = "records_here"
CONF_USES_RESTREAM: Final = "uses_restream"

SECTION_EVENTS: Final = "events"
SECTION_AREAS: Final = "areas"
SECTION_FILTERS: Final = "sizes_and_scores"
SECTION_ADVANCED: Final = "advanced"
SECTION_MQTT: Final = "mqtt"
SECTION_HTTP: Final = "http"
SECTION_DETECTOR: Final = "detector"
SECTION_RECORDING: Final = "recording"

DETECTOR_AUTO: Final = "auto"
DETECTOR_TYPES: Final = (DETECTOR_AUTO, "cpu", "edgetpu", "openvino", "zmq")


class MqttWay(StrEnum):
    """How MQTT is published; automatic: to the configuration's broker, without one through Home Assistant's."""

    AUTO = "auto"
    HOME_ASSISTANT = "home_assistant"
    OFF = "off"


DEFAULT_FILE: Final = "frigate.yml"
DEFAULT_TOPIC_PREFIX: Final = "frigate"
DEFAULT_OBJECTS: Final = ("person",)
DEFAULT_RETAIN_DAYS: Final = 30  # the seed's, of recordings
DEFAULT_EVENT_DAYS: Final = 10  # as the seed keeps clips
DEFAULT_CAPTURE_S: Final = 5  # before and after an event, as in the seed
DEFAULT_FPS: Final = 5  # frames per second that the seed recommends for detection
DEFAULT_THREADS: Final = 3  # as the seed's CPU detector

SIGNAL_EVENT: Final = f"{DOMAIN}/event"
"""Every event of every entry: entry id, MQTT topic, EventMessage."""

SIGNAL_CLIP: Final = f"{DOMAIN}/clip"
"""Every clip of an event that has just ended, of every entry: entry id, ClipReady."""
