"""Sensors: object counts, performance of the NVR, state of recordings."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import EntityCategory, UnitOfInformation, UnitOfTime
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .data import FrigateNativeConfigEntry, FrigateNativeData
from .engine.messages import ReviewMessage, ReviewState, Severity, Stats
from .entity import (
    CountedEntity,
    PlaceEntity,
    RecorderEntity,
    StatsEntity,
    async_provide,
    hub_device,
    label_title,
    place_device,
)
from .recorder.plan import CameraHealth, Health
from .recording.plan_builder import recorded_cameras
from .runtime.places import Place

PARALLEL_UPDATES = 0  # pushed, or read from the coordinator

_FPS = "fps"
_NO_REVIEW: Final = "none"
_DAY_S: Final = 86_400.0
_GB: Final = 1e9


@dataclass(frozen=True, kw_only=True)
class RateDescription(SensorEntityDescription):
    """A rate; value_fn looks it up by the name of a camera or detector, None if there is no such one."""

    value_fn: Callable[[Stats, str], float | None]
    entity_category: EntityCategory | None = EntityCategory.DIAGNOSTIC
    state_class: SensorStateClass | None = SensorStateClass.MEASUREMENT
    native_unit_of_measurement: str | None = _FPS
    suggested_display_precision: int | None = 1


_HUB = RateDescription(
    key="total_detection_fps",
    translation_key="total_detection_fps",
    value_fn=lambda stats, _: stats.detection_fps,
)

_DETECTOR = RateDescription(
    key="inference_speed",
    translation_key="inference_speed",
    device_class=SensorDeviceClass.DURATION,
    native_unit_of_measurement=UnitOfTime.MILLISECONDS,
    value_fn=lambda stats, name: stats.detectors[name].inference_speed if name in stats.detectors else None,
)


def _camera_rate(key: str) -> RateDescription:
    """Describe a rate of a camera; disabled by default, since each writes a state every five seconds."""

    def value(stats: Stats, name: str) -> float | None:
        rate: float | None = getattr(stats.cameras.get(name), key, None)
        return rate

    return RateDescription(key=key, translation_key=key, entity_registry_enabled_default=False, value_fn=value)


_CAMERA = tuple(map(_camera_rate, ("camera_fps", "process_fps", "skipped_fps", "detection_fps")))


@dataclass(frozen=True, kw_only=True)
class UsageDescription(SensorEntityDescription):
    """What recordings take; value_fn gets the name of a camera, None for all."""

    value_fn: Callable[[FrigateNativeData, str | None], float | None]
    entity_category: EntityCategory | None = EntityCategory.DIAGNOSTIC
    state_class: SensorStateClass | None = SensorStateClass.MEASUREMENT
    suggested_display_precision: int | None = 1


def _used(data: FrigateNativeData, camera: str | None) -> float | None:
    """Return how many bytes recordings take; None until that is measured."""
    usage = data.recordings.usage
    if camera is None:
        return usage.size if usage.cameras else None
    return usage.cameras[camera].size if camera in usage.cameras else None


def _expected_days(data: FrigateNativeData, camera: str | None) -> float | None:
    """Return for how many days recordings fit the disk, of a camera at most as long as it keeps any."""
    usage = data.recordings.usage
    days = usage.expected_days(usage.free)
    if days is None or camera is None:
        return days
    return min(days, data.config.cameras[camera].record.longest_days) if camera in usage.cameras else None


_USAGE: Final = (
    UsageDescription(
        key="recordings_used",
        translation_key="recordings_used",
        device_class=SensorDeviceClass.DATA_SIZE,
        native_unit_of_measurement=UnitOfInformation.GIGABYTES,
        value_fn=lambda data, camera: None if (used := _used(data, camera)) is None else used / _GB,
    ),
    UsageDescription(
        key="recordings_expected",
        translation_key="recordings_expected",
        device_class=SensorDeviceClass.DURATION,
        native_unit_of_measurement=UnitOfTime.DAYS,
        value_fn=_expected_days,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,
    entry: FrigateNativeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of all places and the hub, and those of each detector once it reports."""
    data = entry.runtime_data
    known: set[str] = set()

    def build() -> Iterator[tuple[Place | None, SensorEntity]]:
        for place in data.places:
            yield from ((place, entity) for entity in _place_entities(data, place))
        yield from ((None, entity) for entity in _hub_entities(data))
        known.update(data.coordinator.data.detectors)

    update = await async_provide(data, async_add_entities, build)

    @callback
    def add_new_detectors() -> None:
        if not known.issuperset(data.coordinator.data.detectors):
            entry.async_create_task(hass, update())

    entry.async_on_unload(data.coordinator.async_add_listener(add_new_detectors))


