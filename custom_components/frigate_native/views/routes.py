"""Which path is answered by what, and the views of Home Assistant's web server."""

from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ..const import DOMAIN
from . import live, pictures, system
from .question import Question, ask

BASE_PATH: Final = f"/api/{DOMAIN}"

type Handler = Callable[[Question], Awaitable[web.StreamResponse]]

# Frigate's paths. The router prefers fixed parts to variable ones; no camera may be named like a fixed first part.
ROUTES: Final[dict[str, Handler]] = {
    "/version": system.version,
    "/config": system.config,
    "/stats": system.stats,
    "/{camera}": live.mjpeg,
    "/{camera}/latest.jpg": pictures.latest,
    "/{camera}/{label}/best.jpg": pictures.best,
}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register all views; once, they outlive entries."""
    for path, handler in ROUTES.items():
        hass.http.register_view(_View(BASE_PATH + path, handler))


class _View(HomeAssistantView):
    """One path below Home Assistant's server. `?entry_id=` tells which entry is meant where there are several."""

    def __init__(self, url: str, handler: Handler, *, is_public: bool = False) -> None:
        self.url = url
        self.name = f"api:{DOMAIN}:{url}"
        self.requires_auth = not is_public
        self._handler = handler

    async def get(self, request: web.Request, **_parts: str) -> web.StreamResponse:
        """Answer; the parts of the path are the request's."""
        return await self._handler(ask(request.app[KEY_HASS], request))

    head = get
