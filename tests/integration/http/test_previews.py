"""Previews over HTTP: films with signed addresses, pictures, and nothing of hidden cameras."""

from http import HTTPStatus
from io import BytesIO
from unittest.mock import ANY

import av
import pytest
from homeassistant.core import HomeAssistant
from PIL import Image
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.engine.config.model import PreviewQuality
from custom_components.frigate_native.engine.previews.film_writer import FilmWriter
from custom_components.frigate_native.engine.previews.films import PreviewFolder
from custom_components.frigate_native.engine.store import ReviewWrite
from tests.engine.builders import START, frame_at

from ..system import (
    async_set_options,
    async_set_up,
    async_store_event,
    async_tell,
    camera_subentry,
    review_item,
    ui_entry,
)
from ..web import BASE, Client, async_open_views, get_json

SPAN = f"start/{START - 60}/end/{START + 60}"


@pytest.fixture
async def entry(hass: HomeAssistant) -> MockConfigEntry:
    """Return an entry with the film of an hour of one camera."""
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"), camera_subentry("Back", "/nowhere.mp4"))
    await async_open_views(hass)
    await async_set_up(hass, entry)
    folder = PreviewFolder(entry.runtime_data.paths.previews)
    writer = FilmWriter(folder, "front", frame_at(0), PreviewQuality.MEDIUM)
    for second in range(1, 31):
        writer.add(frame_at(second))
    assert writer.finish()
    return entry


@pytest.fixture
async def client(entry: MockConfigEntry, hass_client: ClientSessionGenerator) -> Client:
    """Return a client that has logged in."""
    return await hass_client()


async def test_films_have_signed_addresses_and_pictures_have_names(
    client: Client, hass_client_no_auth: ClientSessionGenerator
) -> None:
    (film,) = await get_json(client, f"/preview/front/{SPAN}")
    assert await get_json(client, f"/preview/all/{SPAN}") == [film | {"src": ANY}]
    assert (film["camera"], film["type"], film["start"], film["end"]) == ("front", "video/mp4", START, START + 30)
    player = await hass_client_no_auth()
    answer = await player.get(film["src"], headers={"Range": "bytes=0-99"})
    assert (answer.status, len(await answer.read())) == (HTTPStatus.PARTIAL_CONTENT, 100)
    assert (await player.get(film["src"].partition("?")[0])).status == HTTPStatus.UNAUTHORIZED
    names = await get_json(client, f"/preview/front/start/{START + 5}/end/{START + 9}/frames")
    assert names == [f"preview_front-{START + second:.3f}.webp" for second in range(5, 10)]
    answer = await client.get(f"{BASE}/preview/{names[0]}/thumbnail.webp")
    assert Image.open(BytesIO(await answer.read())).size == (320, 180)


async def test_event_has_a_preview_of_its_first_twenty_seconds(entry: MockConfigEntry, client: Client) -> None:
    event = await async_store_event(entry, "front", "person", START + 2, end_time=START + 28)
    gif = Image.open(BytesIO(await (await client.get(f"{BASE}/events/{event.id}/preview.gif")).read()))
    assert gif.n_frames in (1, 21)  # type: ignore[attr-defined]  # pictures of a plain gray are one
    answer = await client.get(f"{BASE}/events/{event.id}/preview.mp4")
    with av.open(BytesIO(await answer.read()), "r") as container:
        assert len(list(container.decode(video=0))) == 22


@pytest.mark.parametrize(
    "path",
    [
        f"/preview/back/{SPAN}",
        f"/preview/shed/{SPAN}",
        f"/front/start/{START + 900}/end/{START + 910}/preview.gif",
        "/preview/preview_front-abc.webp/thumbnail.webp",
        f"/preview/preview_back-{START}.webp/thumbnail.webp",
        "/clips/previews/front/1.000-2.000.mp4",
    ],
)
async def test_what_there_is_not_is_not_found(client: Client, path: str) -> None:
    assert (await client.get(BASE + path)).status == HTTPStatus.NOT_FOUND


async def test_users_see_only_their_cameras(
    entry: MockConfigEntry, hass: HomeAssistant, hass_client: ClientSessionGenerator, hass_read_only_access_token: str
) -> None:
    user = next(user for user in await hass.auth.async_get_users() if user.name == "Mock User" and not user.is_admin)
    user.groups = []
    client = await hass_client(hass_read_only_access_token)
    (film,) = entry.runtime_data.previews.films("front", 0, 4e9)
    for path in (f"/preview/front/{SPAN}", f"/preview/all/{SPAN}", f"/clips/previews/front/{film.path.name}"):
        assert (await client.get(BASE + path)).status == HTTPStatus.NOT_FOUND


async def test_animations_of_notifications_open_without_login_if_clips_do(
    hass: HomeAssistant, entry: MockConfigEntry, hass_client_no_auth: ClientSessionGenerator
) -> None:
    event = await async_store_event(entry, "front", "person", START + 5)
    item = review_item("front", START + 5)
    await async_tell(entry, lambda store: store.reviews.write([ReviewWrite(state=item)]))
    stranger = await hass_client_no_auth()
    links = [
        f"/api/frigate/notifications/{event.id}/event_preview.gif",
        f"/api/frigate/frigate/notifications/{item.id}/front/review_preview.gif",
    ]
    assert {(await stranger.get(link)).status for link in links} == {HTTPStatus.FORBIDDEN}
    await async_set_options(hass, entry, {"http": {"public_clips": True}})
    for link in links:
        answer = await stranger.get(link)
        assert (answer.status, answer.content_type) == (HTTPStatus.OK, "image/gif"), link
    assert (await stranger.get(f"{links[1]}?format=ts")).content_type == "video/mp4"
