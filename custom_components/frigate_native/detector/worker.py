"""The detector's loop: take a token, run the model, answer."""

import contextlib
import os
import sys
import time
from pathlib import Path

import numpy as np

from .backends import Backend, BackendError, load_backend
from .decoders import Decoder, load_decoder
from .protocol import TOKEN, ChildSpec, Rows, WordsKind, pack_answer, pack_words
from .slots import Rgb, SlotMemory


def main() -> int:
    """Read the description from stdin and serve until the engine is gone; return the exit code."""
    spec = ChildSpec.from_json(sys.stdin.buffer.read())
    _show_name(spec.name)
    try:
        return _serve(spec)
    except BrokenPipeError:
        return 0  # the engine is gone
    except BackendError as err:
        with contextlib.suppress(BrokenPipeError):
            os.write(spec.words_fd, pack_words(WordsKind.FAILED, str(err)))
        return 1


def _serve(spec: ChildSpec) -> int:
    runner = _Runner(spec)
    runner.run(np.zeros((spec.model.height, spec.model.width, 3), np.uint8))  # memory is taken now, not later
    memory = SlotMemory(spec.memory_fd, spec.children, spec.slots, spec.model.width, spec.model.height, is_owner=False)
    os.close(spec.memory_fd)
    memory.finished[spec.index] = time.monotonic()
    os.write(spec.words_fd, pack_words(WordsKind.READY, runner.description))
    while token := os.read(spec.queue_fd, TOKEN.size):
        slot, sequence = TOKEN.unpack(token)
        if memory.requests[slot] == sequence:  # else nobody waits for it any more
            _answer(spec, memory, runner, slot, sequence)
    return 0


def _answer(spec: ChildSpec, memory: SlotMemory, runner: _Runner, slot: int, sequence: int) -> None:
    """Serve one request. It is held until its answer is written: what a dead child holds has not been answered."""
    me = spec.index
    memory.held[me] = sequence
    memory.started[me] = time.monotonic()
    rows, inference_s = runner.run(memory.tensors[slot])
    memory.inferences[me] += 1
    memory.inference_s[me] += inference_s
    memory.speed_ms[me] = (9 * memory.speed_ms[me] + inference_s * 1000) / 10  # the seed's moving average
    memory.answered[me] = sequence
    memory.finished[me] = time.monotonic()
    memory.started[me] = 0.0
    with contextlib.suppress(BlockingIOError):  # a full pipe has no reader
        os.write(spec.answer_fds[slot], pack_answer(sequence, rows))
    memory.held[me] = 0


class _Runner:
    """A model with what reads its outputs."""

    def __init__(self, spec: ChildSpec) -> None:
        self._backend: Backend = load_backend(spec)
        self._decoder: Decoder = load_decoder(spec.model, self._backend.outputs)
        self.description = self._backend.description

    def run(self, rgb: Rgb) -> tuple[Rows, float]:
        """Return the detections of one region and the seconds that the model itself took."""
        begin = time.perf_counter()
        outputs = self._backend.infer(rgb)
        inference_s = time.perf_counter() - begin
        return self._decoder.decode(outputs), inference_s


def _show_name(name: str) -> None:
    """Make the process's name readable in the process list (Linux keeps 15 characters)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(f"fn:{name}:detect"[:15])
