"""How messages come from the engine's threads into the event loop."""

import threading
from dataclasses import replace
from pathlib import Path
from unittest.mock import Mock

import pytest
from homeassistant.core import HomeAssistant, callback

from custom_components.frigate_native.engine.errors import SourceProblem
from custom_components.frigate_native.engine.messages import (
    CameraMessage,
    CameraState,
    ClipMessage,
    CountMessage,
    EventMessage,
    EventType,
    Message,
)
from custom_components.frigate_native.runtime.bridge import Bridge
from tests.engine.builders import START, event_message, object_state, snapshot_message


def _count(number: int, label: str = "person") -> CountMessage:
    return CountMessage(place="front", is_zone=False, label=label, count=number)


def _from_a_thread(bridge: Bridge, *messages: Message) -> None:
    def send() -> None:
        for message in messages:
            bridge.receive(message)

    thread = threading.Thread(target=send)
    thread.start()
    thread.join()


async def test_counts_that_come_while_the_loop_is_busy_are_told_once(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge = Bridge(hass, "entry", "frigate")
    told: list[int] = []

    @callback
    def listen(message: CountMessage) -> None:
        told.append(message.count)

    bridge.async_subscribe(CountMessage, ("front", "person"), listen)
    wake = Mock(wraps=hass.loop.call_soon_threadsafe)
    monkeypatch.setattr(hass.loop, "call_soon_threadsafe", wake)
    _from_a_thread(bridge, *(_count(number) for number in range(100)), _count(7, "car"))
    monkeypatch.undo()
    await hass.async_block_till_done()
    assert told == [99]
    assert wake.call_count == 1
    assert (latest := bridge.latest(CountMessage, ("front", "car"))) is not None
    assert latest.count == 7


async def test_events_that_wait_for_the_loop_hold_no_frames(hass: HomeAssistant) -> None:
    bridge = Bridge(hass, "entry", "frigate")
    told: list[EventMessage] = []
    bridge.async_subscribe(EventMessage, ("back",), told.append)
    picture = snapshot_message("back", "person").picture
    sent = event_message(EventType.UPDATE)
    _from_a_thread(bridge, *(replace(sent, picture=picture) for _ in range(3)))
    await hass.async_block_till_done()
    assert told == [replace(sent, picture=None)] * 3


async def test_failure_is_remembered_though_the_camera_tries_again_at_once(hass: HomeAssistant) -> None:
    bridge = Bridge(hass, "entry", "frigate")
    failed = CameraMessage(camera="front", state=CameraState.FAILED, problem=SourceProblem.AUTH, text="401")
    _from_a_thread(bridge, failed, CameraMessage(camera="front", state=CameraState.CONNECTING))
    await hass.async_block_till_done()
    assert bridge.last_failure("front") == failed
    assert not bridge.is_running("front")


async def test_after_stop_messages_are_dropped(hass: HomeAssistant) -> None:
    bridge = Bridge(hass, "entry", "frigate")
    _from_a_thread(bridge, _count(1))
    bridge.async_stop()
    _from_a_thread(bridge, _count(2))
    await hass.async_block_till_done()
    assert bridge.latest(CountMessage, ("front", "person")) is None


async def test_clip_is_known_by_its_camera_and_not_remembered(hass: HomeAssistant) -> None:
    bridge = Bridge(hass, "entry", "frigate")
    received: list[ClipMessage] = []
    bridge.async_subscribe(ClipMessage, ("back",), received.append)
    sent = [
        ClipMessage(
            state=object_state(camera=camera),
            path=Path("/nowhere.mp4"),
            problem=None,
            start_time=START,
            end_time=START + 9,
        )
        for camera in ("back", "front")
    ]
    _from_a_thread(bridge, *sent)
    await hass.async_block_till_done()
    assert received == sent[:1]
    assert bridge.latest(ClipMessage, ("back",)) is None
