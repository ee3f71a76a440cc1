"""Which path is answered by what, and the views of Home Assistant's web server."""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ..const import DOMAIN
from . import clip_index, event_media, events, live, pictures, recorder_api as recorder, recordings, system
from .api_request import ApiRequest

BASE_PATH: Final = f"/api/{DOMAIN}"

type Handler = Callable[[ApiRequest], Awaitable[web.StreamResponse]]

# Frigate's paths. The router prefers fixed parts to variable ones; no camera may be named like a fixed first part.
ROUTES: Final[dict[str, Handler]] = {
    "/version": system.version,
    "/config": system.config,
    "/stats": system.stats,
    "/events": events.listing,
    "/events/summary": events.summary,
    "/events/{event_id}": events.single,
    "/events/{event_id}/snapshot.jpg": event_media.snapshot,
    "/events/{event_id}/thumbnail.jpg": event_media.thumbnail,
    "/clips/": clip_index.listing,
    "/clips/{name}": event_media.media_file,
    "/recordings": recordings.root,
    "/recordings/{path:.*}": recordings.folder_or_file,
    "/{camera}": live.mjpeg,
    "/{camera}/latest.jpg": pictures.latest,
    "/{camera}/{label}/best.jpg": pictures.best,
}

# For whoever knows an event's id, as phones do that show a notification; they cannot log in.
_PUBLIC: Final[dict[str, Handler]] = {
    "/notifications/{event_id}.jpg": event_media.thumbnail,
    "/notifications/{event_id}/snapshot.jpg": event_media.thumbnail,
    "/notifications/{event_id}/thumbnail.jpg": event_media.thumbnail,
    "/notifications/{event_id}/clip.mp4": event_media.public_clip,
}
_FRIGATE_DOMAIN: Final = "frigate"  # the integration for a Frigate elsewhere; automations name its path
_FRIGATE_PATH: Final = f"/api/{_FRIGATE_DOMAIN}/notifications/{{event_id}}.jpg"


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register all views; once, they outlive entries."""
    for path, handler in ROUTES.items():
        hass.http.register_view(_View(BASE_PATH + path, handler))
    for path, handler in _PUBLIC.items():
        hass.http.register_view(_View(BASE_PATH + path, handler, is_public=True))
    hass.http.register_view(recorder.PlanView)
    hass.http.register_view(recorder.HealthView)
    if _FRIGATE_DOMAIN not in hass.config.components and not hass.config_entries.async_entries(_FRIGATE_DOMAIN):
        hass.http.register_view(_View(_FRIGATE_PATH, _frigate_thumbnail, is_public=True))


async def _frigate_thumbnail(request: ApiRequest) -> web.StreamResponse:
    """Answer in the place of the other integration, as long as it is not there itself."""
    if _FRIGATE_DOMAIN in request.hass.config.components:
        raise web.HTTPNotFound
    return await event_media.thumbnail(request)


class _View(HomeAssistantView):
    """One path below Home Assistant's server. `?entry_id=` tells which entry is meant where there are several."""

    def __init__(self, url: str, handler: Handler, *, is_public: bool = False) -> None:
        self.url = url
        self.name = f"api:{DOMAIN}:{url}"
        self.requires_auth = not is_public
        self._handler = handler

    async def get(self, request: web.Request, **_parts: str) -> web.StreamResponse:
        """Answer; the parts of the path are the request's."""
        return await self._handler(ApiRequest.from_http(request.app[KEY_HASS], request))

    head = get
