"""Binary sensors: connectivity, motion, occupancy, recording, recorder."""

from collections.abc import Iterator
from typing import Any, override

from homeassistant.components.binary_sensor import BinarySensorDeviceClass, BinarySensorEntity
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .data import FrigateNativeConfigEntry, FrigateNativeData
from .engine.messages import CameraMessage, CameraState, MotionMessage
from .entity import CountedEntity, PlaceEntity, RecorderEntity, async_provide
from .recording.plan_builder import recorded_cameras, restreamed_cameras
from .runtime.places import Place

PARALLEL_UPDATES = 0  # pushed


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FrigateNativeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors of all places; a camera's belong to its subentry."""
    data = entry.runtime_data

    def build() -> Iterator[tuple[Place | None, BinarySensorEntity]]:
        for place in data.places:
            yield from ((place, entity) for entity in _entities(data, place))
        if recorded_cameras(data.config) | restreamed_cameras(data.config):
            yield None, RecorderSensor(data)

    await async_provide(data, async_add_entities, build)


def _entities(data: FrigateNativeData, place: Place) -> list[BinarySensorEntity]:
    entities: list[BinarySensorEntity] = [OccupancySensor(data, place, label) for label in place.labels]
    if not place.is_zone:
        entities += (ConnectivitySensor(data, place), MotionSensor(data, place))
        entities += [RecordingSensor(data, place)] if place.name in recorded_cameras(data.config) else []
    return entities


class ConnectivitySensor(PlaceEntity, BinarySensorEntity):
    """Whether a camera's stream is running, with its last error and how it is decoded. Always available."""

    _attr_device_class = BinarySensorDeviceClass.CONNECTIVITY
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _unrecorded_attributes = frozenset({"last_error", "decoding_notes"})

    def __init__(self, data: FrigateNativeData, camera: Place) -> None:
        """Initialize the entity of a camera."""
        super().__init__(data, camera, "connectivity")

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self.async_on_remove(self._data.reports.async_listen(self.async_write_ha_state))  # for is_restream

    @override
    @callback
    def _async_write(self, message: object) -> None:
        if isinstance(message, CameraMessage) and message.state is CameraState.FAILED:
            self.async_set_context(self._data.activity.async_context(message))  # for Activity to show the reason
        super()._async_write(message)

    @property
    @override
    def available(self) -> bool:
        return True

    @property
    @override
    def is_on(self) -> bool:
        return self._data.bridge.is_running(self._place.name)

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        failure = self._data.bridge.last_failure(self._place.name)
        stream = self._data.nvr.camera_stream(self._place.name)
        return {
            "problem": failure and failure.problem,
            "last_error": failure and failure.text,
            "decoded_by": stream and stream.decoded_by,
            "is_restream": self._data.nvr.camera_restream(self._place.name) is not None,
            "decoding_notes": [text for text in (stream.reason, *stream.notes) if text] if stream else [],
        }


class MotionSensor(PlaceEntity, BinarySensorEntity):
    """Whether a camera detects motion."""

    _attr_device_class = BinarySensorDeviceClass.MOTION

    def __init__(self, data: FrigateNativeData, camera: Place) -> None:
        """Initialize the entity of a camera."""
        super().__init__(data, camera, "motion")

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._listen(MotionMessage, (self._place.name,), self._async_write)

    @property
    @override
    def is_on(self) -> bool:
        message = self._data.bridge.latest(MotionMessage, (self._place.name,))
        return message is not None and message.has_motion


class OccupancySensor(CountedEntity, BinarySensorEntity):
    """Whether a place contains objects of a label."""

    _attr_device_class = BinarySensorDeviceClass.OCCUPANCY

    def __init__(self, data: FrigateNativeData, place: Place, label: str) -> None:
        """Initialize the entity of a camera or zone."""
        super().__init__(data, place, "occupancy", label)

    @property
    @override
    def is_on(self) -> bool:
        return self._count > 0


class RecordingSensor(RecorderEntity, BinarySensorEntity):
    """Whether a camera is being recorded; unavailable while no recorder reports on it."""

    _attr_device_class = BinarySensorDeviceClass.RUNNING
    _unrecorded_attributes = frozenset({"problem"})

    def __init__(self, data: FrigateNativeData, camera: Place) -> None:
        """Initialize the entity of a camera."""
        super().__init__(data, camera, "recording")
        self._camera = camera.name

    @property
    @override
    def available(self) -> bool:
        return super().available and self._data.reports.recorder_health is not None

    @property
    @override
    def is_on(self) -> bool:
        health = self._data.reports.recording(self._camera)
        return health is not None and health.is_recording is True

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        health = self._data.reports.recording(self._camera)
        return {"problem": (health and health.text) or None}


class RecorderSensor(RecorderEntity, BinarySensorEntity):
    """Whether the recorder is running. Always available."""

    _attr_device_class = BinarySensorDeviceClass.CONNECTIVITY
    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, data: FrigateNativeData) -> None:
        """Initialize the entity of the hub."""
        super().__init__(data, None, "recorder")

    @property
    @override
    def is_on(self) -> bool:
        return self._data.reports.recorder_health is not None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        recorder = self._data.reports.recorder_health
        return {
            "version": recorder and recorder.version,
            "records_here": self._data.reports.records_here,
            "problems": list(self._data.reports.problems),
        }
