"""Phones are told, by the blueprint and by the automation of Frigate's documentation; nobody needs to log in for it."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from homeassistant.components import mqtt
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_mock_service
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.broker import Broker

from ..object_messages import ObjectMessages, async_quiet_system
from ..system import async_set_options, async_set_up, async_until, camera, file_entry, write_file
from ..web import Client, async_open_views, picture_of

BLUEPRINT = Path("automation", "frigate_native", "notification.yaml")
THUMBNAIL = "/api/frigate_native/notifications/1.5-person.jpg"

# Word for word as Frigate 0.8's documentation has it, and ours.
DOCUMENTED = """\
automation:
  - alias: Notify of events
    trigger:
      platform: mqtt
      topic: frigate/events
    action:
      - service: notify.mobile_app_pixel_3
        data_template:
          message: 'A {{trigger.payload_json["after"]["label"]}} was detected.'
          data:
            image: 'https://your.public.hass.address.com/api/frigate/notifications/{{trigger.payload_json["after"]["id"]}}.jpg?format=android'
            tag: '{{trigger.payload_json["after"]["id"]}}'
"""


@pytest.fixture(autouse=True)
def _configuration_of_its_own(hass: HomeAssistant, tmp_path: Path, repository: Path) -> None:
    """Give Home Assistant a folder with the blueprint in it, as it is after its import."""
    hass.config.config_dir = str(tmp_path)
    (tmp_path / "configuration.yaml").touch()
    (tmp_path / "blueprints" / BLUEPRINT.parent).mkdir(parents=True)
    shutil.copy(repository / "blueprints" / BLUEPRINT, tmp_path / "blueprints" / BLUEPRINT)


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path) -> MockConfigEntry:
    return await async_quiet_system(hass, tmp_path)


def _anna(hass: HomeAssistant) -> tuple[str, list[ServiceCall]]:
    """Return a phone's device and what it is sent."""
    app = MockConfigEntry(domain="mobile_app")
    app.add_to_hass(hass)
    phone = dr.async_get(hass).async_get_or_create(
        config_entry_id=app.entry_id, identifiers={("mobile_app", "1")}, name="Anna's phone"
    )
    dr.async_get(hass).async_update_device(phone.id, name_by_user="Old phone")
    return phone.id, async_mock_service(hass, "notify", "mobile_app_anna_s_phone")


async def _async_notify(hass: HomeAssistant, **inputs: Any) -> list[ServiceCall]:
    """Set the blueprint up for Anna's phone and return what that is sent."""
    phone, sent = _anna(hass)
    await _async_automate(hass, [_blueprint(phones=[phone], **inputs)])
    return sent


def _blueprint(**inputs: Any) -> dict[str, Any]:
    return {"alias": f"Ours {inputs}", "use_blueprint": {"path": str(Path(*BLUEPRINT.parts[1:])), "input": inputs}}


async def _async_automate(hass: HomeAssistant, automations: list[dict[str, Any]]) -> None:
    assert await async_setup_component(hass, "automation", {"automation": automations})
    await hass.async_block_till_done()
    assert {state.state for state in hass.states.async_all("automation")} == {"on"}


