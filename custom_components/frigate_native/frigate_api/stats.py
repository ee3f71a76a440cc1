"""Statistics as today's Frigate reports them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from ..engine.disk.report import disk_report
from ..engine.messages import CameraStats, Stats
from ..engine.paths import MediaPaths
from .version import claimed_version

_SHARED_MEMORY: Final = "/dev/shm"  # noqa: S108  # a key that clients know; we do not use it
_CACHE: Final = "/tmp/cache"  # noqa: S108  # likewise
_SUMMED: Final = ("camera_fps", "process_fps", "skipped_fps", "detection_fps")


def stats_payload(stats: Stats, *, detecting: Collection[str], service: Mapping[str, Any]) -> dict[str, Any]:
    """Return the statistics of cameras, detectors and the service; detecting are cameras with detection on."""
    cameras = stats.cameras.values()
    return {
        "cameras": {name: _camera(one, is_detecting=name in detecting) for name, one in stats.cameras.items()},
        "detectors": {name: asdict(detector) for name, detector in stats.detectors.items()},
        **{rate: round(sum(getattr(one, rate) for one in cameras), 2) for rate in _SUMMED},
        "cpu_usages": {},
        "gpu_usages": {},
        "processes": {},
        "bandwidth_usages": {},
        "service": dict(service),
    }


def service_payload(own_version: str, paths: MediaPaths, *, uptime_s: int, now: float) -> dict[str, Any]:
    """Return the state of the service; blocks. The disks have the names that they have in Frigate's container."""
    folders = {
        "/media/frigate/recordings": paths.recordings,
        "/media/frigate/clips": paths.clips,
        _CACHE: paths.cache,
        _SHARED_MEMORY: Path(_SHARED_MEMORY),
    }
    disks = disk_report(folders.values())
    return {
        "uptime": uptime_s,
        "version": claimed_version(own_version),
        "latest_version": "disabled",
        "last_updated": int(now),
        "temperatures": {},
        "storage": {name: disks[str(folder)] for name, folder in folders.items()},
    }


def _camera(stats: CameraStats, *, is_detecting: bool) -> dict[str, Any]:
    return asdict(stats) | {
        "detection_enabled": is_detecting,
        "ffmpeg_pid": stats.capture_pid,
        "audio_rms": 0.0,
        "audio_dBFS": 0.0,
    }
