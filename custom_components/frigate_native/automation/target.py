"""The cameras and zones in the target of a trigger or condition."""

from collections.abc import Collection, Iterator
from typing import Any, Final

import voluptuous as vol
from homeassistant.const import CONF_OPTIONS, CONF_TARGET
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.target import TargetSelection, async_extract_referenced_entity_ids
from homeassistant.helpers.typing import ConfigType

from ..data import FrigateNativeData
from ..entity import device_identifier
from ..entries import async_running_systems
from ..runtime.places import Place

CONF_ALL_CAMERAS: Final = "all_cameras"
"""Option of triggers and conditions: without a target, all cameras are meant."""


def check_target(config: ConfigType) -> ConfigType:
    """Return a configuration that has a target or means all cameras; raises vol.Invalid."""
    has_target = TargetSelection(config.get(CONF_TARGET) or {}).has_any_target
    if not has_target and not config[CONF_OPTIONS][CONF_ALL_CAMERAS]:
        raise vol.Invalid("no target is set; choose cameras or zones, or turn on 'All cameras'", [CONF_TARGET])
    return config


class PlaceTarget:
    """A target. Any entity or device of a camera or zone selects it; areas and labels select all that they contain.

    No target, or the hub device, selects all cameras. The target is resolved on each use, so devices may be added,
    removed and moved.
    """

    def __init__(self, hass: HomeAssistant, target: dict[str, Any] | None) -> None:
        """Initialize from the target in an automation's configuration."""
        self._hass = hass
        self._selection = TargetSelection(target or {})

    def includes(self, entry_id: str, camera: str, zones: Collection[str]) -> bool:
        """Return whether the camera or one of the zones is selected; always without a target."""
        if not self._selection.has_any_target:
            return True
        return any(
            data.entry_id == entry_id and (place.name in zones if place.is_zone else place.name == camera)
            for data, place in self.places()
        )

    def places(self) -> Iterator[tuple[FrigateNativeData, Place]]:
        """Return the selected cameras and zones of all running systems."""
        selected = self._identifiers() if self._selection.has_any_target else None
        for data in async_running_systems(self._hass):
            has_all_cameras = selected is None or device_identifier(data.entry_id, "") in selected
            for place in data.places:
                is_selected = selected is not None and device_identifier(data.entry_id, place.key) in selected
                if is_selected or (has_all_cameras and not place.is_zone):
                    yield data, place

    def _identifiers(self) -> set[tuple[str, str]]:
        excluded: TargetSelection | None = getattr(self._selection, "exclude", None)  # since 2026.11
        included = self._identifiers_of(self._selection)
        return included - self._identifiers_of(excluded) if excluded else included

    def _identifiers_of(self, selection: TargetSelection) -> set[tuple[str, str]]:
        """Return the identifiers of all selected devices, including those of selected entities."""
        selected = async_extract_referenced_entity_ids(self._hass, selection)
        entities, devices = er.async_get(self._hass), dr.async_get(self._hass)
        device_ids = set(selected.referenced_devices)
        for entity_id in selected.referenced | selected.indirectly_referenced:
            entity = entities.async_get(entity_id)
            if entity is not None and entity.device_id is not None:
                device_ids.add(entity.device_id)
        found = (devices.async_get(device_id) for device_id in device_ids)
        return {identifier for device in found if device is not None for identifier in device.identifiers}
