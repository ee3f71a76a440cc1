"""A configuration file becomes cameras of the user interface, with the same effect."""

import json
from pathlib import Path

import pytest

from custom_components.frigate_native.configuration.conversion import convert
from tests.engine.config.generations.test_corpus import ENVIRONMENT, FILES


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the variables that files name."""
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_files_of_every_version_mean_the_same_afterwards(file: Path) -> None:
    found = convert(str(file), file.parent, {})
    assert found.differences == ()
    stored = json.dumps([found.common, dict(found.cameras)])
    assert not any(value in stored for name, value in ENVIRONMENT.items() if "PASSWORD" in name)
