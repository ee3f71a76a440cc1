"""The form of a camera in Chromium: its errors are in sight, at their section, and that section is open."""

import asyncio

import pytest
from home_assistant.running import running_home_assistant
from screenshot.chromium import running_chromium
from screenshot.first_camera import SIZE, FirstCamera, address
from screenshot.login import logged_in

from tests.servers import free_port


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_errors_of_a_camera_are_in_sight() -> None:
    asyncio.run(_enter_bad_zone())


async def _enter_bad_zone() -> None:
    async with running_home_assistant(free_port()) as home_assistant, running_chromium() as page:
        form = FirstCamera(page)
        await page.open(address(home_assistant.api.url), SIZE, logged_in(home_assistant))
        await form.open_form()
        await form.submit_with_bad_zone("0,0,300,0", "Zone “Path”: 4 numbers")
        assert "Zones are areas with their own entities" in await form.open_section()
