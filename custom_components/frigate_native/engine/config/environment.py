"""Puts environment variables into the places of a configuration that may name them."""

import re
from collections.abc import Mapping
from typing import Final

from .problems import Problem

PREFIX: Final = "FRIGATE_"

_EACH: Final = None  # in a place: every name, or every item of a list
_PLACES: Final[tuple[tuple[str | None, ...], ...]] = (
    ("mqtt", "topic_prefix"),
    ("mqtt", "client_id"),
    ("mqtt", "user"),
    ("mqtt", "password"),
    ("database", "url"),
    ("detectors", _EACH, "endpoint"),
    ("cameras", _EACH, "ffmpeg", "inputs", _EACH, "path"),
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


def substitute_all(data: Mapping[str, object], environment: Mapping[str, str]) -> tuple[object, list[Problem]]:
    """Return the configuration with variables replaced where they may be, and what went wrong.

    Variables set under the configuration's `environment_vars` go before those of the environment. A text that
    cannot be substituted stays as it is.
    """
    own = data.get("environment_vars")
    named = own.items() if isinstance(own, Mapping) else ()
    variables = {**environment, **{str(name): str(value) for name, value in named}}
    problems: list[Problem] = []
    result: object = data
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
    return variables[name]


def _walk(
    node: object,
    place: tuple[str | None, ...],
    variables: Mapping[str, str],
    path: tuple[str | int, ...],
    problems: list[Problem],
) -> object:
    """Return the node with the texts at this place replaced; whatever has another shape is the schema's business."""
    if not place:
        return _replaced(node, variables, path, problems)
    step, rest = place[0], place[1:]
    if isinstance(node, Mapping):
        return {
            key: _walk(value, rest, variables, (*path, str(key)), problems) if step in (_EACH, key) else value
            for key, value in node.items()
        }
    if isinstance(node, list | tuple) and step is _EACH:
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
