"""Which files make up the model, and what its label numbers mean."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from ...detector.protocol import DecoderKind, ModelSpec, NcnnFiles, TfliteFile
from ..config.model import ColorOrder, ModelConfig, TensorLayout
from ..errors import ConfigError

_BUNDLED: Final = Path(__file__).resolve().parents[2] / "models" / "ssdlite_mobilenet_v2.json"


class LoadedModel(NamedTuple):
    """A model as detectors need it, and its labels by number."""

    model: ModelSpec
    labels: Mapping[int, str]


def load_model(config: ModelConfig) -> LoadedModel:
    """Return the model that the configuration asks for, the bundled one where it says nothing.

    A model of the user's own is a .tflite file. A description beside it (the same name, .json, as the bundled
    model has) tells how to decode raw heads; without one it must end in the four-output post-processing.
    Raises ConfigError.
    """
    bundled = _read_description(_BUNDLED)
    model = _own_model(config, config.path, bundled) if config.path else _described(_BUNDLED, bundled)
    if not config.path:
        _check_size(config, model)
    labels_file = config.labelmap_path or _BUNDLED.parent / str(bundled["labels"])
    labels = read_labels(labels_file)
    return LoadedModel(model, MappingProxyType(labels | dict(config.labelmap)))


def read_labels(file: Path) -> dict[int, str]:
    """Return names by number: one a line, with or without its number before it; raises ConfigError."""
    place = "model.labelmap_path"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        raise ConfigError(place, f"{file} cannot be read ({_reason(err)})", "give a text file of labels") from err
    labels = dict(_numbered(lines))
    if not labels:
        raise ConfigError(place, f"{file} holds no label", "give one label a line")
    return labels


def _numbered(lines: Iterable[str]) -> Iterable[tuple[int, str]]:
    for index, line in enumerate(lines):
        number, _, name = line.strip().partition(" ")
        if number.isdecimal() and name:
            yield int(number), name.strip()
        elif line.strip():
            yield index, line.strip()


def _own_model(config: ModelConfig, path: Path, bundled: Mapping[str, Any]) -> ModelSpec:
    if not path.is_file():
        raise ConfigError("model.path", f"there is no file {path}", "give the path of a .tflite model")
    description = path.with_suffix(".json")
    if description.is_file():
        model = _described(description, _read_description(description))
        _check_size(config, model)
        return model
    return ModelSpec(
        width=config.width or bundled["input"]["width"],
        height=config.height or bundled["input"]["height"],
        decoder=DecoderKind.SSD_POSTPROCESS,
        is_nchw=config.input_tensor is TensorLayout.NCHW,
        is_bgr=config.input_pixel_format is ColorOrder.BGR,
        tflite=TfliteFile(model=str(path)),
    )


def _check_size(config: ModelConfig, model: ModelSpec) -> None:
    for key, found, wanted in (
        ("width", config.width, model.width),
        ("height", config.height, model.height),
    ):
        if found not in {None, wanted}:
            raise ConfigError(f"model.{key}", f"{found}, but the model wants {wanted}", f"set it to {wanted}")


def _read_description(file: Path) -> dict[str, Any]:
    try:
        description = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as err:
        raise ConfigError("model", f"{file} cannot be read ({_reason(err)})", "put the file back") from err
    if not isinstance(description, dict):
        raise ConfigError("model", f"{file} holds no JSON object", "put the file back")
    return description


def _described(file: Path, values: Mapping[str, Any]) -> ModelSpec:
    """Return the model that a description beside its files tells of."""
    try:
        return _from_description(file.parent, values)
    except (KeyError, TypeError, ValueError) as err:
        raise ConfigError("model", f"{file} lacks {err}", "describe the model as the bundled one is") from err


def _from_description(folder: Path, values: Mapping[str, Any]) -> ModelSpec:
    shape, tflite, ncnn = values["input"], values.get("tflite"), values.get("ncnn")
    return ModelSpec(
        width=int(shape["width"]),
        height=int(shape["height"]),
        decoder=DecoderKind(values["decoder"]),
        is_nchw=shape.get("layout", "nhwc") == "nchw",
        is_bgr=shape.get("color", "rgb") == "bgr",
        tflite=tflite and _tflite_file(folder, tflite),
        ncnn=ncnn and _ncnn_files(folder, ncnn),
        anchors=str(folder / values["anchors"]) if "anchors" in values else "",
        box_scales=_four(values.get("box_scales", (10, 10, 5, 5))),
        background_classes=int(values.get("background_classes", 0)),
    )


def _four(values: Iterable[float]) -> tuple[float, float, float, float]:
    first, second, third, fourth = (float(value) for value in values)
    return first, second, third, fourth


def _tflite_file(folder: Path, values: Mapping[str, str]) -> TfliteFile:
    return TfliteFile(
        model=str(folder / values["model"]), boxes=values.get("boxes", ""), scores=values.get("scores", "")
    )


def _ncnn_files(folder: Path, values: Mapping[str, str]) -> NcnnFiles:
    return NcnnFiles(
        param=str(folder / values["param"]),
        bin=str(folder / values["bin"]),
        input=values["input"],
        boxes=values["boxes"],
        scores=values["scores"],
    )


def _reason(err: Exception) -> str:
    return (err.strerror or str(err)) if isinstance(err, OSError) else str(err)
