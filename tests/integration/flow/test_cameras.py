"""Adding and changing cameras, with real streams."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from homeassistant.config_entries import SOURCE_RECONFIGURE, SOURCE_USER, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType

from custom_components.frigate_native.const import DOMAIN

from ..system import (
    FOOTAGE,
    async_set_up,
    attribute,
    camera_subentry,
    state,
    ui_entry,
)
from .walk import FRONT, PASSWORD, USER, YARD, Camera, Config, start


async def test_camera_is_accepted_when_it_answers(hass: HomeAssistant) -> None:
    flow = await start(hass, "camera")
    assert (await flow.send(FRONT | {"objects": []}))["errors"] == {"objects": "no_objects"}
    assert (await flow.send(FRONT | {"name": "Stats"}))["errors"] == {"name": "invalid_name"}
    assert (await flow.send(FRONT | {"name": "x" * 300}))["errors"] == {"name": "invalid_name"}
    unknown = await flow.send(FRONT | {"objects": ["persn"]})
    assert unknown["errors"] == {"objects": "invalid_objects"}
    assert "did you mean 'person'?" in unknown["description_placeholders"]["mistake_objects"]
    assert (await flow.send(FRONT | {"url": "/nowhere.mp4"}))["errors"] == {"url": "source_not_found"}
    result = await flow.send(FRONT)
    assert result["step_id"] == "confirm"
    words = result["description_placeholders"]
    assert (words["codec"], words["width"], words["height"], words["fps"]) == ("H.264", "768", "576", "10")

    result = await flow.send({})
    assert result["type"] is FlowResultType.CREATE_ENTRY
    assert result["title"] == "Frigate"
    assert result["data"] == {"source_kind": "ui", "recordings_layout": "utc"}
    await hass.async_block_till_done()
    assert "camera.front_door" in hass.states.async_entity_ids("camera")
    assert "sensor.front_door_car_count" in hass.states.async_entity_ids("sensor")


async def test_adding_the_integration_again_adds_a_camera_to_its_entry(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Back", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    flow = await start(hass, "camera")
    assert (await flow.send(FRONT | {"name": "Back"}))["errors"] == {"name": "name_taken"}
    assert (await flow.send(FRONT | {"recording": {"record": True}}))["step_id"] == "confirm"
    assert (await flow.send({}))["step_id"] == "recorder"
    result = await flow.send({"next_step_id": "record_here"})
    assert result["reason"] == "camera_added"
    assert result["description_placeholders"] == {"camera": "Front door", "entry": "Frigate"}
    await hass.async_block_till_done()
    assert hass.config_entries.async_entries(DOMAIN) == [entry]
    (front,) = [sub for sub in entry.subentries.values() if sub.title == "Front door"]
    assert (front.subentry_type, front.unique_id, front.data["name"]) == ("camera", "front_door", "front_door")
    assert set(hass.states.async_entity_ids("camera")) == {"camera.front_door", "camera.back"}
    assert entry.runtime_data.reports.records_here


async def test_camera_with_a_password_of_any_characters(
    hass: HomeAssistant, locked_camera: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    flow = await start(hass, "camera")
    form = FRONT | {"url": locked_camera, "username": USER, "advanced": {"fps": 5}}
    assert (await flow.send(form | {"password": "wrong"}))["errors"] == {"password": "source_auth"}
    assert (await flow.send(form | {"username": ""}))["errors"] == {"username": "login_missing"}
    in_address = {"url": locked_camera.replace("//", "//me:no@")}
    assert (await flow.send(form | in_address | {"username": ""}))["errors"] == {"url": "source_auth"}
    assert (await flow.send(form | in_address))["errors"] == {"password": "source_auth"}  # its fields come first
    assert (await flow.send(form | {"password": PASSWORD}))["step_id"] == "confirm"
    assert (await flow.send({}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    (entry,) = hass.config_entries.async_entries(DOMAIN)
    assert entry.state is ConfigEntryState.LOADED
    assert await hass.config_entries.async_unload(entry.entry_id)
    assert PASSWORD not in caplog.text
    assert "p%40ss" not in caplog.text


@pytest.fixture
async def web_page() -> AsyncIterator[str]:
    """Serve a page, as cameras do for their settings."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(
            text="<!doctype html><title>Camera</title>" + "<p>Log in</p>" * 999, content_type="text/html"
        )

    app = web.Application()
    app.router.add_get("/", page)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/"))


