"""The thread that monitors detector processes and restarts those that die, hang or send invalid data."""

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

_START_TIMEOUT_S = 30.0  # a Coral takes several seconds to load its firmware
_TICKS_PER_WATCHDOG = 20
_EXIT_GRACE_S = 0.5  # between closing its pipe and exiting
_STOP_GRACE_S = 1.0
_JOIN_S = 2.5  # waiting for a child that cannot be killed takes 1.5 s
_BUSY = frozenset({ChildState.STARTING, ChildState.WORKING})
_ALIVE = frozenset({ChildState.WORKING, ChildState.UNREACHABLE})
_PROBLEMS = {
    StatusKind.UNREACHABLE: DetectorProblem.REMOTE,
    StatusKind.NO_CORAL: DetectorProblem.CORAL,
    StatusKind.NOT_COMPILED: DetectorProblem.MODEL,
}
_IDLE_SHARE = 0.8  # of the watchdog's time: an idle child that ignores a request for this long is stuck


class Supervisor:
    """Owns the child processes. Its thread is `fn:detect`; other threads may only start and stop it and read its state.

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
        """Start all children; return whether any works after timeout_s, or may work later."""
        self._worker.start()
        self._settled.wait(timeout_s)
        return any(not child.is_failing or child.state in _ALIVE for child in self._children)

    def request_stop(self) -> None:
        """Request the thread to stop; from now on, a child that exits has not failed."""
        self._is_stopping = True
        self._worker.request_stop()
        os.write(self._wake_write_fd, b"\0")

    def stop(self) -> None:
        """Stop the thread and all children. Call `request_stop` and close the queue first. Call once only."""
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
        self._update_availability()

    def _end_children_behind(self, invalid: Iterable[tuple[int, str]]) -> None:
        """Stop the child that sent invalid data: the one that held the request or has just answered it."""
        memory = self._queue.memory
        for sequence, text in invalid:
            for child in self._children:
                index = child.spec.index
                if child.pid and sequence in {int(memory.held[index]), int(memory.answered[index])}:
                    self._fail(child, f"sent invalid data: {text}")

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
        """Return a description of how a child hangs, empty if it does not."""
        if child.state is ChildState.STARTING:
            return f"was not ready within {_START_TIMEOUT_S:.0f} s" if now > child.due else ""
        memory, index = self._queue.memory, child.spec.index
        if child.state is ChildState.UNREACHABLE:
            silent_s = now - float(memory.finished[index])  # it updates this several times a second
            return (
                f"hung for {silent_s:.0f} s while its remote detector could not be reached"
                if silent_s > self._watchdog_s
                else ""
            )
        started = float(memory.started[index])
        if started:
            return f"hung in a detection for {now - started:.0f} s" if now - started > self._watchdog_s else ""
        held = int(memory.held[index])
        oldest = self._queue.oldest({held, *self._claimed(child), *memory.answered.tolist()})
        if oldest is None:
            return ""
        ignored_s = now - max(oldest, float(memory.finished[index]))
        return f"has taken no request for {ignored_s:.0f} s" if ignored_s > self._watchdog_s * _IDLE_SHARE else ""

    def _read_status(self, child: Child) -> None:
        if child.status_fd < 0:
            return  # failed after the selector returned
        try:
            data = child.read()
            for words in child.reader.feed(data):
                self._take(child, words)
        except BlockingIOError:
            return
        except ProtocolError as err:
            self._fail(child, f"sent invalid data: {err}")
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
        self._update_availability()
        self._settle()

    def _degrade(self, child: Child, problem: DetectorProblem, text: str) -> None:
        """Note that a child works on another device than configured, or has to wait; its request goes to the others."""
        if problem is DetectorProblem.REMOTE:
            was_unreachable = child.state is ChildState.UNREACHABLE
            child.become_unreachable()
            self._update_availability()
            if not was_unreachable:  # only once: the second time it would be refused
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
        """Stop a failed child, queue its request again, and report it. An empty problem means that the child exited."""
        if self._is_stopping:
            return
        self._unwatch(child)
        how_it_ended = child.end(grace_s)
        text = problem or child.last_problem or _with_log_lines(f"process {how_it_ended}", child.last_log_lines)
        child.last_problem = ""
        child.schedule_restart()
        child.answers = self._answers(child)
        self._update_availability()
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
        """Return the requests that the other children are working on."""
        held = self._queue.memory.held
        others = (child for child in self._children if child is not but and child.state in _BUSY)
        return {int(held[child.spec.index]) for child in others}

    def _update_availability(self) -> None:
        """Refuse requests while no child runs and none is restarted soon."""
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
