"""Describes the integration's events in Activity."""

from collections.abc import Callable, Mapping
from typing import Any

from homeassistant.components.logbook import LOGBOOK_ENTRY_ENTITY_ID, LOGBOOK_ENTRY_MESSAGE, LOGBOOK_ENTRY_NAME
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Event, HomeAssistant, callback

from .const import DOMAIN, EVENT_ACTIVITY
from .entity import label_title
from .runtime.activity import Change

type _Describe = Callable[[Event[Any]], dict[str, Any]]


@callback
def async_describe_events(hass: HomeAssistant, async_describe_event: Callable[[str, str, _Describe], None]) -> None:
    """Register the integration's events."""
    async_describe_event(DOMAIN, EVENT_ACTIVITY, _describe)


@callback
def _describe(event: Event[Any]) -> dict[str, Any]:
    """Describe an event. Its name is shown as the cause of states; English, as in the core."""
    facts: Mapping[str, Any] = event.data
    name, message = _failure(facts) if facts["change"] == Change.STREAM_FAILED else _object(facts)
    description = {LOGBOOK_ENTRY_NAME: name, LOGBOOK_ENTRY_MESSAGE: message}
    if entity_id := facts.get(ATTR_ENTITY_ID):
        description[LOGBOOK_ENTRY_ENTITY_ID] = entity_id
    return description


def _failure(facts: Mapping[str, Any]) -> tuple[str, str]:
    return facts["text"], f"Stream failed: {facts['text']}"


def _object(facts: Mapping[str, Any]) -> tuple[str, str]:
    score = "" if facts["score"] is None else f", {facts['score']:.0%}".replace("%", " %")
    who = label_title(facts["label"]) + (f" ({facts['sub_label']})" if facts["sub_label"] else "")
    return f"{who} on {facts['camera_name']}{score}", f"{_sentence(who, facts)}{score}"


def _sentence(who: str, facts: Mapping[str, Any]) -> str:
    zones = " and ".join(facts["zones"])
    match facts["change"]:
        case Change.DETECTED:
            return f"{who} detected" + (f" in {zones}" if zones else "")
        case Change.ZONE_ENTERED:
            return f"{who} entered {zones}"
        case Change.ZONE_LEFT:
            return f"{who} left {zones}"
        case Change.CLIP_READY:
            return f"Clip ready: {who}"
        case _:
            return f"{who} gone after {facts['duration']} s"
