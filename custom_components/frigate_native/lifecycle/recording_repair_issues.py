"""Repair issues for recording and restreaming; each clears when the problem is solved."""

from collections.abc import Callable
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..data import FrigateNativeData
from ..recording.plan_builder import recorded_cameras, restreamed_cameras
from ..runtime.places import Place
from .repair_issues import ISSUE_ENTRY_ID, IssueMonitor, IssueText

_MISSING_GRACE_S: Final = 120  # the add-on may start after Home Assistant, or be updated
_PROBLEM_GRACE_S: Final = 20
_CAMERA_GRACE_S: Final = 60

type _Check = tuple[IssueMonitor, Callable[[], bool]]


@callback
def async_watch_recorder(hass: HomeAssistant, data: FrigateNativeData) -> CALLBACK_TYPE:
    """Monitor recording and restreaming of an entry. Return how to stop, which removes the issues."""
    checks = [*_of_recorder(hass, data), *_of_cameras(hass, data)]

    @callback
    def look() -> None:
        for monitor, is_working in checks:
            monitor.async_update(is_working())

    look()
    end_listening = data.reports.async_listen(look)

    @callback
    def end() -> None:
        end_listening()
        for monitor, _ in checks:
            monitor.async_end()

    return end


def _of_recorder(hass: HomeAssistant, data: FrigateNativeData) -> list[_Check]:
    reports = data.reports
    # Not for restreams: most files from Frigate enable them, and users without the add-on may not need them.
    wanted = recorded_cameras(data.nvr.current_config())
    titles = ", ".join(place.title for place in data.cameras if place.name in wanted)

    fixes = {"recorder_missing": {ISSUE_ENTRY_ID: data.entry_id}}

    def is_heard() -> bool:
        return not wanted or reports.records_here or reports.addon is not None or bool(reports.unreadable)

    def monitor(name: str, grace_s: float, text: Callable[[], IssueText]) -> IssueMonitor:
        return IssueMonitor(hass, f"{data.entry_id}/recorder/{name}", grace_s, text, fixes)

    return [
        (monitor("missing", _MISSING_GRACE_S, lambda: ("recorder_missing", {"cameras": titles})), is_heard),
        (
            monitor("problem", _PROBLEM_GRACE_S, lambda: ("recorder_problem", {"error": "; ".join(reports.problems)})),
            lambda: not reports.problems,
        ),
        (
            monitor("unreadable", _PROBLEM_GRACE_S, lambda: ("recorder_unreadable", {"error": reports.unreadable})),
            lambda: not reports.unreadable,
        ),
    ]


def _of_cameras(hass: HomeAssistant, data: FrigateNativeData) -> list[_Check]:
    config = data.nvr.current_config()
    recorded, restreamed = recorded_cameras(config), restreamed_cameras(config)
    return [
        *(_recording(hass, data, place) for place in data.cameras if place.name in recorded),
        *(_restream(hass, data, place) for place in data.cameras if place.name in restreamed),
    ]


def _recording(hass: HomeAssistant, data: FrigateNativeData, place: Place) -> _Check:
    reports = data.reports

    def text() -> IssueText:
        health = reports.recording(place.name)
        return "camera_not_recorded", {"camera": place.title, "error": (health and health.text) or "—"}

    def is_working() -> bool:
        if reports.recorder_health is None or reports.problems:  # has its own issue
            return True
        health = reports.recording(place.name)
        return health is not None and health.is_recording is True

    return IssueMonitor(hass, f"{data.entry_id}/recording/{place.key}", _CAMERA_GRACE_S, text), is_working


def _restream(hass: HomeAssistant, data: FrigateNativeData, place: Place) -> _Check:
    reports = data.reports

    def text() -> IssueText:
        health = reports.restreaming(place.name)
        return "camera_not_restreamed", {"camera": place.title, "error": (health and health.text) or "—"}

    def is_working() -> bool:
        """Report a missing restream only if the camera itself works; a camera that is offline has its own issue."""
        health = reports.restreaming(place.name)
        return (
            health is None
            or health.is_restreaming is not False
            or health.is_recording is False
            or bool(reports.problems)
            or not data.bridge.is_running(place.name)
        )

    return IssueMonitor(hass, f"{data.entry_id}/restream/{place.key}", _CAMERA_GRACE_S, text), is_working
