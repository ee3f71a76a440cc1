"""Which model, which labels, which detector; and what is said when they do not fit."""

import contextlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from custom_components.frigate_native.detector.protocol import DecoderKind
from custom_components.frigate_native.detector.tflite import TfliteError, read_tflite
from custom_components.frigate_native.engine.config.label_files import read_labels
from custom_components.frigate_native.engine.config.model import (
    ColorOrder,
    DetectorConfig,
    DetectorType,
    InputType,
    ModelConfig,
    TensorLayout,
)
from custom_components.frigate_native.engine.detection.discovery import default_detector
from custom_components.frigate_native.engine.detection.model_loading import load_model
from custom_components.frigate_native.engine.errors import ConfigError
from custom_components.frigate_native.engine.frame import Rgb
from tests.engine.detection.pools import MODELS, filler, persons, running
from tests.engine.detection.tiny_models import labels_in, own_model, write_model

BUNDLED = MODELS / "ssdlite_mobilenet_v2.tflite"


def test_bundled_model_has_the_labels_of_frigate_0_8() -> None:
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
def test_unreadable_label_file_is_reported(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "labels.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"model\.labelmap_path: .*labels\.txt"):
        load_model(ModelConfig(labelmap_path=file))


@pytest.mark.parametrize("line", ["car+", "#", "a\x07b", "x" * 101], ids=["plus", "hash", "control", "long"])
def test_label_that_no_topic_can_have_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "labels.txt"
    file.write_text(f"person\n{line}\n")
    with pytest.raises(ConfigError, match=r"model\.labelmap_path: .*labels\.txt .*number 1: the label"):
        read_labels(file)


def test_wrong_size_of_the_bundled_model_is_reported() -> None:
    with pytest.raises(ConfigError, match=r"model\.width: 320, but the model expects 300; set it to 300"):
        load_model(ModelConfig(width=320, height=300))


def test_missing_model_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"model\.path: .*none\.tflite does not exist"):
        load_model(ModelConfig(path=tmp_path / "none.tflite", width=320, height=320))


def test_own_model_is_as_the_configuration_says(tmp_path: Path) -> None:
    config = own_model(
        write_model(tmp_path / "own.tflite", is_nchw=True, dtype="float32"),
        tmp_path,
        input_tensor=TensorLayout.NCHW,
        input_pixel_format=ColorOrder.BGR,
        input_type=InputType.FLOAT,
    )
    own, labels = load_model(config)
    assert own.decoder is DecoderKind.SSD_POSTPROCESS
    assert (own.width, own.height, own.is_nchw, own.is_bgr, own.mean, own.std) == (48, 32, True, True, 0, 255)
    assert labels == {0: "green", 1: "blue"}


@pytest.mark.parametrize("dtype", ["uint8", "int8", "float32"])
@pytest.mark.parametrize("layout", TensorLayout)
@pytest.mark.parametrize("order", ColorOrder)
def test_own_model_detects(tmp_path: Path, dtype: str, layout: TensorLayout, order: ColorOrder) -> None:
    """Boxes, labels and colours are right in every order of the input: the detector's child does what was said."""
    path = write_model(tmp_path / "own.tflite", dtype=dtype, is_nchw=layout is TensorLayout.NCHW)
    scale = InputType.FLOAT if dtype == "float32" else None
    model = own_model(path, tmp_path, input_tensor=layout, input_pixel_format=order, input_type=scale)
    with running(model=model) as pool:
        assert labels_in(pool, green=255) == ["green"]
        blue_is = {"blue": 255} if order is ColorOrder.RGB else {"red": 255}  # BGR to the model: red comes last
        assert labels_in(pool, **blue_is) == ["blue"]
        assert labels_in(pool) == []


