"""Switches: detection, clips, snapshots, alerts and detections to review."""

from collections.abc import Iterator
from typing import Any, override

from homeassistant.components.switch import SwitchEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import FrigateNativeConfigEntry, FrigateNativeData
from .engine.media.clips_output import can_clip
from .engine.messages import Feature, FeatureMessage
from .entity import PlaceEntity, async_provide
from .runtime.places import Place

PARALLEL_UPDATES = 0  # switching takes no time


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FrigateNativeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the switches of all cameras under their subentries; clips only if an input provides them."""
    data = entry.runtime_data

    def build() -> Iterator[tuple[Place, SwitchEntity]]:
        for place in data.cameras:
            is_clipping = can_clip(data.config.cameras[place.name])
            left_out = {Feature.ENABLED} if is_clipping else {Feature.ENABLED, Feature.CLIPS}  # the camera is switched
            features = [feature for feature in Feature if feature not in left_out]
            yield from ((place, FeatureSwitch(data, place, feature)) for feature in features)

    await async_provide(data, async_add_entities, build)


class FeatureSwitch(PlaceEntity, SwitchEntity):
    """A feature of a camera. It can be switched while the camera is offline, so it is always available."""

    _attr_entity_category = EntityCategory.CONFIG

    def __init__(self, data: FrigateNativeData, camera: Place, feature: Feature) -> None:
        """Initialize the entity of a camera."""
        super().__init__(data, camera, str(feature))
        self._feature = feature

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._listen(FeatureMessage, (self._place.name, self._feature), self._async_write)

    @property
    @override
    def available(self) -> bool:
        return True

    @property
    @override
    def is_on(self) -> bool | None:
        message = self._data.bridge.latest(FeatureMessage, (self._place.name, self._feature))
        return message.is_on if message else None

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        self._data.nvr.set_feature(self._place.name, self._feature, is_on=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        self._data.nvr.set_feature(self._place.name, self._feature, is_on=False)
