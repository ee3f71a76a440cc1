"""The parts of the user interface's forms that keys can stand in."""

from typing import Final

EVENTS: Final = "events"
RECORDING: Final = "recording"
AREAS: Final = "areas"
FILTERS: Final = "sizes_and_scores"
ADVANCED: Final = "advanced"
DETECTOR: Final = "detector"
MQTT: Final = "mqtt"
