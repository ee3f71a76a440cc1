"""Messages between the engine and a detector process.

The engine writes the start parameters (JSON) to the child's stdin once. Requests are 16-byte tokens (slot, sequence
number) in one pipe that all children read: the kernel gives each token to one of them, and end of file means that the
engine is gone. Every slot has an answer pipe, which the requesting thread reads directly. The answer contains the
detections, so a late answer cannot corrupt a slot that has been reused. Each child also has a status pipe; its end of
file is the child's end.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .helper import HelperAddress
from .plain_text import one_line

type Rows = NDArray[np.float32]  # (n, 6): label index, score, y1, x1, y2, x2; 0..1 of the region, best first

MAX_DETECTIONS: Final = 100
TOKEN: Final = struct.Struct("=qq")  # slot, sequence; 16 bytes divide a pipe's page, so a token is never split
ROW_BYTES: Final = 24
NO_ROWS: Final[Rows] = np.zeros((0, 6), np.float32)

_ANSWER: Final = struct.Struct("=4sqI")  # magic, sequence, rows; 100 rows are below PIPE_BUF, so the write is atomic
_ANSWER_START: Final = struct.Struct("=4sq")
_ANSWER_MAGIC: Final = b"FnA1"
_NO_ROWS: Final = 0xFFFFFFFF
_STATUS: Final = struct.Struct("=4sHH")  # magic, kind, bytes
_STATUS_MAGIC: Final = b"FnW1"
_MAX_STATUS_BYTES: Final = 2000


class DecoderKind(StrEnum):
    """How a model's outputs are decoded."""

    SSD_HEADS = "ssd_heads"
    SSD_POSTPROCESS = "ssd_postprocess"
    YOLO = "yolo"
    YOLOX = "yolox"
    YOLO_NAS = "yolo_nas"
    DFINE = "dfine"
    RFDETR = "rfdetr"


class StatusKind(IntEnum):
    """A child's state."""

    READY = 1  # works; the text says what runs the model
    FAILED = 2  # about to exit; the text says why
    UNREACHABLE = 3  # takes no requests until the remote detector can be reached; READY follows
    NO_CORAL = 4  # works on the CPU until its Coral is available; READY follows
    NOT_COMPILED = 5  # works, but the model runs on the CPU only


class Status(NamedTuple):
    """A message in a child's status pipe."""

    kind: StatusKind
    text: str


class Answer(NamedTuple):
    """The answer to one request; rows is None when no detector answers."""

    rows: bytes | None


class ProtocolError(ValueError):
    """A child has written an invalid message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TfliteFile:
    """A LiteRT model and, for raw heads, the names of its outputs."""

    model: str
    boxes: str = ""
    scores: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NcnnFiles:
    """An ncnn model and the names of its blobs."""

    param: str
    bin: str
    input: str
    boxes: str
    scores: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """A model as the child needs it; all paths are absolute.

    A float input is (value - mean) / std of 0..255. classes is the number of labels; 0: not compared with the outputs.
    fallback is the model that the CPU runs while the Coral is unavailable; None: this model.
    """

    width: int
    height: int
    decoder: DecoderKind
    is_nchw: bool = False
    is_bgr: bool = False
    mean: float = 127.5  # -1..1, as TensorFlow's own detection models expect it
    std: float = 127.5
    tflite: TfliteFile | None = None
    ncnn: NcnnFiles | None = None
    other: str = ""  # a file that only some runtimes read (.onnx, .xml)
    anchors: str = ""
    box_scales: tuple[float, float, float, float] = (10.0, 10.0, 5.0, 5.0)
    background_classes: int = 0
    classes: int = 0
    fallback: ModelSpec | None = None

    @property
    def file(self) -> str:
        """The model file that the user has configured."""
        return self.tflite.model if self.tflite else self.other

    @staticmethod
    def from_values(values: dict[str, Any]) -> ModelSpec:
        """Return the model from its `asdict` values."""
        return ModelSpec(
            **values
            | {
                "decoder": DecoderKind(values["decoder"]),
                "box_scales": tuple(values["box_scales"]),
                "tflite": TfliteFile(**values["tflite"]) if values["tflite"] else None,
                "ncnn": NcnnFiles(**values["ncnn"]) if values["ncnn"] else None,
                "fallback": ModelSpec.from_values(values["fallback"]) if values["fallback"] else None,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteSpec:
    """Where a detector outside this process is, how long to wait for it, and the keys of its connection, if any."""

    endpoint: str
    request_timeout_ms: int
    linger_ms: int
    keys: HelperAddress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSpec:
    """A detector process's start parameters; file descriptors are the child's.

    helper_file says where the add-on's detector is, once there is one; empty: none is looked for.
    """

    name: str
    kind: str
    device: str
    num_threads: int
    runtime: str | None
    remote: RemoteSpec | None
    model: ModelSpec
    index: int
    children: int
    slots: int
    memory_fd: int
    queue_fd: int
    status_fd: int
    answer_fds: tuple[int, ...]  # one per slot
    helper_file: str = ""

    def to_json(self) -> bytes:
        """Return the parameters as JSON."""
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def from_json(data: bytes) -> ChildSpec:
        """Return the parameters from `to_json`'s result."""
        values: dict[str, Any] = json.loads(data)
        values["model"] = ModelSpec.from_values(values["model"])
        values["remote"] = RemoteSpec(**values["remote"]) if values["remote"] else None
        values["answer_fds"] = tuple(values["answer_fds"])
        return ChildSpec(**values)


