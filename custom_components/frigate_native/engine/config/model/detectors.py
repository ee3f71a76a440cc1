"""Keys of detectors and of the model that they run."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import ClassVar

from .. import checks, forms
from ..files_beside import existing_file
from ..keys import (
    Checks,
    FormField,
    Written,
    key,
)
from ..names import label_map
from ..validators import Choice, Whole, endpoint, text_or_empty


class DetectorType(StrEnum):
    """Kinds of detectors."""

    CPU = "cpu"
    EDGETPU = "edgetpu"
    ONNX = "onnx"
    OPENVINO = "openvino"
    ZMQ = "zmq"


class TensorLayout(StrEnum):
    """Order of a model's input dimensions."""

    NHWC = "nhwc"
    NCHW = "nchw"


class InputType(StrEnum):
    """What a model takes: whole numbers, or floats of 0..1 or 0..255. The names are those of today's Frigate."""

    INT = "int"
    FLOAT = "float"
    FLOAT_DENORM = "float_denorm"


class ModelType(StrEnum):
    """Families of models, by how their outputs are decoded. The names are those of today's Frigate."""

    SSD = "ssd"
    YOLO = "yolo-generic"
    YOLOX = "yolox"
    YOLO_NAS = "yolonas"
    DFINE = "dfine"
    RFDETR = "rfdetr"


class ColorOrder(StrEnum):
    """Order of a model's input channels."""

    RGB = "rgb"
    BGR = "bgr"


def _usual_device(detector: Written) -> str:
    return "AUTO" if detector.get("type") in (DetectorType.OPENVINO, DetectorType.ONNX) else "usb"


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorConfig:
    """One detector; each runs in its own process."""

    CHECKS: ClassVar[Checks] = {("type", *checks.ZMQ_KEYS): checks.endpoint_with_zmq}

    name: str
    type: DetectorType = key(Choice(DetectorType), DetectorType.EDGETPU, "What runs the model.")
    device: str = key(
        text_or_empty,
        "usb",
        "Which Coral (`usb`, `usb:0`, `pci`) or OpenVINO device (`AUTO`, `CPU`, `GPU`).",
        default_from=_usual_device,
        form=FormField(forms.DETECTOR, is_optional=True),
    )
    num_threads: int = key(Whole(1, 256), 3, "Threads of a CPU detector.", form=FormField(forms.DETECTOR, most=16))
    endpoint: str | None = key(
        endpoint,
        None,
        "Address of a `zmq` detector: `tcp://host:port`.",
        has_variables=True,
        form=FormField(forms.DETECTOR),
    )
    request_timeout_ms: int = key(Whole(1, 10_000), 200, "How long a `zmq` detector may take.", unit="ms")
    linger_ms: int = key(Whole(), 0, "How long unsent requests to a `zmq` detector are kept.", unit="ms")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelConfig:
    """A model of your own; a key that is None is the bundled model's."""

    CHECKS: ClassVar[Checks] = {("width", "height"): checks.model_size}

    width: int | None = key(Whole(1, 4096), None, "Width of the model's input.", unit="px")
    height: int | None = key(Whole(1, 4096), None, "Height of the model's input.", unit="px")
    path: Path | None = key(existing_file, None, "Your own model.")
    labelmap_path: Path | None = key(existing_file, None, "Labels of your own model.")
    labelmap: Mapping[int, str] = key(label_map, {}, "Other names for single labels by their number: `7: car`.")
    model_type: ModelType = key(
        Choice(ModelType),
        ModelType.SSD,
        "How its outputs are decoded: `yolo-generic` for YOLOv3 to YOLO12, `dfine` also for DEIM and RT-DETR.",
    )
    input_tensor: TensorLayout = key(Choice(TensorLayout), TensorLayout.NHWC, "Order of the input's dimensions.")
    input_pixel_format: ColorOrder = key(Choice(ColorOrder), ColorOrder.RGB, "Order of the input's colors.")
    input_type: InputType | None = key(
        Choice(InputType),
        None,
        "What a model with float input takes: `float` (0..1) or `float_denorm` (0..255); by default what models of its "
        "type take: -1..1 for `ssd`, 0..255 for `yolox`, otherwise 0..1.",
        name="input_dtype",
    )