async def test_address_that_is_none_is_answered_with_one_to_try(hass: HomeAssistant, web_page: str) -> None:
    flow = await start(hass, "camera")
    form = FRONT | {"advanced": {"fps": 5}}
    result = await flow.send(form | {"url": "me:secret@192.168.1.20:554/live", "main_url": "cam.lan"})
    assert result["errors"] == {"url": "incomplete_address", "main_url": "incomplete_address"}
    assert result["description_placeholders"]["suggestion"] == "rtsp://***@192.168.1.20:554/live rtsp://cam.lan"
    result = await flow.send(form | {"url": web_page})
    assert result["errors"] == {"url": "source_web_page"}
    assert result["description_placeholders"]["suggestion"] == "rtsp://127.0.0.1:554/"
    result = await flow.send(form | {"url": "rtsps://me:secret@127.0.0.1:9/live"})
    assert result["errors"] == {"url": "source_rtsps"}
    assert result["description_placeholders"]["suggestion"] == "rtsp://***@127.0.0.1:9/live"
    result = await flow.send(form | {"url": "rtsp://127.0.0.1:9/3@cam/live"})
    assert result["errors"] == {"url": "password_characters"}


async def test_address_is_accepted_with_what_was_pasted_and_with_any_password(
    hass: HomeAssistant, locked_camera: str
) -> None:
    flow = await start(hass, "camera")
    address = locked_camera.replace("//", f"//a%20dmin:{PASSWORD.replace('@', '%40')}@")
    form = FRONT | {"url": f' "{address}"', "advanced": {"fps": 5}}
    assert (await flow.send(form))["step_id"] == "confirm"


