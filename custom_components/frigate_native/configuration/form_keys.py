"""The configuration keys that appear in forms, from their declarations."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..engine.config.keys import Declared, FormField, walk
from ..engine.config.validators import flag

type Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormKey:
    """One field of a form; its value is that of the key at each of the paths."""

    name: str
    field: FormField
    declared: Declared
    paths: tuple[Path, ...]

    @property
    def is_optional(self) -> bool:
        """Tell whether the field may stay empty."""
        return self.field.is_optional or self.default in (None, ())

    @property
    def default(self) -> object:
        """Return what a new form has."""
        if self.field.default is not None:
            return self.field.default
        return None if self.declared.is_required else self.declared.default


def form_keys(keys_of: type[Any]) -> Mapping[str, FormKey]:
    """Return the fields that forms have for a section and the sections in it, by their names in the form's data."""
    found: dict[str, FormKey] = {}
    for path, declared in walk(keys_of):
        if (field := declared.key.form) is None:
            continue
        name = field.name or declared.name
        paths = (*found[name].paths, path) if name in found else (path,)
        found[name] = FormKey(name=name, field=field, declared=declared, paths=paths)
    return found


def to_section(keys_of: type[Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a form's data as a section of the configuration.

    Empty fields are left to the defaults; what an older release's form did not have is off.
    """
    section: dict[str, Any] = {}
    for name, form_key in form_keys(keys_of).items():
        absent = False if form_key.declared.key.content is flag else None
        if (value := data.get(name, absent)) in (None, "", []):
            continue
        for path in form_key.paths:
            _put(section, path, value)
    return section


def _put(section: dict[str, Any], path: Path, value: object) -> None:
    for step in path[:-1]:
        section = section.setdefault(step, {})
    section[path[-1]] = value