def pack_answer(sequence: int, rows: Rows) -> bytes:
    """Return the answer to one request; rows beyond MAX_DETECTIONS are dropped."""
    rows = rows[:MAX_DETECTIONS]
    return _ANSWER.pack(_ANSWER_MAGIC, sequence, len(rows)) + rows.tobytes()


def pack_no_answer(sequence: int) -> bytes:
    """Return the message that a request will not be answered."""
    return _ANSWER.pack(_ANSWER_MAGIC, sequence, _NO_ROWS)


def find_answer(data: bytes, sequence: int) -> Answer | None:
    """Return the answer to one request from a slot's pipe data; None: it has not arrived.

    Answers to earlier requests are skipped. Raises ProtocolError for other data.
    """
    start = data.find(_ANSWER_START.pack(_ANSWER_MAGIC, sequence))
    if start >= 0 and len(data) >= start + _ANSWER.size:
        *_, count = _ANSWER.unpack_from(data, start)
        if count == _NO_ROWS:
            return Answer(None)
        rows = data[start + _ANSWER.size : start + _ANSWER.size + count * ROW_BYTES]
        if count <= MAX_DETECTIONS and len(rows) == count * ROW_BYTES:
            return Answer(rows)
    elif data.startswith(_ANSWER_MAGIC):
        return None
    raise ProtocolError(f"an answer beginning with {data[:16]!r}")


def unpack_rows(rows: bytes) -> Rows:
    """Return the detections of an answer."""
    return np.frombuffer(rows, np.float32).reshape(-1, 6)


def pack_status(kind: StatusKind, text: str) -> bytes:
    """Return a message for the status pipe."""
    payload = one_line(text).encode()[:_MAX_STATUS_BYTES]
    return _STATUS.pack(_STATUS_MAGIC, kind, len(payload)) + payload


class StatusReader:
    """Splits a status pipe's data into messages. For one thread."""

    def __init__(self) -> None:
        """Start with an empty buffer."""
        self._buffer = b""

    def feed(self, data: bytes) -> Iterator[Status]:
        """Yield the complete messages; raises ProtocolError."""
        self._buffer += data
        while len(self._buffer) >= _STATUS.size:
            magic, kind, length = _STATUS.unpack_from(self._buffer)
            if magic != _STATUS_MAGIC or kind not in StatusKind or length > _MAX_STATUS_BYTES:
                raise ProtocolError(f"a status beginning with {self._buffer[:16]!r}")
            end = _STATUS.size + length
            if len(self._buffer) < end:
                return
            text, self._buffer = self._buffer[_STATUS.size : end], self._buffer[end:]
            yield Status(StatusKind(kind), one_line(text.decode(errors="replace")))
