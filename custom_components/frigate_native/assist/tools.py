"""Tools on events, review items and the current state of cameras."""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar, Final, override

import voluptuous as vol
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.llm import LLMContext, Tool, ToolAnnotations, ToolInput, ToolResult
from homeassistant.util.json import JsonObjectType

from ..automation.event_commands import async_read
from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.messages import CountMessage
from ..engine.store import EventFilter, EventStore, ReviewFilter, StoredEvent, StoredReview
from .cameras import ExposedCamera, async_access, async_exposed_cameras
from .periods import PERIODS, TODAY, local_text, span_of

_MOST: Final = 50
_LIMIT: Final = vol.All(vol.Coerce(int), vol.Range(min=1, max=_MOST))


class CameraTool(Tool):
    """A tool that reads what the user who asks may see of exposed cameras."""

    annotations = ToolAnnotations(read_only=True, destructive=False, idempotent=True, open_world=False)
    integration = DOMAIN
    fields: ClassVar[Mapping[Any, Any]] = {}

    def __init__(self, titles: list[str]) -> None:
        """Offer the cameras with these display names."""
        self.parameters = vol.Schema({vol.Optional("camera"): vol.In(titles), **self.fields})

    @override
    async def async_call(self, hass: HomeAssistant, tool_input: ToolInput, llm_context: LLMContext) -> ToolResult:
        """Return what is asked for, or an error."""
        try:
            values: dict[str, Any] = self.parameters(tool_input.tool_args)
        except vol.Invalid as err:
            return ToolResult(data={"error": str(err)}, error=True)
        access = await async_access(hass, llm_context.context)
        cameras = [
            camera
            for camera in async_exposed_cameras(hass, llm_context.assistant)
            if values.get("camera") in (None, camera.title)
            and access is not None
            and access.may_see(camera.data, camera.name)
        ]
        if not cameras:
            return ToolResult(data={"error": "The user may not see this camera"}, error=True)
        try:
            return ToolResult(data=await self._answer(hass, cameras, values))
        except HomeAssistantError as err:
            return ToolResult(data={"error": str(err)}, error=True)

    @abstractmethod
    async def _answer(
        self, hass: HomeAssistant, cameras: Sequence[ExposedCamera], values: dict[str, Any]
    ) -> JsonObjectType:
        """Return the data about these cameras."""


class EventsTool(CameraTool):
    """Finds objects that cameras saw."""

    name = f"{DOMAIN}__get_events"
    title = "Get objects seen by cameras"
    description = (
        "Get the objects (persons, cars, animals...) that cameras saw, the newest first, with times, zones and names"
        " if they were recognized. For the last one, use limit 1 and period last_7_days."
    )
    fields: ClassVar[Mapping[Any, Any]] = {
        vol.Optional("object", description="Type of object, such as person or car"): str,
        vol.Optional("zone", description="Name of a zone"): str,
        vol.Optional("period", default=TODAY): vol.In(PERIODS),
        vol.Optional("limit", default=20): _LIMIT,
    }

    @override
    async def _answer(
        self, hass: HomeAssistant, cameras: Sequence[ExposedCamera], values: dict[str, Any]
    ) -> JsonObjectType:
        start, end = span_of(values["period"])
        found: list[tuple[FrigateNativeData, StoredEvent]] = []
        for data, names in _by_system(cameras):
            selected = EventFilter(
                cameras=tuple(names),
                labels=(values["object"].strip().lower(),) if values.get("object") else (),
                zones=(values["zone"].strip().lower().replace(" ", "_"),) if values.get("zone") else (),
                after=start,
                before=end,
                in_progress=None,
                limit=values["limit"],
                include_thumbnails=False,
            )
            events = await async_read(hass, data, partial(EventStore.events, selected=selected))
            found += [(data, event) for event in events]
        found.sort(key=lambda item: item[1].start_time, reverse=True)
        return {"events": [_event(data, event) for data, event in found[: values["limit"]]]}


class ReviewsTool(CameraTool):
    """Sums up what happened."""

    name = f"{DOMAIN}__get_reviews"
    title = "Get what happened at cameras"
    description = (
        "Get a summary of what happened at cameras in a period: alerts and detections, the newest first, each with its"
        " time, camera, objects and zones."
    )
    fields: ClassVar[Mapping[Any, Any]] = {
        vol.Optional("period", default=TODAY): vol.In(PERIODS),
        vol.Optional("limit", default=_MOST): _LIMIT,
    }

    @override
    async def _answer(
        self, hass: HomeAssistant, cameras: Sequence[ExposedCamera], values: dict[str, Any]
    ) -> JsonObjectType:
        start, end = span_of(values["period"])
        found: list[tuple[FrigateNativeData, StoredReview]] = []
        for data, names in _by_system(cameras):
            selected = ReviewFilter(cameras=tuple(names), after=start, before=end, limit=values["limit"])
            items = await async_read(hass, data, partial(_items, selected=selected))
            found += [(data, item) for item in items]
        found.sort(key=lambda item: item[1].state.start_time, reverse=True)
        return {"items": [_review(data, item) for data, item in found[: values["limit"]]]}


class StateTool(CameraTool):
    """Tells what cameras see now."""

    name = f"{DOMAIN}__get_state"
    title = "Get what cameras see now"
    description = "Get for each camera whether it works, and how many objects of each type it and its zones see now."

    @override
    async def _answer(
        self, hass: HomeAssistant, cameras: Sequence[ExposedCamera], values: dict[str, Any]
    ) -> JsonObjectType:
        return {"cameras": [_state(camera) for camera in cameras]}


def _by_system(cameras: Sequence[ExposedCamera]) -> Iterator[tuple[FrigateNativeData, list[str]]]:
    """Yield each system with the names of its cameras."""
    systems = {camera.data.entry_id: camera.data for camera in cameras}
    for entry_id, data in systems.items():
        yield data, [camera.name for camera in cameras if camera.data.entry_id == entry_id]


def _items(store: EventStore, selected: ReviewFilter) -> list[StoredReview]:
    return store.reviews.items(selected)


def _event(data: FrigateNativeData, event: StoredEvent) -> JsonObjectType:
    row: JsonObjectType = {
        "camera": data.camera_title(event.camera),
        "object": event.label,
        "name": event.sub_label,
        "start": local_text(event.start_time),
        "end": local_text(event.end_time),
        "zones": list(event.zones),
        "confidence": round(event.top_score, 2),
    }
    if event.has_snapshot:
        row["picture"] = f"media-source://{DOMAIN}/{data.entry_id}/snapshot/{event.id}"
    return row


def _review(data: FrigateNativeData, item: StoredReview) -> JsonObjectType:
    state = item.state
    return {
        "severity": str(state.severity),
        "camera": data.camera_title(state.camera),
        "start": local_text(state.start_time),
        "end": local_text(state.end_time),
        "objects": list(state.labels),
        "zones": list(state.zones),
    }


def _state(camera: ExposedCamera) -> JsonObjectType:
    data = camera.data
    zones = [place for place in data.places if place.is_zone and camera.name in place.cameras]
    return {
        "camera": camera.title,
        "works": data.bridge.is_running(camera.name),
        "objects": _counts(data, camera.name),
        "zones": {zone.title: _counts(data, zone.name) for zone in zones},
    }


def _counts(data: FrigateNativeData, place: str) -> JsonObjectType:
    labels = {label for one in data.config.cameras.values() for label in one.objects.track}
    found = {label: data.bridge.latest(CountMessage, (place, label)) for label in sorted(labels)}
    return {label: message.count for label, message in found.items() if message is not None}
