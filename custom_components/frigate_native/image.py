"""Image entities: the last object of each label."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import override

from homeassistant.components.image import ImageEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .data import FrigateNativeConfigEntry, FrigateNativeData
from .engine.messages import SnapshotMessage
from .engine.pictures import Picture, render_picture, style_from_config
from .entity import PlaceEntity
from .runtime.places import Place

PARALLEL_UPDATES = 0  # pushed


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FrigateNativeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add an image for each camera and label; it belongs to the camera's subentry, if any."""
    data = entry.runtime_data
    for place in data.cameras:
        async_add_entities(
            [LastObjectImage(hass, data, place, label) for label in place.labels],
            config_subentry_id=place.subentry_id,
        )


class LastObjectImage(PlaceEntity, ImageEntity):
    """The best picture of the last object of a label; available even if the camera is not."""

    def __init__(self, hass: HomeAssistant, data: FrigateNativeData, place: Place, label: str) -> None:
        """Initialize; the state is unknown until the first object."""
        ImageEntity.__init__(self, hass)
        PlaceEntity.__init__(self, data, place, "last_object", label)
        self._style = style_from_config(data.config.cameras[place.name].mqtt)
        self._picture: Picture | None = None
        self._jpeg: bytes | None = None

    @property
    @override
    def available(self) -> bool:
        return True

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        names = (self._place.name, self._label)
        self._listen(SnapshotMessage, names, self._async_take)
        if message := self._data.bridge.latest(SnapshotMessage, names):
            self._take(message)

    @override
    async def async_image(self) -> bytes | None:
        """Return the picture in the style of the camera's `mqtt` section, rendered on the first request."""
        picture = self._picture
        if picture is None or self._jpeg is not None:
            return self._jpeg
        style = replace(self._style, time_zone=dt_util.get_default_time_zone())
        jpeg = await self._data.renderer.async_render(partial(render_picture, picture, style))
        if picture is self._picture:
            self._jpeg = jpeg
        return jpeg

    @callback
    def _async_take(self, message: SnapshotMessage) -> None:
        self._take(message)
        self.async_write_ha_state()

    def _take(self, message: SnapshotMessage) -> None:
        self._picture = message.picture
        self._jpeg = None
        self._attr_image_last_updated = datetime.fromtimestamp(message.picture.frame.time, UTC)
