"""What every test shares."""

from pathlib import Path

import pytest

# Home Assistant's plug-in carries a package of this name; the first one imported is where integrations come from.
import custom_components

ROOT = Path(__file__).parent.parent
assert str(ROOT / "custom_components") in custom_components.__path__


@pytest.fixture
def repository() -> Path:
    """Return the repository's root."""
    return ROOT


@pytest.fixture(autouse=True)
def _allow_local_sockets(socket_enabled: None) -> None:
    """Let tests reach brokers, servers and children on this machine; the plug-in still refuses every other host."""
