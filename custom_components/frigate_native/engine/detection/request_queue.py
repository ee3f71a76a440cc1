"""Requests under way: who waits in which slot, and the one queue that all detectors pull from."""

import contextlib
import itertools
import os
import queue
import select
import threading
import time
from collections import deque
from collections.abc import Container

from ...detector.protocol import TOKEN, Answer, ProtocolError, find_answer, pack_no_answer
from ...detector.slots import Rgb, SlotMemory
from ..geometry import Size

_READ_BYTES = 65536  # a pipe's whole content
_LAST_USERS_S = 1.0
_INVALID_KEPT = 16


class Slot:
    """A region's place and the pipe that its answer comes through. Whoever has taken it from the free ones owns it."""

    def __init__(self, index: int) -> None:
        """Open the pipe."""
        self.index = index
        self.read_fd, self.write_fd = os.pipe()
        os.set_blocking(self.read_fd, False)
        os.set_blocking(self.write_fd, False)
        self._poll = select.poll()
        self._poll.register(self.read_fd, select.POLLIN)

    def read(self, timeout_s: float) -> bytes:
        """Return what has been written to the pipe, b"" when that is nothing for so long."""
        if not self._poll.poll(timeout_s * 1000):
            return b""
        return os.read(self.read_fd, _READ_BYTES)

    def close(self) -> None:
        """Close the pipe."""
        os.close(self.read_fd)
        os.close(self.write_fd)


class Request:
    """One region on its way."""

    __slots__ = ("invalid_answer", "is_copied", "is_queued", "is_retried", "sequence", "slot", "submitted")

    def __init__(self, sequence: int, slot: Slot) -> None:
        """Start as one that nobody has tried to answer."""
        self.sequence = sequence
        self.slot = slot
        self.submitted = time.monotonic()
        self.invalid_answer = ""  # what came instead of an answer
        self.is_queued = True
        self.is_retried = False
        self.is_copied = False