async def test_one_event_is_one_notification_that_gets_better(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    async def fail(_call: ServiceCall) -> None:
        raise HomeAssistantError("the phone is away")

    hass.services.async_register("notify", "away", fail)
    family = async_mock_service(hass, "notify", "family")
    sent = await _async_notify(hass, notify_actions=["notify.away", "notify.family"])
    person = ObjectMessages(hass, entry, "1.5-person")
    await person.new(current_zones=("yard",), entered_zones=("yard",))
    (first,) = sent
    assert first.data["title"] == "Front door"
    assert first.data["message"] == "A person was detected (yard)."
    assert first.data["data"] == {
        "tag": "1.5-person",
        "group": "frigate-front_door",
        "channel": "Frigate",
        "alert_once": True,
        "image": f"{THUMBNAIL}?format=android",
        "attachment": {"url": THUMBNAIL, "content-type": "jpeg"},
        "clickAction": THUMBNAIL,
        "url": THUMBNAIL,
    }
    await person.update(5)  # too soon for the phone
    await person.update(11)
    await person.end(12)
    await person.clip()
    assert [call.data["data"]["tag"] for call in sent] == ["1.5-person"] * 4
    for later in sent[1:]:
        assert later.data["data"]["push"]["sound"] == "none"
    clip = sent[-1].data["data"]
    assert urlsplit(clip["url"]).path == "/api/frigate_native/clips/clip.mp4"
    assert clip["clickAction"] == clip["url"] == clip["actions"][0]["uri"]
    assert [call.data for call in family] == [call.data for call in sent]


async def test_only_what_is_wanted_is_sent(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    target = {"entity_id": "camera.front_door"}
    sent = await _async_notify(
        hass, cameras=target, labels=["person", "dog"], zones=["yard"], min_score=0.7, cooldown=30
    )
    in_yard = {"current_zones": ("yard",), "entered_zones": ("yard",)}

    async def count(event_id: str, seconds: float = 100, **state: Any) -> int:
        sent.clear()
        await ObjectMessages(hass, entry, event_id, **({"entered_zones": ("yard",)} | state)).new(seconds)
        return len(sent)

    assert await count("1.5-car", label="car") == 0
    assert await count("1.5-path", entered_zones=("path",)) == 0
    assert await count("1.5-back", camera="back") == 0
    assert await count("1.5-unsure", top_score=0.69) == 0
    assert await count("1.5-person") == 1
    assert await count("1.5-soon", 129) == 0
    assert await count("1.5-dog", 130, label="dog") == 1
    late = ObjectMessages(hass, entry, "1.5-late", top_score=0.6)
    await late.new(200)
    await late.update(201, top_score=0.7)
    sent.clear()
    await late.update(202, **in_yard)
    assert [call.data["data"]["tag"] for call in sent] == ["1.5-late"]


async def test_quiet_hours_are_quiet(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    def clock(hours: int) -> str:
        return (dt_util.now() + timedelta(hours=hours)).strftime("%H:%M:%S")

    cases = {"within": (-1, 1), "round_the_clock_without": (1, -1), "before": (1, 2), "after": (-2, -1), "none": (0, 0)}
    sent = {name: async_mock_service(hass, "notify", name) for name in cases}
    automations = [
        _blueprint(notify_actions=[f"notify.{name}"], quiet_start=clock(start_h), quiet_end=clock(end_h))
        for name, (start_h, end_h) in cases.items()
    ]
    await _async_automate(hass, automations)
    await ObjectMessages(hass, entry, "1.5-person").new()
    assert {name for name, calls in sent.items() if not calls} == {"within"}


async def test_words_address_conditions_and_loudness_are_the_users(hass: HomeAssistant, entry: MockConfigEntry) -> None:
    at_home = [{"condition": "state", "entity_id": "person.anna", "state": "not_home"}]
    sent = await _async_notify(
        hass,
        title="Somebody!",
        message="{{ label }} at {{ camera_name }}, {{ (score * 100) | round }} %",
        base_url="https://home.example.com/",
        tap_path="/lovelace/cameras",
        critical=True,
        conditions=at_home,
        labels=[],
        cooldown=0,
    )
    hass.states.async_set("person.anna", "home")
    await ObjectMessages(hass, entry, "1.5-person").new()
    assert sent == []
    hass.states.async_set("person.anna", "not_home")
    postman = ObjectMessages(hass, entry, "2.5-post", label="delivery_van")
    await postman.new()
    await postman.end()
    first, last = sent
    assert (first.data["title"], first.data["message"]) == ("Somebody!", "delivery van at Front door, 80 %")
    data = first.data["data"]
    assert data["attachment"]["url"] == "https://home.example.com/api/frigate_native/notifications/2.5-post.jpg"
    assert data["url"] == data["clickAction"] == "/lovelace/cameras"
    assert (data["ttl"], data["priority"], data["channel"]) == (0, "high", "alarm_stream")
    assert data["push"]["sound"]["critical"] == 1
    assert last.data["data"]["push"]["sound"] == "none"


async def test_clips_that_are_open_to_everybody_are_linked_for_good(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    sent = await _async_notify(hass)
    await async_set_options(hass, entry, {"http": {"public_clips": True}})
    person = ObjectMessages(hass, entry, "1.5-person")
    await person.new()
    await person.end()
    await person.clip()
    assert sent[-1].data["data"]["url"] == "/api/frigate_native/notifications/1.5-person/clip.mp4"


@pytest.fixture
def broker(tmp_path: Path, socket_enabled: None) -> Iterator[Broker]:
    with Broker(tmp_path) as running:
        yield running


@pytest.mark.slow
async def test_people_on_footage_reach_phones(
    hass: HomeAssistant,
    tmp_path: Path,
    repository: Path,
    broker: Broker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    await async_open_views(hass)
    pixel = async_mock_service(hass, "notify", "mobile_app_pixel_3")
    anna, ours = _anna(hass)
    await _async_connect(hass, broker)
    client: Client = await hass_client_no_auth()
    assert DOCUMENTED in (repository / "docs" / "automations.md").read_text()
    (documented,) = yaml.safe_load(DOCUMENTED)["automation"]
    await _async_automate(hass, [documented, _blueprint(phones=[anna], update_interval=0, cooldown=0)])

    source = camera(save_clips={"enabled": True, "post_capture": 1})
    source["ffmpeg"]["inputs"][0]["roles"].append("clips")
    settings = {"host": "127.0.0.1", "port": broker.port}
    await async_set_up(hass, file_entry(write_file(tmp_path, {"front": source}, mqtt=settings)))

    def of(sent: list[ServiceCall], tag: str) -> list[dict[str, Any]]:
        return [call.data["data"] for call in sent if call.data["data"]["tag"] == tag]

    await async_until(lambda: pixel and ours)
    assert pixel[0].data["message"] == ours[0].data["message"] == "A person was detected."
    tag = ours[0].data["data"]["tag"]
    await async_until(lambda: len(of(pixel, tag)) > 1 and len(of(ours, tag)) > 1)  # a better picture was found
    for url in (of(pixel, tag)[0]["image"], of(ours, tag)[0]["image"]):
        parts = urlsplit(url)
        answer = await client.get(f"{parts.path}?{parts.query}")
        assert answer.status == HTTPStatus.OK
        size = picture_of(await answer.read()).size
        assert size[0] == pytest.approx(2 * size[1], abs=2)
    answer = await client.get(of(ours, tag)[0]["attachment"]["url"])
    assert picture_of(await answer.read()).size == (175, 175)

    await hass.services.async_call("switch", "turn_off", {"entity_id": "switch.front_detection"}, blocking=True)
    clips = await async_until(lambda: [data for data in of(ours, tag) if "actions" in data])
    answer = await client.get(clips[0]["url"], headers={"Range": "bytes=0-99"})
    assert answer.status == HTTPStatus.PARTIAL_CONTENT, await answer.text()
    assert (await answer.read())[4:8] == b"ftyp"
    assert (await client.get(urlsplit(clips[0]["url"]).path)).status == HTTPStatus.UNAUTHORIZED


async def _async_connect(hass: HomeAssistant, broker: Broker) -> None:
    entry = MockConfigEntry(
        domain="mqtt",
        data={"broker": "127.0.0.1", "port": broker.port},
        version=mqtt.CONFIG_ENTRY_VERSION,
        minor_version=mqtt.CONFIG_ENTRY_MINOR_VERSION,
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await async_until(lambda: mqtt.is_connected(hass))
