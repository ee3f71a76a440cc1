"""Event entities of cameras and zones."""

from collections.abc import Iterator
from enum import StrEnum
from typing import override

from homeassistant.components.event import EventEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .automation.event_data import event_data, zones_entered, zones_left
from .data import FrigateNativeConfigEntry, FrigateNativeData
from .engine.messages import ClipMessage, EventMessage, EventType
from .entity import PlaceEntity, async_provide
from .runtime.places import Place

PARALLEL_UPDATES = 0  # pushed


class CameraEventType(StrEnum):
    """Event types of a camera. Better images are left out, since each would add a state to the history."""

    NEW = "new"
    ZONE_ENTERED = "zone_entered"
    END = "end"
    CLIP_READY = "clip_ready"


class ZoneEventType(StrEnum):
    """Event types of a zone."""

    ENTERED = "entered"
    LEFT = "left"


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FrigateNativeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add an event entity for each place; a camera's belongs to its subentry."""
    data = entry.runtime_data

    def build() -> Iterator[tuple[Place, Entity]]:
        for place in data.places:
            yield place, ZoneEvents(data, place) if place.is_zone else CameraEvents(data, place)

    await async_provide(data, async_add_entities, build)


class _PlaceEvents(PlaceEntity, EventEntity):
    """The latest event at a place. Always available, since an event may end because the stream does."""

    _unrecorded_attributes = frozenset({"thumbnail", "entity_picture"})

    @property
    @override
    def available(self) -> bool:
        return True

    @property
    @override
    def entity_picture(self) -> str | None:
        """Return the path of the latest event's image."""
        return self.state_attributes.get("thumbnail")

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        for camera in self._place.cameras:
            self._listen(EventMessage, (camera,), self._async_take)

    @callback
    def _async_take(self, message: EventMessage) -> None:
        """Trigger the events of this place that a message contains."""
        raise NotImplementedError

    def _show(self, event_type: StrEnum, message: EventMessage | ClipMessage, *, zone: str | None = None) -> None:
        """Trigger an event and write the state at once, since the same message may contain another."""
        has_clip = isinstance(message, ClipMessage)
        state = message.state if isinstance(message, ClipMessage) else message.after
        extra = {} if zone is None else {"zone": zone}
        self.async_set_context(self._data.activity.async_context(message))
        self._trigger_event(str(event_type), event_data(state) | {"has_clip": has_clip} | extra)
        self.async_write_ha_state()


class CameraEvents(_PlaceEvents):
    """Events of one camera, from detection to clip."""

    def __init__(self, data: FrigateNativeData, camera: Place) -> None:
        """Initialize the entity of a camera."""
        super().__init__(data, camera, "object")
        self._attr_event_types = list(map(str, CameraEventType))

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._listen(ClipMessage, (self._place.name,), self._async_take_clip)

    @override
    @callback
    def _async_take(self, message: EventMessage) -> None:
        if message.type is EventType.NEW:
            self._show(CameraEventType.NEW, message)
        for zone in zones_entered(message):
            self._show(CameraEventType.ZONE_ENTERED, message, zone=zone)
        if message.type is EventType.END:
            self._show(CameraEventType.END, message)

    @callback
    def _async_take_clip(self, message: ClipMessage) -> None:
        if message.path is not None and not message.is_recovered:
            self._show(CameraEventType.CLIP_READY, message)


class ZoneEvents(_PlaceEvents):
    """Objects that enter and leave a zone, in any of its cameras."""

    def __init__(self, data: FrigateNativeData, zone: Place) -> None:
        """Initialize the entity of a zone."""
        super().__init__(data, zone, "zone_object")
        self._attr_event_types = list(map(str, ZoneEventType))

    @override
    @callback
    def _async_take(self, message: EventMessage) -> None:
        if self._place.name in zones_entered(message):
            self._show(ZoneEventType.ENTERED, message)
        if self._place.name in zones_left(message):
            self._show(ZoneEventType.LEFT, message)
