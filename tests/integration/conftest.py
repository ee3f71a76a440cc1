"""What tests on a real Home Assistant share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity import Entity
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.syrupy import HomeAssistantSnapshotExtension
from syrupy.assertion import SnapshotAssertion

from .system import async_set_up, camera_subentry, our_threads, ui_entry


@pytest.fixture(autouse=True)
def _our_integration(enable_custom_integrations: None) -> None:
    """Let Home Assistant find custom_components/frigate_native."""


@pytest.fixture(autouse=True)
def _media_of_its_own(hass: HomeAssistant, tmp_path: Path) -> None:
    """Keep events and media of one test from others."""
    hass.config.media_dirs = {"local": str(tmp_path / "media")}


@pytest.fixture
def all_entities_enabled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Enable entities that are disabled by default."""
    monkeypatch.setattr(Entity, "entity_registry_enabled_default", True)


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """Return snapshots without what differs in every run, such as registry IDs and times."""
    return snapshot.use_extension(HomeAssistantSnapshotExtension)


@pytest.fixture
async def quiet(hass: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return an entry that runs, and whose cameras, Front and Back, show nothing."""
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"), camera_subentry("Back", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert our_threads() == []
