"""Replaces environment variables in the keys of a configuration that may name them."""

import re
from collections.abc import Mapping
from typing import Any, Final

from ..redact import remember_secret
from .keys import EACH, walk
from .model import Config
from .problems import Problem

PREFIX: Final = "FRIGATE_"

_STREAMS: Final = ("go2rtc", "streams", EACH)  # addresses of cameras, in files of Frigate 0.12 and later
_PLACES: Final = (
    *(path for path, declared in walk(Config, into_names=True) if declared.key.has_variables),
    _STREAMS,
    (*_STREAMS, EACH),
)
_BRACES: Final = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}]*)\}|[{}]")


def substitute(text: str, variables: Mapping[str, str]) -> str:
    """Return the text with `{FRIGATE_NAME}` replaced, and `{{` and `}}` by single braces.

    Raises Problem for a variable that is not set, another name in braces and a single brace. The text itself, which
    may hold a password, is never part of the message.
    """
    return _BRACES.sub(lambda found: _replacement(found, variables), text)


def escape(text: str) -> str:
    """Return the text so that `substitute` gives it back: for values that name no variables."""
    return text.replace("{", "{{").replace("}", "}}")


def substitute_all(
    data: Mapping[str, object], environment: Mapping[str, str]
) -> tuple[Mapping[str, Any], list[Problem]]:
    """Return the configuration with variables replaced where they may be, and what went wrong.

    Variables set under the configuration's `environment_vars` go before those of the environment. A text that
    cannot be substituted stays as it is.
    """
    own = data.get("environment_vars")
    named = own.items() if isinstance(own, Mapping) else ()
    variables = {**environment, **{str(name): str(value) for name, value in named}}
    problems: list[Problem] = []
    result: Any = data
    for place in _PLACES:
        result = _walk(result, place, variables, (), problems)
    return result, problems


def _replacement(found: re.Match[str], variables: Mapping[str, str]) -> str:
    if found[0] in ("{{", "}}"):
        return found[0][0]
    name = found["name"]
    if name is None:
        raise Problem("a brace without its partner", "write a literal brace twice: {{ or }}")
    if not name.startswith(PREFIX):
        mend = f"only variables beginning with {PREFIX} can be used; a literal brace is written twice: {{{{ or }}}}"
        raise Problem(f"braces round something that is no {PREFIX} variable", mend)
    if name not in variables:
        raise Problem(f"the variable {name} is not set", "set it in the environment or under environment_vars")
    remember_secret(variables[name])
    return variables[name]


def _walk(
    node: object,
    place: tuple[str, ...],
    variables: Mapping[str, str],
    path: tuple[str | int, ...],
    problems: list[Problem],
) -> object:
    """Return the node with the texts at this place replaced; the schema judges whatever has another shape."""
    if not place:
        return _replaced(node, variables, path, problems)
    step, rest = place[0], place[1:]
    if isinstance(node, Mapping):
        return {
            key: _walk(value, rest, variables, (*path, str(key)), problems) if step in (EACH, key) else value
            for key, value in node.items()
        }
    if isinstance(node, list | tuple) and step == EACH:
        return [_walk(value, rest, variables, (*path, index), problems) for index, value in enumerate(node)]
    return node


def _replaced(
    node: object, variables: Mapping[str, str], path: tuple[str | int, ...], problems: list[Problem]
) -> object:
    if not isinstance(node, str):
        return node
    try:
        return substitute(node, variables)
    except Problem as problem:
        problem.prepend(list(path))
        problems.append(problem)
        return node
