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
from ..config.model import ColorOrder, InputType, ModelConfig, TensorLayout
from ..errors import ConfigError

_SCALES: Final[Mapping[InputType | None, tuple[float, float]]] = {
    None: (127.5, 127.5),
    InputType.INT: (127.5, 127.5),  # has no meaning for a float model
    InputType.FLOAT: (0.0, 255.0),
    InputType.FLOAT_DENORM: (0.0, 1.0),
}
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
    decode raw heads; without one, the model must end in the post-processing with four outputs. Only OpenVINO and remote
    detectors support other formats. Raises ConfigError.
    """
    values = _translated(lambda: read_description(BUNDLED))
    bundled = _Own(_translated(lambda: spec_from_description(BUNDLED, values)), int(values["classes"]))
    default_labels = BUNDLED.parent / str(values["labels"])
    model, classes = _own_model(config, config.path, bundled.model) if config.path else bundled
    _check_size(config, model)
    labels_file = config.labelmap_path or default_labels
    labels = read_labels(labels_file) | dict(config.labelmap)
    _check_labels(config, labels, classes)
    if config.path and model.tflite:
        has_default_labels = labels_file == default_labels or read_labels(labels_file) == read_labels(default_labels)
        model = replace(model, fallback=_fallback(config.path, bundled.model if has_default_labels else None))
    return LoadedModel(model, MappingProxyType(labels))


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
    mean, std = _SCALES[config.input_type]
    model = ModelSpec(
        width=config.width or bundled.width,
        height=config.height or bundled.height,
        decoder=DecoderKind.SSD_POSTPROCESS,
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
    if len(header.outputs) != 4:
        outputs = ", ".join(f"{output.name} {output.shape}" for output in header.outputs)
        mend = "use a model that ends in TFLite_Detection_PostProcess (four outputs), or add a description next to it"
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


def _fallback(path: Path, bundled: ModelSpec | None) -> ModelSpec | None:
    """Return the model that the CPU runs while a Coral is unavailable.

    This is the uncompiled model next to it, otherwise the bundled model if the labels are the same.
    """
    source = path.with_stem(path.stem.removesuffix(_CORAL_ENDING))
    if source != path and source.is_file():
        width, height, is_nchw = _translated(lambda: picture_size(read_header(source), source))
        return ModelSpec(
            width=width,
            height=height,
            is_nchw=is_nchw,
            decoder=DecoderKind.SSD_POSTPROCESS,
            tflite=TfliteFile(model=str(source)),
        )
    return bundled


def _translated[T](read: Callable[[], T]) -> T:
    try:
        return read()
    except DescriptionError as err:
        problem, _, mend = str(err).rpartition("; ")
        raise ConfigError("model.path", problem, mend) from err
