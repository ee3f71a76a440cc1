"""Read the inputs and outputs of a .tflite file from its flatbuffer, without a runtime.

Field numbers are those of TensorFlow Lite's schema.fbs, version 3; the layout of tables, vectors and maps is that of
FlatBuffers' and FlexBuffers' "internals" documents.
"""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_IDENTIFIER: Final = b"TFL3"
_TYPES: Final = {0: "float32", 1: "float16", 2: "int32", 3: "uint8", 4: "int64", 7: "int16", 9: "int8"}
_POSTPROCESS: Final = "TFLite_Detection_PostProcess"
_CORAL: Final = "edgetpu-custom-op"  # added by the Edge TPU compiler
_FLEX_MAP, _FLEX_NUMBERS = 9, (1, 2)


class TfliteError(ValueError):
    """The file is not a TensorFlow Lite model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorInfo:
    """An input or output: value = (stored - zero_point) * scale; scale 0.0: not quantized."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    scale: float
    zero_point: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TfliteInfo:
    """A model's input and outputs. classes: the number of classes of its post-processing, if it has one."""

    input: TensorInfo
    outputs: tuple[TensorInfo, ...]
    has_postprocess: bool
    is_for_coral: bool
    classes: int | None


def read_tflite(path: Path) -> TfliteInfo:
    """Return the input and outputs of a model's first subgraph; raises TfliteError or OSError."""
    data = path.read_bytes()
    if data[4:8] != _IDENTIFIER:
        raise TfliteError("it does not start like a .tflite file")
    try:
        return _read_model(data)
    except (struct.error, IndexError, UnicodeDecodeError, ValueError) as err:
        raise TfliteError(f"it is damaged ({err})") from err


def _read_model(data: bytes) -> TfliteInfo:
    model = _Table.root(data)
    graph = model.tables(2)[0]
    tensors = graph.tables(0)
    custom = [code.text(1) for code in model.tables(1)]
    last = next((each for each in graph.tables(3) if custom[each.number(0)] == _POSTPROCESS), None)
    return TfliteInfo(
        input=_tensor(tensors[graph.whole(1)[0]]),
        outputs=tuple(_tensor(tensors[index]) for index in graph.whole(2)),
        has_postprocess=last is not None,
        is_for_coral=_CORAL in custom,
        classes=None if last is None else _flex_number(last.raw(5), b"num_classes"),
    )


def _tensor(table: _Table) -> TensorInfo:
    dtype = _TYPES.get(table.byte(1), "other")
    quantization = table.table(4)
    scales = quantization.values(2, "f") if quantization else ()
    zero_points = quantization.values(3, "q") if quantization else ()
    is_stored = not dtype.startswith("float") and len(scales) == 1
    return TensorInfo(
        name=table.text(3),
        shape=table.whole(0),
        dtype=dtype,
        scale=float(scales[0]) if is_stored else 0.0,
        zero_point=int(zero_points[0]) if is_stored and zero_points else 0,
    )


class _Table:
    """A flatbuffer table; missing fields read as 0, "" or ()."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at
        self._fields = at - self._unpack("i", at)
        self._size = self._unpack("H", self._fields)

    @classmethod
    def root(cls, data: bytes) -> _Table:
        return cls(data, struct.unpack_from("<I", data)[0])

    def byte(self, field: int) -> int:
        place = self._place(field)
        return self._unpack("b", place) if place else 0

    def number(self, field: int) -> int:
        place = self._place(field)
        return self._unpack("I", place) if place else 0

    def text(self, field: int) -> str:
        return self.raw(field).decode()

    def raw(self, field: int) -> bytes:
        place, count = self._vector(field)
        return self._data[place : place + count]

    def whole(self, field: int) -> tuple[int, ...]:
        return tuple(int(value) for value in self.values(field, "i"))

    def values(self, field: int, code: str) -> tuple[float, ...]:
        place, count = self._vector(field)
        return struct.unpack_from(f"<{count}{code}", self._data, place) if count else ()

    def table(self, field: int) -> _Table | None:
        place = self._place(field)
        return _Table(self._data, place + self._unpack("I", place)) if place else None

    def tables(self, field: int) -> list[_Table]:
        start, count = self._vector(field)
        places = range(start, start + 4 * count, 4)
        return [_Table(self._data, place + self._unpack("I", place)) for place in places]

    def _vector(self, field: int) -> tuple[int, int]:
        """Return a vector's offset and its number of elements."""
        place = self._place(field)
        if not place:
            return 0, 0
        start = place + self._unpack("I", place)
        return start + 4, self._unpack("I", start)

    def _place(self, field: int) -> int:
        entry = 4 + 2 * field
        offset = self._unpack("H", self._fields + entry) if entry < self._size else 0
        return self._at + offset if offset else 0

    def _unpack(self, code: str, at: int) -> int:
        if at < 0:
            raise IndexError(at)
        return int(struct.unpack_from(f"<{code}", self._data, at)[0])


def _flex_number(data: bytes, key: bytes) -> int | None:
    """Return an integer from a FlexBuffer's root map by its key; None if there is none."""
    root_width, kind = data[-1], data[-2]
    if kind >> 2 != _FLEX_MAP:
        return None
    width = 1 << (kind & 3)
    root = len(data) - 2 - root_width
    values = root - _flex_read(data, root, root_width)
    size, keys_width = _flex_read(data, values - width, width), _flex_read(data, values - 2 * width, width)
    keys = values - 3 * width - _flex_read(data, values - 3 * width, width)
    for index in range(size):
        place = keys + index * keys_width
        name = place - _flex_read(data, place, keys_width)
        is_number = data[values + size * width + index] >> 2 in _FLEX_NUMBERS
        if is_number and data[name : data.index(b"\0", name)] == key:
            return _flex_read(data, values + index * width, width)
    return None


def _flex_read(data: bytes, at: int, width: int) -> int:
    if at < 0 or at + width > len(data):
        raise IndexError(at)
    return int.from_bytes(data[at : at + width], "little")
