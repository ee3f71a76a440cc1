"""The trigger for review items of cameras."""

from datetime import timedelta
from enum import StrEnum
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

from ..const import DOMAIN, SIGNAL_REVIEW
from ..engine.messages import EventType, ReviewMessage, ReviewState, Severity
from ..entries import async_running_system
from ..runtime.places import display_name
from .event_data import moment
from .target import CONF_ALL_CAMERAS, PlaceTarget, check_target

_CHANGES: Final = "changes"
_SEVERITY: Final = "severity"
_LINK_LIFETIME: Final = timedelta(days=7)  # validity of a thumbnail's signed link


class ReviewChange(StrEnum):
    """Values of `trigger.change`."""

    NEW = "new"
    BECAME_ALERT = "became_alert"
    ENDED = "ended"


def _some_of(words: type[StrEnum]) -> object:
    return vol.All(cv.ensure_list, [vol.In([str(word) for word in words])])


_SCHEMA: Final = vol.Schema(
    {
        vol.Optional(CONF_TARGET): cv.TARGET_FIELDS,
        vol.Optional(CONF_OPTIONS, default={}): {
            vol.Optional(_CHANGES, default=[]): _some_of(ReviewChange),
            vol.Optional(_SEVERITY, default=[]): _some_of(Severity),
            vol.Optional(CONF_ALL_CAMERAS, default=True): cv.boolean,
        },
    }
)


class ReviewItemChanged(Trigger):
    """Runs when a review item begins, becomes an alert or ends. An empty list of changes or severities means all."""

    @classmethod
    @override
    async def async_validate_config(cls, hass: HomeAssistant, config: ConfigType) -> ConfigType:
        return check_target(_SCHEMA(config))

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Initialize from a validated configuration."""
        super().__init__(hass, config)
        options = config.options or {}
        self._changes = frozenset(options[_CHANGES] or ReviewChange)
        self._severities = frozenset(options[_SEVERITY] or Severity)
        self._target = PlaceTarget(hass, config.target)

    @override
    async def async_attach_runner(
        self, run_action: TriggerActionRunner, did_not_trigger: TriggerNotTriggeredReporter | None = None
    ) -> CALLBACK_TYPE:
        @callback
        def receive(entry_id: str, _topic: str, message: ReviewMessage) -> None:
            change, item = _change(message), message.after
            if (
                change is not None
                and change in self._changes
                and item.severity in self._severities
                and self._target.includes(entry_id, item.camera, item.zones)
            ):
                title = self._title(entry_id, item.camera)
                facts = _data(self._hass, item) | {"camera_name": title, "change": str(change)}
                payload = message.to_payload()
                more = {"before": payload["before"], "after": payload["after"]}
                run_action(facts | more, f"{item.severity} at {title}: {change.replace('_', ' ')}")

        return async_dispatcher_connect(self._hass, SIGNAL_REVIEW, receive)

    def _title(self, entry_id: str, camera: str) -> str:
        data = async_running_system(self._hass, entry_id)
        return data.camera_title(camera) if data else display_name(camera)


def _change(message: ReviewMessage) -> ReviewChange | None:
    """Return what happened to the item; None if it only has a better thumbnail or more objects."""
    if message.type is EventType.NEW:
        return ReviewChange.NEW
    if message.type is EventType.END:
        return ReviewChange.ENDED
    has_risen = message.after.severity is Severity.ALERT and message.before.severity is not Severity.ALERT
    return ReviewChange.BECAME_ALERT if has_risen else None


def _data(hass: HomeAssistant, item: ReviewState) -> dict[str, Any]:
    """Return an item as JSON, with the path of its thumbnail, which needs a login, and a link that needs none."""
    path = f"/api/{DOMAIN}/review/{quote(item.id, safe='')}/thumbnail.webp"
    return {
        "review_id": item.id,
        "camera": item.camera,
        "severity": str(item.severity),
        "objects": list(item.labels),
        "zones": list(item.zones),
        "event_ids": list(item.event_ids),
        "start_time": moment(item.start_time),
        "end_time": None if item.end_time is None else moment(item.end_time),
        "thumbnail": path,
        "thumbnail_link": async_sign_path(hass, path, _LINK_LIFETIME, use_content_user=True),
    }
