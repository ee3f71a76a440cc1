"""Writes what happens at cameras to Home Assistant's Activity."""

from enum import StrEnum
from typing import Any, Final

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID, Platform
from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN, EVENT_ACTIVITY
from ..engine.messages import CameraMessage, ClipMessage, EventMessage, EventType, ObjectState
from .places import Place, display_name

_SCORE_DIGITS: Final = 3


class Change(StrEnum):
    """What an entry of Activity reports."""

    DETECTED = "detected"
    ZONE_ENTERED = "zone_entered"
    ZONE_LEFT = "zone_left"
    ENDED = "ended"
    CLIP_READY = "clip_ready"
    STREAM_FAILED = "stream_failed"


type ActivityCause = EventMessage | ClipMessage | CameraMessage


class Activity:
    """Fires an event for each message that event entities show; the logbook platform describes it.

    Entities write their states with its context, so that their own lines in Activity name the object as well.
    """

    def __init__(self, hass: HomeAssistant, entry_id: str, places: tuple[Place, ...]) -> None:
        """Initialize with the entry's places."""
        self._hass = hass
        self._entry_id = entry_id
        self._cameras = {place.name: place for place in places if not place.is_zone}
        self._last: tuple[ActivityCause, Context] | None = None

    @callback
    def async_context(self, message: ActivityCause) -> Context:
        """Return the context of a message, the same for all entities that it changes."""
        if self._last is None or self._last[0] is not message:
            self._last = message, self._async_write(message)
        return self._last[1]

    def _async_write(self, message: ActivityCause) -> Context:
        context = Context()
        facts = self._camera(message.camera) | _facts_of(message)
        self._hass.bus.async_fire(EVENT_ACTIVITY, facts, context=context)
        return context

    def _camera(self, name: str) -> dict[str, Any]:
        if (place := self._cameras.get(name)) is None:
            return {"camera_name": display_name(name)}
        entities = er.async_get(self._hass)
        entity_id = entities.async_get_entity_id(Platform.CAMERA, DOMAIN, f"{self._entry_id}/{place.key}/camera")
        entity = entities.async_get(entity_id) if entity_id else None
        ids = {ATTR_ENTITY_ID: entity.entity_id, ATTR_DEVICE_ID: entity.device_id} if entity else {}
        return {"camera_name": place.title} | ids


def _facts_of(message: ActivityCause) -> dict[str, Any]:
    if isinstance(message, CameraMessage):
        return {"change": Change.STREAM_FAILED, "camera": message.camera, "text": message.text}
    change, zones = _change(message)
    state = message.state if isinstance(message, ClipMessage) else message.after
    return _facts(state) | {"change": change, "zones": list(map(display_name, zones))}


def _change(message: EventMessage | ClipMessage) -> tuple[Change, tuple[str, ...]]:
    """Return what to report of a message, and the zones to name."""
    if isinstance(message, ClipMessage):
        return Change.CLIP_READY, ()
    now, before = message.after.current_zones, message.before.current_zones
    if message.type is EventType.NEW:
        return Change.DETECTED, now
    if message.type is EventType.END:
        return Change.ENDED, ()
    if entered := tuple(zone for zone in now if zone not in before):
        return Change.ZONE_ENTERED, entered
    return Change.ZONE_LEFT, tuple(zone for zone in before if zone not in now)


def _facts(state: ObjectState) -> dict[str, Any]:
    return {
        "event_id": state.id,
        "camera": state.camera,
        "label": state.label,
        "sub_label": state.sub_label,
        "score": None if state.is_manual else round(state.top_score, _SCORE_DIGITS),
        "duration": None if state.end_time is None else round(state.end_time - state.start_time),
    }
