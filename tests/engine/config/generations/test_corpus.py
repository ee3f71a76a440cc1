"""Files of every Frigate version load unchanged, with the values and the report that `expected` has for each."""

from collections.abc import Iterable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
import yaml

from custom_components.frigate_native.engine.config.loading import load_config_file
from custom_components.frigate_native.engine.config.masks import Mask
from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.config.polygons import Polygon

FOLDER = Path(__file__).parent
FILES = sorted((*FOLDER.glob("files/*.yml"), *FOLDER.glob("files/*.json")))
ENVIRONMENT = {
    "FRIGATE_RTSP_USER": "rtsp-user-1",
    "FRIGATE_RTSP_PASSWORD": "rtsp-pass-1",
    "FRIGATE_MQTT_PASSWORD": "mqtt-pass-1",
}
VERSIONS = [f"0.{minor}" for minor in range(8, 19)]


def value_at(config: Config, path: str) -> Any:
    """Return what a dotted path names: attributes, names of sections and places in lists."""

    def step(value: Any, name: str) -> Any:
        if isinstance(value, Mapping):
            return value[int(name)] if name.isdecimal() else value[name]
        return value[int(name)] if isinstance(value, tuple) else getattr(value, name)

    return plain(reduce(step, path.split("."), config))


def plain(value: Any) -> Any:
    """Return a value as an expectation in YAML has it."""
    match value:
        case Mask():
            return value.source
        case Polygon():
            return str(value)
        case Path():
            return value.name
        case str():
            return str(value)
        case Mapping():
            return {str(name): plain(entry) for name, entry in value.items()}
        case frozenset():
            return sorted(map(str, value))
        case tuple():
            return [plain(entry) for entry in value]
    return value


def notes_of(config: Config) -> list[str]:
    return sorted(f"{note.kind} {note.place}" for note in config.report.notes)


def expectation(file: Path) -> dict[str, Any]:
    expected: dict[str, Any] = yaml.safe_load((FOLDER / "expected" / f"{file.stem}.yml").read_text())
    return expected


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_file_loads_with_true_report(file: Path) -> None:
    expected = expectation(file)

    config = load_config_file(file, ENVIRONMENT)

    assert config.report.version == expected["version"]
    assert notes_of(config) == sorted(expected.get("notes", ()))
    paths: Iterable[str] = expected.get("values", {})
    assert {path: value_at(config, path) for path in paths} == expected.get("values", {})


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("size", ["small", "typical", "everything"])
def test_each_version_has_a_file(version: str, size: str) -> None:
    assert f"{version}-{size}" in {file.stem for file in FILES}


def test_corpus_is_large_enough() -> None:
    assert len(FILES) >= 60
