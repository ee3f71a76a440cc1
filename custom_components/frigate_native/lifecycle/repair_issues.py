"""Repair issues for problems that persist; each clears when the problem is solved."""

from collections.abc import Callable, Mapping
from datetime import datetime

from homeassistant.core import CALLBACK_TYPE, HassJob, HomeAssistant, callback
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.event import async_call_later

from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.errors import DetectorProblem, SourceProblem
from ..engine.messages import CameraMessage, CameraState, ClockMessage, DetectorMessage, DiskMessage, StoreMessage
from ..runtime.places import Place
from .advice_issues import watch_advice
from .steadiness import WINDOW_S, Steadiness

_CAMERA_GRACE_S = 60  # a camera may restart
_STORE_GRACE_S = 20  # a backup or server restart locks a database for seconds
_DISK_GRACE_S = 0  # clips have already been deleted
_CLOCK_GRACE_S = 0  # nothing is deleted meanwhile
_DETECTOR_GRACE_S = 20  # a crashed detector restarts within ten seconds

ISSUE_ENTRY_ID = "entry_id"
ISSUE_SUBENTRY_ID = "subentry_id"

type IssueText = tuple[str, dict[str, str]]
"""Translation key and placeholders of an issue."""


class IssueMonitor:
    """Creates an issue once a problem has persisted for a while."""

    def __init__(
        self,
        hass: HomeAssistant,
        issue_id: str,
        grace_s: float,
        text: Callable[[], IssueText],
        fixes: Mapping[str, Mapping[str, str | int | float | None]] | None = None,
    ) -> None:
        """Initialize; `text` is called when the issue is created.

        fixes maps the translation keys of fixable issues to the data of their repair flows.
        """
        self._fixes = fixes or {}
        self._hass = hass
        self._issue_id = issue_id
        self._grace_s = grace_s
        self._text = text
        self._cancel: CALLBACK_TYPE | None = None
        self._is_overdue = False

    @callback
    def async_update(self, is_working: bool) -> None:
        """Update the state."""
        if is_working:
            self.async_end()
        elif self._is_overdue:
            self._create()
        elif self._cancel is None:
            job = HassJob(self._async_overdue, cancel_on_shutdown=True)
            self._cancel = async_call_later(self._hass, self._grace_s, job)

    @callback
    def async_end(self) -> None:
        """Delete the issue and stop waiting."""
        if self._cancel:
            self._cancel()
        self._cancel = None
        self._is_overdue = False
        ir.async_delete_issue(self._hass, DOMAIN, self._issue_id)

    @callback
    def _async_overdue(self, _now: datetime) -> None:
        self._cancel = None
        self._is_overdue = True
        self._create()

    def _create(self) -> None:
        key, placeholders = self._text()
        ir.async_create_issue(
            self._hass,
            DOMAIN,
            self._issue_id,
            data=dict(fix) if (fix := self._fixes.get(key)) else None,
            is_fixable=key in self._fixes,
            severity=ir.IssueSeverity.ERROR,
            translation_key=key,
            translation_placeholders=placeholders,
        )


@callback
def async_watch(hass: HomeAssistant, data: FrigateNativeData) -> CALLBACK_TYPE:
    """Monitor the cameras, detectors, database and disk of an entry. Return how to stop, which removes the issues."""
    ends: list[CALLBACK_TYPE] = []
    for place in data.cameras:
        ends += _watch_camera(hass, data, place)
        ends += watch_advice(hass, data, place)
    for name in data.coordinator.data.detectors:
        ends += _watch_detector(hass, data, name)
    ends += _watch_store(hass, data)
    ends += _watch_disk(hass, data)
    ends += _watch_clock(hass, data)

    @callback
    def end_all() -> None:
        for end in ends:
            end()

    return end_all


def _watch_camera(hass: HomeAssistant, data: FrigateNativeData, place: Place) -> list[CALLBACK_TYPE]:
    watch = _CameraWatch(hass, data, place)
    return [data.bridge.async_subscribe(CameraMessage, (place.name,), watch.async_update), watch.async_end]


