"""The regions of one `detect` call."""

from collections.abc import Callable

from ...detector.slots import Rgb
from .request_queue import Request, RequestQueue, Slot


class Batch:
    """Submits regions and collects their answers. For one thread; call `withdraw` at the end."""

    def __init__(self, queue: RequestQueue, deadline: float) -> None:
        """No call waits beyond the deadline (monotonic)."""
        self._queue = queue
        self._deadline = deadline
        self._requests: list[Request | None] = []
        self._answers: list[bytes | None] = []

    def add(self, fill: Callable[[Rgb], None]) -> None:
        """Fill a slot and queue it. A region without a slot in time gets no answer."""
        slot = self._acquire()
        if slot is None:
            self._requests.append(None)
            return
        try:
            fill(self._queue.tensor(slot))
        except BaseException:
            self._queue.release(slot)
            raise
        self._requests.append(self._queue.submit(slot))

    def collect(self) -> list[bytes | None]:
        """Return the rows of each region in the order of `add`; None: no answer.

        Waits for the last request first: usually the others are answered by then.
        """
        left = self._requests[len(self._answers) :]
        late = [self._wait(request) for request in reversed(left)]
        self._answers.extend(reversed(late))
        return self._answers

    def withdraw(self) -> None:
        """Withdraw all requests that were not collected."""
        for request in self._requests[len(self._answers) :]:
            if request is not None:
                self._queue.withdraw(request)

    def _acquire(self) -> Slot | None:
        """Return a free slot. If there is none, collect own answers first: otherwise callers could deadlock."""
        while (slot := self._queue.acquire_now()) is None and len(self._answers) < len(self._requests):
            self._answers.append(self._wait(self._requests[len(self._answers)]))
        return slot or self._queue.acquire(self._deadline)

    def _wait(self, request: Request | None) -> bytes | None:
        return None if request is None else self._queue.wait(request, self._deadline)
