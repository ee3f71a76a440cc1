"""Names that several modules of the integration share."""

from enum import StrEnum
from typing import Final

from homeassistant.const import Platform

DOMAIN: Final = "frigate_native"
MANUFACTURER: Final = "Frigate Native"
HUB_NAME: Final = "Frigate"
UI_ENTRY_TITLE: Final = f"{HUB_NAME} (user interface)"  # if there are other entries
PLATFORMS: Final = [
    Platform.BINARY_SENSOR,
    Platform.CAMERA,
    Platform.EVENT,
    Platform.IMAGE,
    Platform.SENSOR,
    Platform.SWITCH,
]

SUBENTRY_CAMERA: Final = "camera"
SUBENTRY_CARD: Final = "card"  # never made: its flow shows a card to be copied

CONF_SOURCE_KIND: Final = "source_kind"
SOURCE_FILE: Final = "file"
SOURCE_UI: Final = "ui"

CONF_OBJECTS: Final = "objects"
CONF_OTHER_SETTINGS: Final = "other_settings"
CONF_INPUT_ARGS: Final = "input_args"
CONF_CODEC: Final = "codec"
CONF_MAIN_URL: Final = "main_url"
CONF_MAIN_ENTITY_ID: Final = "main_entity_id"
CONF_CLIPS: Final = "clips"
CONF_SNAPSHOTS: Final = "snapshots"
CONF_ZONES: Final = "zones"
CONF_COORDINATES: Final = "coordinates"
CONF_IS_REQUIRED: Final = "is_required"
CONF_MOTION_MASKS: Final = "motion_masks"
CONF_OBJECT_MASKS: Final = "object_masks"
CONF_FILTERS: Final = "filters"
CONF_LABEL: Final = "label"
CONF_RECORD: Final = "record"
CONF_RESTREAM: Final = "restream"
CONF_SOUND: Final = "sound"

CONF_MQTT_WAY: Final = "way"
CONF_TOPIC_PREFIX: Final = "topic_prefix"
CONF_DETECTOR_TYPE: Final = "type"
CONF_NUM_THREADS: Final = "num_threads"
CONF_ENDPOINT: Final = "endpoint"

CONF_LAYOUT: Final = "recordings_layout"  # of an entry's cameras; older entries have none, and keep the local one
CONF_FOLDER: Final = "folder"  # for events and media, relative to the media folder
CONF_PUBLIC_CLIPS: Final = "public_clips"
CONF_LINK_HOURS: Final = "link_hours"
CONF_LISTENER: Final = "listener"
CONF_ALLOWED_HOSTS: Final = "allowed_hosts"
CONF_WRITES: Final = "listener_writes"
DEFAULT_LISTENER_HOST: Final = "127.0.0.1"  # because the port has no login
DEFAULT_LISTENER_PORT: Final = 5000  # as in Frigate
CONF_RECORDS_HERE: Final = "records_here"
CONF_USES_RESTREAM: Final = "uses_restream"

SECTION_HTTP: Final = "http"

DETECTOR_AUTO: Final = "auto"
DETECTOR_TYPES: Final = (DETECTOR_AUTO, "cpu", "edgetpu", "openvino", "zmq")


class MqttWay(StrEnum):
    """Where MQTT is published; AUTO: the configured broker, or Home Assistant's MQTT integration without one."""

    AUTO = "auto"
    HOME_ASSISTANT = "home_assistant"
    OFF = "off"


DEFAULT_FILE: Final = "frigate.yml"
DEFAULT_TOPIC_PREFIX: Final = "frigate"
DEFAULT_CLIENT_ID: Final = "frigate"

SIGNAL_EVENT: Final = f"{DOMAIN}/event"
"""Sent for each event message of any entry, with entry ID, MQTT topic, EventMessage."""

SIGNAL_REVIEW: Final = f"{DOMAIN}/review"
"""Sent for each review message of any entry, with entry ID, MQTT topic, ReviewMessage."""

EVENT_ACTIVITY: Final = f"{DOMAIN}_activity"
"""Fired on the bus for each line that event entities add to Activity."""

SIGNAL_CLIP: Final = f"{DOMAIN}/clip"
"""Sent for each ClipMessage of any entry, with entry ID and message."""

SIGNAL_EXPORT: Final = f"{DOMAIN}/export"
"""Sent for each ExportMessage of any entry, with entry ID and message."""
