"""Image entities: the last object of each label."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Final, override

from homeassistant.components.image import ImageEntity
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .data import FrigateNativeConfigEntry, FrigateNativeData
from .engine.geometry import Size
from .engine.messages import Feature, FeatureMessage, SnapshotMessage
from .engine.pictures import Picture, PictureStyle, black_jpeg, render_picture, style_from_config
from .entity import PlaceEntity, async_provide
from .runtime.picture_queue import TooManyPicturesError, View
from .runtime.places import Place
from .runtime.viewer import ENTITIES

PARALLEL_UPDATES = 0  # pushed

_NO_PICTURE: Final = Size(320, 180)  # of the image before the first object


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FrigateNativeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add an image for each camera and label; it belongs to the camera's subentry, if any."""
    data = entry.runtime_data

    def build() -> Iterator[tuple[Place, ImageEntity]]:
        for place in data.cameras:
            yield from ((place, LastObjectImage(hass, data, place, label)) for label in place.labels)

    await async_provide(data, async_add_entities, build)


class LastObjectImage(PlaceEntity, ImageEntity):
    """The best picture of the last object of a label; available even if the camera is not."""

    def __init__(self, hass: HomeAssistant, data: FrigateNativeData, place: Place, label: str) -> None:
        """Initialize; the state is unknown until the first object."""
        ImageEntity.__init__(self, hass)
        PlaceEntity.__init__(self, data, place, "last_object", label)
        self._config = data.config.cameras[place.name]
        self._picture: Picture | None = None
        self._rendered: tuple[PictureStyle, bytes] | None = None

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

    @property
    @override
    def entity_picture(self) -> str | None:
        """Return the URL of the picture; None before the first one, so that the icon is shown."""
        return super().entity_picture if self._picture else None

    @override
    async def async_image(self) -> bytes | None:
        """Return the picture, rendered on the first request; a black one before the first."""
        picture, style = self._picture, self._style
        if picture is None:
            return black_jpeg(_NO_PICTURE)
        if self._rendered and self._rendered[0] == style:
            return self._rendered[1]
        view = View(
            key=("image", picture.event_id, picture.frame.time, style),
            version=lambda: None,  # the same picture for ever
            draw=partial(render_picture, picture, style),
        )
        try:
            jpeg = await self._data.renderer.async_render(view, ENTITIES)
        except TooManyPicturesError:
            return self._rendered and self._rendered[1]
        if picture is self._picture:
            self._rendered = (style, jpeg) if jpeg else None
        return jpeg

    @property
    def _style(self) -> PictureStyle:
        """The style of the camera's snapshots while they are on, otherwise that of its `mqtt` section."""
        switch = self._data.bridge.latest(FeatureMessage, (self._place.name, Feature.SNAPSHOTS))
        section = self._config.snapshots if switch and switch.is_on else self._config.mqtt
        return style_from_config(section, dt_util.get_default_time_zone())

    @callback
    def _async_take(self, message: SnapshotMessage) -> None:
        self._take(message)
        self.async_write_ha_state()

    def _take(self, message: SnapshotMessage) -> None:
        self._picture = message.picture
        self._rendered = None
        self._attr_image_last_updated = datetime.fromtimestamp(message.picture.frame.time, UTC)
