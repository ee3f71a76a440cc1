"""Which links in notifications open without login."""

import time
from dataclasses import replace
from typing import Final

from aiohttp import web
from homeassistant.components.http.const import KEY_HASS_USER

from .api_request import ApiRequest

_HOUR_S: Final = 3600


def opened(request: ApiRequest, media_id: str, *, is_video: bool) -> ApiRequest:
    """Return a request without login, limited to systems whose options open a link to an event or review item.

    Pictures are open by default, videos by option; both may expire. Raises HTTPForbidden or, if the link has expired,
    HTTPUnauthorized.
    """
    if request.http.get(KEY_HASS_USER) is not None:
        return request
    allowed = [data for data in request.systems if data.http.has_public_clips or not is_video]
    if not allowed:
        raise web.HTTPForbidden(text="Videos without login are disabled in the options of Frigate Native")
    start = _start_of(media_id)
    valid = [data for data in allowed if _is_valid(start, data.http.link_hours)]
    if valid:
        return replace(request, systems=tuple(valid))
    if start is None:
        raise web.HTTPForbidden(text="The ID has no time")
    raise web.HTTPUnauthorized(text="The link has expired; log in to open it")


def _start_of(media_id: str) -> int | None:
    """Return the epoch seconds at the start of an ID; None if it has none."""
    seconds, dot, _ = media_id.partition(".")
    return int(seconds) if dot and seconds.isascii() and seconds.isdigit() and len(seconds) <= 12 else None


def _is_valid(start: int | None, hours: int) -> bool:
    """Return whether a link is valid for so many hours; 0: without end."""
    return hours == 0 or (start is not None and time.time() <= start + hours * _HOUR_S)