class RequestQueue:
    """Hands out slots, queues requests, and waits for their answers.

    Camera threads acquire, submit and wait; the supervisor recovers and gives up. The thread that submitted a request
    takes it off the board and frees its slot: there is no lock but the queue's. A number is never used twice, so an
    answer that comes late finds nobody.
    """

    def __init__(self, children: int, slots: int, size: Size) -> None:
        """Create the shared memory and the pipes; `end` and `close` give them back."""
        self.memory, self.memory_fd = SlotMemory.create(children, slots, size.width, size.height)
        self.queue_fd, self._write_fd = os.pipe()
        os.set_blocking(self._write_fd, False)
        self._slots = tuple(Slot(index) for index in range(slots))
        self._free: queue.SimpleQueue[Slot | None] = queue.SimpleQueue()
        for slot in self._slots:
            self._free.put(slot)
        self._numbers = itertools.count(1)
        self._pending: dict[int, Request] = {}
        self._invalid_answers: deque[tuple[int, str]] = deque(maxlen=_INVALID_KEPT)
        self._has_ended = self._is_closed = False
        self._left_open = slots
        # Held for one write of 16 bytes: without it a write could hit a file that got the closed queue's number.
        self._queue_lock = threading.Lock()

    @property
    def answer_fds(self) -> tuple[int, ...]:
        """Where children write answers, by slot."""
        return tuple(slot.write_fd for slot in self._slots)

    def acquire(self, deadline: float) -> Slot | None:
        """Return a free slot, or None when there is none until `deadline` (monotonic) or the board has ended.

        A thread that waits here must have no answer of its own to take.
        """
        return self._take_free(max(0.0, deadline - time.monotonic()))

    def acquire_now(self) -> Slot | None:
        """Return a free slot if there is one, without waiting."""
        return self._take_free(0.0)

    def release(self, slot: Slot | None) -> None:
        """Give back a slot that is not submitted."""
        self._free.put(slot)
        if self._is_closed:
            self._close_free()

    def tensor(self, slot: Slot) -> Rgb:
        """Return where a slot's region is written, (H, W, 3) uint8."""
        return self.memory.tensors[slot.index]

    def submit(self, slot: Slot) -> Request:
        """Queue a filled slot for the next detector that is free; `wait` or `withdraw` must follow."""
        request = Request(next(self._numbers), slot)
        self.memory.requests[slot.index] = request.sequence
        self._pending[request.sequence] = request
        request.is_queued = self._enqueue(request)
        return request

    def wait(self, request: Request, deadline: float) -> bytes | None:
        """Return the bytes of the answer's rows; None: nobody answers, or not until `deadline` (monotonic)."""
        try:
            answer = self._read(request, 0.0)  # one that has come is taken, however late it is asked for
            while answer is None and request.is_queued and (left_s := deadline - time.monotonic()) > 0:
                answer = self._read(request, left_s)
            if answer is None and request.invalid_answer:
                self._invalid_answers.append((request.sequence, request.invalid_answer))
            return answer.rows if answer else None
        finally:
            self.withdraw(request)

    def _read(self, request: Request, timeout_s: float) -> Answer | None:
        data = request.slot.read(timeout_s)
        try:
            return find_answer(data, request.sequence) if data else None
        except ProtocolError as err:
            request.invalid_answer = str(err)  # perhaps of a former child: an answer may still follow
            return None

    def withdraw(self, request: Request) -> None:
        """Forget a request, answered or not; may be called twice."""
        if self._pending.pop(request.sequence, None):
            self.memory.requests[request.slot.index] = 0
            self.release(request.slot)

    def oldest(self, claimed: Container[int]) -> float | None:
        """Return when the oldest request that no child has taken was submitted (monotonic), None: there is none."""
        return min(
            (request.submitted for request in self._pending_requests() if request.sequence not in claimed), default=None
        )

    def take_invalid_answers(self) -> list[tuple[int, str]]:
        """Return the requests that got nonsense and no answer since the last call, and what it was."""
        found: list[tuple[int, str]] = []
        while self._invalid_answers:
            found.append(self._invalid_answers.popleft())
        return found

    def recover(self, held: int, claimed: Container[int]) -> None:
        """Queue again what a dead child may have taken along: what it held, once, or nobody will answer that.

        One that held nothing may have died between taking a token and saying so: then all that no living child
        holds is queued a second time. Whoever meets the second token finds its request answered and skips it.
        """
        for request in self._pending_requests():
            if request.sequence == held:
                self._retry(request)
            elif not held and not request.is_copied and request.sequence not in claimed:
                request.is_copied = True
                self._enqueue(request)

    def refuse_all(self) -> None:
        """Notify all who wait that nobody will answer."""
        for request in self._pending_requests():
            self._refuse(request)

    def end(self) -> None:
        """End the queue, which ends the children, and let nobody wait any more."""
        self._has_ended = True
        with self._queue_lock:
            os.close(self._write_fd)
            self._write_fd = -1
        self.refuse_all()
        self._free.put(None)  # wakes those who wait for a slot, one after the other

    def close(self) -> None:
        """Give everything back, when all children and the supervisor's thread have ended.

        A slot that is still being filled is closed by the thread that fills it.
        """
        self._is_closed = True
        os.close(self.queue_fd)
        os.close(self.memory_fd)
        deadline = time.monotonic() + _LAST_USERS_S
        while self._left_open and time.monotonic() < deadline:
            with contextlib.suppress(queue.Empty):
                self._close_slot(self._free.get(timeout=0.05))

    def _take_free(self, timeout_s: float) -> Slot | None:
        try:
            slot = self._free.get(timeout_s > 0, timeout_s or None)
        except queue.Empty:
            return None
        if slot is None or self._has_ended:
            self.release(slot)
            return None
        return slot

    def _close_free(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._close_slot(self._free.get_nowait())

    def _close_slot(self, slot: Slot | None) -> None:
        if slot:
            slot.close()
            self._left_open -= 1

    def _pending_requests(self) -> list[Request]:
        return list(self._pending.values())

    def _retry(self, request: Request) -> None:
        if request.is_retried or not self._enqueue(request):
            self._refuse(request)
        request.is_retried = True

    def _enqueue(self, request: Request) -> bool:
        token = TOKEN.pack(request.slot.index, request.sequence)
        with self._queue_lock, contextlib.suppress(BlockingIOError):
            return self._write_fd >= 0 and os.write(self._write_fd, token) > 0
        return False

    @staticmethod
    def _refuse(request: Request) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(request.slot.write_fd, pack_no_answer(request.sequence))
