"""Requests to the systems of loaded entries, and the responses that the handlers share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from aiohttp import hdrs, web
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_bytes

from ..access import Access
from ..data import FrigateNativeData
from ..engine.errors import StoreError
from ..entries import async_loaded_systems
from ..runtime.picture_queue import TooManyPicturesError, View
from ..runtime.viewer import Viewer

NO_STORE: Final = {"Cache-Control": "no-store"}
CACHEABLE: Final = {"Cache-Control": "private, max-age=86400"}  # for content that no longer changes

_ENTRY_ID: Final = "entry_id"
_MIN_COMPRESSED: Final = 1024  # bytes; a smaller response fits into one packet anyway
_COMPRESSED_IN_EXECUTOR: Final = 32_768  # bytes; a larger response would block the event loop


type Handler = Callable[[ApiRequest], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiRequest:
    """An HTTP request, and the systems that it is for: all loaded ones, unless it names an entry.

    is_todays: it gets the answers of today's Frigate instead of those of 0.8.
    """

    hass: HomeAssistant
    http: web.Request
    systems: tuple[FrigateNativeData, ...]
    access: Access
    is_todays: bool = True

    @classmethod
    def from_http(cls, hass: HomeAssistant, http: web.Request) -> ApiRequest:
        """Return a request to all loaded entries, or to the one in its `entry_id` parameter."""
        entry_id = http.query.get(_ENTRY_ID)
        systems = async_loaded_systems(hass, entry_id)
        if not systems and entry_id is not None:
            raise web.HTTPNotFound(text=f"Entry {entry_id} not found")
        if not systems:
            raise web.HTTPServiceUnavailable(text="No entry is loaded")
        return cls(hass=hass, http=http, systems=tuple(systems), access=Access(hass, http.get(KEY_HASS_USER)))

    @property
    def first(self) -> FrigateNativeData:
        """The system for requests that only one can answer."""
        return self.systems[0]

    @property
    def entry_id(self) -> str | None:
        """The only entry that the request is for; None: it may be for several."""
        return self.first.entry_id if len(self.systems) == 1 else None

    def path_part(self, name: str) -> str:
        """Return a variable part of the path, decoded. It may contain anything, including slashes and dots."""
        return self.http.match_info[name]

    def camera(self) -> tuple[FrigateNativeData, str]:
        """Return the camera in the path, and the first system that has it."""
        name = self.path_part("camera")
        for data in self.systems:
            if name in data.config.cameras and self.access.may_see(data, name):
                return data, name
        raise web.HTTPNotFound(text=f"Camera named {name} not found")

    async def async_read[T](self, job: Callable[[], T]) -> T:
        """Run a job that reads from databases and disks in the executor."""
        try:
            return await self.hass.async_add_executor_job(job)
        except StoreError as err:
            raise web.HTTPServiceUnavailable(text=str(err)) from err

    async def async_cut[T](self, data: FrigateNativeData, job: Callable[[], T]) -> T:
        """Cut a clip in the executor, where each waits and occupies a thread. Fails if too many are requested."""
        with data.cuts.async_entered(self.viewer) as has_place:
            if has_place:
                return await self.async_read(job)
        raise web.HTTPServiceUnavailable(
            text="Too many clips requested at once; try again", headers={hdrs.RETRY_AFTER: "5"}
        )

    @property
    def viewer(self) -> Viewer:
        """Who requests it: a user, or an address without login."""
        user = self.http.get(KEY_HASS_USER)
        return Viewer(is_public=user is None, name=user.id if user else self.http.remote or "")

    async def async_draw(self, data: FrigateNativeData, view: View) -> bytes | None:
        """Draw an image in the thread of a system. Fails if too many images are being requested."""
        try:
            if await data.pace.async_enter(self.viewer):
                return await data.renderer.async_render(view, self.viewer)
        except TooManyPicturesError:
            pass
        raise web.HTTPServiceUnavailable(
            text="Too many images requested at once; try again", headers={hdrs.RETRY_AFTER: "1"}
        )


def json_refusal(refusal: web.HTTPException) -> web.Response:
    """Return a refusal in the form of today's Frigate."""
    headers = {name: value for name, value in refusal.headers.items() if name != hdrs.CONTENT_TYPE}
    text = (refusal.text or refusal.reason).encode(errors="replace").decode()  # it may contain parts of the path
    body = json_bytes({"success": False, "message": text})
    return web.Response(body=body, status=refusal.status, headers=headers, content_type="application/json")


async def async_answer(request: ApiRequest, handler: Handler) -> web.StreamResponse:
    """Return what a handler answers; a refusal has the form that the caller expects."""
    try:
        return await handler(request)
    except web.HTTPException as refusal:
        if not request.is_todays or refusal.status < HTTPStatus.BAD_REQUEST:
            raise
        return json_refusal(refusal)


def jpeg_response(image: bytes | None, *, is_final: bool = False) -> web.Response:
    """Return a response with an image. Clients may cache it if it is final."""
    if image is None:
        raise web.HTTPServiceUnavailable(text="The entry is being unloaded")
    return web.Response(body=image, content_type="image/jpeg", headers=CACHEABLE if is_final else NO_STORE)


async def async_json_response(request: ApiRequest, read: Callable[[], Any]) -> web.Response:
    """Return a response with what a blocking job reads. The JSON is also encoded in the executor."""
    body = await request.async_read(lambda: json_bytes(read()))
    response = web.Response(
        body=body, content_type="application/json", headers=NO_STORE, zlib_executor_size=_COMPRESSED_IN_EXECUTOR
    )
    if len(body) > _MIN_COMPRESSED:
        response.enable_compression()
    return response
