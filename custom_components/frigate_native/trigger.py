"""Triggers for objects, events and review items of cameras."""

from collections import OrderedDict
from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, override
from urllib.parse import quote

import voluptuous as vol
from homeassistant.components.http.auth import async_sign_path
from homeassistant.const import CONF_OPTIONS, CONF_TARGET
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.dispatcher import async_dispatcher_connect
from homeassistant.helpers.trigger import Trigger, TriggerActionRunner, TriggerConfig, TriggerNotTriggeredReporter
from homeassistant.helpers.typing import ConfigType

from .automation.event_data import event_data, zones_entered, zones_left
from .automation.review_trigger import ReviewItemChanged
from .automation.target import check_target
from .automation.trigger_filter import FILTER_OPTIONS, TriggerFilter, async_check_options
from .const import DOMAIN, SIGNAL_CLIP, SIGNAL_EVENT
from .engine.messages import ClipMessage, EventMessage, EventType, ObjectState
from .entries import async_running_system
from .runtime.places import display_name

CONF_COOLDOWN: Final = "cooldown"
CONF_UPDATE_INTERVAL: Final = "update_interval"

_LINK_LIFETIME: Final = timedelta(days=7)  # validity of a clip's signed link
_MAX_FOLLOWED: Final = 200  # ongoing events per trigger; the oldest is dropped for a new one


def _schema(**options: Any) -> vol.Schema:
    more = {vol.Optional(key, default=0): check for key, check in options.items()}
    return vol.Schema(
        {vol.Optional(CONF_TARGET): cv.TARGET_FIELDS, vol.Optional(CONF_OPTIONS, default={}): FILTER_OPTIONS | more}
    )


class Change(StrEnum):
    """Values of `trigger.change`."""

    DETECTED = "detected"
    UPDATED = "updated"
    ENDED = "ended"
    CLIP_READY = "clip_ready"
    ZONE_ENTERED = "zone_entered"
    ZONE_LEFT = "zone_left"


