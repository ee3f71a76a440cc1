"""The thread that watches over the detector processes and restarts what dies, hangs or talks nonsense."""

import logging
import os
import selectors
import threading
import time
from collections.abc import Callable, Iterable, Sequence

from ...detector.protocol import ProtocolError, Status, StatusKind
from ..concurrency import Worker
from ..errors import DetectorProblem
from ..messages import DetectorMessage
from .child import Child, ChildState
from .request_queue import RequestQueue

_LOGGER = logging.getLogger(__name__)

_START_TIMEOUT_S = 30.0  # a Coral that loads its firmware takes several seconds
_TICKS_PER_WATCHDOG = 20
_EXIT_GRACE_S = 0.5  # between closing its pipe and being gone
_STOP_GRACE_S = 1.0
_JOIN_S = 2.5  # ending a child that cannot be killed takes the thread 1.5
_BUSY = frozenset({ChildState.STARTING, ChildState.WORKING})
_ALIVE = frozenset({ChildState.WORKING, ChildState.UNREACHABLE})
_PROBLEMS = {
    StatusKind.UNREACHABLE: DetectorProblem.REMOTE,
    StatusKind.NO_CORAL: DetectorProblem.CORAL,
    StatusKind.NOT_COMPILED: DetectorProblem.MODEL,
}
_IDLE_SHARE = 0.8  # of the watchdog's time: an idle child that lets a request lie so long is stuck


