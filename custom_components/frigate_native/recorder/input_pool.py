"""The running inputs of a recorder."""

import threading
from collections.abc import Iterable, Sequence
from typing import Final

from ..engine.concurrency import Deadline
from .context import RecorderContext
from .input_supervisor import InputSupervisor
from .plan import InputPlan

_INPUT_STOP_S: Final = 8.0
_LEAST_WAIT_S: Final = 0.4  # also after the deadline: most inputs are about to stop by then


class InputPool:
    """Starts and stops inputs. One thread changes it, any thread reads it."""

    def __init__(self, context: RecorderContext) -> None:
        """Create an empty pool."""
        self._context = context
        self._inputs: dict[InputPlan, InputSupervisor] = {}
        self._lock = threading.Lock()

    def inputs(self) -> list[InputSupervisor]:
        """Return the running inputs."""
        with self._lock:
            return list(self._inputs.values())

    def apply(self, plans: Sequence[InputPlan], reason: str) -> None:
        """Stop inputs that are not planned any more and start new ones.

        reason explains the gap in the recordings of those that stop.
        """
        removed = [plan for plan in self._inputs if plan not in plans]
        self._stop(removed, Deadline(_INPUT_STOP_S))
        for plan in removed:
            if plan.record is not None:
                self._context.coverage.add_reason(plan.camera, reason, self._context.clock.now())
        for plan in plans:
            if plan not in self._inputs and (plan.record is not None or plan.rtmp is not None):
                self._start(plan)

    def request_stop(self) -> None:
        """Ask all inputs to stop, without waiting."""
        for supervisor in self.inputs():
            supervisor.request_stop()

    def stop(self, deadline: Deadline) -> None:
        """Stop all inputs."""
        self._stop(list(self._inputs), deadline)

    def _start(self, plan: InputPlan) -> None:
        supervisor = InputSupervisor(plan, self._context)
        with self._lock:
            self._inputs[plan] = supervisor
        supervisor.start()

    def _stop(self, plans: Iterable[InputPlan], deadline: Deadline) -> None:
        stopping = {plan: self._inputs[plan] for plan in plans}
        for supervisor in stopping.values():
            supervisor.request_stop()
        for plan, supervisor in stopping.items():
            supervisor.stop(left_s(deadline))
            with self._lock:
                self._inputs.pop(plan, None)


def left_s(deadline: Deadline) -> float:
    """Return the seconds until the deadline, or a moment after it for what is about to stop."""
    return max(deadline.left_s(), _LEAST_WAIT_S)