def _hub_entities(data: FrigateNativeData) -> Iterator[SensorEntity]:
    yield RateSensor(data, _HUB, "", None)
    if recorded_cameras(data.config):
        yield RecordingsFreeSensor(data)
        yield from (RecordingsUsageSensor(data, description, None) for description in _USAGE)
    for name in data.coordinator.data.detectors:
        yield RateSensor(data, _DETECTOR, name, None)


def _place_entities(data: FrigateNativeData, place: Place) -> list[SensorEntity]:
    entities: list[SensorEntity] = [CountSensor(data, place, label) for label in place.labels]
    entities += (ActiveCountSensor(data, place, label) for label in place.labels)
    if not place.is_zone:
        entities.append(ReviewStatusSensor(data, place))
        entities += (RateSensor(data, description, place.name, place) for description in _CAMERA)
    if not place.is_zone and place.name in recorded_cameras(data.config):
        entities += (MissingSensor(data, place), NewestRecordingSensor(data, place))
        entities += (RecordingsUsageSensor(data, description, place) for description in _USAGE)
    return entities


class CountSensor(CountedEntity, SensorEntity):
    """Current number of objects of a label at a place; without a unit, as "1 objects" would be wrong."""

    _attr_state_class = SensorStateClass.MEASUREMENT

    def __init__(self, data: FrigateNativeData, place: Place, label: str) -> None:
        """Initialize the entity of a camera or zone."""
        super().__init__(data, place, "count", label)

    @property
    @override
    def native_value(self) -> int:
        return self._count


class ActiveCountSensor(CountedEntity, SensorEntity):
    """Current number of objects of a label at a place that are not stationary."""

    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_entity_registry_enabled_default = False

    def __init__(self, data: FrigateNativeData, place: Place, label: str) -> None:
        """Initialize the entity of a camera or zone."""
        super().__init__(data, place, "active_count", label)

    @property
    @override
    def native_value(self) -> int:
        return self._message.active if self._message else 0


class ReviewStatusSensor(PlaceEntity, SensorEntity):
    """Severity of a camera's open review item; while one is open, its attributes say what is in it."""

    _attr_device_class = SensorDeviceClass.ENUM
    _attr_options: list[str] = [_NO_REVIEW, *Severity]  # noqa: RUF012  # as Home Assistant declares it
    _unrecorded_attributes = frozenset({"review_id", "objects", "zones", "since"})

    def __init__(self, data: FrigateNativeData, camera: Place) -> None:
        """Initialize the entity of a camera."""
        super().__init__(data, camera, "review_status")

    @override
    async def async_added_to_hass(self) -> None:
        await super().async_added_to_hass()
        self._listen(ReviewMessage, (self._place.name,), self._async_write)

    @property
    @override
    def native_value(self) -> str:
        return self._item.severity if self._item else _NO_REVIEW

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        item = self._item
        return {
            "review_id": item.id if item else None,
            "objects": list(item.labels) if item else [],
            "zones": list(item.zones) if item else [],
            "since": dt_util.utc_from_timestamp(item.start_time) if item else None,
        }

    @property
    def _item(self) -> ReviewState | None:
        """The open review item, if any."""
        message = self._data.bridge.latest(ReviewMessage, (self._place.name,))
        return message.after if message and message.after.end_time is None else None


class RateSensor(StatsEntity, SensorEntity):
    """A rate of the hub, a detector or a camera."""

    entity_description: RateDescription

    def __init__(self, data: FrigateNativeData, description: RateDescription, name: str, camera: Place | None) -> None:
        """Initialize for a camera, or for the hub without one; name is that of the camera or detector."""
        device = place_device(data, camera) if camera else hub_device(data)
        key = camera.key if camera else name and f"detector/{name}"
        super().__init__(data, description, device, key)
        self._name = name
        self._attr_translation_placeholders = {"detector": "CPU" if name == "cpu" else label_title(name)}

    @property
    @override
    def available(self) -> bool:
        return super().available and self.native_value is not None

    @property
    @override
    def native_value(self) -> float | None:
        return self.entity_description.value_fn(self.coordinator.data, self._name)


