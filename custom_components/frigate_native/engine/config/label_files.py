"""Reads the labels of a model."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from ..errors import ConfigError
from .names import label
from .problems import Problem

BUNDLED: Final = Path(__file__).resolve().parents[2] / "models" / "labelmap.txt"
"""Those of the bundled model."""


def read_labels(file: Path) -> dict[int, str]:
    """Return labels by number: one per line, with or without the number before it; raises ConfigError."""
    place = "model.labelmap_path"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as err:
        reason = (err.strerror or str(err)) if isinstance(err, OSError) else str(err)
        raise ConfigError(
            place, f"{file} cannot be read ({reason})", "use a text file with one label per line"
        ) from err
    labels = dict(_numbered(lines))
    if not labels:
        raise ConfigError(place, f"{file} contains no labels", "add one label per line")
    for number, name in labels.items():
        _check_label(name, f"{file} has a label that cannot be used, number {number}")
    return labels


def _check_label(name: str, place: str) -> None:
    try:
        label(name)
    except Problem as err:
        raise ConfigError("model.labelmap_path", f"{place}: {err.problem}", err.mend) from err


def _numbered(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for index, line in enumerate(lines):
        number, _, name = line.strip().partition(" ")
        if number.isdecimal() and name:
            yield int(number), name.strip()
        elif line.strip():
            yield index, line.strip()
