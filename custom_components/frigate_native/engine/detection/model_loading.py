"""Which files make up the model, what its label numbers mean, and whether all of that fits together."""

from collections.abc import Callable, Iterable, Iterator, Mapping
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
from ..config.model import ColorOrder, InputType, ModelConfig, TensorLayout
from ..errors import ConfigError

_SCALES: Final[Mapping[InputType | None, tuple[float, float]]] = {
    None: (127.5, 127.5),
    InputType.INT: (127.5, 127.5),  # for a float model it means nothing
    InputType.FLOAT: (0.0, 255.0),
    InputType.FLOAT_DENORM: (0.0, 1.0),
}
_CORAL_ENDING: Final = "_edgetpu"  # of its compiler's files


class LoadedModel(NamedTuple):
    """A model as detectors need it, and its labels by number."""

    model: ModelSpec
    labels: Mapping[int, str]


class _Own(NamedTuple):
    """A model of the user's own; classes None: it does not say how many kinds of objects it tells."""

    model: ModelSpec
    classes: int | None


def load_model(config: ModelConfig) -> LoadedModel:
    """Return the model that the configuration asks for, the bundled one where it says nothing.

    A model of the user's own is a .tflite file. A description beside it (the same name, .json, as the bundled
    model has) tells how to decode raw heads; without one it must end in the four-output post-processing.
    Only OpenVINO and a detector elsewhere know others. Raises ConfigError.
    """
    values = _translated(lambda: read_description(BUNDLED))
    bundled = _Own(_translated(lambda: spec_from_description(BUNDLED, values)), int(values["classes"]))
    usual_labels = BUNDLED.parent / str(values["labels"])
    model, classes = _own_model(config, config.path, bundled.model) if config.path else bundled
    _check_size(config, model)
    labels_file = config.labelmap_path or usual_labels
    labels = read_labels(labels_file) | dict(config.labelmap)
    _check_labels(config, labels, classes)
    if config.path and model.tflite:
        has_usual_labels = labels_file == usual_labels or read_labels(labels_file) == read_labels(usual_labels)
        model = replace(model, fallback=_fallback(config.path, bundled.model if has_usual_labels else None))
    return LoadedModel(model, MappingProxyType(labels))


def read_labels(file: Path) -> dict[int, str]:
    """Return names by number: one a line, with or without its number before it; raises ConfigError."""
    place = "model.labelmap_path"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        reason = (err.strerror or str(err)) if isinstance(err, OSError) else str(err)
        raise ConfigError(place, f"{file} cannot be read ({reason})", "give a text file of labels") from err
    labels = dict(_numbered(lines))
    if not labels:
        raise ConfigError(place, f"{file} holds no label", "give one label a line")
    return labels


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for index, line in enumerate(lines):
        number, _, name = line.strip().partition(" ")
        if number.isdecimal() and name:
            yield int(number), name.strip()
        elif line.strip():
            yield index, line.strip()


def _own_model(config: ModelConfig, path: Path, bundled: ModelSpec) -> _Own:
    if not path.is_file():
        raise ConfigError("model.path", f"there is no file {path}", "give the path of a .tflite model")
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
    """Compare what the user says of a model with what the file says of itself."""
    width, height, is_nchw = _translated(lambda: picture_size(header, path))
    if is_nchw != model.is_nchw:
        wanted = "nchw" if is_nchw else "nhwc"
        raise ConfigError("model.input_tensor", f"{path} takes {wanted}", f"set it to {wanted}")
    for key, found, wanted_side in (("width", model.width, width), ("height", model.height, height)):
        if found != wanted_side:
            mend = f"set width: {width} and height: {height}"
            raise ConfigError(f"model.{key}", f"{found}, but {path} takes pictures of {width}x{height}", mend)
    if len(header.outputs) != 4:
        outputs = ", ".join(f"{output.name} {output.shape}" for output in header.outputs)
        mend = "it must end in TFLite_Detection_PostProcess (four outputs), or have a description beside it"
        raise ConfigError("model.path", f"{path} gives {outputs}", mend)


def _check_size(config: ModelConfig, model: ModelSpec) -> None:
    for key, found, wanted in (
        ("width", config.width, model.width),
        ("height", config.height, model.height),
    ):
        if found not in {None, wanted}:
            raise ConfigError(f"model.{key}", f"{found}, but the model wants {wanted}", f"set it to {wanted}")


def _check_labels(config: ModelConfig, labels: Mapping[int, str], classes: int | None) -> None:
    """Compare the labels with the kinds of objects that the model tells, where both are known."""
    if classes is None or max(labels) + 1 == classes:
        return
    if config.labelmap_path is None and all(number in config.labelmap for number in range(classes)):
        return  # all are named one by one, so that the usual ones beyond them do no harm
    beyond = [number for number in config.labelmap if number >= classes]
    if beyond:
        problem = f"{beyond[0]} is no number that the model tells"
        raise ConfigError("model.labelmap", problem, f"numbers from 0 to {classes - 1}")
    where = config.labelmap_path or "the usual list, as none is given,"
    problem = f"{where} names {max(labels) + 1} kinds of objects, but the model tells {classes}"
    raise ConfigError("model.labelmap_path", problem, f"give a file with the {classes} labels of this model")


def _fallback(path: Path, bundled: ModelSpec | None) -> ModelSpec | None:
    """Return what the CPU runs when this is a model for a Coral that cannot be used.

    The model that it was compiled from, where it stands beside it; the bundled one, where the labels mean the same.
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
