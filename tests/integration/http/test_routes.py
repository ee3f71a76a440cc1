"""Every route of the API: it answers, needs a login or not, and refuses other methods."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from pathlib import Path
from typing import Final

import aiohttp
import pytest
from homeassistant.const import CONF_HOST, CONF_PORT
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.frigate_native.engine.config.model import PreviewQuality
from custom_components.frigate_native.engine.media import clean_path
from custom_components.frigate_native.engine.media.snapshots import write_clean_copy
from custom_components.frigate_native.engine.messages import ExportState
from custom_components.frigate_native.engine.previews.film_writer import FilmWriter
from custom_components.frigate_native.engine.previews.films import PreviewFolder
from custom_components.frigate_native.engine.store import Recording, ReviewWrite, StoredExport
from custom_components.frigate_native.http.routes import ROUTES, WRITES
from tests.engine.builders import frame_at, snapshot_message
from tests.servers import free_port

from ..recorder_reports import report
from ..system import FOOTAGE, async_set_up, async_store_event, async_tell, camera_subentry, review_item, ui_entry
from ..web import BASE, async_open_views

JSON, JPEG, MP4, TEXT, HTML = "application/json", "image/jpeg", "video/mp4", "text/plain", "text/html"
WEBP: Final = "image/webp"
GIF: Final = "image/gif"
HLS: Final = "application/vnd.apple.mpegurl"
FRIGATE_ROUTES: Final = {
    "/version": TEXT,
    "/config": JSON,
    "/stats": JSON,
    "/metrics": TEXT,
    "/profile": JSON,
    "/events": JSON,
    "/events/summary": JSON,
    "/events/{event_id}": JSON,
    "/events/{event_id}/clip.mp4": MP4,
    "/events/{event_id}/snapshot.jpg": JPEG,
    "/events/{event_id}/snapshot-clean.webp": WEBP,
    "/events/{event_id}/thumbnail.jpg": JPEG,
    "/labels": JSON,
    "/sub_labels": JSON,
    "/review/event/{event_id}": JSON,
    "/clips/review/{thumbnail}": WEBP,
    "/recordings/storage": JSON,
    "/recordings/unavailable": JSON,
    "/{camera}/recordings": JSON,
    "/{camera}/recordings/summary": JSON,
    "/{camera}/ptz/info": JSON,
    "/vod/clip/{camera}/start/{start}/end/{end}/{file}": HLS,
    "/vod/event/{event_id}/{file}": HLS,
    "/vod/{month}/{day}/{hour}/{camera}/{file}": HLS,
    "/vod/{month}/{day}/{hour}/{camera}/{zone}/{file}": HLS,
    "/events/{event_id}/preview.gif": GIF,
    "/events/{event_id}/preview.mp4": MP4,
    "/review": JSON,
    "/review/summary": JSON,
    "/review/{review_id}": JSON,
    "/review/{review_id}/thumbnail.webp": WEBP,
    "/review/{review_id}/preview": GIF,
    "/clips/": HTML,
    "/clips/{name}": MP4,
    "/exports": JSON,
    "/exports/{export}": MP4,
    "/exports/{export_id}/thumbnail.webp": WEBP,
    "/recordings": JSON,
    "/recordings/{path}": JSON,
    "/vod/{camera}/start/{start}/end/{end}/{file}": HLS,
    "/{camera}/start/{start}/end/{end}/clip.mp4": MP4,
    "/{camera}/start/{start}/end/{end}/preview.gif": GIF,
    "/{camera}/start/{start}/end/{end}/preview.mp4": MP4,
    "/clips/previews/{camera}/{film}": MP4,
    "/preview/{camera}/start/{start}/end/{end}": JSON,
    "/preview/{camera}/start/{start}/end/{end}/frames": JSON,
    "/preview/{frame}/thumbnail.webp": WEBP,
    "/{camera}": "multipart/x-mixed-replace",
    "/{camera}/latest.jpg": JPEG,
    "/{camera}/latest.webp": WEBP,
    "/{camera}/{label}/best.jpg": JPEG,
    "/{camera}/{label}/thumbnail.jpg": JPEG,
    "/{camera}/{label}/snapshot.jpg": JPEG,
    "/{camera}/{label}/clip.mp4": MP4,
}
WITH_LOGIN: Final = {f"{BASE}{path}": kind for path, kind in FRIGATE_ROUTES.items()} | {f"{BASE}/recorder/plan": JSON}
PUBLIC: Final = {
    f"{BASE}/notifications/{{event_id}}.jpg": JPEG,
    f"{BASE}/notifications/{{event_id}}/snapshot.jpg": JPEG,
    f"{BASE}/notifications/{{event_id}}/thumbnail.jpg": JPEG,
    f"{BASE}/notifications/{{event_id}}/clip.mp4": MP4,
}
HEALTH: Final = f"{BASE}/recorder/health"  # the only route with POST
CHANGES: Final = {*WRITES, ("delete", "/events/summary")}  # the last one as that of an event called summary
WRITING: Final = ("POST", "PUT", "PATCH", "DELETE")


@pytest.fixture
async def entry(hass: HomeAssistant) -> AsyncIterator[MockConfigEntry]:
    """Return an entry with public clips and a Frigate server."""
    http = {"public_clips": True, "listener": True, CONF_HOST: "127.0.0.1", CONF_PORT: free_port()}
    entry = ui_entry(camera_subentry("Front", "/nowhere.mp4"), options={"http": http})
    await async_open_views(hass)
    await async_set_up(hass, entry)
    yield entry
    assert await hass.config_entries.async_unload(entry.entry_id)


@pytest.fixture
async def parts(entry: MockConfigEntry) -> dict[str, str]:
    """Return the variable parts of paths to an event with a clip, and to a folder of recordings."""
    event = await async_store_event(entry, "front", "person", 1_700_000_000, thumbnail=b"\xff\xd8")
    await async_tell(entry, lambda store: store.set_clip(event.id))
    paths = entry.runtime_data.paths
    (paths.clips / f"front-{event.id}.mp4").write_bytes(b"clip")
    write_clean_copy(snapshot_message("front", "person").picture, clean_path(paths.clips, "front", event.id))
    name = f"front-{event.id}.mp4"
    review = review_item("front", 1_700_000_000, event_ids=(event.id,))
    await async_tell(entry, lambda store: store.recordings.add([_recording(paths.recordings)]))
    await async_tell(entry, lambda store: store.reviews.write([ReviewWrite(state=review, webp=b"RIFF")]))
    times = await _export(entry) | _preview(paths.previews)
    times |= {"start": "1700000000", "end": "1700000004", "file": "index.m3u8", "review_id": review.id}
    times |= {"month": "2023-11", "day": "14", "hour": "14", "zone": "US,Pacific"}
    times["thumbnail"] = f"thumb-front-{review.id}.webp"
    return times | {"event_id": event.id, "name": name, "path": "2023-11", "camera": "front", "label": "person"}


def _preview(folder: Path) -> dict[str, str]:
    """Write the film of a preview; return the variable parts of its paths."""
    writer = FilmWriter(PreviewFolder(folder), "front", frame_at(0), PreviewQuality.MEDIUM)
    for second in range(1, 11):
        writer.add(frame_at(second))
    film = writer.finish()
    assert film is not None
    return {"film": film.path.name, "frame": "preview_front-1700000001.000.webp"}


async def _export(entry: MockConfigEntry) -> dict[str, str]:
    """Add an export; return the variable parts of its paths."""
    export = StoredExport(
        id="front_abc123",
        camera="front",
        name="Postman",
        start=1_700_000_000,
        end=1_700_000_010,
        created=1_700_000_020,
        file="front.mp4",
        state=ExportState.DONE,
    )
    paths = entry.runtime_data.paths
    for path in (paths.exports / export.file, paths.export_thumbnails / f"{export.id}.webp"):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"content")
    await async_tell(entry, lambda store: store.exports.add([export]))
    return {"export": export.file, "export_id": export.id}


def _recording(folder: Path) -> Recording:
    """Return a recording of the footage."""
    file = folder / "2023-11" / "14" / "22" / "front" / "13.20.mp4"
    file.parent.mkdir(parents=True)
    file.write_bytes(FOOTAGE.read_bytes())
    path, size = str(file.relative_to(folder)), file.stat().st_size
    return Recording(camera="front", path=path, start=1_700_000_000, end=1_700_000_079, size=size)


def test_tables_list_every_frigate_route() -> None:
    names = {"/clips/review/{name}": "/clips/review/{thumbnail}"}
    assert {names.get(path, path).replace(":.*", "") for path in ROUTES} == set(FRIGATE_ROUTES)


@pytest.mark.usefixtures("entry")
async def test_tables_list_every_registered_view(hass: HomeAssistant) -> None:
    paths = {resource.canonical for resource in hass.http.app.router.resources()}
    ours = {path for path in paths if path.startswith(f"{BASE}/")}
    known = {*WITH_LOGIN, *PUBLIC, HEALTH, *(BASE + path for _, path in WRITES)}
    assert {path.replace("review/{name}", "review/{thumbnail}") for path in ours} == known


async def test_every_route_answers_an_administrator(hass_client: ClientSessionGenerator, parts: dict[str, str]) -> None:
    client = await hass_client()
    for path, kind in (WITH_LOGIN | PUBLIC).items():
        async with client.get(path.format_map(parts)) as answer:
            assert (answer.status, answer.content_type) == (HTTPStatus.OK, kind), path
    assert (await client.post(HEALTH, json=report())).status == HTTPStatus.OK


async def test_only_routes_of_notifications_answer_without_login(
    hass_client_no_auth: ClientSessionGenerator, parts: dict[str, str]
) -> None:
    client = await hass_client_no_auth()
    for path in WITH_LOGIN:
        assert (await client.get(path.format_map(parts))).status == HTTPStatus.UNAUTHORIZED, path
    for path, kind in PUBLIC.items():
        answer = await client.get(path.format_map(parts))
        assert (answer.status, answer.content_type) == (HTTPStatus.OK, kind), path
    assert (await client.post(HEALTH, json=report())).status == HTTPStatus.UNAUTHORIZED
    for method, path in WRITES:
        answer = await client.request(method, BASE + path.format_map(parts), json={})
        assert answer.status == HTTPStatus.UNAUTHORIZED, (method, path)


async def test_other_methods_are_refused(hass_client: ClientSessionGenerator, parts: dict[str, str]) -> None:
    client = await hass_client()
    changes = {(method.upper(), BASE + path) for method, path in CHANGES}
    for path in WITH_LOGIN | PUBLIC:
        for method in WRITING:
            if (method, path) in changes:
                continue
            answer = await client.request(method, path.format_map(parts))
            assert answer.status == HTTPStatus.METHOD_NOT_ALLOWED, (method, path)
    for method in ("GET", "PUT", "PATCH", "DELETE"):
        assert (await client.request(method, HEALTH)).status == HTTPStatus.METHOD_NOT_ALLOWED, method


@pytest.mark.parametrize("prefix", ["", "/api"])
async def test_frigate_server_answers_its_routes_only_and_refuses_other_methods(
    entry: MockConfigEntry, parts: dict[str, str], prefix: str
) -> None:
    async with aiohttp.ClientSession(f"http://127.0.0.1:{entry.runtime_data.http.port}") as client:
        for path, kind in FRIGATE_ROUTES.items():
            url = prefix + path.format_map(parts)
            async with client.get(url) as answer:
                assert (answer.status, answer.content_type) == (HTTPStatus.OK, kind), url
            for method in WRITING:
                is_change = prefix and (method.lower(), path) in CHANGES
                refusal = HTTPStatus.UNAUTHORIZED if is_change else HTTPStatus.METHOD_NOT_ALLOWED
                assert (await client.request(method, url)).status == refusal, (method, url)
        clip = f"{prefix}/notifications/{parts['event_id']}/clip.mp4"
        assert (await client.get(clip)).status == HTTPStatus.NOT_FOUND
        assert (await client.get(f"{prefix}/recorder/plan")).status == HTTPStatus.NOT_FOUND
