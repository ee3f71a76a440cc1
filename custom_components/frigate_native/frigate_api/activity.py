"""What the cameras do now, as today's Frigate answers `onConnect`."""

from typing import Any

from ..engine.config.model import CameraConfig
from ..engine.geometry import ratio
from ..engine.messages import ObjectState
from ..engine.nvr import Nvr


def camera_activity(nvr: Nvr) -> dict[str, Any]:
    """Return each camera's switches, motion and confirmed objects. Any thread may call it."""
    states = nvr.storage.writer.states() if nvr.storage is not None else []
    return {
        name: {
            "config": _switches(nvr.camera_config(name)),
            "motion": _has_motion(nvr, name),
            "objects": [_object(state) for state in states if state.camera == name and not state.is_manual],
        }
        for name in nvr.config.cameras
    }


def _switches(camera: CameraConfig) -> dict[str, Any]:
    return {
        "detect": camera.detect.enabled,
        "enabled": True,
        "snapshots": camera.snapshots.enabled,
        "record": camera.record.enabled,
        "audio": False,
        "audio_transcription": False,
        "notifications": False,
        "notifications_suspended": 0,
        "autotracking": False,
        "alerts": camera.review.alerts.enabled,
        "detections": camera.review.detections.enabled,
        "object_descriptions": False,
        "review_descriptions": False,
    }


def _has_motion(nvr: Nvr, camera: str) -> bool:
    latest = nvr.latest(camera)
    return latest is not None and bool(latest[1].motion)


def _object(state: ObjectState) -> dict[str, Any]:
    return {
        "id": state.id,
        "label": state.label,
        "stationary": state.stationary,
        "area": state.area,
        "ratio": round(ratio(state.box), 2),
        "score": state.score,
        "sub_label": state.sub_label,
        "current_zones": list(state.current_zones),
    }
