"""The routes of the API, and their views on Home Assistant's web server."""

from typing import Final

from aiohttp import web
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ..const import DOMAIN
from . import (
    clip_index,
    event_media,
    event_stream,
    events,
    exports,
    live,
    names,
    pictures,
    previews,
    recorded_video,
    recorder_api,
    recording_lists,
    recordings,
    reviews,
    system,
)
from .api_request import ApiRequest, Handler, async_answer, json_refusal
from .public_links import opened

BASE_PATH: Final = f"/api/{DOMAIN}"

# Frigate's paths. The router prefers fixed parts to variable ones; no camera may have the name of a fixed first part.
ROUTES: Final[dict[str, Handler]] = {
    "/version": system.version,
    "/config": system.config,
    "/stats": system.stats,
    "/events": events.listing,
    "/events/summary": events.summary,
    "/events/{event_id}": events.single,
    "/events/{event_id}/clip.mp4": event_media.clip,
    "/events/{event_id}/snapshot.jpg": event_media.snapshot,
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
    "/{camera}/{label}/best.jpg": pictures.best,
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
    for path, handler in ROUTES.items():
        hass.http.register_view(_View(BASE_PATH + path, handler))
    for path, handler in _PUBLIC.items():
        hass.http.register_view(_View(BASE_PATH + path, handler, is_public=True))
    hass.http.register_view(recorder_api.PlanView)
    hass.http.register_view(recorder_api.HealthView)


class _View(HomeAssistantView):
    """A route on Home Assistant's web server. `?entry_id=` selects one of several entries."""

    def __init__(self, url: str, handler: Handler, *, is_public: bool = False) -> None:
        self.url = url
        self.name = f"api:{DOMAIN}:{url}"
        self.requires_auth = not is_public
        self._handler = handler

    async def get(self, request: web.Request, **_parts: str) -> web.StreamResponse:
        """Handle the request, which also contains the parts of the path."""
        try:
            api_request = ApiRequest.from_http(request.app[KEY_HASS], request)
            if not self.requires_auth:
                api_request = opened(api_request, request.match_info["event_id"], is_video=False)
        except web.HTTPException as refusal:
            return json_refusal(refusal)
        return await async_answer(api_request, self._handler)

    head = get
