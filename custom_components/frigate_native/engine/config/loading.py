"""Reads a whole configuration, from a file or from a mapping; every mistake is reported, with its place."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import voluptuous as vol

from ..errors import ConfigError, ConfigErrors
from ..redact import redact_url
from .build import build_config
from .environment import substitute_all
from .files import read_file
from .keys import Written
from .model import Config
from .notes import notes
from .problems import Problem
from .report import Report
from .schema import config_schema
from .translation import translate


def load_config_file(path: Path, environment: Mapping[str, str] | None = None) -> Config:
    """Return the configuration in a YAML (.yml, .yaml) or JSON (.json) file.

    environment: what `{FRIGATE_…}` may name, the process's own when None. Raises ConfigErrors with all that is
    wrong; when the file itself cannot be read, the only error's path is the file's name. Blocks on the disk.
    """
    data, problems = read_file(path)
    return _checked(data, path.parent, environment, problems)


def config_from_mapping(
    data: Mapping[str, object],
    directory: Path,
    environment: Mapping[str, str] | None = None,
    *,
    is_native: bool = False,
) -> Config:
    """Return the configuration that a mapping with the file's keys holds.

    directory is the one that relative paths start from, environment as above. is_native: the keys and their defaults
    are ours, whatever version of Frigate has them. Raises ConfigErrors.
    """
    return _checked(data, directory, environment, [], is_native=is_native)


def _checked(
    data: Mapping[str, object],
    directory: Path,
    environment: Mapping[str, str] | None,
    found: Iterable[Problem],
    *,
    is_native: bool = False,
) -> Config:
    substituted, problems = substitute_all(data, os.environ if environment is None else environment)
    translation = translate(substituted, directory, is_native=is_native)
    problems += (*found, *translation.problems)
    try:
        written: Written = config_schema(directory)(translation.data)
    except vol.MultipleInvalid as error:
        reported = {tuple(problem.path) for problem in problems}
        more = [problem for problem in translation.as_written(error.errors) if tuple(problem.path) not in reported]
        raise _config_errors([*problems, *more], data) from error
    if problems:
        raise _config_errors(problems, data)
    config = build_config(written, directory)
    generation = translation.generation
    found_here = map(translation.note_as_written, notes(substituted, config, is_today=generation.is_today))
    noted = tuple(dict.fromkeys((*translation.notes, *found_here)))
    return replace(config, report=Report(generation.version, generation.reason, noted))


def _config_errors(problems: Iterable[vol.Invalid], data: Mapping[str, object]) -> ConfigErrors:
    """Return the problems as errors, in the order of the file."""
    in_order = sorted(problems, key=lambda problem: _position(problem.path, data))
    return ConfigErrors(_config_error(problem) for problem in in_order)


def _config_error(problem: vol.Invalid) -> ConfigError:
    if not isinstance(problem, Problem):  # raised by voluptuous itself: a bug of the schema, but still a message
        return ConfigError(_dotted(problem.path), problem.error_message, "see the documentation of this key")
    return ConfigError(_dotted(problem.path), redact_url(problem.problem), redact_url(problem.mend))


def _dotted(path: Iterable[object]) -> str:
    steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return redact_url(steps.removeprefix(".")) or "configuration"


def _position(path: Iterable[object], data: object) -> list[int]:
    """Return where a path is in the file, to sort by; a key that is missing comes after those that are there."""
    position: list[int] = []
    for step in path:
        if isinstance(data, Mapping):
            keys = [str(key) for key in data]
            place = keys.index(str(step)) if str(step) in keys else len(keys)
            data = list(data.values())[place] if place < len(keys) else None
        elif isinstance(data, list | tuple) and isinstance(step, int):
            place = step
            data = data[step]
        else:
            break
        position.append(place)
    return position