async def test_cameras_are_added_and_changed(hass: HomeAssistant, locked_camera: str) -> None:
    entry = ui_entry(camera_subentry("Front door", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    flow = Camera(hass)
    await flow.start((entry.entry_id, "camera"), source=SOURCE_USER)
    assert (await flow.send(FRONT))["errors"] == {"name": "name_taken"}
    back = FRONT | {"name": "Back", "url": locked_camera, "username": USER, "password": PASSWORD}
    assert (await flow.send(back | {"url": "/nowhere.mp4"}))["errors"] == {"url": "source_not_found"}
    assert (await flow.send(back | {"advanced": {"fps": 5}}))["step_id"] == "confirm"
    assert (await flow.send({}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()
    assert set(hass.states.async_entity_ids("camera")) == {"camera.front_door", "camera.back"}

    added = next(sub for sub in entry.subentries.values() if sub.title == "Back")
    changed = back | {"name": "Back yard", "objects": ["dog"]}
    del changed["password"]
    changed |= {"advanced": {"fps": 3}, "recording": {"record": True, "retain_days": 7, "restream": True}}
    flow = Camera(hass)
    context = {"source": SOURCE_RECONFIGURE, "subentry_id": added.subentry_id}
    result = await flow.start((entry.entry_id, "camera"), **context)
    assert PASSWORD not in str(result["data_schema"].schema)
    assert (await flow.send(changed | {"name": "Front door"}))["errors"] == {"name": "name_taken"}
    assert (await flow.send(changed | {"username": "other"}))["errors"] == {"password": "source_auth"}
    assert (await flow.send(changed))["step_id"] == "confirm"
    assert (await flow.send({}))["step_id"] == "recorder"
    assert (await flow.send({"next_step_id": "use_addon"}))["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    data = entry.subentries[added.subentry_id].data
    assert (data["name"], data["password"], data["objects"], data["fps"]) == ("back_yard", PASSWORD, ["dog"], 3)
    config = entry.runtime_data.config.cameras["back_yard"]
    assert (config.record.enabled, config.record.continuous.days, config.rtmp.enabled) == (True, 7, True)
    assert config.inputs[0].roles == {"detect", "clips", "record", "rtmp"}
    assert attribute(hass, "camera.back", "friendly_name") == "Back yard"  # its entities stay the same
    assert "sensor.back_yard_dog_count" in hass.states.async_entity_ids("sensor")


async def test_camera_with_a_stream_to_keep_and_places_to_watch(hass: HomeAssistant, tmp_path: Path) -> None:
    entry = ui_entry(camera_subentry("Street", "/nowhere.mp4"))
    await async_set_up(hass, entry)
    main = tmp_path / "main.mp4"
    main.write_bytes(FOOTAGE.read_bytes())
    areas = {"zones": [YARD], "motion_masks": ["0,0,200,0,200,20,0,20"], "object_masks": ["600,0,768,0,768,90"]}
    filters = [{"label": "person", "min_score": 0.6, "threshold": 0.8, "min_area": 900.0}]
    form = FRONT | {"areas": areas, "sizes_and_scores": {"filters": filters}, "main_url": str(main)}
    flow = Camera(hass)
    await flow.start((entry.entry_id, "camera"), source=SOURCE_USER)
    assert (await flow.send(form | {"main_url": "/nowhere.mp4"}))["errors"] == {"main_url": "source_not_found"}
    street = {"areas": {"zones": [YARD | {"name": "Street"}]}}
    assert (await flow.send(form | street))["errors"] == {"areas": "zone_named_as_camera"}
    assert (await flow.send(form | {"areas": {"zones": [YARD, YARD]}}))["errors"] == {"areas": "zone_named_twice"}
    assert (await flow.send(form))["step_id"] == "confirm"
    assert (await flow.send({}))["type"] is FlowResultType.CREATE_ENTRY
    await hass.async_block_till_done()

    config = entry.runtime_data.config.cameras["front_door"]
    assert [(source.path, set(source.roles)) for source in config.inputs] == [
        (str(FOOTAGE), {"detect"}),
        (str(main), {"clips"}),
    ]
    assert (config.save_clips.enabled, config.snapshots.enabled) == (True, True)
    assert config.save_clips.required_zones == config.snapshots.required_zones == ("front_yard",)
    assert config.zones["front_yard"].coordinates.pixels == ((0, 0), (300, 0), (300, 300))
    person = config.objects.filters["person"]
    assert (person.min_score, person.threshold, person.min_area) == (0.6, 0.8, 900)
    assert [mask.source for mask in config.objects.mask] == ["600,0,768,0,768,90"]
    assert [mask.source for mask in config.motion.mask] == ["0,0,200,0,200,20,0,20"]
    assert "sensor.front_yard_person_count" in hass.states.async_entity_ids("sensor")


async def test_errors_are_at_their_fields_and_sections_with_errors_are_open(hass: HomeAssistant) -> None:
    areas = {
        "zones": [YARD | {"name": "1"}, YARD | {"coordinates": "0,0,300,0"}],
        "motion_masks": ["0,0,9,0,9,9", "0,0,9,0,9"],
    }
    filters = [{"label": "person", "min_area": 9, "max_area": 3}]
    flow = await start(hass, "camera")
    form = FRONT | {"areas": areas, "sizes_and_scores": {"filters": filters}, "objects": ["persn"]}
    result = await flow.send(form)
    assert result["errors"] == {"areas": "invalid_areas", "sizes_and_scores": "invalid_sizes_and_scores"}
    words = result["description_placeholders"]
    assert words["problems"] == ""
    mask, zone = words["mistake_areas"].split(". ")
    assert mask == "Motion mask 2: 5 numbers; a polygon needs x,y pairs, at least 3"
    assert zone == "Zone “Front yard”: 4 numbers; a polygon needs x,y pairs, at least 3."
    assert words["mistake_sizes_and_scores"].startswith("Object person, min area: 9 is more than max_area, 3;")
    sections = {str(key): part for key, part in result["data_schema"].schema.items() if hasattr(part, "options")}
    opened = {key for key, part in sections.items() if not part.options["collapsed"]}
    assert opened == {"areas", "sizes_and_scores"}
    assert result["notice"] == "see_above"

    twice = {"sizes_and_scores": {"filters": [{"label": "car"}, {"label": "car"}]}, "objects": [], "url": ""}
    assert (await flow.send(FRONT | twice))["errors"] == {
        "objects": "no_objects",
        "url": "no_source",
        "sizes_and_scores": "object_listed_twice",
    }


async def test_form_and_switches_of_a_camera_agree(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front door", clips=True, snapshots=True))
    await async_set_up(hass, entry)
    (subentry_id,) = entry.subentries
    await hass.services.async_call("switch", "turn_off", {"entity_id": "switch.front_door_clips"}, blocking=True)
    context = {"source": SOURCE_RECONFIGURE, "subentry_id": subentry_id}
    flow = Camera(hass)
    result = await flow.start((entry.entry_id, "camera"), **context)
    (events,) = (part.schema.schema for key, part in result["data_schema"].schema.items() if key == "events")
    suggested = {str(key): key.description["suggested_value"] for key in events if key.description}
    assert (suggested["clips"], suggested["snapshots"]) == (False, True)
    assert (await flow.send(FRONT | {"events": {"clips": True, "snapshots": False}}))["step_id"] == "confirm"
    await flow.send({})
    await hass.async_block_till_done()
    assert state(hass, "switch.front_door_clips") == "on"
    assert state(hass, "switch.front_door_snapshots") == "off"


async def test_camera_is_not_added_to_an_entry_that_does_not_run(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front"))
    entry.add_to_hass(hass)
    result = await Camera(hass).start((entry.entry_id, "camera"), source=SOURCE_USER)
    assert result["reason"] == "entry_not_loaded"
    flow = Config(hass)
    await flow.start(DOMAIN, source=SOURCE_USER)
    assert (await flow.send({"next_step_id": "camera"}))["reason"] == "entry_not_loaded"
    result = await Config(hass).start(DOMAIN, source=SOURCE_RECONFIGURE, entry_id=entry.entry_id)
    assert result["reason"] == "reconfigure_cameras"


async def test_camera_of_an_entry_that_failed_can_be_mended(hass: HomeAssistant) -> None:
    entry = ui_entry(camera_subentry("Front", objects=7))
    entry.add_to_hass(hass)
    assert not await hass.config_entries.async_setup(entry.entry_id)
    (subentry_id,) = entry.subentries
    flow = Camera(hass)
    await flow.start((entry.entry_id, "camera"), source=SOURCE_RECONFIGURE, subentry_id=subentry_id)
    assert (await flow.send(FRONT))["step_id"] == "confirm"
    assert (await flow.send({}))["reason"] == "reconfigure_successful"
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
