"""Fields of forms."""

from typing import Final

import voluptuous as vol
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)

TEXT: Final = TextSelector()
TEXTS: Final = TextSelector(TextSelectorConfig(multiple=True))
SWITCH: Final = BooleanSelector()
PASSWORD: Final = TextSelector(TextSelectorConfig(type=TextSelectorType.PASSWORD))


def whole_number(least: int, most: int | None, unit: str | None = None) -> vol.All[int]:
    """Return a field for an integer within these limits, both included."""
    return vol.All(number(least, most, 1, unit), vol.Coerce(int))


def choice(
    options: list[str], *, key: str | None = None, several: bool = False, is_open: bool = False
) -> SelectSelector:
    """Return a list to choose from; key is that of its options' translations, is_open: others can be typed."""
    config = SelectSelectorConfig(
        options=options, mode=SelectSelectorMode.DROPDOWN, multiple=several, custom_value=is_open
    )
    if key:
        config["translation_key"] = key
    return SelectSelector(config)


def list_of(key: str, described_by: str, **fields: ObjectSelectorField) -> ObjectSelector:
    """Return a list whose entries have a form of their own; the first field is the entry's title."""
    label = next(iter(fields))
    return ObjectSelector(
        ObjectSelectorConfig(
            fields=fields, multiple=True, label_field=label, description_field=described_by, translation_key=key
        )
    )


def number(least: float, most: float | None, step: float, unit: str | None) -> NumberSelector:
    """Return a field for a number; most None: there is no upper limit."""
    config = NumberSelectorConfig(min=least, step=step, mode=NumberSelectorMode.BOX)
    if most is not None:
        config["max"] = most
    if unit:
        config["unit_of_measurement"] = unit
    return NumberSelector(config)


def part(fields: dict[vol.Marker, object], *, is_folded: bool = True) -> section:
    """Return a section of a form, collapsed at first."""
    return section(vol.Schema(fields), {"collapsed": is_folded})