class _CameraWatch:
    """Watches one camera; one that is running but fails again and again counts as not working."""

    def __init__(self, hass: HomeAssistant, data: FrigateNativeData, place: Place) -> None:
        fixes = {"camera_login": {ISSUE_ENTRY_ID: data.entry_id, ISSUE_SUBENTRY_ID: place.subentry_id}}
        self._hass = hass
        self._data = data
        self._place = place
        self._monitor = IssueMonitor(hass, f"{data.entry_id}/{place.key}", _CAMERA_GRACE_S, self._text, fixes)
        self._steadiness = Steadiness()
        self._cancel: CALLBACK_TYPE | None = None
        self._async_check()

    @callback
    def async_update(self, message: CameraMessage) -> None:
        """Note a failure, and update the issue."""
        if message.state is CameraState.FAILED:
            self._steadiness.add_failure()
        self._async_check()

    @callback
    def async_end(self) -> None:
        """Delete the issue and stop watching."""
        self._async_cancel()
        self._monitor.async_end()

    @callback
    def _async_check(self, _now: datetime | None = None) -> None:
        self._async_cancel()
        is_running, is_steady = self._data.bridge.is_running(self._place.name), self._steadiness.is_steady
        self._monitor.async_update(is_running and is_steady)
        if is_running and not is_steady:  # failures are forgotten after the window
            job = HassJob(self._async_check, cancel_on_shutdown=True)
            self._cancel = async_call_later(self._hass, WINDOW_S + 1, job)

    @callback
    def _async_cancel(self) -> None:
        if self._cancel is not None:
            self._cancel()
        self._cancel = None

    def _text(self) -> IssueText:
        failure = self._data.bridge.last_failure(self._place.name)
        problem = (failure and failure.problem) or SourceProblem.OTHER
        placeholders = {"camera": self._place.title, "error": failure.text if failure else "—"}
        if problem is SourceProblem.AUTH and self._place.subentry_id:
            return "camera_login", placeholders
        return f"camera_{problem}", placeholders


def _watch_detector(hass: HomeAssistant, data: FrigateNativeData, name: str) -> list[CALLBACK_TYPE]:
    def text() -> IssueText:
        message = data.bridge.latest(DetectorMessage, (name,))
        problem = (message and message.problem) or DetectorProblem.DOWN
        return f"detector_{problem}", {"detector": name, "error": message.text if message else "—"}

    monitor = IssueMonitor(hass, f"{data.entry_id}/detector/{name}", _DETECTOR_GRACE_S, text)

    @callback
    def update(message: DetectorMessage) -> None:
        monitor.async_update(message.is_working)

    if message := data.bridge.latest(DetectorMessage, (name,)):
        update(message)
    return [data.bridge.async_subscribe(DetectorMessage, (name,), update), monitor.async_end]


def _watch_store(hass: HomeAssistant, data: FrigateNativeData) -> list[CALLBACK_TYPE]:
    def text() -> IssueText:
        message = data.bridge.latest(StoreMessage, ())
        return "store_down", {"error": message.text if message else "—"}

    monitor = IssueMonitor(hass, f"{data.entry_id}/store", _STORE_GRACE_S, text)

    @callback
    def update(message: StoreMessage) -> None:
        monitor.async_update(message.is_working)

    if message := data.bridge.latest(StoreMessage, ()):
        update(message)
    return [data.bridge.async_subscribe(StoreMessage, (), update), monitor.async_end]


def _watch_disk(hass: HomeAssistant, data: FrigateNativeData) -> list[CALLBACK_TYPE]:
    def text() -> IssueText:
        message = data.bridge.latest(DiskMessage, ())
        return "disk_full", {"path": str(message.path) if message else "—", "error": message.text if message else "—"}

    monitor = IssueMonitor(hass, f"{data.entry_id}/disk", _DISK_GRACE_S, text)

    @callback
    def update(message: DiskMessage) -> None:
        monitor.async_update(message.has_room)

    if message := data.bridge.latest(DiskMessage, ()):
        update(message)
    return [data.bridge.async_subscribe(DiskMessage, (), update), monitor.async_end]


def _watch_clock(hass: HomeAssistant, data: FrigateNativeData) -> list[CALLBACK_TYPE]:
    def text() -> IssueText:
        message = data.bridge.latest(ClockMessage, ())
        return "clock_jumped", {"error": message.problem if message else "—"}

    monitor = IssueMonitor(hass, f"{data.entry_id}/clock", _CLOCK_GRACE_S, text)

    @callback
    def update(message: ClockMessage) -> None:
        monitor.async_update(not message.problem)

    if message := data.bridge.latest(ClockMessage, ()):
        update(message)
    return [data.bridge.async_subscribe(ClockMessage, (), update), monitor.async_end]
