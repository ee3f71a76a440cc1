"""Which features of each camera are switched on."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from .config.model import CameraConfig
from .messages import Feature, FeatureMessage


class Features:
    """Each camera's configuration with its features as switched. Any thread may call it.

    Features start as configured.
    """

    def __init__(self, cameras: Mapping[str, CameraConfig], on_message: Callable[[FeatureMessage], None]) -> None:
        """Start as configured; on_message gets every switch in order, and must not switch features itself."""
        self._cameras = dict(cameras)
        self._on_message = on_message
        self._lock = threading.Lock()

    def camera(self, name: str) -> CameraConfig:
        """Return a camera's configuration with its features as switched."""
        return self._cameras[name]

    def cameras(self) -> dict[str, CameraConfig]:
        """Return the configurations of all cameras with their features as switched."""
        return dict(self._cameras)

    def switch(self, camera: str, feature: Feature, *, is_on: bool) -> None:
        """Switch a feature; KeyError for an unknown camera."""
        with self._lock:
            self._cameras[camera] = _switched(self._cameras[camera], feature, is_on)
            self._on_message(FeatureMessage(camera=camera, feature=feature, is_on=is_on))

    def messages(self) -> list[FeatureMessage]:
        """Return the current state of each feature of each camera."""
        return [
            FeatureMessage(camera=name, feature=feature, is_on=is_on(camera, feature))
            for name, camera in self._cameras.items()
            for feature in Feature
        ]


def is_on(camera: CameraConfig, feature: Feature) -> bool:
    """Return whether a feature is on in a configuration."""
    match feature:
        case Feature.ENABLED:
            return camera.enabled
        case Feature.DETECT:
            return camera.detect.enabled
        case Feature.CLIPS:
            return camera.save_clips.enabled
        case Feature.SNAPSHOTS:
            return camera.snapshots.enabled
        case Feature.REVIEW_ALERTS:
            return camera.review.alerts.enabled
        case Feature.REVIEW_DETECTIONS:
            return camera.review.detections.enabled


def _switched(camera: CameraConfig, feature: Feature, is_on: bool) -> CameraConfig:
    match feature:
        case Feature.ENABLED:
            return replace(camera, enabled=is_on)
        case Feature.DETECT:
            return replace(camera, detect=replace(camera.detect, enabled=is_on))
        case Feature.CLIPS:
            return replace(camera, save_clips=replace(camera.save_clips, enabled=is_on))
        case Feature.SNAPSHOTS:
            return replace(camera, snapshots=replace(camera.snapshots, enabled=is_on))
        case Feature.REVIEW_ALERTS:
            alerts = replace(camera.review.alerts, enabled=is_on)
            return replace(camera, review=replace(camera.review, alerts=alerts))
        case Feature.REVIEW_DETECTIONS:
            detections = replace(camera.review.detections, enabled=is_on)
            return replace(camera, review=replace(camera.review, detections=detections))
