"""Fields of forms for keys of the configuration, made from their declarations."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.helpers.selector import ObjectSelectorField, Selector

from ..configuration.form_keys import FormKey, form_keys
from ..configuration.object_sets import OBJECT_SETS
from ..engine.config.files_beside import masks
from ..engine.config.names import labels
from ..engine.config.validators import Area, Number, Whole, flag
from ..engine.detection.model_loading import bundled_labels
from .fields import PASSWORD, SWITCH, TEXT, TEXTS, choice, number, whole_number

_USUAL: Final = [  # what people watch for most, first in lists
    *("person", "bicycle", "car", "motorcycle", "bus"),
    *("bird", "cat", "dog", "horse", "sheep", "cow", "bear", "backpack", "umbrella", "handbag", "suitcase"),
]
MODEL_LABELS: Final = [*_USUAL, *sorted(bundled_labels() - set(_USUAL))]
_OBJECTS: Final = [_USUAL[0], *OBJECT_SETS, *MODEL_LABELS[1:]]
_STEP: Final = 0.01  # of numbers that may be fractions


def key_fields(keys_of: type[Any], part: str | None) -> dict[vol.Marker, object]:
    """Return the fields that one part of a form has for a section and the sections in it."""
    return {_marker(key): _field(key) for key in form_keys(keys_of).values() if key.field.part == part}


def entry_fields(keys_of: type[Any]) -> Mapping[str, ObjectSelectorField]:
    """Return the fields of an entry in a list, all of which may stay empty."""
    return {name: ObjectSelectorField(selector=_selector(key)) for name, key in form_keys(keys_of).items()}


def _marker(key: FormKey) -> vol.Marker:
    if key.is_optional:
        return vol.Optional(key.name)
    default = list(key.default) if isinstance(key.default, tuple) else key.default
    return vol.Required(key.name, default=default)


def _field(key: FormKey) -> object:
    match key.declared.key.content:
        case Whole(least=least, most=most):
            return whole_number(least, key.field.most or most, key.declared.key.unit)
        case content if content is labels:
            return choice(_OBJECTS, key="objects", several=True, is_open=True)
    return _selector(key)


def _selector(key: FormKey) -> Selector[Any]:
    content, unit = key.declared.key.content, key.declared.key.unit
    match content:
        case Whole(least=least, most=most):
            return number(least, key.field.most or most, 1, unit)
        case Area():
            return number(0, key.field.most, 1, unit)
        case Number(least=least, most=most):
            return number(least, most, _STEP, unit)
    if content is flag:
        return SWITCH
    if content is masks:
        return TEXTS
    return PASSWORD if key.declared.key.is_secret and key.name == "password" else TEXT
