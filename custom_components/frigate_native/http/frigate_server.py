"""The Frigate API on its own port, for tools made for Frigate. Disabled by default."""

import logging
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Final

from aiohttp import hdrs, web
from aiohttp.typedefs import Handler as AiohttpHandler, Middleware
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from yarl import URL

from ..access import Access
from ..configuration.host_names import host_of, is_safe
from ..const import DOMAIN
from ..data import FrigateNativeData
from .api_request import NO_STORE, ApiRequest, Handler, async_answer
from .routes import ROUTES, WRITES

_LOGGER = logging.getLogger(__name__)

_API: Final = "/api"  # where today's Frigate has its paths; those of 0.8 have no prefix
_MAX_SHOWN: Final = 80  # characters of a name
_SHUTDOWN_S: Final = 2.0  # for ongoing responses when the entry is unloaded


async def async_start(hass: HomeAssistant, data: FrigateNativeData, stack: AsyncExitStack[None]) -> None:
    """Start the server if it is enabled in the entry's options; the stack stops it.

    The API requires no login: anyone who can reach the port has full read access, and may change events if the entry
    allows it. An unavailable port creates a repair issue.
    """
    options = data.http
    issue_id = f"{data.entry_id}/compatibility"
    if not options.is_listening:
        return
    runner = web.AppRunner(
        _application(hass, data), access_log=None, handler_cancellation=True, shutdown_timeout=_SHUTDOWN_S
    )
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    stack.callback(data.streams.async_close)  # before the server waits for them
    stack.callback(ir.async_delete_issue, hass, DOMAIN, issue_id)
    try:
        await web.TCPSite(runner, options.host, options.port).start()
    except OSError as err:
        _LOGGER.warning("Cannot listen on %s, port %s: %s", options.host, options.port, err)
        _raise_issue(hass, issue_id, data, err)


def _raise_issue(hass: HomeAssistant, issue_id: str, data: FrigateNativeData, err: OSError) -> None:
    options = data.http
    ir.async_create_issue(
        hass,
        DOMAIN,
        issue_id,
        is_fixable=False,
        severity=ir.IssueSeverity.ERROR,
        translation_key="compatibility_port",
        translation_placeholders={"host": options.host, "port": str(options.port), "error": str(err)},
    )


def _application(hass: HomeAssistant, data: FrigateNativeData) -> web.Application:
    app = web.Application(middlewares=[_host_check(hass, data.http.allowed_hosts)])
    app.on_response_prepare.append(_forbid_sniffing)
    app.router.add_get("/", _health)
    for path, handler in ROUTES.items():
        app.router.add_get(path, _aiohttp_handler(hass, data, handler, is_todays=False))
        app.router.add_get(_API + path, _aiohttp_handler(hass, data, handler, is_todays=True))
    for (method, path), handler in WRITES.items():
        write = _aiohttp_handler(hass, data, _checked_write(data, handler), is_todays=True)
        app.router.add_route(method, _API + path, write)
    return app


def _checked_write(data: FrigateNativeData, handler: Handler) -> Handler:
    """Return the handler of a change, which refuses what the entry does not allow and what web pages may send.

    A page of another origin cannot send JSON without asking first, and the browser says where the page is from.
    """

    async def answer(request: ApiRequest) -> web.StreamResponse:
        if not data.http.allows_writes:
            text = "Changes without login are off. Allow them in the options of Frigate Native, External access"
            raise web.HTTPUnauthorized(text=text)
        headers = request.http.headers
        if (origin := headers.get(hdrs.ORIGIN)) is not None and not _is_own(origin, headers.get(hdrs.HOST, "")):
            raise web.HTTPForbidden(text="Web pages of other origins may not change anything")
        if request.http.can_read_body and request.http.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="The content type must be application/json")
        return await handler(request)

    return answer


def _is_own(origin: str, host: str) -> bool:
    try:
        return URL(origin).authority == URL(f"http://{host}").authority
    except ValueError:
        return False


def _host_check(hass: HomeAssistant, allowed: frozenset[str]) -> Middleware:
    """Reject host names that may be a DNS rebinding attack. Home Assistant's own names are accepted."""

    @web.middleware
    async def check(request: web.Request, handler: AiohttpHandler) -> web.StreamResponse:
        host = host_of(request.headers.get(hdrs.HOST, ""))  # browsers always send it
        if is_safe(host, allowed | _own_names(hass)):
            return await handler(request)
        text = (
            f"Hostname {host[:_MAX_SHOWN]!r} is not allowed. Use the IP address, or add the name in the options of"
            " Frigate Native: External access, Allowed hostnames."
        )
        raise web.HTTPMisdirectedRequest(text=text, headers=NO_STORE)

    return check


def _own_names(hass: HomeAssistant) -> frozenset[str]:
    urls = filter(None, (hass.config.internal_url, hass.config.external_url))
    return frozenset(filter(None, (URL(url).host for url in urls)))


def _aiohttp_handler(
    hass: HomeAssistant, data: FrigateNativeData, handler: Handler, *, is_todays: bool
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        access = Access(hass)
        api_request = ApiRequest(hass=hass, http=request, systems=(data,), access=access, is_todays=is_todays)
        return await async_answer(api_request, handler)

    return answer


async def _forbid_sniffing(_request: web.Request, response: web.StreamResponse) -> None:
    """Forbid content sniffing, as Home Assistant's server does: error texts may contain parts of the request."""
    response.headers["X-Content-Type-Options"] = "nosniff"


async def _health(_request: web.Request) -> web.Response:
    return web.Response(text="Frigate Native is running.", headers=NO_STORE)
