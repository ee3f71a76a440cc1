"""Load the configured model's description and labels, and check that they match."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from ...detector.description import (
    BUNDLED,
    DescriptionError,
    picture_size,
    read_description,
    read_header,
    spec_from_description,
)
from ...detector.protocol import DecoderKind, ModelSpec, TfliteFile
from ...detector.tflite import TfliteInfo
from ..config.label_files import read_labels
from ..config.model import ColorOrder, InputType, ModelConfig, ModelType, TensorLayout
from ..errors import ConfigError

_SIGNED, _UNIT, _BYTES = (127.5, 127.5), (0.0, 255.0), (0.0, 1.0)  # mean and divisor for -1..1, 0..1 and 0..255
_SCALES: Final[Mapping[InputType | None, tuple[float, float]]] = {
    InputType.FLOAT: _UNIT,
    InputType.FLOAT_DENORM: _BYTES,
}
_USUAL_SCALES: Final[Mapping[ModelType, tuple[float, float]]] = {ModelType.SSD: _SIGNED, ModelType.YOLOX: _BYTES}
_DECODERS: Final[Mapping[ModelType, DecoderKind]] = {
    ModelType.SSD: DecoderKind.SSD_POSTPROCESS,
    ModelType.YOLO: DecoderKind.YOLO,
    ModelType.YOLOX: DecoderKind.YOLOX,
    ModelType.YOLO_NAS: DecoderKind.YOLO_NAS,
    ModelType.DFINE: DecoderKind.DFINE,
    ModelType.RFDETR: DecoderKind.RFDETR,
}
_WITH_ALL_COCO_NUMBERS: Final = (ModelType.SSD, ModelType.RFDETR)  # 90 classes, ten of them never used; others have 80
_CORAL_ENDING: Final = "_edgetpu"  # added to file names by the Edge TPU compiler


class LoadedModel(NamedTuple):
    """A model and its labels by number."""

    model: ModelSpec
    labels: Mapping[int, str]


class _Own(NamedTuple):
    """A custom model; classes None: its number of classes is unknown."""

    model: ModelSpec
    classes: int | None


def load_model(config: ModelConfig) -> LoadedModel:
    """Return the configured model, or the bundled one.

    A custom model is a .tflite file. A description next to it (same name, .json, like the bundled model's) says how to
    decode raw heads; without one, `model_type` does. LiteRT and the Coral read .tflite files, ONNX Runtime .onnx files,
    OpenVINO and remote detectors more. Raises ConfigError.
    """
    values = _translated(lambda: read_description(BUNDLED))
    bundled = _Own(_translated(lambda: spec_from_description(BUNDLED, values)), int(values["classes"]))
    default_labels = read_labels(BUNDLED.parent / str(values["labels"]))
    model, classes = _own_model(config, config.path, bundled.model) if config.path else bundled
    _check_size(config, model)
    listed = read_labels(config.labelmap_path) if config.labelmap_path else _usual_labels(config, default_labels)
    labels = listed | dict(config.labelmap)
    _check_labels(config, labels, classes)
    if config.path and config.model_type is not ModelType.SSD:
        model = replace(model, classes=max(labels) + 1)
    if config.path and model.tflite:
        has_default_labels = listed == default_labels
        model = replace(model, fallback=_fallback(config.path, model, bundled.model if has_default_labels else None))
    return LoadedModel(model, MappingProxyType(labels))


def _usual_labels(config: ModelConfig, bundled: Mapping[int, str]) -> dict[int, str]:
    """Return the labels of a COCO model of the configured type."""
    if config.path is None or config.model_type in _WITH_ALL_COCO_NUMBERS:
        return dict(bundled)
    return dict(enumerate(bundled[number] for number in sorted(bundled)))


def bundled_labels() -> frozenset[str]:
    """Return the labels of the bundled model."""
    values = _translated(lambda: read_description(BUNDLED))
    return frozenset(read_labels(BUNDLED.parent / str(values["labels"])).values())


def _own_model(config: ModelConfig, path: Path, bundled: ModelSpec) -> _Own:
    if not path.is_file():
        raise ConfigError("model.path", f"{path} does not exist", "enter the path of a .tflite model")
    beside = path.with_suffix(".json")
    if beside.is_file():
        values = _translated(lambda: read_description(beside))
        classes = values.get("classes")
        return _Own(_translated(lambda: spec_from_description(beside, values)), int(classes) if classes else None)
    mean, std = _SCALES.get(config.input_type) or _USUAL_SCALES.get(config.model_type, _UNIT)
    model = ModelSpec(
        width=config.width or bundled.width,
        height=config.height or bundled.height,
        decoder=_DECODERS[config.model_type],
        is_nchw=config.input_tensor is TensorLayout.NCHW,
        is_bgr=config.input_pixel_format is ColorOrder.BGR,
        mean=mean,
        std=std,
    )
    if path.suffix != ".tflite":
        return _Own(replace(model, other=str(path)), None)
    header = _translated(lambda: read_header(path))
    _check_header(model, header, path)
    return _Own(replace(model, tflite=TfliteFile(model=str(path))), header.classes)


def _check_header(model: ModelSpec, header: TfliteInfo, path: Path) -> None:
    """Compare the configuration of a model with its file."""
    width, height, is_nchw = _translated(lambda: picture_size(header, path))
    if is_nchw != model.is_nchw:
        layout = "nchw" if is_nchw else "nhwc"
        raise ConfigError("model.input_tensor", f"{path} expects {layout}", f"set it to {layout}")
    for key, found, expected in (("width", model.width, width), ("height", model.height, height)):
        if found != expected:
            mend = f"set width: {width} and height: {height}"
            raise ConfigError(f"model.{key}", f"{found}, but {path} expects images of {width}x{height}", mend)
    if model.decoder is DecoderKind.SSD_POSTPROCESS and len(header.outputs) != 4:
        outputs = ", ".join(f"{output.name} {output.shape}" for output in header.outputs)
        mend = (
            "set model.model_type if it is another kind of model, use one that ends in TFLite_Detection_PostProcess "
            "(four outputs), or add a description next to it"
        )
        raise ConfigError("model.path", f"{path} has the outputs {outputs}", mend)


def _check_size(config: ModelConfig, model: ModelSpec) -> None:
    for key, found, expected in (
        ("width", config.width, model.width),
        ("height", config.height, model.height),
    ):
        if found not in {None, expected}:
            raise ConfigError(f"model.{key}", f"{found}, but the model expects {expected}", f"set it to {expected}")


def _check_labels(config: ModelConfig, labels: Mapping[int, str], classes: int | None) -> None:
    """Compare the labels with the model's number of classes, if both are known."""
    if classes is None or max(labels) + 1 == classes:
        return
    if config.labelmap_path is None and all(number in config.labelmap for number in range(classes)):
        return  # every class has its own label, so extra default labels do no harm
    beyond = [number for number in config.labelmap if number >= classes]
    if beyond:
        problem = f"the model has no class {beyond[0]}"
        raise ConfigError("model.labelmap", problem, f"use numbers from 0 to {classes - 1}")
    where = config.labelmap_path or "the default list"
    problem = f"{where} has {max(labels) + 1} labels, but the model has {classes} classes"
    raise ConfigError("model.labelmap_path", problem, f"use a file with this model's {classes} labels")


def _fallback(path: Path, own: ModelSpec, bundled: ModelSpec | None) -> ModelSpec | None:
    """Return the model that the CPU runs while a Coral is unavailable.

    This is the uncompiled model next to it, otherwise the bundled model if the labels are the same.
    """
    source = path.with_stem(path.stem.removesuffix(_CORAL_ENDING))
    if source != path and source.is_file():
        width, height, is_nchw = _translated(lambda: picture_size(read_header(source), source))
        return replace(own, width=width, height=height, is_nchw=is_nchw, tflite=TfliteFile(model=str(source)))
    return bundled


def _translated[T](read: Callable[[], T]) -> T:
    try:
        return read()
    except DescriptionError as err:
        problem, _, mend = str(err).rpartition("; ")
        raise ConfigError("model.path", problem, mend) from err
