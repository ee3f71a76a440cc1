"""Detectors and models of today's files, which name files of Frigate's container."""

from pathlib import Path as Folder, PurePosixPath
from typing import Any, Final

from ..problems import echo, nearest
from ..report import NoteKind
from .draft import Draft, Path

_OURS: Final = ("cpu", "edgetpu", "onnx", "openvino", "zmq")
_OTHERS: Final = (
    *("axengine", "deepstack", "degirum", "hailo8l", "memryx", "rknn", "rocm", "synaptics"),
    *("teflon_tfl", "tensorrt"),
)
_CONTAINERS_MODELS: Final = (
    *("/cpu_model.tflite", "/edgetpu_model.tflite"),
    *("/openvino-model/ssdlite_mobilenet_v2.xml", "/openvino-model/ssdlite_mobilenet_v2.bin"),
)
_CONTAINERS_FOLDERS: Final = ("/openvino-model", "/config/model_cache", "/edgetpu", "/trt-models")
_CONTAINERS_CONFIG: Final = "/config"
_CONTAINERS_LABELS: Final = ("/labelmap.txt", "/openvino-model/coco_91cl_bkgr.txt", "/labelmap/coco-80.txt")
_FILES: Final = (
    *(("model", "path"), ("model", "labelmap_path")),
    *(("mqtt", "tls_ca_certs"), ("mqtt", "tls_client_cert"), ("mqtt", "tls_client_key")),
)
_FORMER_TYPES: Final = ("yolov5", "yolov8")  # until 0.13; later yolo-generic
_OTHERS_MODEL: Final = "the bundled model is used instead"


def translate_detectors(draft: Draft, directory: Folder) -> None:
    """Keep the detectors and the model that can run here; directory is that of the file."""
    for name in list(draft.section(("detectors",))):
        _detector(draft, ("detectors", str(name)))
    if "detectors" in draft.data and not draft.section(("detectors",)):
        draft.take(("detectors",))
    for place in _FILES:
        _beside_the_file(draft, place, directory)
    _model(draft, directory)


def _detector(draft: Draft, path: Path) -> None:
    for old in ((*path, "model", "path"), (*path, "model_path")):
        if (model := draft.take(old)) is not None and draft.find(("model", "path")) is None:
            draft.put(("model", "path"), model, old)
    draft.take((*path, "model"))
    kind = draft.find((*path, "type"))
    draft.fill((*path, "type"), "cpu")
    if kind is None or kind in _OURS:
        return
    if kind not in _OTHERS:
        draft.complain((*path, "type"), echo(kind), nearest(str(kind), (*_OURS, *_OTHERS)))
        draft.take(path)
        return
    draft.take(path)
    text = f"detectors of the type {kind} are not available; another one is used"
    draft.note(NoteKind.MISSING, path, text)


def _beside_the_file(draft: Draft, path: Path, directory: Folder) -> None:
    """Look beside the file for what is in the configuration folder of Frigate's container."""
    written = draft.find(path)
    if isinstance(written, str) and PurePosixPath(written).is_relative_to(_CONTAINERS_CONFIG):
        relative = str(PurePosixPath(written).relative_to(_CONTAINERS_CONFIG))
        if not Folder(written).is_file() and (directory / relative).is_file():
            draft.put(path, relative, path)


def _model(draft: Draft, directory: Folder) -> None:
    model: dict[str, Any] = draft.section(("model",))
    path, kind = model.get("path"), model.get("model_type")
    if kind in _FORMER_TYPES:
        draft.put(("model", "model_type"), "yolo-generic", ("model", "model_type"))
    draft.take(("model", "attributes_map"))
    if draft.find(("model", "labelmap_path")) in _CONTAINERS_LABELS:
        draft.take(("model", "labelmap_path"))
    reason = _reason(path, model, directory)
    if reason is None:
        return
    if reason:
        draft.note(NoteKind.MISSING, ("model", "path"), f"{reason}; {_OTHERS_MODEL}")
    for key in list(model):
        if reason or key != "labelmap":
            draft.take(("model", str(key)))


def _reason(path: object, model: dict[str, Any], directory: Folder) -> str | None:
    """Return why the model cannot be used: None if it can, nothing if it is what is bundled here anyway."""
    if not isinstance(path, str) or path in _CONTAINERS_MODELS:
        return ""
    if path.startswith("plus://"):
        return "models of Frigate+ cannot be fetched"
    if model.get("input_pixel_format") == "yuv" or model.get("input_tensor") in ("hwnc", "hwcn"):
        return "its input has a form that is not understood"
    if any(PurePosixPath(path).is_relative_to(folder) for folder in _CONTAINERS_FOLDERS):
        return "the file lies in Frigate's container"
    if "model_type" in model and not (directory / path).is_file():
        return f"there is no file {path}: copy it beside the configuration"
    return None
