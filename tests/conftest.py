"""What every test shares.

Tests run in several processes at once: whatever a test measures, opens or counts is its own process's. Tests that
share something expensive (a fixture of their module, a database server) have the mark xdist_group, so that one
process runs them all.
"""

import os
from pathlib import Path

import pytest
import pytest_socket

# Home Assistant's plug-in carries a package of this name; the first one imported is where integrations come from.
import custom_components

ROOT = Path(__file__).parent.parent
assert str(ROOT / "custom_components") in custom_components.__path__

_MOST_WORKERS = 16


def _leave_sockets(allow_unix_socket: bool = False) -> None:
    """Do nothing: tests reach brokers, servers and children on this machine, from threads that outlive a test, too."""


# The plug-in calls it before each test; it still refuses every other host.
pytest_socket.disable_socket = _leave_sockets


def pytest_xdist_auto_num_workers() -> int:
    """Return what `-n auto` means: two processes for each core, since tests wait as long as they compute."""
    return min(2 * (os.process_cpu_count() or 1), _MOST_WORKERS)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the slow tests where tests run in several processes, so that none of them runs alone in the end."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture
def repository() -> Path:
    """Return the repository's root."""
    return ROOT
