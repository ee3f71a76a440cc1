"""Keeps to what Home Assistant wants: asks for the plan, has it carried out, reports how that goes."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final, Protocol

from custom_components.frigate_native.engine.concurrency import Worker
from custom_components.frigate_native.recorder.plan import Health, Plan, PlanError
from custom_components.frigate_native.recorder.recording_paths import camera_name_error

from .home_assistant import AccessRefusedError, HomeAssistant, HomeAssistantError
from .plan_file import PlanFile

_LOGGER = logging.getLogger(__name__)

# Home Assistant counts a refused token as a failed login, tells its user of each and may ban the address.
_REFUSED_FACTOR: Final = 30


class PlanReceiver(Protocol):
    """Carries out a plan."""

    def apply(self, plan: Plan) -> None:
        """Start, stop and change only what differs from the last one."""
        ...


class PlanSync:
    """Asks and reports every `interval_s`. Whatever goes wrong, the last plan stays in force."""

    def __init__(
        self,
        home_assistant: HomeAssistant,
        file: PlanFile,
        recorder: PlanReceiver,
        report: Callable[[], Health],
        *,
        interval_s: float,
    ) -> None:
        """Prepare it; `report` is called from its thread, once a round."""
        self._home_assistant = home_assistant
        self._file = file
        self._recorder = recorder
        self._report = report
        self._interval_s = interval_s
        self._plan: Plan | None = None
        self._unasked = _Trouble("Recording goes on with the last plan", "Home Assistant tells what to do again")
        self._untold = _Trouble("Home Assistant does not see how recording goes", "Home Assistant takes reports again")
        self._last_round = time.monotonic()
        self._worker = Worker("fn:plan-sync", self._run)

    @property
    def problem(self) -> str | None:
        """Why the plan could not be asked for, None when it was."""
        return self._unasked.text or None

    @property
    def idle_s(self) -> float:
        """How long ago it was seen at work, in seconds; far more than `interval_s` means that it hangs."""
        return time.monotonic() - self._last_round

    def resume(self) -> None:
        """Carry out the last plan that is on disk, if there is one."""
        self._plan = self._file.load()
        if self._plan is None:
            _LOGGER.info("There is no plan yet; waiting for Home Assistant to send one")
            return
        _LOGGER.info("Going on with the last plan (%s)", _summary(self._plan))
        self._recorder.apply(self._plan)

    def start(self) -> None:
        """Ask Home Assistant now, and from now on."""
        self._worker.start()

    def request_stop(self) -> None:
        """Ask no more; a question under way may take its time."""
        self._worker.request_stop()

    def stop(self, timeout_s: float) -> None:
        """Ask no more and wait for the thread."""
        self._worker.stop(timeout_s)

    def _run(self, stop: threading.Event) -> None:
        ask_at = 0.0
        while not stop.is_set():
            self._last_round = time.monotonic()
            if time.monotonic() >= ask_at:
                ask_at = time.monotonic() + self._ask()
            if not self._unasked.text and not stop.is_set():
                self._notify(self._report())
            stop.wait(self._interval_s)

    def _ask(self) -> float:
        """Ask for the plan; return for how many seconds not to ask again."""
        try:
            plan = self._home_assistant.fetch_plan()
        except AccessRefusedError as err:
            self._unasked.note(str(err))
            return self._interval_s * _REFUSED_FACTOR
        except HomeAssistantError as err:
            self._unasked.note(str(err))
        except PlanError as err:
            self._unasked.note(f"Home Assistant's answer cannot be used: {err}")
        else:
            self._unasked.note("")
            self._take(plan)
        return 0.0

    def _take(self, plan: Plan) -> None:
        if plan == self._plan:
            return
        _LOGGER.info("Home Assistant sent a new plan (%s)", _summary(plan))
        self._plan = plan
        self._recorder.apply(plan)
        try:
            self._file.save(plan)
        except OSError as err:
            _LOGGER.warning("The plan could not be saved (%s): a restart without Home Assistant would not record", err)

    def _notify(self, health: Health) -> None:
        try:
            self._home_assistant.post_health(health)
        except HomeAssistantError as err:
            self._untold.note(str(err))
        else:
            self._untold.note("")


class _Trouble:
    """Something that goes on for a while and is said once."""

    def __init__(self, consequence: str, end: str) -> None:
        self._consequence = consequence
        self._end = end
        self.text = ""

    def note(self, text: str) -> None:
        """Say what is wrong if that is news; an empty text is the end of it."""
        if text == self.text:
            return
        self.text = text
        if text:
            _LOGGER.warning("%s. %s", text, self._consequence)
        else:
            _LOGGER.info("%s", self._end)


def _summary(plan: Plan) -> str:
    known = [source for source in plan.inputs if not camera_name_error(source.camera)]  # the recorder tells of others
    recorded = sorted({source.camera for source in known if source.record is not None})
    restreamed = sorted({source.camera for source in known if source.rtmp is not None})
    return f"recorded: {', '.join(recorded) or 'none'}; restreamed: {', '.join(restreamed) or 'none'}"
