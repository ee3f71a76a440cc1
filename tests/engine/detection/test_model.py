"""Which model, which labels, which detector; and what is said when they do not fit."""

import json
import shutil
from pathlib import Path

import pytest

from custom_components.frigate_native.detector.protocol import DecoderKind
from custom_components.frigate_native.engine.config.model import (
    ColorOrder,
    DetectorConfig,
    DetectorType,
    ModelConfig,
    TensorLayout,
)
from custom_components.frigate_native.engine.detection.discovery import default_detector
from custom_components.frigate_native.engine.detection.model import load_model, read_labels
from custom_components.frigate_native.engine.errors import ConfigError, DetectorError
from custom_components.frigate_native.engine.frame import Rgb
from tests.engine.detection.pools import MODELS, filler, persons, running

BUNDLED = MODELS / "ssdlite_mobilenet_v2.tflite"


def test_bundled_model_knows_the_seeds_labels() -> None:
    loaded = load_model(ModelConfig())
    assert (loaded.model.width, loaded.model.height) == (300, 300)
    assert len(loaded.labels) == 80
    assert loaded.labels[0] == "person"
    assert loaded.labels[2] == loaded.labels[7] == "car"  # a truck counts as a car
    assert loaded.labels[89] == "toothbrush"


def test_labels_are_renamed_and_merged() -> None:
    labels = load_model(ModelConfig(labelmap={2: "vehicle", 3: "vehicle"})).labels
    assert (labels[2], labels[3], labels[0]) == ("vehicle", "vehicle", "person")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("person\ncar\n", {0: "person", 1: "car"}),
        ("0  person\n2  car\n\n", {0: "person", 2: "car"}),
        ("traffic light\n  stop sign \n", {0: "traffic light", 1: "stop sign"}),
    ],
    ids=["plain", "numbered", "two words"],
)
def test_label_files_are_read(tmp_path: Path, text: str, labels: dict[int, str]) -> None:
    file = tmp_path / "labels.txt"
    file.write_text(text)
    assert read_labels(file) == labels


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe\x00"], ids=["missing", "empty", "no text"])
def test_label_file_that_is_none_is_told(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "labels.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"model\.labelmap_path: .*labels\.txt"):
        load_model(ModelConfig(labelmap_path=file))


def test_size_that_the_bundled_model_has_not_is_told() -> None:
    with pytest.raises(ConfigError, match=r"model\.width: 320, but the model wants 300; set it to 300"):
        load_model(ModelConfig(width=320, height=300))


def test_missing_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"model\.path: there is no file .*none\.tflite"):
        load_model(ModelConfig(path=tmp_path / "none.tflite", width=320, height=320))


def test_own_model_has_four_outputs_unless_described(tmp_path: Path) -> None:
    path = Path(shutil.copy(BUNDLED, tmp_path / "own.tflite"))
    own = load_model(
        ModelConfig(path=path, width=640, height=320, input_tensor=TensorLayout.NCHW, input_pixel_format=ColorOrder.BGR)
    ).model
    assert own.decoder is DecoderKind.SSD_POSTPROCESS
    assert (own.width, own.height, own.is_nchw, own.is_bgr) == (640, 320, True, True)


def test_own_model_with_a_description_beside_it_detects(tmp_path: Path, walkers: Rgb) -> None:
    path = Path(shutil.copy(BUNDLED, tmp_path / "own.tflite"))
    description = json.loads((MODELS / "ssdlite_mobilenet_v2.json").read_text())
    shutil.copy(MODELS / description["anchors"], tmp_path)
    description["tflite"]["model"] = "own.tflite"
    del description["ncnn"]
    (tmp_path / "own.json").write_text(json.dumps(description))
    with running(model=ModelConfig(path=path, width=300, height=300)) as pool:
        assert persons(pool.detect([filler(walkers)])[0]) == 2


@pytest.mark.parametrize(
    ("size", "layout", "words"),
    [
        ((320, 300), TensorLayout.NHWC, r"model\.width: 320, model\.height: 300, but .* wants 300x300; set width: 300"),
        ((300, 300), TensorLayout.NCHW, r"model\.input_tensor must be nhwc"),
        ((300, 300), TensorLayout.NHWC, r"must end in TFLite_Detection_PostProcess \(four outputs\)"),
    ],
    ids=["size", "layout", "outputs"],
)
def test_model_that_does_not_fit_is_told(
    tmp_path: Path, size: tuple[int, int], layout: TensorLayout, words: str
) -> None:
    path = Path(shutil.copy(BUNDLED, tmp_path / "own.tflite"))
    with (
        pytest.raises(DetectorError, match=words),
        running(model=ModelConfig(path=path, width=size[0], height=size[1], input_tensor=layout)),
    ):
        pass


def test_file_that_is_no_model_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.tflite"
    path.write_bytes(b"not a model")
    with (
        pytest.raises(DetectorError, match=r"model\.path: .*own\.tflite cannot be loaded"),
        running(model=ModelConfig(path=path, width=300, height=300)),
    ):
        pass


def test_coral_without_its_library_is_not_chosen(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert default_detector(tmp_path) == DetectorConfig(name="cpu", type=DetectorType.CPU)
    device = tmp_path / "1-2"
    device.mkdir()
    (device / "idVendor").write_text("18d1\n")
    (device / "idProduct").write_text("9302\n")
    assert default_detector(tmp_path).name == "cpu"
    assert "libedgetpu.so.1 is not installed" in caplog.text
