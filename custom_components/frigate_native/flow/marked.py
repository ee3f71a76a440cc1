"""Shows a form again with its errors where people see them."""

from collections.abc import Mapping
from typing import Any, Final

import voluptuous as vol
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import ConstantSelector, ConstantSelectorConfig

NOTICE: Final = "notice"
"""The last line of a form with errors: after submitting a long form, users see its end, not the errors further up."""

_NOTICE_FIELD: Final = ConstantSelector(ConstantSelectorConfig(value=True, label=""))


def marked_schema(schema: vol.Schema, errors: Mapping[str, str]) -> vol.Schema:
    """Return a form whose sections with errors are open, with a line for a notice at its end."""
    if not errors:
        return schema
    fields = {key: _opened(field) if key in errors else field for key, field in schema.schema.items()}
    return vol.Schema(fields | {vol.Optional(NOTICE): _NOTICE_FIELD})


def marked_errors(errors: Mapping[str, str]) -> dict[str, str]:
    """Return errors with a notice at the end of the form."""
    return {**errors, NOTICE: "see_above"} if errors else {}


def without_notice(entered: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was entered in a form that may have a line for a notice."""
    return {key: value for key, value in entered.items() if key != NOTICE}


def _opened(field: object) -> object:
    return section(field.schema, {"collapsed": False}) if isinstance(field, section) else field
