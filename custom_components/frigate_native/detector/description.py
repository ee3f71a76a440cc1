"""Read how to run a model from its file and from the optional description next to it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from .protocol import DecoderKind, ModelSpec, NcnnFiles, TfliteFile
from .tflite import TfliteError, TfliteInfo, read_tflite

BUNDLED: Final = Path(__file__).resolve().parents[1] / "models" / "ssdlite_mobilenet_v2.json"


class DescriptionError(ValueError):
    """A model's description is missing or wrong; the message names the file, the problem and the fix."""


def read_description(file: Path) -> dict[str, Any]:
    """Return a description file's content; raises DescriptionError."""
    try:
        description = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as err:
        raise DescriptionError(f"{file} cannot be read ({_reason(err)}); restore the file") from err
    if not isinstance(description, dict):
        raise DescriptionError(f"{file} does not contain a JSON object; restore the file")
    return description


def spec_from_description(file: Path, values: Mapping[str, Any]) -> ModelSpec:
    """Return the model for a description; its files are in the same folder. Raises DescriptionError."""
    try:
        return _from_description(file.parent, values)
    except (KeyError, TypeError, ValueError) as err:
        raise DescriptionError(f"{file} lacks {err}; compare it with the bundled model's description") from err


def spec_from_file(file: Path) -> ModelSpec:
    """Return a .tflite model from the description next to it, or from its own header; raises DescriptionError."""
    beside = file.with_suffix(".json")
    if beside.is_file():
        return spec_from_description(beside, read_description(beside))
    width, height, is_nchw = picture_size(read_header(file), file)
    return ModelSpec(
        width=width,
        height=height,
        is_nchw=is_nchw,
        decoder=DecoderKind.SSD_POSTPROCESS,
        tflite=TfliteFile(model=str(file)),
    )


def read_header(file: Path) -> TfliteInfo:
    """Return a .tflite file's inputs and outputs; raises DescriptionError."""
    try:
        return read_tflite(file)
    except (OSError, TfliteError) as err:
        raise DescriptionError(f"{file} cannot be loaded ({_reason(err)}); use a .tflite model") from err


def picture_size(header: TfliteInfo, file: Path) -> tuple[int, int, bool]:
    """Return the input's width, height and whether it is NCHW; raises DescriptionError."""
    match header.input.shape:
        case (1, height, width, 3):
            return width, height, False
        case (1, 3, height, width):
            return width, height, True
    raise DescriptionError(f"{file} has the input shape {header.input.shape}; expected an image, (1, height, width, 3)")


def _from_description(folder: Path, values: Mapping[str, Any]) -> ModelSpec:
    shape, tflite, ncnn = values["input"], values.get("tflite"), values.get("ncnn")
    return ModelSpec(
        width=int(shape["width"]),
        height=int(shape["height"]),
        decoder=DecoderKind(values["decoder"]),
        is_nchw=shape.get("layout", "nhwc") == "nchw",
        is_bgr=shape.get("color", "rgb") == "bgr",
        mean=float(shape.get("mean", 127.5)),
        std=float(shape.get("std", 127.5)),
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
