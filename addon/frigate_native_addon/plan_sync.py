"""Fetches the recording plan from Home Assistant, passes it to the recorder, and reports its health."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from custom_components.frigate_native.engine.concurrency import Worker
from custom_components.frigate_native.engine.disk.recording_paths import camera_name_error
from custom_components.frigate_native.recorder.plan import Health, Plan, PlanError

from .home_assistant import AccessRefusedError, HomeAssistant, HomeAssistantError
from .plan_file import PlanFile

_LOGGER = logging.getLogger(__name__)

# Home Assistant counts a refused token as a failed login, notifies its user and may ban the address.
_REFUSED_FACTOR: Final = 30


class PlanReceiver(Protocol):
    """Carries out a plan."""

    def apply(self, plan: Plan) -> None:
        """Carry out the plan; inputs that did not change are not interrupted."""
        ...


class PlanSync:
    """Synchronizes every `interval_s`. If that fails, the last plan stays active."""

    def __init__(
        self,
        home_assistant: HomeAssistant,
        file: PlanFile,
        recorder: PlanReceiver,
        report: Callable[[], Health],
        *,
        interval_s: float,
    ) -> None:
        """Prepare; `report` is called in its thread, once per interval."""
        self._home_assistant = home_assistant
        self._file = file
        self._recorder = recorder
        self._report = report
        self._interval_s = interval_s
        self._plan: Plan | None = None
        self._plan_problem = _Problem("Recording continues with the last plan", "Home Assistant sends plans again")
        self._report_problem = _Problem(
            "Home Assistant does not know the state of recording", "Home Assistant accepts health reports again"
        )
        self._last_run = time.monotonic()
        self._worker = Worker("fn:plan-sync", self._run)

    @property
    def problem(self) -> str | None:
        """Why the plan could not be fetched; None if it was."""
        return self._plan_problem.text or None

    @property
    def idle_s(self) -> float:
        """Seconds since the last synchronization; far more than `interval_s` means that it hangs."""
        return time.monotonic() - self._last_run

    def resume(self) -> None:
        """Apply the last plan from disk, if there is one."""
        self._plan = self._file.load()
        if self._plan is None:
            _LOGGER.info("No recording plan yet; waiting for Home Assistant to send one")
            return
        _LOGGER.info("Continuing with the last plan (%s)", _summary(self._plan))
        self._recorder.apply(self._plan)

    def start(self) -> None:
        """Synchronize now and at each interval."""
        self._worker.start()

    def request_stop(self) -> None:
        """Stop soon; a request in progress may take its time."""
        self._worker.request_stop()

    def stop(self, timeout_s: float) -> None:
        """Stop and wait for the thread."""
        self._worker.stop(timeout_s)

    def _run(self, stop: threading.Event) -> None:
        next_fetch = 0.0
        while not stop.is_set():
            self._last_run = time.monotonic()
            if time.monotonic() >= next_fetch:
                next_fetch = time.monotonic() + self._fetch()
            if not self._plan_problem.text and not stop.is_set():
                self._send(self._report())
            stop.wait(self._interval_s)

    def _fetch(self) -> float:
        """Fetch the plan; return how many seconds to wait before the next time."""
        try:
            plan = self._home_assistant.fetch_plan()
        except AccessRefusedError as err:
            self._plan_problem.note(str(err))
            return self._interval_s * _REFUSED_FACTOR
        except HomeAssistantError as err:
            self._plan_problem.note(str(err))
        except PlanError as err:
            self._plan_problem.note(f"Home Assistant's answer is invalid: {err}")
        else:
            self._plan_problem.note("")
            self._apply(plan)
        return 0.0

    def _apply(self, plan: Plan) -> None:
        if plan == self._plan:
            return
        _LOGGER.info("Home Assistant sent a new plan (%s)", _summary(plan))
        self._plan = plan
        self._recorder.apply(plan)
        try:
            self._file.save(plan)
        except OSError as err:
            _LOGGER.warning(
                "The plan could not be saved (%s); a restart without Home Assistant would record nothing",
                err,
            )

    def _send(self, health: Health) -> None:
        try:
            self._home_assistant.post_health(health)
        except HomeAssistantError as err:
            self._report_problem.note(str(err))
        else:
            self._report_problem.note("")


class _Problem:
    """A lasting problem, logged when it starts and when it ends."""

    def __init__(self, consequence: str, end: str) -> None:
        self._consequence = consequence
        self._end = end
        self.text = ""

    def note(self, text: str) -> None:
        """Log the problem if it is new; an empty text means that it has ended."""
        if text == self.text:
            return
        self.text = text
        if text:
            _LOGGER.warning("%s. %s", text, self._consequence)
        else:
            _LOGGER.info("%s", self._end)


def _summary(plan: Plan) -> str:
    known = [source for source in plan.inputs if not camera_name_error(source.camera)]  # the recorder logs the others
    recorded = sorted({source.camera for source in known if source.record is not None})
    restreamed = sorted({source.camera for source in known if source.rtmp is not None})
    return f"recorded: {', '.join(recorded) or 'none'}; restreamed: {', '.join(restreamed) or 'none'}"
