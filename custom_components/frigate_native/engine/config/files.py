"""Reads a configuration file: YAML or JSON, and reports duplicate keys and broken syntax by line."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from ..errors import ConfigError, ConfigErrors
from .problems import Problem, kind
from .secrets import SecretLoader
from .written_numbers import WrittenFloat, WrittenInt
from .yaml_errors import describe

_MERGE_TAG: Final = "tag:yaml.org,2002:merge"


def read_file(path: Path) -> tuple[Mapping[str, object], list[Problem]]:
    """Return the mapping in the file, and the keys that appear twice.

    Raises ConfigErrors when the file cannot be read at all; its one error has the file's name as its path.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise _whole(path, f"the ending '{path.suffix}' is not known", "a file ending in .yml, .yaml or .json")
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _whole(path, *_unreadable(error)) from error
    if not content.strip():
        raise _whole(path, "the file is empty", "at least one camera, under the key cameras")
    data, problems = reader(path, content)
    if not isinstance(data, Mapping):
        raise _whole(path, f"{kind(data)}, not a mapping", "keys such as mqtt: and cameras: at the left border")
    return data, problems


def _whole(path: Path, problem: str, mend: str) -> ConfigErrors:
    return ConfigErrors([ConfigError(path.name, problem, mend)])


def _unreadable(error: OSError) -> tuple[str, str]:
    match error:
        case FileNotFoundError():
            return "there is no such file", "the path of the configuration file"
        case IsADirectoryError():
            return "this is a directory", "the path of a file in it"
        case PermissionError():
            return "the file may not be read", "allow Home Assistant to read it"
    return f"the file cannot be read ({error.strerror})", "a file that can be read"


def _read_yaml(path: Path, content: bytes) -> tuple[object, list[Problem]]:
    try:
        return _parsed_yaml(path, content)
    except yaml.MarkedYAMLError as error:
        raise _whole(path, *describe(error)) from error
    except yaml.reader.ReaderError as error:
        raise _whole(path, f"not text, at byte {error.position}", "a text file in UTF-8") from error
    except (ValueError, OverflowError) as error:  # more digits than Python converts
        raise _whole(path, "a number with too many digits", "put it in quotes") from error
    except RecursionError as error:
        raise _whole(path, "nested too deeply", "valid YAML") from error


def _parsed_yaml(path: Path, content: bytes) -> tuple[object, list[Problem]]:
    loader = SecretLoader(content, path.parent)
    try:
        root = loader.get_single_node()
        if root is None:
            return None, []
        problems = list(_duplicates(root, (), set()))  # before merges are resolved
        return loader.construct_document(root), problems
    finally:
        loader.dispose()


def _duplicates(node: yaml.Node, path: tuple[str | int, ...], seen: set[int]) -> Iterator[Problem]:
    if id(node) in seen:  # an alias
        return
    seen.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _duplicates(item, (*path, index), seen)
    elif isinstance(node, yaml.MappingNode):
        lines: dict[tuple[str, str], int] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            name, line = (key.tag, key.value), key.start_mark.line + 1
            if name in lines and key.tag != _MERGE_TAG:
                problem = f"given twice, in line {lines[name]} and line {line}"
                yield Problem(problem, "keep one of the two", *path, key.value)
            lines.setdefault(name, line)
            yield from _duplicates(value, (*path, key.value), seen)


def _read_json(path: Path, content: bytes) -> tuple[object, list[Problem]]:
    problems: list[Problem] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        twice = (key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        problems.extend(Problem("given twice in the same object", "keep one of the two", key) for key in twice)
        return dict(pairs)

    try:
        return _parsed_json(content, unique), problems
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}: {error.msg}"
        raise _whole(path, place, "valid JSON") from error
    except UnicodeDecodeError as error:
        raise _whole(path, f"not text, at byte {error.start}", "a text file in UTF-8") from error
    except RecursionError as error:
        raise _whole(path, "nested too deeply", "valid JSON") from error


def _parsed_json(content: bytes, on_pairs: Callable[[list[tuple[str, Any]]], dict[str, Any]]) -> object:
    return json.loads(
        content,
        object_pairs_hook=on_pairs,
        parse_int=lambda source: WrittenInt(int(source), source),
        parse_float=lambda source: WrittenFloat(float(source), source),
    )


type _Reader = Callable[[Path, bytes], tuple[object, list[Problem]]]
_READERS: Final[Mapping[str, _Reader]] = {".yml": _read_yaml, ".yaml": _read_yaml, ".json": _read_json}
