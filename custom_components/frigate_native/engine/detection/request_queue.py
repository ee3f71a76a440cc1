"""Pending requests: the queue that all detectors read from, and the slots that regions are written to."""

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
    """A place for a region, and the pipe for its answer. Owned by the thread that acquired it."""

    def __init__(self, index: int) -> None:
        """Open the pipe."""
        self.index = index
        self.read_fd, self.write_fd = os.pipe()
        os.set_blocking(self.read_fd, False)
        os.set_blocking(self.write_fd, False)
        self._poll = select.poll()
        self._poll.register(self.read_fd, select.POLLIN)

    def read(self, timeout_s: float) -> bytes:
        """Return data from the pipe, b"" after the timeout."""
        if not self._poll.poll(timeout_s * 1000):
            return b""
        return os.read(self.read_fd, _READ_BYTES)

    def close(self) -> None:
        """Close the pipe."""
        os.close(self.read_fd)
        os.close(self.write_fd)


class Request:
    """A region that was submitted for detection."""

    __slots__ = ("invalid_answer", "is_copied", "is_queued", "is_retried", "sequence", "slot", "submitted")

    def __init__(self, sequence: int, slot: Slot) -> None:
        """Create a request that no detector has tried to answer."""
        self.sequence = sequence
        self.slot = slot
        self.submitted = time.monotonic()
        self.invalid_answer = ""  # data that arrived instead of an answer
        self.is_queued = True
        self.is_retried = False
        self.is_copied = False


class RequestQueue:
    """Hands out slots, queues requests, and waits for their answers.

    Camera threads acquire, submit and wait; the supervisor recovers and refuses requests. The thread that submitted a
    request removes it and frees its slot, so only the queue needs a lock. Sequence numbers are never reused, so late
    answers are ignored.
    """

    def __init__(self, children: int, slots: int, size: Size) -> None:
        """Create the shared memory and the pipes; `end` and `close` free them."""
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
        # Held for one write of 16 bytes: without it, a write could hit a file that reuses the closed descriptor.
        self._queue_lock = threading.Lock()

    @property
    def answer_fds(self) -> tuple[int, ...]:
        """The descriptors for children's answers, by slot."""
        return tuple(slot.write_fd for slot in self._slots)

    def acquire(self, deadline: float) -> Slot | None:
        """Return a free slot, or None if there is none before `deadline` (monotonic) or the queue has ended.

        A thread that waits here must have collected all its own answers.
        """
        return self._take_free(max(0.0, deadline - time.monotonic()))

    def acquire_now(self) -> Slot | None:
        """Return a free slot without waiting, or None."""
        return self._take_free(0.0)

    def release(self, slot: Slot | None) -> None:
        """Return a slot that was not submitted."""
        self._free.put(slot)
        if self._is_closed:
            self._close_free()

    def tensor(self, slot: Slot) -> Rgb:
        """Return the array for a slot's region, (H, W, 3) uint8."""
        return self.memory.tensors[slot.index]

    def submit(self, slot: Slot) -> Request:
        """Queue a filled slot for the next free detector; call `wait` or `withdraw` afterwards."""
        request = Request(next(self._numbers), slot)
        self.memory.requests[slot.index] = request.sequence
        self._pending[request.sequence] = request
        request.is_queued = self._enqueue(request)
        return request

    def wait(self, request: Request, deadline: float) -> bytes | None:
        """Return the answer's rows as bytes; None: no answer before `deadline` (monotonic)."""
        try:
            answer = self._read(request, 0.0)  # an answer that has arrived is returned even after the deadline
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
            request.invalid_answer = str(err)  # possibly from an earlier child: an answer may still follow
            return None

    def withdraw(self, request: Request) -> None:
        """Remove a request, answered or not; may be called twice."""
        if self._pending.pop(request.sequence, None):
            self.memory.requests[request.slot.index] = 0
            self.release(request.slot)

    def oldest(self, claimed: Container[int]) -> float | None:
        """Return when the oldest unclaimed request was submitted (monotonic), None: there is none."""
        return min(
            (request.submitted for request in self._pending_requests() if request.sequence not in claimed), default=None
        )

    def take_invalid_answers(self) -> list[tuple[int, str]]:
        """Return requests that got invalid data and no answer since the last call, with a description of the data."""
        found: list[tuple[int, str]] = []
        while self._invalid_answers:
            found.append(self._invalid_answers.popleft())
        return found

    def recover(self, held: int, claimed: Container[int]) -> None:
        """Queue the requests of a dead child again: the request it held once more, or refuse it the second time.

        A child that held nothing may have died after reading a token and before marking it: then all requests that no
        living child holds are queued a second time. A child that reads a second token skips answered requests.
        """
        for request in self._pending_requests():
            if request.sequence == held:
                self._retry(request)
            elif not held and not request.is_copied and request.sequence not in claimed:
                request.is_copied = True
                self._enqueue(request)

    def refuse_all(self) -> None:
        """Tell all waiting threads that there will be no answer."""
        for request in self._pending_requests():
            self._refuse(request)

    def end(self) -> None:
        """Close the queue, which stops the children, and refuse all requests."""
        self._has_ended = True
        with self._queue_lock:
            os.close(self._write_fd)
            self._write_fd = -1
        self.refuse_all()
        self._free.put(None)  # wakes threads that wait for a slot, one after the other

    def close(self) -> None:
        """Free everything, after all children and the supervisor's thread have ended.

        A slot that is still being filled is closed by its thread.
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
