"""Conditions: whether cameras and zones currently contain objects."""

import abc
from typing import Any, Final, Unpack, cast, override

import voluptuous as vol
from homeassistant.const import CONF_OPTIONS, CONF_TARGET
from homeassistant.core import HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.condition import (
    ATTR_BEHAVIOR,
    BEHAVIOR_ALL,
    BEHAVIOR_ANY,
    Condition,
    ConditionCheckParams,
    ConditionConfig,
)
from homeassistant.helpers.typing import ConfigType

from .automation.target import CONF_ALL_CAMERAS, PlaceTarget, check_target
from .automation.trigger_filter import CONF_LABELS, STRINGS
from .data import FrigateNativeData
from .engine.messages import CountMessage
from .runtime.places import Place

CONF_COUNT: Final = "count"

_COMMON: Final[dict[vol.Marker, Any]] = {
    vol.Optional(CONF_LABELS, default=[]): STRINGS,
    vol.Optional(ATTR_BEHAVIOR, default=BEHAVIOR_ANY): vol.In([BEHAVIOR_ANY, BEHAVIOR_ALL]),
    vol.Optional(CONF_ALL_CAMERAS, default=True): cv.boolean,
}


def _schema(**options: Any) -> vol.Schema:
    return vol.Schema(
        {
            vol.Optional(CONF_TARGET): cv.TARGET_FIELDS,
            vol.Optional(CONF_OPTIONS, default={}): _COMMON
            | {vol.Optional(key, default=default): check for key, (default, check) in options.items()},
        }
    )


class _PlaceCondition(Condition, abc.ABC):
    """Tests the number of objects at any or all target places; never passes at a place whose cameras are offline."""

    _schema: vol.Schema

    @classmethod
    @override
    async def async_validate_config(cls, hass: HomeAssistant, config: ConfigType) -> ConfigType:
        return check_target(cls._schema(config))

    def __init__(self, hass: HomeAssistant, config: ConditionConfig) -> None:
        """Initialize from a validated configuration."""
        super().__init__(hass, config)
        self._options = config.options or {}
        self._target = PlaceTarget(hass, config.target)

    @override
    def _async_check(self, **kwargs: Unpack[ConditionCheckParams]) -> bool:
        found = [self._is_known(*place) and self._holds(self._count(*place)) for place in self._target.places()]
        return all(found) and bool(found) if self._options[ATTR_BEHAVIOR] == BEHAVIOR_ALL else any(found)

    @abc.abstractmethod
    def _holds(self, count: int) -> bool:
        """Return whether the number of objects at a place passes."""

    def _is_known(self, data: FrigateNativeData, place: Place) -> bool:
        return any(map(data.bridge.is_running, place.cameras))

    def _count(self, data: FrigateNativeData, place: Place) -> int:
        labels = self._options[CONF_LABELS] or place.labels
        counts = (data.bridge.latest(CountMessage, (place.name, label)) for label in labels)
        return sum(message.count for message in counts if message)


class ObjectPresent(_PlaceCondition):
    """A place contains at least `count` objects, all labels combined."""

    _schema = _schema(**{CONF_COUNT: (1, vol.All(vol.Coerce(int), vol.Range(min=1)))})

    @override
    def _holds(self, count: int) -> bool:
        return count >= cast(int, self._options[CONF_COUNT])


class ObjectAbsent(_PlaceCondition):
    """A place is monitored and contains no objects of the labels."""

    _schema = _schema()

    @override
    def _holds(self, count: int) -> bool:
        return count == 0


async def async_get_conditions(hass: HomeAssistant) -> dict[str, type[Condition]]:
    """Return the conditions by name."""
    return {"object_present": ObjectPresent, "object_absent": ObjectAbsent}
