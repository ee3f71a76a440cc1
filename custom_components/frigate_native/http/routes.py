"""The routes of the API, and their views on Home Assistant's web server."""

from functools import partial
from typing import Final

from aiohttp import web
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ..const import DOMAIN
from . import (
    clip_index,
    event_media,
    event_stream,
    event_writes,
    events,
    export_api,
    exports,
    live,
    names,
    pictures,
    previews,
    recorded_video,
    recorder_api,
    recording_lists,
    recordings,
    review_writes,
    reviews,
    system,
)
from .api_request import ApiRequest, Handler, async_answer, json_refusal
from .bodies import as_write
from .public_links import opened

BASE_PATH: Final = f"/api/{DOMAIN}"

# Frigate's paths. The router prefers fixed parts to variable ones; no camera may have the name of a fixed first part.
ROUTES: Final[dict[str, Handler]] = {
    "/version": system.version,
    "/config": system.config,
    "/stats": system.stats,
    "/metrics": system.metrics,
    "/profile": system.profile,
    "/events": events.listing,
    "/events/summary": events.summary,
    "/events/{event_id}": events.single,
    "/events/{event_id}/clip.mp4": event_media.clip,
    "/events/{event_id}/snapshot.jpg": event_media.snapshot,
    "/events/{event_id}/snapshot-clean.webp": event_media.clean_snapshot,
    "/events/{event_id}/thumbnail.jpg": event_media.thumbnail,
    "/events/{event_id}/preview.gif": previews.event_gif,
    "/events/{event_id}/preview.mp4": previews.event_mp4,
    "/review": reviews.listing,
    "/review/summary": reviews.summary,
    "/review/event/{event_id}": reviews.of_event,
    "/review/{review_id}": reviews.single,
    "/review/{review_id}/thumbnail.webp": reviews.thumbnail,
    "/review/{review_id}/preview": previews.review,
    "/clips/": clip_index.listing,
    "/clips/{name}": event_media.media_file,
    "/clips/review/{name}": reviews.thumbnail_file,
    "/clips/previews/{camera}/{film}": previews.film,
    "/preview/{camera}/start/{start}/end/{end}": previews.listing,
    "/preview/{camera}/start/{start}/end/{end}/frames": previews.frames,
    "/preview/{frame}/thumbnail.webp": previews.picture,
    "/labels": names.labels,
    "/sub_labels": names.sub_labels,
    "/recordings": recordings.root,
    "/recordings/storage": recording_lists.storage,
    "/recordings/unavailable": recording_lists.unavailable,
    "/recordings/{path:.*}": recordings.folder_or_file,
    "/exports": export_api.listing,
    "/exports/{export}": exports.film,
    "/exports/{export_id}/thumbnail.webp": exports.thumbnail,
    "/vod/{camera}/start/{start}/end/{end}/{file}": recorded_video.stream,
    "/vod/clip/{camera}/start/{start}/end/{end}/{file}": recorded_video.stream,
    "/vod/event/{event_id}/{file}": event_stream.stream,
    "/vod/{month}/{day}/{hour}/{camera}/{file}": recorded_video.stream_of_hour,
    "/vod/{month}/{day}/{hour}/{camera}/{zone}/{file}": recorded_video.stream_of_hour,
    "/{camera}/start/{start}/end/{end}/clip.mp4": recorded_video.clip,
    "/{camera}/start/{start}/end/{end}/preview.gif": previews.span_gif,
    "/{camera}/start/{start}/end/{end}/preview.mp4": previews.span_mp4,
    "/{camera}/recordings": recording_lists.files,
    "/{camera}/recordings/summary": recording_lists.summary,
    "/{camera}/ptz/info": system.ptz_info,
    "/{camera}": live.mjpeg,
    "/{camera}/latest.jpg": pictures.latest,
    "/{camera}/latest.webp": pictures.latest_webp,
    "/{camera}/{label}/best.jpg": pictures.best,
    "/{camera}/{label}/thumbnail.jpg": event_media.newest_thumbnail,
    "/{camera}/{label}/snapshot.jpg": event_media.newest_snapshot,
    "/{camera}/{label}/clip.mp4": event_media.newest_clip,
}

# Changes, by method and path; on the port without login only if its entry allows them.
WRITES: Final[dict[tuple[str, str], Handler]] = {
    (method, path): as_write(handler)
    for method, path, handler in (
        ("post", "/events/{event_id}/retain", event_writes.retain),
        ("delete", "/events/{event_id}/retain", event_writes.release),
        ("post", "/events/{event_id}/sub_label", event_writes.set_sub_label),
        ("post", "/events/{event_id}/recognized_license_plate", event_writes.set_plate),
        ("post", "/events/{event_id}/description", event_writes.set_description),
        ("post", "/events/{event_id}/plus", event_writes.submit),
        ("put", "/events/{event_id}/false_positive", event_writes.submit),
        ("put", "/events/{event_id}/end", event_writes.end),
        ("delete", "/events/{event_id}", event_writes.delete),
        ("post", "/events/{camera}/{label}/create", event_writes.create),
        ("post", "/reviews/viewed", review_writes.mark),
        ("post", "/reviews/delete", review_writes.delete),
        ("delete", "/review/{review_id}/viewed", review_writes.unmark),
        ("post", "/export/{camera}/start/{start}/end/{end}", export_api.create),
        ("patch", "/export/{export_id}/rename", export_api.rename),
        ("delete", "/export/{export_id}", export_api.delete),
        ("post", "/exports/delete", export_api.delete_several),
    )
}

# For anyone who knows the event ID: phones that show a notification cannot log in.
_PUBLIC: Final[dict[str, Handler]] = {
    "/notifications/{event_id}.jpg": event_media.thumbnail,
    "/notifications/{event_id}/snapshot.jpg": event_media.thumbnail,
    "/notifications/{event_id}/thumbnail.jpg": event_media.thumbnail,
    "/notifications/{event_id}/clip.mp4": event_media.public_clip,
}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register all views, once: they are independent of entries."""
    for path in dict.fromkeys((*ROUTES, *(path for _, path in WRITES))):
        hass.http.register_view(_View(BASE_PATH + path, ROUTES.get(path)))
    for path, handler in _PUBLIC.items():
        hass.http.register_view(_View(BASE_PATH + path, partial(_async_opened, handler), is_public=True))
    hass.http.register_view(recorder_api.PlanView)
    hass.http.register_view(recorder_api.HealthView)


class _View(HomeAssistantView):
    """A route on Home Assistant's web server. `?entry_id=` selects one of several entries."""

    def __init__(self, url: str, handler: Handler | None, *, is_public: bool = False) -> None:
        """Answer GET with the handler, and changes with those of WRITES."""
        self.url = url
        self.name = f"api:{DOMAIN}:{url}"
        self.requires_auth = not is_public
        if handler is not None:
            self.get = self.head = partial(_async_handle, handler)
        for (method, path), write in WRITES.items():
            if BASE_PATH + path == url:
                setattr(self, method, partial(_async_handle, write))


async def _async_opened(handler: Handler, request: ApiRequest) -> web.StreamResponse:
    """Handle a request without login, if the link is open."""
    return await handler(opened(request, request.path_part("event_id"), is_video=False))


async def _async_handle(handler: Handler, request: web.Request, **_parts: str) -> web.StreamResponse:
    """Handle the request, which also contains the parts of the path."""
    try:
        api_request = ApiRequest.from_http(request.app[KEY_HASS], request)
    except web.HTTPException as refusal:
        return json_refusal(refusal)
    return await async_answer(api_request, handler)
