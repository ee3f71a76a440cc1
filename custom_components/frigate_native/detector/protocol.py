"""What crosses between the engine and a detector process.

A description (JSON) goes to the child's stdin once. Tokens (which slot, which request) go through one pipe that all
children read: the kernel gives each 16-byte message to one of them, and end of file tells them that the engine is
gone. Every slot has a pipe for answers, so that whoever waits for a region reads it without another thread between;
an answer carries the detections, so that a late one can never spoil a slot that has been given to somebody else.
Each child also has a pipe for words (ready, failed), whose end of file is the child's end.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

type Rows = NDArray[np.float32]  # (n, 6): label index, score, y1, x1, y2, x2; 0..1 of the region, best first

MAX_DETECTIONS: Final = 100
TOKEN: Final = struct.Struct("=qq")  # slot, sequence; 16 bytes divide a pipe's page, so that none is torn
ROW_BYTES: Final = 24
NO_ROWS: Final[Rows] = np.zeros((0, 6), np.float32)

_ANSWER: Final = struct.Struct("=4sqI")  # magic, sequence, rows; with 100 rows below PIPE_BUF, so written in one piece
_ANSWER_START: Final = struct.Struct("=4sq")
_ANSWER_MAGIC: Final = b"FnA1"
_NO_ROWS: Final = 0xFFFFFFFF
_STATUS: Final = struct.Struct("=4sHH")  # magic, kind, bytes
_STATUS_MAGIC: Final = b"FnW1"
_MAX_STATUS_BYTES: Final = 2000


class DecoderKind(StrEnum):
    """How a model's outputs become detections."""

    SSD_HEADS = "ssd_heads"
    SSD_POSTPROCESS = "ssd_postprocess"


class StatusKind(IntEnum):
    """What a child says of itself."""

    READY = 1  # works as it should; the text says what runs the model
    FAILED = 2  # why it is about to end
    UNREACHABLE = 3  # takes no requests until the detector it speaks for is reachable; it says READY then
    NO_CORAL = 4  # works, on the CPU, until its Coral can be used; it says READY then
    NOT_COMPILED = 5  # works, but the model leaves all work to the CPU


class Status(NamedTuple):
    """One message on a child's pipe for words."""

    kind: StatusKind
    text: str


class Answer(NamedTuple):
    """The answer to one request; rows is None when no detector will give one."""

    rows: bytes | None


class ProtocolError(ValueError):
    """A child has written something that nobody can have meant."""


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
    """A model as the child needs to know it; all paths are absolute.

    A float input is (value - mean) / std of 0..255. fallback is what a Coral's CPU substitute runs; None: this one.
    """

    width: int
    height: int
    decoder: DecoderKind
    is_nchw: bool = False
    is_bgr: bool = False
    mean: float = 127.5  # -1..1, as TensorFlow's own detection models want it
    std: float = 127.5
    tflite: TfliteFile | None = None
    ncnn: NcnnFiles | None = None
    other: str = ""  # a file that only some runtimes read (.onnx, .xml)
    anchors: str = ""
    box_scales: tuple[float, float, float, float] = (10.0, 10.0, 5.0, 5.0)
    background_classes: int = 0
    fallback: ModelSpec | None = None

    @property
    def file(self) -> str:
        """The model's file as its user knows it."""
        return self.tflite.model if self.tflite else self.other

    @staticmethod
    def from_values(values: dict[str, Any]) -> ModelSpec:
        """Return what `asdict` made these values from."""
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
    """Where a detector on another machine is, and how long to wait for it."""

    endpoint: str
    request_timeout_ms: int
    linger_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildSpec:
    """All that a detector process is told when it starts. fds are numbers in the child."""

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

    def to_json(self) -> bytes:
        """Return the description as the child reads it."""
        return json.dumps(asdict(self)).encode()

    @staticmethod
    def from_json(data: bytes) -> ChildSpec:
        """Return what `to_json` was made from."""
        values: dict[str, Any] = json.loads(data)
        values["model"] = ModelSpec.from_values(values["model"])
        values["remote"] = RemoteSpec(**values["remote"]) if values["remote"] else None
        values["answer_fds"] = tuple(values["answer_fds"])
        return ChildSpec(**values)


def pack_answer(sequence: int, rows: Rows) -> bytes:
    """Return the answer to one request; rows beyond MAX_DETECTIONS are left out."""
    rows = rows[:MAX_DETECTIONS]
    return _ANSWER.pack(_ANSWER_MAGIC, sequence, len(rows)) + rows.tobytes()


def pack_no_answer(sequence: int) -> bytes:
    """Return what tells that one request will not be answered."""
    return _ANSWER.pack(_ANSWER_MAGIC, sequence, _NO_ROWS)


def find_answer(data: bytes, sequence: int) -> Answer | None:
    """Return the answer to one request out of all that was written to a slot's pipe; None: it is not there yet.

    Answers to former users of the slot are passed over. Raises ProtocolError for anything else.
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
    raise ProtocolError(f"an answer that begins with {data[:16]!r}")


def unpack_rows(rows: bytes) -> Rows:
    """Return the detections of an answer."""
    return np.frombuffer(rows, np.float32).reshape(-1, 6)


def pack_status(kind: StatusKind, text: str) -> bytes:
    """Return a message for the pipe for words."""
    payload = text.encode()[:_MAX_STATUS_BYTES]
    return _STATUS.pack(_STATUS_MAGIC, kind, len(payload)) + payload


class StatusReader:
    """Cuts what a child says of itself into messages. For one thread."""

    def __init__(self) -> None:
        """Start with an empty buffer."""
        self._buffer = b""

    def feed(self, data: bytes) -> Iterator[Status]:
        """Yield the messages that are complete now; raises ProtocolError."""
        self._buffer += data
        while len(self._buffer) >= _STATUS.size:
            magic, kind, length = _STATUS.unpack_from(self._buffer)
            if magic != _STATUS_MAGIC or kind not in StatusKind or length > _MAX_STATUS_BYTES:
                raise ProtocolError(f"words that begin with {self._buffer[:16]!r}")
            end = _STATUS.size + length
            if len(self._buffer) < end:
                return
            text, self._buffer = self._buffer[_STATUS.size : end], self._buffer[end:]
            yield Status(StatusKind(kind), text.decode(errors="replace"))
