"""Review items in the media browser: by severity and day, played from recordings."""

from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from homeassistant.auth.permissions.const import POLICY_READ
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator, WebSocketGenerator

from custom_components.frigate_native.engine.messages import ReviewState, Severity
from custom_components.frigate_native.engine.store import ReviewWrite

from ..recorded import async_record
from ..system import async_set_up, async_tell, camera, file_entry, review_item, write_file
from ..web import async_open_views
from .test_media_source import BERLIN, NOW, Browser, shown

PICTURE = b"a picture"


def _at(moment: str) -> float:
    return datetime.fromisoformat(moment).replace(tzinfo=BERLIN).timestamp()


DOG = review_item("back", _at("2026-11-22T14:00:00"), severity=Severity.DETECTION, labels=("dog",), zones=())
NIGHT = review_item("front_door", _at("2026-11-21T23:59:50"), end_time=_at("2026-11-22T00:01:00"))
MORNING = review_item("front_door", _at("2026-11-22T08:00:00"), labels=("person", "car"))
OLD = review_item("back", _at("2026-10-03T12:00:00"))


@pytest.fixture
async def entry(hass: HomeAssistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MockConfigEntry:
    """Return a system of two cameras with items of three days."""
    await hass.config.async_set_time_zone("Europe/Berlin")
    monkeypatch.setattr(dt_util, "now", lambda: NOW)
    assert await async_setup_component(hass, "media_source", {})
    await async_open_views(hass)
    entry = file_entry(write_file(tmp_path, {name: camera("/nowhere.mp4") for name in ("front_door", "back")}))
    await async_set_up(hass, entry)
    await _store(entry, DOG, NIGHT, MORNING, OLD)
    return entry


async def _store(entry: MockConfigEntry, *items: ReviewState) -> None:
    writes = [ReviewWrite(state=item, webp=PICTURE) for item in items]
    await async_tell(entry, lambda store: store.reviews.write(writes))


async def test_items_are_listed_by_severity_and_day(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator, hass_client: ClientSessionGenerator
) -> None:
    browser = Browser(await hass_ws_client())
    assert shown(await browser.walk("Reviews")) == ["Alerts", "Detections"]
    alerts = await browser.walk("Reviews", "Alerts")
    assert shown(alerts) == ["Today (1)", "Yesterday (1)", "2026-10-03 (1)"]
    today = await browser.walk("Reviews", "Alerts", "Today")
    assert (today["title"], shown(today)) == ("Alerts · Today", ["Person, Car · 08:00:00 · Front door · 10 s"])
    assert shown(await browser.walk("Reviews", "Alerts", "Yesterday")) == ["Person · 23:59:50 · Front door · 70 s"]
    assert shown(await browser.walk("Reviews", "Detections", "Today")) == ["Dog · 14:00:00 · Back · 10 s"]
    answer = await (await hass_client()).get(today["children"][0]["thumbnail"])
    assert (answer.content_type, await answer.read()) == ("image/webp", PICTURE)


async def test_user_sees_items_of_permitted_cameras(
    hass: HomeAssistant, entry: MockConfigEntry, hass_ws_client: WebSocketGenerator
) -> None:
    user = MockUser().add_to_hass(hass)
    user.mock_policy({"entities": {"entity_ids": {"camera.front_door": {POLICY_READ: True}}}})
    token = await hass.auth.async_create_refresh_token(user, "https://example.com/app")
    browser = Browser(await hass_ws_client(hass, hass.auth.async_create_access_token(token)))
    assert shown(await browser.walk("Reviews", "Alerts")) == ["Today (1)", "Yesterday (1)"]
    assert shown(await browser.walk("Reviews", "Detections")) == []
    answer = await browser.ask("resolve_media", media_content_id=_media_id(entry, f"review/{DOG.id}"))
    assert answer["error"]["message"] == "This file no longer exists. It may have expired"


async def test_a_day_with_many_items_has_pages(entry: MockConfigEntry, hass_ws_client: WebSocketGenerator) -> None:
    many = [replace(OLD, id=f"{number:03}-many", start_time=OLD.start_time + number // 2) for number in range(60)]
    await _store(entry, *many)
    browser = Browser(await hass_ws_client())
    page = await browser.walk("Reviews", "Alerts", "2026-10-03")
    older = await browser.walk("Reviews", "Alerts", "2026-10-03", "Next page")
    found = [one["media_content_id"] for folder in (page, older) for one in folder["children"]]
    found.remove(page["children"][-1]["media_content_id"])
    assert len(page["children"]) == 51
    newest_first = sorted((OLD, *many), key=lambda item: (item.start_time, item.id), reverse=True)
    assert found == [_media_id(entry, f"review/{item.id}") for item in newest_first]


async def test_an_item_plays_its_recording_or_shows_its_thumbnail(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    await async_record(entry, "front_door", MORNING.start_time - 10, 3)
    browser, stranger = Browser(await hass_ws_client()), await hass_client_no_auth()
    (item,) = (await browser.walk("Reviews", "Alerts", "Today"))["children"]
    assert (item["media_class"], item["can_play"]) == ("video", True)
    media = await browser.resolve(item["media_content_id"])
    answer = await stranger.get(media["url"])
    assert (answer.status, answer.content_type, media["mime_type"]) == (HTTPStatus.OK, "video/mp4", "video/mp4")
    assert len(await answer.read()) > 1000

    (item,) = (await browser.walk("Reviews", "Detections", "Today"))["children"]
    assert item["media_class"] == "image"
    media = await browser.resolve(item["media_content_id"])
    answer = await stranger.get(media["url"])
    assert (media["mime_type"], await answer.read()) == ("image/webp", PICTURE)


async def test_an_item_of_hours_is_streamed(
    entry: MockConfigEntry, hass_ws_client: WebSocketGenerator, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await async_record(entry, "back", OLD.start_time, 1)
    await async_record(entry, "back", OLD.start_time + 7000, 1)
    await _store(entry, replace(OLD, end_time=OLD.start_time + 7200))
    media = await Browser(await hass_ws_client()).resolve(_media_id(entry, f"review/{OLD.id}"))
    assert media["mime_type"] == "application/x-mpegURL"
    playlist = await (await hass_client_no_auth()).get(media["url"])
    assert (playlist.status, (await playlist.text()).count("#EXTINF")) == (HTTPStatus.OK, 2)


@pytest.mark.parametrize(
    "rest",
    [
        *("reviews?severity=high", "reviews?day=2026-11-22", "reviews?severity=alert&day=soon", "reviews?x=1"),
        *("reviews?severity=alert&day=2026-11", "clips?period=9999-12-31"),
        *("reviews?severity=alert&day=9999-12-31", "reviews?severity=alert&day=2026-11-22&older=nan~a"),
    ],
)
async def test_unknown_folders_are_refused(
    entry: MockConfigEntry, hass_ws_client: WebSocketGenerator, rest: str
) -> None:
    browser = Browser(await hass_ws_client())
    answer: Any = await browser.ask("browse_media", media_content_id=_media_id(entry, rest))
    assert answer["error"]["code"] == "browse_media_failed"


def _media_id(entry: MockConfigEntry, rest: str) -> str:
    return f"media-source://frigate_native/{entry.entry_id}/{rest}"
