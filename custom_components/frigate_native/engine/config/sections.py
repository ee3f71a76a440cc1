"""Validators of mappings: sections with fixed keys, and sections with names of the user's own."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, cast

import voluptuous as vol

from .problems import Problem, collecting, kind, nearest, raise_all
from .validators import Validator

type Check[T] = Callable[[T], Iterable[Problem]]


class Section[T]:
    """Validates a mapping with fixed keys and returns it as the typed dict T, without what was not given.

    A key without a value (null) counts as not given. Checks compare keys with each other; each has the names of
    those keys and runs unless one of them is wrong by itself, so that one mistake is told once.
    """

    def __init__(
        self,
        keys: Mapping[str, Validator[Any]],
        *,
        required: Collection[str] = (),
        checks: Mapping[tuple[str, ...], Check[T]] | None = None,
    ) -> None:
        self._keys = dict(keys)
        self._required = tuple(required)
        self._checks = dict(checks or {})

    def __call__(self, data: object) -> T:
        """Return the checked section; raises vol.MultipleInvalid with all that is wrong."""
        given = _mapping(data, "a section with keys")
        problems: list[vol.Invalid] = []
        values: dict[str, Any] = {}
        for key, value in given.items():
            with collecting(problems, str(key)):
                self._check_known(key)
                if value is not None:
                    values[key] = self._keys[key](value)
        missing = [key for key in self._required if given.get(key) is None]
        problems += [Problem("missing", "this key is required", key) for key in missing]
        wrong = {problem.path[0] for problem in problems if problem.path}
        section = cast(T, values)
        for keys, check in self._checks.items():
            if wrong.isdisjoint(keys):
                problems += check(section)
        raise_all(problems)
        return section

    def _check_known(self, key: object) -> None:
        if key not in self._keys:
            raise Problem("unknown key", nearest(str(key), tuple(self._keys)))


class Named[T]:
    """Validates a mapping from names to one kind of value; checks see the mapping as it was given."""

    def __init__(
        self, entry: Validator[T], *, name: Validator[str], checks: Iterable[Check[Mapping[Any, object]]] = ()
    ) -> None:
        self._entry = entry
        self._name = name
        self._checks = tuple(checks)

    def __call__(self, data: object) -> dict[str, T]:
        """Return the checked mapping; raises vol.MultipleInvalid with all that is wrong."""
        given = _mapping(data, "names, and below each its keys")
        problems: list[vol.Invalid] = []
        values: dict[str, T] = {}
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
