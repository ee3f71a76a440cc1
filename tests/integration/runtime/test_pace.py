"""Clients that send requests without pause."""

import asyncio
import time

from custom_components.frigate_native.runtime.allowance import Allowance
from custom_components.frigate_native.runtime.pace import Pace
from custom_components.frigate_native.runtime.viewer import Viewer

PAGE = Viewer(is_public=True, name="192.0.2.1")


def test_allowance_is_one_second_per_second_after_the_burst() -> None:
    allowance = Allowance(2.0)
    assert allowance.wait_s(100.0) == 0
    allowance.spend(100.0, 2.0)
    assert allowance.wait_s(100.0) == 0
    allowance.spend(100.0, 1.0)  # beyond what is left
    assert allowance.wait_s(100.0) == 1.0
    assert allowance.wait_s(100.5) == 0.5
    assert not allowance.is_full(102.5)
    assert allowance.is_full(103.0)


async def test_requests_without_pause_wait_and_those_of_others_do_not() -> None:
    pace, begun = Pace(), time.monotonic()
    tasks = [asyncio.create_task(pace.async_enter(PAGE)) for _ in range(120)]
    await asyncio.sleep(0)
    others = [Viewer(is_public=is_public, name=f"{number}") for is_public in (False, True) for number in range(200)]
    for other in others:  # more than are remembered
        async with asyncio.timeout(0):
            assert await pace.async_enter(other)
    accepted = await asyncio.gather(*tasks)
    assert time.monotonic() - begun >= 1.9
    assert 100 <= sum(accepted) < 120
