"""Statistics as Prometheus reads them."""

from pathlib import Path

from custom_components.frigate_native.engine.messages import CameraStats, DetectorStats, Stats
from custom_components.frigate_native.engine.paths import MediaPaths
from custom_components.frigate_native.frigate_api.metrics import metrics_text
from custom_components.frigate_native.frigate_api.stats import service_payload, stats_payload


def test_metrics_have_frigates_names_and_labels(tmp_path: Path) -> None:
    camera = CameraStats(camera_fps=5.1, process_fps=5.0, skipped_fps=0.1, detection_fps=2.5, pid=1, capture_pid=1)
    detector = DetectorStats(detection_start=0.0, inference_speed=12.5, pid=7)
    stats = Stats(cameras={'the "front"': camera, "back": camera}, detectors={"cpu": detector})
    service = service_payload("1.2.3", MediaPaths.below(tmp_path), uptime_s=60, now=1_700_000_000.5)
    text = metrics_text(stats_payload(stats, detecting={"back"}, service=service))
    lines = text.splitlines()
    for expected in (
        "# TYPE frigate_camera_fps gauge",
        'frigate_camera_fps{camera_name="the \\"front\\""} 5.1',
        'frigate_detection_enabled{camera_name="back"} 1.0',
        "frigate_detection_total_fps 5.0",
        'frigate_detector_inference_speed_seconds{name="cpu"} 0.0125',
        "frigate_service_uptime_seconds 60",
    ):
        assert expected in lines, text
    assert sum(line.startswith("frigate_storage_free_bytes{storage=") for line in lines) == 4