class Supervisor:
    """Owns the children. Its thread is called `fn:detect`; any other may only start, stop and ask.

    `on_message` is called by that thread; it must be quick.
    """

    def __init__(
        self,
        children: Sequence[Child],
        queue: RequestQueue,
        on_message: Callable[[DetectorMessage], None],
        watchdog_s: float,
    ) -> None:
        """Prepare; nothing runs before `start`."""
        self._children = tuple(children)
        self._queue = queue
        self._on_message = on_message
        self._watchdog_s = watchdog_s
        self._selector = selectors.DefaultSelector()
        self._wake_read_fd, self._wake_write_fd = os.pipe()
        self._selector.register(self._wake_read_fd, selectors.EVENT_READ, lambda: None)
        self._worker = Worker("fn:detect", self._run)
        self._settled = threading.Event()
        self._next_tick = 0.0
        self._is_stopping = False
        self.is_available = True

    def start(self, timeout_s: float) -> bool:
        """Start all children; return whether any works, or may still do so after timeout_s."""
        self._worker.start()
        self._settled.wait(timeout_s)
        return any(not child.is_failing or child.state in _ALIVE for child in self._children)

    def request_stop(self) -> None:
        """Ask the thread to end; from now on a child that ends has not failed."""
        self._is_stopping = True
        self._worker.request_stop()
        os.write(self._wake_write_fd, b"\0")

    def stop(self) -> None:
        """End the thread and all children; before, `request_stop`, and the end of the queue ends them. Once only."""
        self._worker.stop(_JOIN_S)
        deadline = time.monotonic() + _STOP_GRACE_S
        for child in self._children:
            self._unwatch(child)
            child.end(max(0.0, deadline - time.monotonic()))
            child.state = ChildState.STOPPED
        self._selector.close()
        os.close(self._wake_read_fd)
        os.close(self._wake_write_fd)

    def _run(self, stop: threading.Event) -> None:
        tick_s = self._watchdog_s / _TICKS_PER_WATCHDOG
        while not stop.is_set():
            now = time.monotonic()
            if now >= self._next_tick:
                self._next_tick = now + tick_s
                self._tick(now)
            for key, _ in self._selector.select(self._next_tick - now):
                handle: Callable[[], None] = key.data
                handle()

    def _tick(self, now: float) -> None:
        self._end_children_behind(self._queue.take_invalid_answers())
        for child in self._children:
            if self._is_stopping:
                return
            if child.state is ChildState.STOPPED:
                if now >= child.due:
                    self._spawn(child)
            elif problem := self._find_hang(child, now):
                self._fail(child, problem)
            elif child.is_failing and child.is_on_probation and self._answers(child) > child.answers:
                self._recovered(child, "answers again")
        self._note_availability()

    def _end_children_behind(self, nonsense: Iterable[tuple[int, str]]) -> None:
        """End the child that has written it: the one that held the request, or has just answered it."""
        memory = self._queue.memory
        for sequence, text in nonsense:
            for child in self._children:
                index = child.spec.index
                if child.pid and sequence in {int(memory.held[index]), int(memory.answered[index])}:
                    self._fail(child, f"wrote nonsense: {text}")

    def _answers(self, child: Child) -> int:
        return int(self._queue.memory.inferences[child.spec.index])

    def _spawn(self, child: Child) -> None:
        index = child.spec.index
        memory = self._queue.memory
        memory.started[index] = memory.finished[index] = 0.0
        memory.held[index] = 0
        try:
            child.spawn(_START_TIMEOUT_S)
        except OSError as err:
            self._fail(child, f"cannot be started: {err}")
            return
        self._selector.register(child.status_fd, selectors.EVENT_READ, lambda: self._read_status(child))
        self._selector.register(child.log_fd, selectors.EVENT_READ, lambda: self._take_log(child))

    def _find_hang(self, child: Child, now: float) -> str:
        """Return in words how a child hangs, empty when it does not."""
        if child.state is ChildState.STARTING:
            return f"was not ready within {_START_TIMEOUT_S:.0f} s" if now > child.due else ""
        memory, index = self._queue.memory, child.spec.index
        if child.state is ChildState.UNREACHABLE:
            silent_s = now - float(memory.finished[index])  # it says several times a second that it lives
            return f"hung while its machine was away, for {silent_s:.0f} s" if silent_s > self._watchdog_s else ""
        started = float(memory.started[index])
        if started:
            return f"hung in a detection for {now - started:.0f} s" if now - started > self._watchdog_s else ""
        held = int(memory.held[index])
        oldest = self._queue.oldest({held, *self._claimed(child), *memory.answered.tolist()})
        if oldest is None:
            return ""
        ignored_s = now - max(oldest, float(memory.finished[index]))
        return f"took no request for {ignored_s:.0f} s" if ignored_s > self._watchdog_s * _IDLE_SHARE else ""

    def _read_status(self, child: Child) -> None:
        if child.status_fd < 0:
            return  # failed since the selector saw it
        try:
            data = child.read()
            for words in child.reader.feed(data):
                self._take(child, words)
        except BlockingIOError:
            return
        except ProtocolError as err:
            self._fail(child, f"wrote nonsense: {err}")
            return
        if not data:
            self._fail(child, "", _EXIT_GRACE_S)

    def _take(self, child: Child, words: Status) -> None:
        if words.kind is StatusKind.FAILED:
            child.last_problem = words.text
            return
        if problem := _PROBLEMS.get(words.kind):
            self._degrade(child, problem, words.text)
        else:
            child.become_ready()
            _LOGGER.debug("Detector %s is ready: %s", child.name, words.text)
            if child.is_failing and not child.is_on_probation:
                self._recovered(child, f"works again ({words.text})")
        self._note_availability()
        self._settle()

    def _degrade(self, child: Child, problem: DetectorProblem, text: str) -> None:
        """Note that a child works in another way than it should, or has to wait; the others get what it held."""
        if problem is DetectorProblem.REMOTE:
            was_unreachable = child.state is ChildState.UNREACHABLE
            child.become_unreachable()
            self._note_availability()
            if not was_unreachable:  # once: a second time it would be refused
                self._queue.recover(int(self._queue.memory.held[child.spec.index]), self._claimed(child))
        else:
            child.become_ready()
            child.is_on_probation = False
        self._report(child, text, problem)

    def _take_log(self, child: Child) -> None:
        if child.log_fd < 0:
            return
        try:
            if not child.read_log():
                self._selector.unregister(child.log_fd)
        except BlockingIOError:
            return

    def _fail(self, child: Child, problem: str, grace_s: float = 0.0) -> None:
        """End a child that is of no use, hand its request on, and say so. problem "": it ended by itself."""
        if self._is_stopping:
            return
        self._unwatch(child)
        how_it_ended = child.end(grace_s)
        text = problem or child.last_problem or _with_log_lines(f"process {how_it_ended}", child.last_log_lines)
        child.last_problem = ""
        child.schedule_restart()
        child.answers = self._answers(child)
        self._note_availability()
        self._queue.recover(int(self._queue.memory.held[child.spec.index]), self._claimed(child))
        self._next_tick = min(self._next_tick, child.due)
        self._report(child, text)
        self._settle()

    def _report(self, child: Child, text: str, problem: DetectorProblem = DetectorProblem.DOWN) -> None:
        is_news = not child.is_failing or child.reported_kind is not problem
        child.is_failing, child.reported_kind = True, problem
        _LOGGER.log(logging.WARNING if is_news else logging.DEBUG, "Detector %s: %s", child.name, text)
        if is_news or text != child.reported_problem:
            child.reported_problem = text
            self._on_message(DetectorMessage(detector=child.name, is_working=False, problem=problem, text=text))

    def _recovered(self, child: Child, text: str) -> None:
        child.is_failing = False
        _LOGGER.info("Detector %s %s", child.name, text)
        self._on_message(DetectorMessage(detector=child.name, is_working=True, text=text))

    def _claimed(self, but: Child) -> set[int]:
        """Return the requests that the other children hold and work at."""
        held = self._queue.memory.held
        others = (child for child in self._children if child is not but and child.state in _BUSY)
        return {int(held[child.spec.index]) for child in others}

    def _note_availability(self) -> None:
        """Let nobody wait while every child rests for longer than a moment."""
        soon = time.monotonic() + self._watchdog_s / _TICKS_PER_WATCHDOG
        self.is_available = any(
            child.state in _BUSY or (child.state is ChildState.STOPPED and child.due <= soon)
            for child in self._children
        )
        if not self.is_available:
            self._queue.refuse_all()

    def _settle(self) -> None:
        if all(child.state is ChildState.WORKING or child.is_failing for child in self._children):
            self._settled.set()

    def _unwatch(self, child: Child) -> None:
        for fd in (child.status_fd, child.log_fd):
            if fd >= 0 and fd in self._selector.get_map():
                self._selector.unregister(fd)


def _with_log_lines(text: str, last_log_lines: str) -> str:
    return f"{text} ({last_log_lines})" if last_log_lines else text