class _RecordedSensor(RecorderEntity, SensorEntity):
    """A sensor for the recordings of one camera."""

    _attr_entity_category = EntityCategory.DIAGNOSTIC

    def __init__(self, data: FrigateNativeData, camera: Place, key: str) -> None:
        super().__init__(data, camera, key)
        self._camera = camera.name

    @property
    @override
    def available(self) -> bool:
        return super().available and self._health is not None

    @property
    def _health(self) -> CameraHealth | None:
        return self._data.reports.recording(self._camera)


class MissingSensor(_RecordedSensor):
    """Seconds of the last 24 hours in which recording was enabled but nothing was recorded."""

    _attr_device_class = SensorDeviceClass.DURATION
    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_native_unit_of_measurement = UnitOfTime.SECONDS
    _attr_suggested_display_precision = 0
    _unrecorded_attributes = frozenset({"last_gap_start", "last_gap_end", "last_gap_reason"})

    def __init__(self, data: FrigateNativeData, camera: Place) -> None:
        """Initialize the entity of a camera."""
        super().__init__(data, camera, "recording_gap")

    @property
    @override
    def native_value(self) -> int | None:
        if (health := self._health) is None:
            return None
        now = time.time()
        return round(sum(max(0.0, (gap.end or now) - max(gap.start, now - _DAY_S)) for gap in health.gaps))

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        last = self._health.gaps[-1] if self._health and self._health.gaps else None
        return {
            "last_gap_start": dt_util.utc_from_timestamp(last.start) if last else None,
            "last_gap_end": dt_util.utc_from_timestamp(last.end) if last and last.end else None,
            "last_gap_reason": last.reason if last else None,
        }


class NewestRecordingSensor(_RecordedSensor):
    """End of a camera's newest recording; disabled by default, since it writes a state every minute."""

    _attr_device_class = SensorDeviceClass.TIMESTAMP
    _attr_entity_registry_enabled_default = False

    def __init__(self, data: FrigateNativeData, camera: Place) -> None:
        """Initialize the entity of a camera."""
        super().__init__(data, camera, "newest_recording")

    @property
    @override
    def native_value(self) -> datetime | None:
        newest = self._health.newest_segment if self._health else None
        return dt_util.utc_from_timestamp(newest) if newest is not None else None


class RecordingsUsageSensor(StatsEntity, SensorEntity):
    """What recordings take, as measured every ten minutes: of a camera, disabled by default, or of all."""

    entity_description: UsageDescription

    def __init__(self, data: FrigateNativeData, description: UsageDescription, camera: Place | None) -> None:
        """Initialize for a camera, or for all without one."""
        device = place_device(data, camera) if camera else hub_device(data)
        super().__init__(data, description, device, camera.key if camera else "")
        self._data = data
        self._camera = camera.name if camera else None
        self._attr_entity_registry_enabled_default = camera is None

    @property
    @override
    def available(self) -> bool:
        return super().available and self.native_value is not None

    @property
    @override
    def native_value(self) -> float | None:
        value = self.entity_description.value_fn(self._data, self._camera)
        return None if value is None else round(value, 1)


class RecordingsFreeSensor(RecorderEntity, SensorEntity):
    """Free disk space for recordings, rounded so that it does not fill Home Assistant's database."""

    _attr_device_class = SensorDeviceClass.DATA_SIZE
    _attr_state_class = SensorStateClass.MEASUREMENT
    _attr_entity_category = EntityCategory.DIAGNOSTIC
    _attr_native_unit_of_measurement = UnitOfInformation.GIGABYTES
    _attr_suggested_display_precision = 1

    def __init__(self, data: FrigateNativeData) -> None:
        """Initialize the entity of the hub."""
        super().__init__(data, None, "recordings_free")

    @property
    @override
    def available(self) -> bool:
        return super().available and self._recorder is not None

    @property
    @override
    def native_value(self) -> float | None:
        return round(self._recorder.disk_free / _GB, 1) if self._recorder else None

    @property
    def _recorder(self) -> Health | None:
        """The health of the recorder if it contains the free disk space."""
        recorder = self._data.reports.recorder_health
        return recorder if recorder and recorder.disk_total else None
