"""The detector process's loop: read a token, run the model, write the answer."""

import contextlib
import os
import select
import sys
import time
from pathlib import Path

from .backends import BackendError
from .protocol import TOKEN, ChildSpec, Status, StatusKind, pack_answer, pack_status
from .runner import Notify, Runner, UnreachableError, load_runner
from .slots import SlotMemory


def main() -> int:
    """Read the parameters from stdin and answer requests until the engine exits; return the exit code."""
    spec = ChildSpec.from_json(sys.stdin.buffer.read())
    _show_name(spec.name)

    def notify(words: Status) -> None:
        os.write(spec.status_fd, pack_status(words.kind, words.text))

    try:
        return _Worker(spec, load_runner(spec, notify)).serve(notify)
    except BrokenPipeError:
        return 0  # the engine has exited
    except BackendError as err:
        with contextlib.suppress(BrokenPipeError):
            notify(Status(StatusKind.FAILED, str(err)))
        return 1


class _Worker:
    """Answers requests from the shared queue, one at a time."""

    def __init__(self, spec: ChildSpec, runner: Runner) -> None:
        self._spec = spec
        self._me = spec.index
        self._runner = runner
        model = spec.model
        self._memory = SlotMemory(spec.memory_fd, spec.children, spec.slots, model.width, model.height, is_owner=False)
        os.close(spec.memory_fd)
        self._queue_end = select.poll()
        self._queue_end.register(spec.queue_fd, 0)

    def serve(self, notify: Notify) -> int:
        memory = self._memory
        while self._runner.prepare(self._is_engine_running):
            memory.held[self._me] = 0
            memory.finished[self._me] = time.monotonic()
            notify(self._runner.status)
            try:
                self._answer_all()
            except UnreachableError as err:  # the engine queues its current request again, for other children
                memory.started[self._me] = 0.0
                memory.finished[self._me] = time.monotonic()
                notify(Status(StatusKind.UNREACHABLE, str(err)))
                continue
            return 0
        return 0

    def _is_engine_running(self) -> bool:
        """Return whether the engine is running; also report that this process is alive."""
        self._memory.finished[self._me] = time.monotonic()
        return not self._queue_end.poll(0)

    def _answer_all(self) -> None:
        requests, queue_fd = self._memory.requests, self._spec.queue_fd
        while token := os.read(queue_fd, TOKEN.size):
            slot, sequence = TOKEN.unpack(token)
            if requests[slot] == sequence:  # otherwise it is no longer awaited
                self._answer(slot, sequence)

    def _answer(self, slot: int, sequence: int) -> None:
        """Answer one request. It is marked as held until the answer is written, so the engine knows what to retry."""
        memory, me = self._memory, self._me
        memory.held[me] = sequence
        memory.started[me] = time.monotonic()
        rows, inference_s = self._runner.run(memory.tensors[slot])
        memory.inferences[me] += 1
        memory.inference_s[me] += inference_s
        memory.speed_ms[me] = (9 * memory.speed_ms[me] + inference_s * 1000) / 10  # the moving average of Frigate 0.8
        memory.answered[me] = sequence
        memory.finished[me] = time.monotonic()
        memory.started[me] = 0.0
        with contextlib.suppress(BlockingIOError):  # the pipe is full, so the parent no longer reads it
            os.write(self._spec.answer_fds[slot], pack_answer(sequence, rows))
        memory.held[me] = 0


def _show_name(name: str) -> None:
    """Set a readable name in the process list (Linux keeps 15 characters)."""
    with contextlib.suppress(OSError):
        Path("/proc/self/comm").write_text(f"fn:{name}:detect"[:15])
