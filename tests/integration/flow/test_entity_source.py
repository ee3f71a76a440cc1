"""Cameras of other integrations as sources: a real entity whose stream is served by HTTP with a token that expires."""

import asyncio
import threading
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import override

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from homeassistant.components.camera import Camera, CameraEntityFeature
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntry, ConfigFlow, ConfigSubentryData
from homeassistant.const import Platform
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockModule,
    MockPlatform,
    mock_config_flow,
    mock_integration,
    mock_platform,
)

from custom_components.frigate_native.configuration.entity_source import EntitySources, source_path
from custom_components.frigate_native.engine.errors import SourceError

from ..system import FOOTAGE, async_set_up, async_until, attribute, camera_subentry, our_threads, state, ui_entry
from .walk import FRONT, Camera as CameraFlow

PASSWORD = "s3cret"


class Doorbell(Camera):
    """A camera of another integration; its stream's address is `source`."""

    _attr_name = "Doorbell"
    _attr_unique_id = "doorbell"
    _attr_supported_features = CameraEntityFeature.STREAM

    def __init__(self) -> None:
        super().__init__()
        self.source: str | Exception | None = None

    @override
    async def stream_source(self) -> str | None:
        """Return it, or fail as the integration does."""
        if isinstance(self.source, Exception):
            raise self.source
        return self.source


class TokenServer:
    """Serves the footage to whoever has the token of now."""

    def __init__(self) -> None:
        self.token = "one"
        self.refused = 0
        app = web.Application()
        app.router.add_get("/live.mp4", self._video)
        self.server = TestServer(app, host="127.0.0.1")

    @property
    def url(self) -> str:
        """The address that works now."""
        url = self.server.make_url("/live.mp4").with_query(t=self.token)
        return str(url.with_user("admin").with_password(PASSWORD))

    async def _video(self, request: web.Request) -> web.StreamResponse:
        if request.query["t"] != self.token:
            self.refused += 1
            return web.Response(status=HTTPStatus.FORBIDDEN)
        return web.FileResponse(FOOTAGE)


@pytest.fixture
async def tokens() -> AsyncIterator[TokenServer]:
    """Return a server that runs."""
    served = TokenServer()
    async with served.server:
        yield served


@pytest.fixture
async def doorbell(hass: HomeAssistant) -> AsyncIterator[Doorbell]:
    """Return the camera of an integration that is set up."""
    camera = Doorbell()

    async def set_up(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        await hass.config_entries.async_forward_entry_setups(entry, [Platform.CAMERA])
        return True

    async def unload(hass: HomeAssistant, entry: ConfigEntry) -> bool:
        return await hass.config_entries.async_unload_platforms(entry, [Platform.CAMERA])

    async def add(_hass: HomeAssistant, _entry: ConfigEntry, add: AddConfigEntryEntitiesCallback) -> None:
        add([camera])

    mock_integration(hass, MockModule("other", async_setup_entry=set_up, async_unload_entry=unload))
    mock_platform(hass, "other.camera", MockPlatform(async_setup_entry=add))  # type: ignore[arg-type]  # of older entries
    mock_platform(hass, "other.config_flow")
    entry = MockConfigEntry(domain="other")
    with mock_config_flow("other", ConfigFlow):
        await async_set_up(hass, entry)
        yield camera
        assert await hass.config_entries.async_unload(entry.entry_id)


async def test_camera_of_another_integration_is_added_by_the_form(
    hass: HomeAssistant, doorbell: Doorbell, tokens: TokenServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    entry = ui_entry(camera_subentry("Back", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    flow = CameraFlow(hass)
    await flow.start((entry.entry_id, "camera"), source=SOURCE_USER)
    form = {key: value for key, value in FRONT.items() if key != "url"} | {"advanced": {"fps": 5}}
    assert (await flow.send(form))["errors"] == {"url": "no_source"}
    both = form | {"url": "/nowhere.mp4", "entity_id": "camera.doorbell"}
    assert (await flow.send(both))["errors"] == {"entity_id": "two_sources"}
    form |= {"entity_id": "camera.doorbell"}
    result = await flow.send(form)
    assert result["errors"] == {"entity_id": "source_entity"}
    assert "still images only" in result["description_placeholders"]["error"]
    doorbell.source = RuntimeError(tokens.url)
    assert (await flow.send(form))["errors"] == {"entity_id": "source_entity"}
    doorbell.source = tokens.url
    assert (await flow.send(form))["step_id"] == "confirm"
    assert (await flow.send({}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    added = next(sub for sub in entry.subentries.values() if sub.title == "Front door")
    er.async_get(hass).async_update_entity("camera.doorbell", new_entity_id="camera.gate")
    await hass.async_block_till_done()

    flow = CameraFlow(hass)
    context = {"source": SOURCE_RECONFIGURE, "subentry_id": added.subentry_id}
    result = await flow.start((entry.entry_id, "camera"), **context)
    fields = {str(key): (key, value) for key, value in result["data_schema"].schema.items()}
    assert fields["entity_id"][0].description == {"suggested_value": "camera.gate"}
    assert set(fields["entity_id"][1].config["exclude_entities"]) == {"camera.back", "camera.front_door"}
    with pytest.raises(InvalidData):
        await flow.send(form | {"entity_id": "camera.back"})
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert PASSWORD not in str(added.data) + caplog.text


async def test_stream_is_asked_for_until_it_is_there_and_whenever_it_is_lost(
    hass: HomeAssistant, doorbell: Doorbell, tokens: TokenServer
) -> None:
    kept = er.async_get(hass).async_get("camera.doorbell")
    assert kept is not None
    form = {"name": "front", "entity_id": kept.id, "objects": ["person"], "fps": 5, "record": True}
    front = ConfigSubentryData(data=form, subentry_type="camera", title="Front", unique_id="front")
    entry = ui_entry(front)
    await async_set_up(hass, entry)
    await async_until(lambda: state(hass, "binary_sensor.front_connectivity") == "off")
    await async_until(
        lambda: "still images only" in str(attribute(hass, "binary_sensor.front_connectivity", "last_error"))
    )
    assert attribute(hass, "binary_sensor.front_connectivity", "problem") == "entity"
    sources = entry.runtime_data.sources
    assert not (await sources.async_located(entry.runtime_data.config)).cameras["front"].inputs

    doorbell.source = tokens.url
    await async_until(lambda: entry.runtime_data.nvr.latest("front"))
    (located,) = (await sources.async_located(entry.runtime_data.config)).cameras["front"].inputs
    assert located.path == tokens.url
    tokens.token = "two"
    await async_until(lambda: tokens.refused)
    doorbell.source = tokens.url
    newest = entry.runtime_data.nvr.latest("front")[0].time
    await async_until(lambda: entry.runtime_data.nvr.latest("front")[0].time > newest)
    live = hass.data["camera"].get_entity("camera.front")
    assert await live.stream_source() == tokens.url

    doorbell.source = None
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert our_threads() == []


@pytest.mark.parametrize("start", [CoreState.not_running, CoreState.starting])
async def test_entity_is_waited_for_while_home_assistant_starts(hass: HomeAssistant, start: CoreState) -> None:
    hass.set_state(start)
    located = hass.async_add_executor_job(EntitySources(hass).locate, source_path("camera.late"), threading.Event())
    assert not (await asyncio.wait([located], timeout=0.6))[0]
    hass.set_state(CoreState.running)
    with pytest.raises(SourceError, match=r"camera\.late does not exist"):
        await located
