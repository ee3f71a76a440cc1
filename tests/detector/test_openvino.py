"""OpenVINO as a detector, where its package is installed (glibc)."""

import importlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from custom_components.frigate_native.engine.config.model import DetectorConfig, DetectorType, ModelConfig
from custom_components.frigate_native.engine.errors import DetectorError
from custom_components.frigate_native.engine.frame import Rgb
from tests.engine.detection.pools import filler, hide_package, persons, running
from tests.engine.detection.tiny_models import own_model, write_model
from tests.processes import children

backend: Any = pytest.importorskip(
    "custom_components.frigate_native.detector.backends.openvino",
    reason="OpenVINO has no wheel for this C library",
    exc_type=ImportError,
)


def intel(device: str = "AUTO") -> DetectorConfig:
    """Return a detector that OpenVINO runs."""
    return DetectorConfig(name="intel", type=DetectorType.OPENVINO, device=device, num_threads=1)


def test_no_telemetry_is_sent() -> None:
    with running(intel("CPU")) as pool:
        assert not children(pool.stats()["intel"].pid)


@pytest.mark.parametrize("device", ["AUTO", "CPU", ""])
def test_bundled_model_finds_the_same(device: str, walkers: Rgb) -> None:
    with running(intel(device)) as pool:
        assert persons(pool.detect([filler(walkers)])[0], least=0.9) == 2


def test_unknown_device_names_those_that_are_there() -> None:
    with (
        pytest.raises(DetectorError, match=r"detectors\.intel\.device: TPU: .*use one of AUTO, CPU"),
        running(intel("TPU")),
    ):
        pass


def test_unsupported_model_is_reported(tmp_path: Path) -> None:
    model = own_model(write_model(tmp_path / "own.tflite"), tmp_path)
    with (
        pytest.raises(DetectorError, match=r"model\.path: .*TFLite_Detection_PostProcess.*use a"),
        running(intel(), model=model),
    ):
        pass


def test_without_its_package_the_error_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_package("openvino", tmp_path, monkeypatch)
    with pytest.raises(DetectorError, match=r"needs the Python package openvino.*use type: zmq"), running(intel()):
        pass


def test_model_in_its_own_format_with_one_list_of_detections(tmp_path: Path) -> None:
    """An SSD converted for OpenVINO: picture, label, score, x1, y1, x2, y2; this one always finds the same."""
    path = _write_detection_output(tmp_path / "own.xml")
    with running(intel("CPU"), model=ModelConfig(path=path, width=64, height=48)) as pool:
        ((found,),) = pool.detect([filler(0)])  # type: ignore[misc]
    assert (found.label, found.box) == ("bicycle", pytest.approx((0.1, 0.2, 0.3, 0.4)))


def _write_detection_output(path: Path) -> Path:
    ops = importlib.import_module("openvino.opset13")
    picture = ops.parameter([1, 48, 64, 3], np.uint8, name="picture")
    rows = np.full((1, 1, 2, 7), -1, np.float32)
    rows[0, 0, 0] = (0, 1, 0.8, 0.1, 0.2, 0.3, 0.4)
    nothing = ops.multiply(ops.reduce_max(ops.convert(picture, "f32"), np.array([0, 1, 2, 3])), np.float32(0))
    backend.openvino.save_model(
        backend.openvino.Model([ops.add(ops.constant(rows), nothing)], [picture], "own"), path, False
    )
    return path