class _EventTrigger(Trigger):
    """Runs for events that match its options and target; all cameras without a target."""

    _schema = _schema()

    @classmethod
    @override
    async def async_validate_config(cls, hass: HomeAssistant, config: ConfigType) -> ConfigType:
        checked = check_target(cls._schema(config))
        async_check_options(hass, checked[CONF_OPTIONS])
        return checked

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Initialize from a validated configuration."""
        super().__init__(hass, config)
        self._filter = TriggerFilter(hass, config)

    @override
    async def async_attach_runner(
        self, run_action: TriggerActionRunner, did_not_trigger: TriggerNotTriggeredReporter | None = None
    ) -> CALLBACK_TYPE:
        @callback
        def take(entry_id: str, _topic: str, message: EventMessage) -> None:
            for change, more in self._changes(entry_id, message):
                run(entry_id, message.after, change, message.to_payload() | more)

        @callback
        def take_clip(entry_id: str, message: ClipMessage) -> None:
            if message.path is None or message.is_recovered or not self._runs_for_clip(entry_id, message.state):
                return
            facts = _clip_data(self._hass, entry_id, message.state, message.path)
            run(entry_id, message.state, Change.CLIP_READY, facts)

        def run(entry_id: str, state: ObjectState, change: Change, more: dict[str, Any]) -> None:
            title = self._title(entry_id, state.camera)
            facts = event_data(state) | {"camera_name": title, "change": str(change)}
            run_action(facts | more, f"{state.label} at {title}: {change.replace('_', ' ')}")

        ends = [
            async_dispatcher_connect(self._hass, SIGNAL_EVENT, take),
            async_dispatcher_connect(self._hass, SIGNAL_CLIP, take_clip),
        ]

        @callback
        def detach() -> None:
            while ends:
                ends.pop()()

        return detach

    def _changes(self, entry_id: str, message: EventMessage) -> Iterator[tuple[Change, dict[str, Any]]]:
        """Return the changes to run for, with further template variables for each."""
        return iter(())

    def _runs_for_clip(self, entry_id: str, state: ObjectState) -> bool:
        """Return whether to run for the clip of an event that has ended."""
        return False

    def _is_first(self, entry_id: str, message: EventMessage) -> bool:
        """Return whether an event that matches now did not match before this message."""
        return message.type is EventType.NEW or not self._filter.matches(entry_id, message.before)

    def _title(self, entry_id: str, camera: str) -> str:
        data = async_running_system(self._hass, entry_id)
        return data.camera_title(camera) if data else display_name(camera)


class ObjectDetected(_EventTrigger):
    """Runs once per event, as soon as it matches."""

    @override
    def _changes(self, entry_id: str, message: EventMessage) -> Iterator[tuple[Change, dict[str, Any]]]:
        if self._filter.matches(entry_id, message.after) and self._is_first(entry_id, message):
            yield Change.DETECTED, {}


class EventUpdated(_EventTrigger):
    """Runs for each later change of a matching event: a better image, other zones."""

    @override
    def _changes(self, entry_id: str, message: EventMessage) -> Iterator[tuple[Change, dict[str, Any]]]:
        if message.type is EventType.UPDATE and self._filter.matches(entry_id, message.before):
            yield Change.UPDATED, {}


class EventEnded(_EventTrigger):
    """Runs when a matching event ends."""

    @override
    def _changes(self, entry_id: str, message: EventMessage) -> Iterator[tuple[Change, dict[str, Any]]]:
        if message.type is EventType.END and self._filter.matches(entry_id, message.after):
            yield Change.ENDED, {}


class ZoneEntered(_EventTrigger):
    """Runs each time an object enters a zone."""

    @override
    def _changes(self, entry_id: str, message: EventMessage) -> Iterator[tuple[Change, dict[str, Any]]]:
        for zone in self._filter.crossed(entry_id, message.after, zones_entered(message)):
            yield Change.ZONE_ENTERED, {"zone": zone}


class ZoneLeft(_EventTrigger):
    """Runs each time an object leaves a zone or disappears in it."""

    @override
    def _changes(self, entry_id: str, message: EventMessage) -> Iterator[tuple[Change, dict[str, Any]]]:
        for zone in self._filter.crossed(entry_id, message.after, zones_left(message)):
            yield Change.ZONE_LEFT, {"zone": zone}


class ClipIsReady(_EventTrigger):
    """Runs when the clip of a matching event is ready; not for events from before a restart."""

    @override
    def _runs_for_clip(self, entry_id: str, state: ObjectState) -> bool:
        return self._filter.matches(entry_id, state)


class EventFollowed(_EventTrigger):
    """Runs when an event matches, and again when it gets a better image, ends, and has a clip.

    An event that starts during the cooldown after another one at the same camera is skipped entirely. Times are
    those of the events, not of the clock.
    """

    _schema = _schema(**{CONF_COOLDOWN: cv.positive_time_period, CONF_UPDATE_INTERVAL: cv.positive_time_period})

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Initialize from a validated configuration."""
        super().__init__(hass, config)
        options = config.options or {}
        self._cooldown_s = _seconds(options[CONF_COOLDOWN])
        self._update_interval_s = _seconds(options[CONF_UPDATE_INTERVAL])
        self._last_detected: dict[tuple[str, str], float] = {}  # by entry and camera
        self._followed: OrderedDict[str, float] = OrderedDict()  # time of the last run by event ID

    @override
    def _changes(self, entry_id: str, message: EventMessage) -> Iterator[tuple[Change, dict[str, Any]]]:
        state = message.after
        if state.id not in self._followed:
            if message.type is not EventType.END and self._begins(entry_id, message):
                yield Change.DETECTED, {}
        elif message.type is EventType.END:
            yield Change.ENDED, {}
        elif not 0 <= state.frame_time - self._followed[state.id] < self._update_interval_s:
            self._followed[state.id] = state.frame_time
            yield Change.UPDATED, {}

    def _begins(self, entry_id: str, message: EventMessage) -> bool:
        state = message.after
        if not (self._filter.matches(entry_id, state) and self._is_first(entry_id, message)):
            return False
        camera, now = (entry_id, state.camera), state.frame_time
        last = self._last_detected.get(camera)
        if last is not None and 0 <= now - last < self._cooldown_s:
            return False
        self._last_detected[camera] = self._followed[state.id] = now
        if len(self._followed) > _MAX_FOLLOWED:
            self._followed.popitem(last=False)
        return True

    @override
    def _runs_for_clip(self, entry_id: str, state: ObjectState) -> bool:
        return self._followed.pop(state.id, None) is not None


def _clip_data(hass: HomeAssistant, entry_id: str, state: ObjectState, clip: Path) -> dict[str, Any]:
    """Return the clip's path, which needs a login, and a link that needs none.

    Signatures expire with the next start of Home Assistant, so the public path is preferred if it is enabled.
    """
    base = f"/api/{DOMAIN}"
    path = f"{base}/clips/{quote(clip.name)}"
    data = async_running_system(hass, entry_id)
    if data is not None and data.http.has_public_clips:
        link = f"{base}/notifications/{state.id}/clip.mp4"
    else:
        link = async_sign_path(hass, path, _LINK_LIFETIME, use_content_user=True)
    return {"after": state.to_payload(), "clip": path, "clip_link": link}


def _seconds(period: timedelta | int) -> float:
    return period.total_seconds() if isinstance(period, timedelta) else float(period)


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:
    """Return the triggers by name."""
    return {
        "object_detected": ObjectDetected,
        "event_updated": EventUpdated,
        "event_ended": EventEnded,
        "event_followed": EventFollowed,
        "zone_entered": ZoneEntered,
        "zone_left": ZoneLeft,
        "clip_ready": ClipIsReady,
        "review_item": ReviewItemChanged,
    }
