"""The sections of the forms in the user interface."""

from typing import Final

EVENTS: Final = "events"
RECORDING: Final = "recording"
AREAS: Final = "areas"
FILTERS: Final = "sizes_and_scores"
ADVANCED: Final = "advanced"
DETECTOR: Final = "detector"
MQTT: Final = "mqtt"
