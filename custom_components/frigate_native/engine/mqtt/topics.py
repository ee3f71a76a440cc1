"""MQTT topic names."""

from collections.abc import Iterable

from ..config.model import CameraConfig
from ..messages import ALL_LABELS, Feature


class Topics:
    """Topic names below one prefix."""

    def __init__(self, prefix: str) -> None:
        """Initialize with the prefix, without a trailing slash."""
        self._prefix = prefix

    @property
    def available(self) -> str:
        """`online`, `stopped` or, after a crash, `offline`; retained."""
        return f"{self._prefix}/available"

    @property
    def events(self) -> str:
        """Every change of an event."""
        return f"{self._prefix}/events"

    @property
    def reviews(self) -> str:
        """Every change of a review item."""
        return f"{self._prefix}/reviews"

    @property
    def stats(self) -> str:
        """Rates of cameras and detectors, at an interval."""
        return f"{self._prefix}/stats"

    @property
    def tracked_object_update(self) -> str:
        """What people, automations and recognizers add to an event."""
        return f"{self._prefix}/tracked_object_update"

    @property
    def camera_activity(self) -> str:
        """What each camera does now, in answer to `on_connect`."""
        return f"{self._prefix}/camera_activity"

    @property
    def on_connect(self) -> str:
        """The command topic that asks for `camera_activity`, with any payload."""
        return f"{self._prefix}/onConnect"

    def motion(self, camera: str) -> str:
        """Whether a camera sees motion, `ON` or `OFF`."""
        return f"{self._prefix}/{camera}/motion"

    def detect_status(self, camera: str) -> str:
        """Whether a camera's detect stream runs: `online`, `offline`, or `disabled` while detection is off."""
        return f"{self._prefix}/{camera}/status/detect"

    def count(self, place: str, label: str) -> str:
        """The number of objects of a label in a camera or zone."""
        return f"{self._prefix}/{place}/{label}"

    def active_count(self, place: str, label: str) -> str:
        """The number of those objects that are not stationary."""
        return f"{self._prefix}/{place}/{label}/active"

    def review_status(self, camera: str) -> str:
        """The severity of a camera's open review item: `ALERT`, `DETECTION` or `NONE`."""
        return f"{self._prefix}/{camera}/review_status"

    def snapshot(self, camera: str, label: str) -> str:
        """The best image of a label, retained."""
        return f"{self._prefix}/{camera}/{label}/snapshot"

    def feature_state(self, camera: str, feature: Feature) -> str:
        """The state of a camera's feature, `ON` or `OFF`, retained."""
        return f"{self._prefix}/{camera}/{feature}/state"

    def feature_set(self, camera: str, feature: Feature) -> str:
        """The command topic of a camera's feature, for `ON` and `OFF`."""
        return f"{self._prefix}/{camera}/{feature}/set"

    def counts_of(self, cameras: Iterable[CameraConfig]) -> set[str]:
        """Return the count topics of all cameras and their zones, for every label they track."""
        return {
            topic
            for camera in cameras
            for label in (*camera.objects.track, ALL_LABELS)
            for place in (camera.name, *camera.zones)
            for topic in (self.count(place, label), self.active_count(place, label))
        }