def test_own_models_labels_are_renamed_and_merged(tmp_path: Path) -> None:
    path = write_model(tmp_path / "own.tflite")
    with running(model=own_model(path, tmp_path, labelmap={0: "plant", 1: "plant"})) as pool:
        assert labels_in(pool, green=255) == labels_in(pool, blue=255) == ["plant"]


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
    ("more", "path", "words"),
    [
        (
            {"width": 300, "height": 300},
            "model.width",
            r"300, but .* expects images of 48x32; set width: 48 and height",
        ),
        ({"height": 48}, "model.height", r"48, but .* expects images of 48x32; set width: 48 and height: 32"),
        ({"input_tensor": TensorLayout.NCHW}, "model.input_tensor", r"expects nhwc; set it to nhwc"),
        (
            {"labelmap_path": None},
            "model.labelmap_path",
            r"the default list has 90 .* has 2 classes; use a file .* 2 labels",
        ),
        ({"labelmap": {2: "red"}}, "model.labelmap", r"the model has no class 2; use numbers from 0 to 1"),
    ],
    ids=["size", "height", "layout", "no labels", "label"],
)
def test_mismatching_model_error_names_the_key(tmp_path: Path, more: dict[str, Any], path: str, words: str) -> None:
    model = own_model(write_model(tmp_path / "own.tflite"), tmp_path, **more)
    with pytest.raises(ConfigError, match=words) as caught:
        load_model(model)
    assert caught.value.path == path


def test_wrong_number_of_labels_is_reported(tmp_path: Path) -> None:
    model = own_model(write_model(tmp_path / "own.tflite"), tmp_path)
    (tmp_path / "tiny.txt").write_text("???\ngreen\nblue\n")
    with pytest.raises(ConfigError, match=r"model\.labelmap_path: .*tiny\.txt has 3 .* but the model has 2"):
        load_model(model)
    (tmp_path / "coco.txt").write_text("\n".join(f"thing {number}" for number in range(80)))
    with pytest.raises(ConfigError, match=r"model\.labelmap_path: .*coco\.txt has 80 .* but the model has 90"):
        load_model(ModelConfig(labelmap_path=tmp_path / "coco.txt"))


def test_labels_named_one_by_one_need_no_file(tmp_path: Path) -> None:
    model = own_model(
        write_model(tmp_path / "own.tflite"), tmp_path, labelmap_path=None, labelmap={0: "green", 1: "blue"}
    )
    assert load_model(model).labels[1] == "blue"


def test_raw_heads_without_a_description_are_reported(tmp_path: Path) -> None:
    path = Path(shutil.copy(BUNDLED, tmp_path / "own.tflite"))
    with pytest.raises(
        ConfigError, match=r"model\.path: .* has the outputs boxes .*ends in TFLite_Detection_PostProcess"
    ):
        load_model(ModelConfig(path=path, width=300, height=300))


@pytest.mark.parametrize("length", [0, 11, 64, 600, 1400])
def test_file_that_is_not_a_model_is_reported(tmp_path: Path, length: int) -> None:
    path = write_model(tmp_path / "own.tflite")
    whole = path.read_bytes()
    path.write_bytes(whole[:length])
    with pytest.raises(ConfigError, match=r"model\.path: .*own\.tflite cannot be loaded"):
        load_model(own_model(path, tmp_path))


def test_damaged_model_never_surprises(tmp_path: Path) -> None:
    path = write_model(tmp_path / "own.tflite")
    whole, random = path.read_bytes(), np.random.default_rng(7)
    for _ in range(300):
        damaged = bytearray(whole)
        for place in random.integers(8, len(whole), 12):
            damaged[place] = random.integers(256)
        path.write_bytes(damaged)
        with contextlib.suppress(TfliteError):
            read_tflite(path)


def test_coral_without_its_library_is_not_chosen(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert default_detector(tmp_path) == DetectorConfig(name="cpu", type=DetectorType.CPU)
    device = tmp_path / "1-2"
    device.mkdir()
    (device / "idVendor").write_text("18d1\n")
    (device / "idProduct").write_text("9302\n")
    assert default_detector(tmp_path).name == "cpu"
    assert "libedgetpu.so.1 is not installed" in caplog.text
