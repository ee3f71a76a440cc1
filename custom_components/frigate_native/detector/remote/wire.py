"""The messages of Frigate's ZMQ detector protocol.

A request is a list of frames. `{"model_request": true, "model_name": …}` requests a model; `{"model_data": true,
"model_name": …}` and a second frame provide its file; `{"shape": …, "dtype": …, "model_type": …}` and a second frame
contain a region with the model's layout. The answer to a region is 20 rows of six float32, alone or after
`{"shape": [20, 6], "dtype": "float32"}`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ..backends import Tensor
from ..plain_text import one_line
from ..protocol import Rows

MODEL_TYPE: Final = "ssd"
ROWS: Final = 20
_ROW_SIZE: Final = 6
_ANSWER_BYTES: Final = ROWS * _ROW_SIZE * 4
_DTYPES: Final[dict[str, np.dtype[Any]]] = {"uint8": np.dtype(np.uint8), "float32": np.dtype(np.float32)}
_MAX_HEADER_BYTES: Final = 10_000
_MAX_ERROR: Final = 200  # characters


class WireError(ValueError):
    """A message that is not part of the protocol, or that reports an error. Its text may come from the peer."""

    def __init__(self, text: str) -> None:
        """Initialize with a text, of which only the first line's worth of plain characters counts."""
        super().__init__(one_line(text[:_MAX_ERROR]))


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRequest:
    """Requests a model."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelData:
    """Provides a model's file."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Requests the detections in one region."""

    tensor: Tensor


type Request = ModelRequest | ModelData | Region


def pack_model_request(name: str) -> list[bytes]:
    """Return a request for a model."""
    return [_json({"model_request": True, "model_name": name})]


def pack_model_data(name: str, data: bytes) -> list[bytes]:
    """Return a message with a model's file."""
    return [_json({"model_data": True, "model_name": name}), data]


def pack_region(tensor: Tensor) -> list[bytes | memoryview]:
    """Return a request for a region's detections; the region must not change until it is sent."""
    header = {"shape": list(tensor.shape), "dtype": tensor.dtype.name, "model_type": MODEL_TYPE}
    return [_json(header), np.ascontiguousarray(tensor).data]


def unpack_request(frames: Sequence[bytes]) -> Request:
    """Return a client's request; raises WireError."""
    header = _header(frames)
    if header.get("model_request"):
        return ModelRequest(name=_name(header))
    if len(frames) != 2:
        raise WireError(f"{len(frames)} frames; expected two for a region or a model")
    if header.get("model_data"):
        return ModelData(name=_name(header), data=frames[1])
    return Region(tensor=_array(header, frames[1]))


def pack_model_answer(**values: bool | str) -> list[bytes]:
    """Return the answer to a model request."""
    return [_json(values)]


def unpack_model_answer(frames: Sequence[bytes]) -> dict[str, bool] | None:
    """Return a server's answer to a model request; None: the server does not support these requests.

    Raises WireError.
    """
    if len(frames) == 2 or (len(frames) == 1 and len(frames[0]) == _ANSWER_BYTES):
        return None
    header = _header(frames)
    if "error" in header and not any(key.startswith("model_") for key in header):
        raise WireError(str(header["error"]))
    return {key: bool(value) for key, value in header.items() if key.startswith("model_")}


def pack_rows(rows: Rows) -> list[bytes]:
    """Return the answer to a region."""
    padded = np.zeros((ROWS, _ROW_SIZE), np.float32)
    padded[: len(rows)] = rows[:ROWS]
    return [padded.tobytes()]


def pack_error(text: str) -> list[bytes]:
    """Return an error as the answer; other clients see an answer of the wrong size."""
    return [_json({"error": text})]


def unpack_rows(frames: Sequence[bytes]) -> NDArray[np.float32]:
    """Return an answer's rows in either form, including unused ones; raises WireError."""
    if len(frames) == 1:
        if len(frames[0]) != _ANSWER_BYTES:
            raise WireError(_error_text(frames[0]))
        return np.frombuffer(frames[0], np.float32).reshape(ROWS, _ROW_SIZE)
    if len(frames) != 2:
        raise WireError(f"{len(frames)} frames; expected one or two")
    rows = _array(_header(frames), frames[1])
    if rows.dtype != np.float32 or rows.ndim != 2 or rows.shape[1] != _ROW_SIZE:
        raise WireError(f"rows {rows.shape} of {rows.dtype}; expected (20, 6) float32")
    return rows


def _error_text(frame: bytes) -> str:
    try:
        return str(_header([frame])["error"])
    except WireError, KeyError:
        return f"an answer of {len(frame)} bytes; expected {_ANSWER_BYTES}"


def _json(values: Mapping[str, object]) -> bytes:
    return json.dumps(values).encode()


def _header(frames: Sequence[bytes]) -> dict[str, Any]:
    if not frames or len(frames[0]) > _MAX_HEADER_BYTES:
        raise WireError("the header is missing or too long")
    try:
        header = json.loads(frames[0])
    except (ValueError, RecursionError) as err:
        raise WireError(f"the header is not JSON: {bytes(frames[0][:40])!r}") from err
    if not isinstance(header, dict):
        raise WireError("the header is not a JSON object")
    return header


def _name(header: Mapping[str, Any]) -> str:
    name = header.get("model_name")
    if not isinstance(name, str) or not name:
        raise WireError("model_name is missing")
    return name


def _array(header: Mapping[str, Any], data: bytes) -> NDArray[Any]:
    shape, dtype = header.get("shape"), _DTYPES.get(str(header.get("dtype")))
    if dtype is None or not isinstance(shape, list) or not all(type(side) is int and side > 0 for side in shape):
        raise WireError(f"shape {str(shape)[:60]}, dtype {str(header.get('dtype'))[:20]}; see the protocol")
    try:
        array: NDArray[Any] = np.frombuffer(data, dtype).reshape(shape)
    except ValueError as err:
        raise WireError(f"{len(data)} bytes for the shape {str(shape)[:60]}") from err
    return array
