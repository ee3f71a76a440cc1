"""Devices and base entities."""

from collections.abc import Callable, Coroutine, Iterable
from typing import Any, override

from homeassistant.core import callback
from homeassistant.helpers.device_registry import DeviceInfo
from homeassistant.helpers.entity import Entity, EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.helpers.update_coordinator import CoordinatorEntity

from .const import DOMAIN, MANUFACTURER
from .coordinator import StatsCoordinator
from .data import FrigateNativeData
from .engine.messages import CameraMessage, CountMessage
from .runtime.places import Place


def device_identifier(entry_id: str, key: str) -> tuple[str, str]:
    """Return the identifier of a place's device, or of the hub's device for an empty key."""
    return DOMAIN, f"{entry_id}/{key}" if key else entry_id


def place_device(data: FrigateNativeData, place: Place) -> DeviceInfo:
    """Return the device of a camera or zone.

    A zone's device belongs to the hub: a zone may span cameras, but a device belongs to only one subentry.
    """
    return DeviceInfo(
        identifiers={device_identifier(data.entry_id, place.key)},
        name=place.title,
        manufacturer=MANUFACTURER,
        model="Zone" if place.is_zone else "Camera",
        configuration_url=place.web_page,
        via_device_id=data.hub_device_id,
    )


def hub_device(data: FrigateNativeData) -> DeviceInfo:
    """Return the device of the NVR, which was registered in full during setup."""
    return DeviceInfo(identifiers={device_identifier(data.entry_id, "")})


def label_title(label: str) -> str:
    """Return a label or detector name capitalized, to begin an entity name with."""
    return label[:1].upper() + label[1:]


def claim_unique_id(data: FrigateNativeData, *parts: str) -> str:
    """Return an entity's unique ID, made of the non-empty parts, and record that it is in use."""
    unique_id = "/".join(filter(None, (data.entry_id, *parts)))
    data.unique_ids.add(unique_id)
    return unique_id


async def async_provide(
    data: FrigateNativeData,
    async_add_entities: AddConfigEntryEntitiesCallback,
    build: Callable[[], Iterable[tuple[Place | None, Entity]]],
) -> Callable[[], Coroutine[Any, Any, None]]:
    """Add a platform's entities now, and after each change those that are new or whose camera has changed.

    `build` returns the entities with their places, None for the hub. Returns the function that adds what is missing.
    """
    present: dict[str | None, tuple[object, Entity]] = {}

    async def update() -> None:
        built = [(_basis(data, place), place, entity) for place, entity in build()]
        unique_ids = {entity.unique_id for _, _, entity in built}
        for gone in present.keys() - unique_ids:
            del present[gone]  # its registry entry is removed with it
        for basis, place, entity in built:
            known, old = present.get(entity.unique_id, (None, None))
            if old is not None and known == basis:
                continue
            if old is not None and old.hass is not None:  # None: disabled in the registry
                await old.async_remove()
            present[entity.unique_id] = basis, entity
            async_add_entities([entity], config_subentry_id=place.subentry_id if place else None)

    data.providers.append(update)
    await update()
    return update


def _basis(data: FrigateNativeData, place: Place | None) -> object:
    """Return what an entity was built from: one that was built from something else must be replaced."""
    return place and (place, [data.config.cameras[camera] for camera in place.cameras])


class PlaceEntity(Entity):
    """An entity of a camera or zone; available while at least one of its streams is running."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, data: FrigateNativeData, place: Place, key: str, label: str = "") -> None:
        """Initialize; key is the translation key, label is set if there is one entity per label."""
        self._data = data
        self._place = place
        self._label = label
        self._attr_translation_key = key
        self._attr_translation_placeholders = {"label": label_title(label)} if label else {}
        self._attr_unique_id = claim_unique_id(data, place.key, key, label)
        self._attr_device_info = place_device(data, place)

    @property
    @override
    def available(self) -> bool:
        return super().available and any(map(self._data.bridge.is_running, self._place.cameras))

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        for camera in self._place.cameras:
            self._listen(CameraMessage, (camera,), self._async_write)

    def _listen[M](self, kind: type[M], names: tuple[str, ...], listener: Callable[[M], None]) -> None:
        """Call a listener for one kind of message until the entity is removed."""
        self.async_on_remove(self._data.bridge.async_subscribe(kind, names, listener))

    @callback
    def _async_write(self, _message: object) -> None:
        self.async_write_ha_state()


class CountedEntity(PlaceEntity):
    """An entity for the current number of objects of a label at a place; 0 after a restart."""

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._listen(CountMessage, (self._place.name, self._label), self._async_write)

    @property
    def _message(self) -> CountMessage | None:
        return self._data.bridge.latest(CountMessage, (self._place.name, self._label))

    @property
    def _count(self) -> int:
        return self._message.count if self._message else 0


class RecorderEntity(Entity):
    """An entity of a camera or, without one, of the hub, updated by the recorder's reports."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, data: FrigateNativeData, camera: Place | None, key: str) -> None:
        """Initialize; key is the translation key."""
        self._data = data
        self._attr_translation_key = key
        self._attr_unique_id = claim_unique_id(data, camera.key if camera else "", key)
        self._attr_device_info = place_device(data, camera) if camera else hub_device(data)

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._data.reports.async_listen(self.async_write_ha_state))


class StatsEntity(CoordinatorEntity[StatsCoordinator]):
    """An entity for a rate of the hub or a camera."""

    _attr_has_entity_name = True

    def __init__(self, data: FrigateNativeData, description: EntityDescription, device: DeviceInfo, key: str) -> None:
        """Initialize; key identifies the camera, detector or hub in the unique ID."""
        super().__init__(data.coordinator)
        self.entity_description = description
        self._attr_unique_id = claim_unique_id(data, key, description.key)
        self._attr_device_info = device
