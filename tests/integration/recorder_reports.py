"""A recorded camera, and what the recorder reports about it."""

from pathlib import Path
from typing import Any

from custom_components.frigate_native.recorder.plan import CameraHealth, Health, InputState

from .system import camera

_RECORD = "-f segment -segment_time 1 -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"


def recorded(path: str | Path = "/nowhere.mp4", *, roles: tuple[str, ...] = ("detect", "record", "rtmp")) -> Any:
    """Return a camera whose only input is recorded and restreamed as well."""
    source = {"path": str(path), "roles": list(roles), "input_args": "-re -stream_loop -1"}
    ffmpeg = {"inputs": [source], "output_args": {"record": _RECORD}}
    return camera() | {"ffmpeg": ffmpeg, "record": {"enabled": True, "retain_days": 7}, "rtmp": {"enabled": True}}


def report(*, port: int | None = None, problems: tuple[str, ...] = (), **health: Any) -> dict[str, Any]:
    """Return what the add-on posts about the camera front."""
    settings: dict[str, Any] = {"state": InputState.RUNNING, "is_recording": True, "is_restreaming": True}
    front = CameraHealth(**settings | health)
    return Health(
        version="9.9",
        cameras={"front": front},
        rtmp_host="127.0.0.1",
        rtmp_port=port,
        disk_total=10**12,
        disk_free=250_040_000_000,
        problems=problems,
    ).to_json()
