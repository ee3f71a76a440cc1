"""Tools for language models, called as an assistant calls them."""

import time
from typing import Any

import pytest
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.components.homeassistant.exposed_entities import async_expose_entity
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import llm
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.frigate_native.const import DOMAIN
from custom_components.frigate_native.engine.messages import CountMessage
from custom_components.frigate_native.engine.store import ReviewWrite

from ..system import async_store_event, async_tell, async_until, review_item

ASSISTANT = "conversation"


@pytest.fixture
async def entry(hass: HomeAssistant, quiet: MockConfigEntry) -> MockConfigEntry:
    """Return an entry whose cameras, Front and Back, are exposed to Assist."""
    for component in ("homeassistant", "conversation", "llm"):
        assert await async_setup_component(hass, component, {})
    for name in ("front", "back"):
        async_expose_entity(hass, ASSISTANT, f"camera.{name}", True)
    return quiet


async def _api(hass: HomeAssistant, context: Context | None = None) -> llm.APIInstance:
    asked = llm.LLMContext(
        platform="test", context=context or Context(), language="en", assistant=ASSISTANT, device_id=None
    )
    return await llm.async_get_api(hass, llm.LLM_API_ASSIST, asked)


async def _call(api: llm.APIInstance, tool: str, **args: Any) -> Any:
    result = await api.async_call_tool(llm.ToolInput(tool_name=f"{DOMAIN}__{tool}", tool_args=args))
    return result.data


async def test_questions_about_objects_are_answered(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    now = time.time()
    event = await async_store_event(entry, "front", "person", now - 1, end_time=None)
    await async_tell(entry, lambda store: store.set_sub_label(event.id, "Anna"))
    await async_store_event(entry, "back", "car", now - 3 * 86_400)
    await async_store_event(entry, "front", "car", now - 5 * 86_400)
    api = await _api(hass)
    assert "Frigate watches cameras" in api.api_prompt
    (anna,) = (await _call(api, "get_events", period="last_hour"))["events"]
    assert (anna["camera"], anna["object"], anna["name"], anna["end"]) == ("Front", "person", "Anna", None)
    last = await _call(api, "get_events", object="Car", period="last_7_days", limit=1)
    assert [event["camera"] for event in last["events"]] == ["Back"]
    assert (await _call(api, "get_events", camera="Back", period="last_hour")) == {"events": []}
    assert (await _call(api, "get_events", zone="Yard", period="last_7_days")) == {"events": []}


async def test_a_span_is_summed_up_and_the_state_is_told(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    item = review_item("front", time.time() - 60)
    await async_tell(entry, lambda store: store.reviews.write([ReviewWrite(state=item)]))
    bridge = entry.runtime_data.bridge
    bridge.receive(CountMessage(place="front", is_zone=False, label="person", count=2))
    await async_until(lambda: bridge.latest(CountMessage, ("front", "person")))
    api = await _api(hass)
    (found,) = (await _call(api, "get_reviews", period="last_hour"))["items"]
    assert (found["severity"], found["objects"], found["zones"]) == ("alert", ["person"], ["yard"])
    await async_until(lambda: bridge.latest(CountMessage, ("front", "person")).count == 2)
    (state,) = (await _call(api, "get_state", camera="Front"))["cameras"]
    assert (state["camera"], state["works"], state["objects"]["person"]) == ("Front", False, 2)


async def test_only_exposed_cameras_that_the_user_may_see_are_known(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    for name in ("front", "back"):
        await async_store_event(entry, name, "person", time.time() - 1)
    limited = MockUser().add_to_hass(hass)
    limited.mock_policy({"entities": {"entity_ids": {"camera.front": {POLICY_READ: True}}}})
    mine = await _api(hass, Context(user_id=limited.id))
    assert {event["camera"] for event in (await _call(mine, "get_events", period="last_hour"))["events"]} == {"Front"}
    assert "error" in await _call(mine, "get_events", camera="Back")
    gone = await _api(hass, Context(user_id="nobody"))
    assert "error" in await _call(gone, "get_state")
    async_expose_entity(hass, ASSISTANT, "camera.back", False)
    api = await _api(hass)
    assert {state["camera"] for state in (await _call(api, "get_state"))["cameras"]} == {"Front"}
    assert "error" in await _call(api, "get_state", camera="Back")
    assert "error" in await _call(api, "get_events", period="ever", limit=10**9)
    async_expose_entity(hass, ASSISTANT, "camera.front", False)
    assert not [tool for tool in (await _api(hass)).tools if tool.name.startswith(DOMAIN)]
