"""Models of today's families in real runtimes: from the configuration to a label and its box."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from custom_components.frigate_native.engine.config.model import (
    DetectorConfig,
    DetectorType,
    ModelConfig,
    ModelType,
    TensorLayout,
)
from custom_components.frigate_native.engine.detection import DetectorPool
from custom_components.frigate_native.engine.detection.model_loading import load_model
from custom_components.frigate_native.engine.errors import DetectorError
from custom_components.frigate_native.engine.frame import Rgb
from tests.engine.detection.pools import hide_package, running

tiny: Any = pytest.importorskip(
    "tests.detector.tiny_onnx", reason="onnx has no wheel for this machine", exc_type=ImportError
)
pytest.importorskip("onnxruntime", reason="ONNX Runtime has no wheel for this C library", exc_type=ImportError)

FAMILIES = [
    (ModelType.YOLO, "write_yolo", DetectorType.ONNX),
    (ModelType.YOLO, "write_yolo", DetectorType.CPU),
    (ModelType.YOLO, "write_yolo", DetectorType.OPENVINO),
    (ModelType.YOLO_NAS, "write_yolo_nas", DetectorType.ONNX),
    (ModelType.DFINE, "write_dfine", DetectorType.ONNX),
    (ModelType.DFINE, "write_dfine", DetectorType.OPENVINO),
    (ModelType.RFDETR, "write_rfdetr", DetectorType.ONNX),
]


def own(path: Path, kind: ModelType, **more: Any) -> ModelConfig:
    """Return the configuration of a tiny model, its labels in a file beside it."""
    labels = path.with_name("labels.txt")
    labels.write_text("red\ngreen\nblue\n")
    return ModelConfig(
        **{
            "path": path,
            "model_type": kind,
            "width": tiny.SIDE,
            "height": tiny.SIDE,
            "labelmap_path": labels,
            "input_tensor": TensorLayout.NCHW,
        }
        | more
    )


def detector(kind: DetectorType) -> DetectorConfig:
    return DetectorConfig(name="own", type=kind, device="AUTO", num_threads=1)


def found_in(pool: DetectorPool, colour: tuple[int, int, int]) -> list[tuple[str, tuple[float, ...]]]:
    """Return labels and boxes of what is in a picture of one colour."""

    def fill(out: Rgb) -> None:
        out[:] = colour

    (answer,) = pool.detect([fill])
    assert answer is not None
    return [(found.label, tuple(round(side, 3) for side in found.box)) for found in answer]


@pytest.mark.parametrize(("kind", "write", "runtime"), FAMILIES)
def test_family_detects(tmp_path: Path, kind: ModelType, write: str, runtime: DetectorType) -> None:
    path = getattr(tiny, write)(tmp_path / "own.onnx")
    with running(detector(runtime), model=own(path, kind)) as pool:
        assert found_in(pool, (255, 0, 0)) == [("red", tiny.BOX)]
        assert found_in(pool, (0, 0, 255)) == [("blue", tiny.BOX)]
        assert found_in(pool, (0, 0, 0)) == []


def test_model_of_another_family_is_refused_at_the_start(tmp_path: Path) -> None:
    path = tiny.write_rfdetr(tmp_path / "own.onnx")
    with (
        pytest.raises(
            DetectorError, match=r"model\.path: outputs dets \(1, 1, 4\), logits \(1, 1, 4\); a model of .* yolox"
        ),
        running(detector(DetectorType.ONNX), model=own(path, ModelType.YOLOX)),
    ):
        pass


def test_labels_of_another_model_are_refused_at_the_start(tmp_path: Path) -> None:
    path = tiny.write_yolo(tmp_path / "own.onnx")
    with (
        pytest.raises(DetectorError, match=r"model\.labelmap_path: the model has 3 classes, but there are 80 labels"),
        running(detector(DetectorType.ONNX), model=own(path, ModelType.YOLO, labelmap_path=None)),
    ):
        pass


@pytest.mark.skipif(find_spec("openvino") is None, reason="OpenVINO has no wheel for this C library")
def test_without_its_runtime_openvino_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hide_package("onnxruntime", tmp_path, monkeypatch)
    path = tiny.write_yolo(tmp_path / "own.onnx")
    with running(detector(DetectorType.ONNX), model=own(path, ModelType.YOLO)) as pool:
        assert found_in(pool, (0, 255, 0)) == [("green", tiny.BOX)]


@pytest.mark.parametrize(
    ("kind", "count", "last"), [(ModelType.YOLO, 80, "toothbrush"), (ModelType.RFDETR, 90, "toothbrush")]
)
def test_usual_labels_of_a_family(tmp_path: Path, kind: ModelType, count: int, last: str) -> None:
    path = tiny.write_yolo(tmp_path / "own.onnx")
    labels = load_model(own(path, kind, labelmap_path=None)).labels
    assert (labels[0], max(labels) + 1, labels[max(labels)]) == ("person", count, last)
