"""What tests on a real Home Assistant share."""

from pathlib import Path

import pytest
from homeassistant.core import HomeAssistant


@pytest.fixture(autouse=True)
def _our_integration(enable_custom_integrations: None) -> None:
    """Let Home Assistant find custom_components/frigate_native."""


@pytest.fixture(autouse=True)
def _media_of_its_own(hass: HomeAssistant, tmp_path: Path) -> None:
    """Keep events and media of one test from others."""
    hass.config.media_dirs = {"local": str(tmp_path / "media")}
