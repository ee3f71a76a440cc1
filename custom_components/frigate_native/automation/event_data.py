"""The data of an event for automations and entities."""

from datetime import UTC, datetime
from typing import Any, Final

from ..const import DOMAIN
from ..engine.messages import EventMessage, EventType, ObjectState

_SCORE_DIGITS: Final = 3


def event_data(state: ObjectState) -> dict[str, Any]:
    """Return an event as JSON: times in ISO 8601, zones entered so far, and the best score so far.

    thumbnail is the path of its best image so far, which requires no login.
    """
    return {
        "event_id": state.id,
        "camera": state.camera,
        "label": state.label,
        "sub_label": state.sub_label,
        "zones": list(state.entered_zones),
        "score": round(state.top_score, _SCORE_DIGITS),
        "start_time": moment(state.start_time),
        "end_time": None if state.end_time is None else moment(state.end_time),
        "thumbnail": f"/api/{DOMAIN}/notifications/{state.id}.jpg",
    }


def zones_entered(message: EventMessage) -> tuple[str, ...]:
    """Return the zones that an object has just entered, even if not for the first time."""
    before = () if message.type is EventType.NEW else message.before.current_zones
    return tuple(zone for zone in message.after.current_zones if zone not in before)


def zones_left(message: EventMessage) -> tuple[str, ...]:
    """Return the zones that an object has just left; all of them when it disappears."""
    after = () if message.type is EventType.END else message.after.current_zones
    return tuple(zone for zone in message.before.current_zones if zone not in after)


def moment(epoch_s: float) -> str:
    """Return a time in ISO 8601, UTC."""
    return datetime.fromtimestamp(epoch_s, UTC).isoformat(timespec="milliseconds")
