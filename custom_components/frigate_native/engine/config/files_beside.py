"""Validators of file names that may be relative to the configuration's directory."""

from pathlib import Path
from typing import Final

from .checks import ANY_CA
from .keys import InDirectory
from .masks import Mask, read_mask
from .polygons import is_one_polygon, polygon
from .problems import Problem
from .validators import one_or_items, text


def _existing_file(value: object, directory: Path) -> Path:
    name = text(value)
    if not (directory / name).is_file():
        raise Problem(f"there is no file '{name[:60]}'", "an absolute path, or one beside the configuration")
    return directory / name


def _authorities(value: object, directory: Path) -> str:
    return ANY_CA if value == ANY_CA else str(_existing_file(value, directory))


def _file(value: object, directory: Path) -> Path:
    return directory / text(value)


def _masks(value: object, directory: Path) -> tuple[Mask, ...]:
    if isinstance(value, list | tuple) and is_one_polygon(value):
        return (_polygon_mask(value),)
    return one_or_items(lambda entry: _mask(entry, directory), value)


def _mask(value: object, directory: Path) -> Mask:
    if isinstance(value, list | tuple) and is_one_polygon(value):
        return _polygon_mask(value)
    return read_mask(text(value), directory)


def _polygon_mask(value: object) -> Mask:
    found = polygon(value)
    return Mask(str(found), polygon=found)


existing_file: Final = InDirectory(read=_existing_file, expects="a file")
file: Final = InDirectory(read=_file, expects="a file")
authorities: Final = InDirectory(read=_authorities, expects=f"a file, or `{ANY_CA}`")
masks: Final = InDirectory(read=_masks, expects="one mask or a list")
