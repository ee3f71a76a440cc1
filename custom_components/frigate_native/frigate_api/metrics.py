"""Statistics in the text format of Prometheus, under the names of today's Frigate."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_CAMERA: Final = ("camera_fps", "detection_fps", "process_fps", "skipped_fps", "audio_dBFS", "audio_rms")
_MB: Final = 1e6
_ESCAPES: Final = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})

type _Sample = tuple[Mapping[str, str], float]


def metrics_text(stats: Mapping[str, Any]) -> str:
    """Return the metrics for `stats_payload`."""
    return "".join(line for name, samples in _metrics(stats).items() for line in _lines(name, samples))


def _metrics(stats: Mapping[str, Any]) -> dict[str, list[_Sample]]:
    cameras, service = stats["cameras"], stats["service"]
    found: dict[str, list[_Sample]] = {
        f"frigate_{key}": [({"camera_name": name}, one[key]) for name, one in cameras.items()] for key in _CAMERA
    }
    found["frigate_detection_enabled"] = [
        ({"camera_name": name}, float(one["detection_enabled"])) for name, one in cameras.items()
    ]
    found["frigate_detection_total_fps"] = [({}, stats["detection_fps"])]
    found["frigate_detector_inference_speed_seconds"] = [
        ({"name": name}, one["inference_speed"] / 1000) for name, one in stats["detectors"].items()
    ]
    for key in ("free", "used", "total"):
        found[f"frigate_storage_{key}_bytes"] = [
            ({"storage": path}, disk[key] * _MB) for path, disk in service["storage"].items()
        ]
    found["frigate_service_uptime_seconds"] = [({}, service["uptime"])]
    return found


def _lines(name: str, samples: list[_Sample]) -> Iterator[str]:
    if samples:
        yield f"# TYPE {name} gauge\n"
    for labels, value in samples:
        text = ",".join(f'{label}="{content.translate(_ESCAPES)}"' for label, content in labels.items())
        yield f"{name}{{{text}}} {value}\n" if text else f"{name} {value}\n"
