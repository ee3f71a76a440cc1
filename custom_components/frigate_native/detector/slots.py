"""Memory that the engine shares with its detector processes.

It has three parts: a status record per child (written by that child), the request number of each slot (written by the
engine, 0: none), and the slots (written by the engine, read by children). The file is anonymous: it is freed when the
last process closes it.
"""

import mmap
import os
import tempfile
from typing import Self

import numpy as np
from numpy.typing import NDArray

type Rgb = NDArray[np.uint8]  # (H, W, 3)

_WORD = 8
_RECORD_WORDS = 7
_ALIGNMENT = 64  # a cache line


class SlotMemory:
    """Slots for regions of one size, and which child works on which slot.

    started: (children,) float64, `time.monotonic` when the child started its current request, 0.0: none.
    held: (children,) int64, the current request's number, 0: none.
    finished: (children,) float64, `time.monotonic` when the child last became idle.
    answered: (children,) int64, the number of the last answered request.
    speed_ms: (children,) float64, moving average of the inference time.
    inferences, inference_s: (children,) int64 and float64, number and total time of inferences.
    requests: (slots,) int64, the number of the request in a slot, 0: none.
    tensors: a slot's region, (H, W, 3) uint8; read-only in children.
    """

    def __init__(self, fd: int, children: int, slots: int, width: int, height: int, *, is_owner: bool) -> None:
        """Map the file. The maps live as long as their arrays, so a closed map is never written to."""
        control_bytes, stride = _layout(children, slots, width, height)
        control = mmap.mmap(fd, control_bytes, trackfd=False)
        words = np.frombuffer(control, np.int64)
        seconds = np.frombuffer(control, np.float64)
        whole, real = (array[: _RECORD_WORDS * children].reshape(-1, children) for array in (words, seconds))
        self.held, self.answered, self.inferences = whole[:3]
        self.started, self.finished, self.speed_ms, self.inference_s = real[3:]
        self.requests = words[_RECORD_WORDS * children : _RECORD_WORDS * children + slots]
        protection = mmap.PROT_READ | mmap.PROT_WRITE if is_owner else mmap.PROT_READ
        block = mmap.mmap(fd, stride * slots, prot=protection, offset=control_bytes, trackfd=False)
        rows = np.frombuffer(block, np.uint8).reshape(slots, stride)[:, : width * height * 3]
        self.tensors: list[Rgb] = [row.reshape(height, width, 3) for row in rows]

    @classmethod
    def create(cls, children: int, slots: int, width: int, height: int) -> tuple[Self, int]:
        """Return new shared memory and its file descriptor, which the caller closes."""
        fd = _open_anonymous()
        try:
            control_bytes, stride = _layout(children, slots, width, height)
            os.ftruncate(fd, control_bytes + stride * slots)
            return cls(fd, children, slots, width, height, is_owner=True), fd
        except BaseException:
            os.close(fd)
            raise


def _layout(children: int, slots: int, width: int, height: int) -> tuple[int, int]:
    """Return the offset of the first slot and the distance between slots, in bytes."""
    control = (_RECORD_WORDS * children + slots) * _WORD
    return _round_up(control, mmap.ALLOCATIONGRANULARITY), _round_up(width * height * 3, _ALIGNMENT)


def _round_up(value: int, step: int) -> int:
    return -(-value // step) * step


def _open_anonymous() -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create("frigate_native")
    fd, path = tempfile.mkstemp()
    os.unlink(path)  # noqa: PTH108 - an open file's path, removed at once
    return fd
