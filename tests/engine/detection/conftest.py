"""Fixtures for detection tests."""

import pytest

from custom_components.frigate_native.engine.frame import Rgb
from tests.engine.detection.pools import first_crop


@pytest.fixture(scope="session")
def walkers() -> Rgb:
    """Return a region of the footage with two persons, (300, 300, 3)."""
    return first_crop()
