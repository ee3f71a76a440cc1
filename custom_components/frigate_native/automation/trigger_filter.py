"""The filter of triggers: labels, zones, score and target."""

from collections.abc import Iterable
from typing import Any, Final

import voluptuous as vol
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.trigger import TriggerConfig
from homeassistant.helpers.typing import ConfigType

from ..engine.messages import ObjectState
from .target import CONF_ALL_CAMERAS, PlaceTarget
from .zone_names import async_check_zones, async_zones

CONF_LABELS: Final = "labels"
CONF_ZONES: Final = "zones"
CONF_MIN_SCORE: Final = "min_score"

STRINGS: Final = vol.All(cv.ensure_list, [vol.All(cv.string, vol.Length(min=1))])

FILTER_OPTIONS: Final[dict[vol.Marker, Any]] = {
    vol.Optional(CONF_LABELS, default=[]): STRINGS,
    vol.Optional(CONF_ZONES, default=[]): STRINGS,
    vol.Optional(CONF_MIN_SCORE, default=0.0): vol.All(
        vol.Coerce(float), vol.Range(min=0, max=1, msg="a score is between 0 and 1, such as 0.7")
    ),
    vol.Optional(CONF_ALL_CAMERAS, default=True): cv.boolean,
}


@callback
def async_check_options(hass: HomeAssistant, options: ConfigType) -> None:
    """Raise vol.Invalid for what a trigger's options name and no system has."""
    async_check_zones(hass, options[CONF_ZONES])


class TriggerFilter:
    """Matches events against a trigger's options. An event that matches keeps matching: scores and zones only grow."""

    def __init__(self, hass: HomeAssistant, config: TriggerConfig) -> None:
        """Initialize from a validated configuration."""
        self._hass = hass
        options = config.options or {}
        self._labels = frozenset(options[CONF_LABELS])
        self._zones = frozenset(options[CONF_ZONES])
        self._min_score: float = options[CONF_MIN_SCORE]
        self._target = PlaceTarget(hass, config.target)

    def matches(self, entry_id: str, state: ObjectState) -> bool:
        """Return whether an event matches labels, score, zones and target."""
        return (
            self._matches_label_and_score(state)
            and (not self._zones or not self._zones_of(entry_id).isdisjoint(state.entered_zones))
            and self._target.includes(entry_id, state.camera, state.entered_zones)
        )

    def crossed(self, entry_id: str, state: ObjectState, zones: Iterable[str]) -> list[str]:
        """Return the crossed zones that match, if the event does."""
        if not self._matches_label_and_score(state):
            return []
        named = [zone for zone in zones if not self._zones or zone in self._zones_of(entry_id)]
        return [zone for zone in named if self._target.includes(entry_id, state.camera, (zone,))]

    def _zones_of(self, entry_id: str) -> frozenset[str]:
        return async_zones(self._hass, entry_id, self._zones)

    def _matches_label_and_score(self, state: ObjectState) -> bool:
        return (not self._labels or state.label in self._labels) and state.top_score >= self._min_score
