"""What is wrong with broken YAML and how to mend it, in words that hold nothing of the file's values."""

import re
from typing import Final

import yaml

from .yaml_loader import YamlProblem

_VALUE_IN_QUOTES: Final = "put the value in quotes"
_UNSTARTABLE: Final = re.compile(r"found character '(.|\\t)' that cannot start any token")
_QUOTED: Final = re.compile(r"'(?!<)[^']{2,}'")  # may be part of a password; '<block end>' and ':' are not
_OPEN: Final[dict[str, tuple[str, str]]] = {
    "while parsing a flow mapping": ("{", "}"),
    "while parsing a flow sequence": ("[", "]"),
}
_BY_PROBLEM: Final = {
    "mapping values are not allowed here": (
        "a second ': ' in one line, or a line indented further than the one above",
        f"{_VALUE_IN_QUOTES}, or check the indentation",
    ),
    "sequence entries are not allowed here": (
        "a list begins in the line of its key, or its '-' is not indented like the others",
        "begin each entry of the list on a line of its own",
    ),
    "expected <block end>": (
        "indented differently from the lines above",
        "keys of one section have the same indentation",
    ),
    "found unknown escape character": (
        "a backslash in double quotes",
        "use single quotes, or write the backslash twice",
    ),
    "found undefined alias": (
        "a value begins with *, which stands for an anchor (&) that is not there",
        f"{_VALUE_IN_QUOTES}, or write the anchor above",
    ),
}
_BY_CONTEXT: Final = {
    "while scanning an anchor": ("a value begins with &, and no name of an anchor follows", _VALUE_IN_QUOTES),
    "while scanning an alias": ("a value begins with *, and no name of an anchor follows", _VALUE_IN_QUOTES),
    "while scanning a tag": ("a value begins with !", _VALUE_IN_QUOTES),
    "while parsing a tag": ("a value begins with !", _VALUE_IN_QUOTES),
}


def describe(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    """Return what is wrong, with its line, and what would be right."""
    problem, mend = _words(error)
    mark = _mark(error)
    return (f"line {mark.line + 1}, column {mark.column + 1}: {problem}" if mark else problem), mend


def _mark(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    is_of_context = error.context in _BY_CONTEXT
    return (error.context_mark if is_of_context else error.problem_mark) or error.context_mark


def _words(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    problem, context = error.problem or "", error.context or ""
    if isinstance(error, YamlProblem):
        return problem, error.mend
    if (found := _UNSTARTABLE.match(problem)) is not None:
        return _unstartable(found[1])
    if error.context_mark is not None and (words := _unclosed(context, problem, error.context_mark.line + 1)):
        return words
    if context in _BY_CONTEXT:
        return _BY_CONTEXT[context]
    for beginning, words in _BY_PROBLEM.items():
        if problem.startswith(beginning):
            return words
    said = ", ".join(part for part in (context, problem) if part)
    return _QUOTED.sub("'…'", said), "valid YAML"


def _unstartable(character: str) -> tuple[str, str]:
    if character == r"\t":
        return "a tab", "indent with spaces"
    return f"a value begins with {character}, which YAML does not allow", _VALUE_IN_QUOTES


def _unclosed(context: str, problem: str, line: int) -> tuple[str, str] | None:
    """Return the bracket that is not closed, if that is the error; line is where it was opened."""
    if context in _OPEN and problem.startswith("expected ','"):
        first, last = _OPEN[context]
        return f"the {first} in line {line} is not closed", f"close it with {last}"
    if context == "while scanning a quoted scalar" and "unexpected end of stream" in problem:
        return f"the quote in line {line} is not closed", "close it with the same quote"
    if context == "while scanning a simple key":
        return f"line {line} has no ': '", "write 'key: value'"
    return None
