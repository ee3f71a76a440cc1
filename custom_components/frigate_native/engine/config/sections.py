"""Validators of mappings: sections with fixed keys, and sections with names that the user chooses."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import voluptuous as vol

from .keys import Check, Checks, Written
from .problems import Problem, collecting, kind, meant, nearest, raise_all
from .validators import Validator


class Section:
    """Validates a mapping with fixed keys and returns what was given.

    A key without a value (null) counts as not given. Checks compare keys with each other; each has the names of
    those keys and runs unless one of them is invalid, so that one mistake is reported once; nor is a key
    missing that another one means. also_known and translated are keys that are translated before, for suggestions;
    the translated ones are not listed.
    """

    def __init__(
        self,
        keys: Mapping[str, Validator[Any]],
        *,
        required: Collection[str] = (),
        checks: Checks | None = None,
        also_known: Collection[str] = (),
        translated: Collection[str] = (),
    ) -> None:
        """Validate these keys."""
        self._keys = dict(keys)
        self._required = tuple(required)
        self._checks = dict(checks or {})
        self._known = (*self._keys, *also_known)
        self._translated = tuple(translated)

    def __call__(self, data: object) -> Written:
        """Return the checked section; raises vol.MultipleInvalid with all that is wrong."""
        given = _mapping(data, "a section with keys")
        problems: list[vol.Invalid] = []
        values: dict[str, Any] = {}
        for key, value in given.items():
            with collecting(problems, str(key)):
                self._check_known(key)
                if value is not None:
                    values[key] = self._keys[key](value)
        misspelt = {meant(str(key), self._known) for key in given if key not in self._keys}
        missing = [key for key in self._required if given.get(key) is None and key not in misspelt]
        problems += [Problem("missing", "this key is required", key) for key in missing]
        wrong = {problem.path[0] for problem in problems if problem.path} | misspelt
        for keys, check in self._checks.items():
            if wrong.isdisjoint(keys):
                problems += check(values)
        raise_all(problems)
        return values

    def _check_known(self, key: object) -> None:
        if key not in self._keys:
            raise Problem("unknown key", nearest(str(key), self._known, self._translated))


class Named:
    """Validates a mapping from names to one kind of value; checks see the mapping as it was given."""

    def __init__(self, entry: Validator[Any], *, name: Validator[str], checks: Iterable[Check] = ()) -> None:
        """Validate names and entries."""
        self._entry = entry
        self._name = name
        self._checks = tuple(checks)

    def __call__(self, data: object) -> dict[str, Any]:
        """Return the checked mapping; raises vol.MultipleInvalid with all that is wrong."""
        given = _mapping(data, "names, and below each its keys")
        problems: list[vol.Invalid] = []
        values: dict[str, Any] = {}
        for key, value in given.items():
            with collecting(problems, str(key)):
                name = self._name(key)
                if value is not None or isinstance(self._entry, Section):
                    values[name] = self._entry(value)
        problems += [problem for check in self._checks for problem in check(given)]
        raise_all(problems)
        return values


def _mapping(data: object, mend: str) -> Mapping[Any, object]:
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise Problem(f"{kind(data)}, not a mapping", mend)
    return data
