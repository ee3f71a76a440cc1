"""What tests on a real Home Assistant share."""

import pytest


@pytest.fixture(autouse=True)
def _our_integration(enable_custom_integrations: None) -> None:
    """Let Home Assistant find custom_components/frigate_native."""
