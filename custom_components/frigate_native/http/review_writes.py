"""Changes of review items: seen or not, and deleted."""

from typing import Final

import voluptuous as vol
from aiohttp import web

from ..automation import review_commands
from .api_request import ApiRequest
from .bodies import async_body, done

_IDS: Final = vol.All([str], vol.Length(max=10_000))
_VIEWED: Final = vol.Schema(
    {vol.Required("ids"): _IDS, vol.Optional("reviewed", default=True): bool}, extra=vol.REMOVE_EXTRA
)
_DELETED: Final = vol.Schema({vol.Required("ids"): _IDS}, extra=vol.REMOVE_EXTRA)


async def mark(request: ApiRequest) -> web.Response:
    """Note that the user has seen review items, or has not; unknown ones are ignored."""
    body = await async_body(request, _VIEWED)
    return await _async_mark(request, body["ids"], is_reviewed=body["reviewed"])


async def unmark(request: ApiRequest) -> web.Response:
    """Note that the user has not seen a review item."""
    return await _async_mark(request, [request.path_part("review_id")], is_reviewed=False)


async def delete(request: ApiRequest) -> web.Response:
    """Delete review items; their events and recordings stay."""
    request.access.check_admin()
    ids = (await async_body(request, _DELETED))["ids"]
    for data in request.systems:
        await review_commands.async_delete(data, ids)
    return done("Review items deleted")


async def _async_mark(request: ApiRequest, ids: list[str], *, is_reviewed: bool) -> web.Response:
    await review_commands.async_mark(request.access, request.systems, ids, is_reviewed=is_reviewed)
    return done("Review items marked")
