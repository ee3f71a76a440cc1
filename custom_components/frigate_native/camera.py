"""Camera entities: the newest processed frame, and the stream for Home Assistant's live view."""

from contextlib import suppress
from functools import partial
from itertools import pairwise
from typing import Any, override
from urllib.parse import urlsplit

from homeassistant.components.camera import Camera, CameraEntityFeature
from homeassistant.components.stream import CONF_RTSP_TRANSPORT, RTSP_TRANSPORTS
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .configuration.entity_source import async_stream_source, entity_of
from .data import FrigateNativeConfigEntry, FrigateNativeData
from .engine.config.model import CameraConfig, InputConfig, Role
from .engine.errors import SourceError
from .engine.frame import Frame
from .engine.messages import Feature, FeatureMessage
from .engine.pictures import Overlay, render_frame
from .entity import PlaceEntity, async_provide
from .entries import async_instance_id
from .runtime.picture_queue import TooManyPicturesError, View
from .runtime.places import Place
from .runtime.viewer import ENTITIES

PARALLEL_UPDATES = 0  # pushed

_LIVE_SCHEMES = frozenset({"http", "https", "rtmp", "rtmps", "rtsp", "rtsps", "srt"})
_UNPLAYABLE_CODECS = frozenset({"mjpeg"})  # browsers do not play it in a video container
_FRAME_INTERVAL_S = 0.2  # of still images, shown when there is no stream


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FrigateNativeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add an entity for each camera; it belongs to the camera's subentry, if any."""
    data = entry.runtime_data
    await async_provide(
        data, async_add_entities, lambda: ((place, FrigateNativeCamera(data, place)) for place in data.cameras)
    )


class FrigateNativeCamera(PlaceEntity, Camera):
    """One camera; available while its stream is running."""

    _attr_name = None
    _attr_frame_interval = _FRAME_INTERVAL_S
    _unrecorded_attributes = frozenset({"last_error"})

    def __init__(self, data: FrigateNativeData, place: Place) -> None:
        """Provide the camera's best input as a live stream if Home Assistant can open it."""
        Camera.__init__(self)
        PlaceEntity.__init__(self, data, place, "camera")
        config = data.config.cameras[place.name]
        live = _live_input(config)
        self._own_source = live.path
        self._is_restreamed = Role.RTMP in live.roles
        self._is_detect_input = live is config.input_for(Role.DETECT)
        self._update_features()
        if transport := _rtsp_transport(live):
            self.stream_options[CONF_RTSP_TRANSPORT] = transport
        self._last_still: bytes | None = None

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._data.restreams.async_listen(self._async_change_source))
        self._listen(FeatureMessage, (self._place.name, Feature.ENABLED), self._async_switched)

    @property
    @override
    def available(self) -> bool:
        return super().available or not self._is_on

    @property
    @override
    def is_on(self) -> bool:
        return self._is_on

    @property
    @override
    def is_streaming(self) -> bool:
        return self._is_on

    @override
    async def async_turn_on(self) -> None:
        self._data.nvr.set_feature(self._place.name, Feature.ENABLED, is_on=True)

    @override
    async def async_turn_off(self) -> None:
        self._data.nvr.set_feature(self._place.name, Feature.ENABLED, is_on=False)

    @property
    def _is_on(self) -> bool:
        return self._data.nvr.camera_config(self._place.name).enabled

    @callback
    def _async_switched(self, message: FeatureMessage) -> None:
        """Forget the last picture of a camera that was switched off, also over MQTT."""
        if not message.is_on:
            self._last_still = None
            self.hass.async_create_task(self._async_end_stream())
        self._async_write(message)

    async def _async_end_stream(self) -> None:
        if (stream := self.stream) is not None:
            self.stream = None
            await stream.stop()

    @property
    def _source(self) -> str:
        """The address of the live stream: the restream while it is running, so that the camera is opened only once."""
        restream = self._data.restreams.url(self._place.name) if self._is_restreamed else None
        return restream or self._own_source

    @callback
    def _async_change_source(self) -> None:
        self._update_features()
        self.hass.async_create_task(self._async_update_stream())
        self.async_write_ha_state()

    async def _async_update_stream(self) -> None:
        source = await self.stream_source()
        if self.stream is not None and source is not None and self.stream.source != source:
            self.stream.update_source(source)

    @override
    @callback
    def _async_write(self, _message: object) -> None:
        self._update_features()
        super()._async_write(_message)

    def _update_features(self) -> None:
        """Provide the live stream unless its address or codec is known not to play."""
        stream = self._data.nvr.camera_stream(self._place.name) if self._is_detect_input else None
        is_playable = stream is None or stream.codec not in _UNPLAYABLE_CODECS
        is_live = urlsplit(self._source).scheme in _LIVE_SCHEMES or entity_of(self._source) is not None
        live = CameraEntityFeature.STREAM if is_live and is_playable else CameraEntityFeature(0)
        self._attr_supported_features = CameraEntityFeature.ON_OFF | live

    @override
    async def stream_source(self) -> str | None:
        if not self._is_on:
            return None
        if (entity := entity_of(self._source)) is None:
            return self._source
        try:
            return await async_stream_source(self.hass, entity)
        except SourceError:
            return None  # last_error shows the reason

    @override
    async def async_camera_image(self, width: int | None = None, height: int | None = None) -> bytes | None:
        """Return the newest processed frame in the requested size; None before the first frame."""
        latest = self._data.nvr.latest(self._place.name) if self._is_on else None
        if latest is None:
            return self._last_still  # from before a change of the configuration
        frame, _ = latest
        wanted = _height(frame, width, height)
        still = View(
            key=("still", self._place.name, wanted),
            version=lambda: (frame.index, frame.time),
            draw=partial(render_frame, frame, Overlay(), wanted),
        )
        with suppress(TooManyPicturesError):
            self._last_still = await self._data.renderer.async_render(still, ENTITIES)
        return self._last_still

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        failure = self._data.bridge.last_failure(self._place.name)
        return {
            "camera_name": self._place.name,
            "client_id": async_instance_id(self.hass, self._data),
            "last_error": failure and failure.text,
        }


def _live_input(camera: CameraConfig) -> InputConfig:
    """Return the input for live view: the one with the role rtmp, else record, clips, detect."""
    inputs = map(camera.input_for, (Role.RTMP, Role.RECORD, Role.CLIPS, Role.DETECT))
    return next(source for source in inputs if source)


def _rtsp_transport(source: InputConfig) -> str | None:
    """Return Home Assistant's name of the transport set in the ffmpeg arguments, if any."""
    for option, value in pairwise(source.input_args):
        if option == "-rtsp_transport" and value in RTSP_TRANSPORTS:
            return value
    return None


def _height(frame: Frame, width: int | None, height: int | None) -> int | None:
    """Return the height of an image that covers the requested size; at most the frame's own height."""
    if not width and not height:
        return None
    wanted = max(height or 0, (width or 0) * frame.size.height // frame.size.width)
    return min(wanted, frame.size.height)
