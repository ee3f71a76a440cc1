"""Places of today's keys that are translated before the schema sees them: suggestions name them too."""

from typing import Final

from . import elsewhere

IN_FILE: Final = (*elsewhere.IN_FILE, "version", "go2rtc", "mqtt.enabled")
"""From the file down."""

IN_CAMERA: Final = (*elsewhere.IN_CAMERA, "enabled")
"""From a camera down."""

IN_BOTH: Final = (
    *elsewhere.EVERYWHERE,
    *("detect.width", "detect.height", "detect.fps"),
    *("record.retain_days", "record.retain", "record.events"),
)
"""From the file and from a camera down."""
