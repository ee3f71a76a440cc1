"""Bodies of requests that change something, and the answers when it is done."""

from http import HTTPStatus
from typing import Any, Final

import voluptuous as vol
from aiohttp import web
from homeassistant.exceptions import HomeAssistantError, Unauthorized

from .api_request import NO_STORE, ApiRequest, Handler

_STATUS: Final = {
    "camera_unknown": HTTPStatus.NOT_FOUND,
    "event_not_running": HTTPStatus.NOT_FOUND,
    "event_unknown": HTTPStatus.NOT_FOUND,
    "export_unknown": HTTPStatus.NOT_FOUND,
    "store_failed": HTTPStatus.SERVICE_UNAVAILABLE,
}


async def async_body(request: ApiRequest, schema: vol.Schema) -> dict[str, Any]:
    """Return the JSON object in the body, which may be missing; HTTPBadRequest if it is not what the schema says."""
    text = await request.http.text()
    try:
        found = await request.http.json() if text.strip() else {}
    except (ValueError, RecursionError) as err:
        raise web.HTTPBadRequest(text="the body is not JSON") from err
    if not isinstance(found, dict):
        raise web.HTTPBadRequest(text="the body must be a JSON object")
    try:
        checked: dict[str, Any] = schema(found)
    except vol.Invalid as err:
        raise web.HTTPBadRequest(text=str(err)) from err
    return checked


def done(message: str, status: HTTPStatus = HTTPStatus.OK, /, **more: Any) -> web.Response:
    """Return the answer to a change that was made."""
    return web.json_response({"success": True, "message": message, **more}, status=status, headers=NO_STORE)


def as_write(handler: Handler) -> Handler:
    """Return the handler of a change, which answers the errors of commands like other refusals."""

    async def answer(request: ApiRequest) -> web.StreamResponse:
        try:
            return await handler(request)
        except Unauthorized:
            raise
        except HomeAssistantError as err:
            status = _STATUS.get(err.translation_key or "", HTTPStatus.BAD_REQUEST)
            return web.json_response({"success": False, "message": str(err)}, status=status, headers=NO_STORE)

    return answer
