"""What a client asks, and of which running systems."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web
from homeassistant.core import HomeAssistant
from homeassistant.helpers.json import json_bytes

from ..data import FrigateNativeData
from ..engine.errors import StoreError
from ..entries import async_loaded_systems

NO_STORE: Final = {"Cache-Control": "no-store"}
KEEP: Final = {"Cache-Control": "private, max-age=86400"}  # for what does not change any more

_ENTRY_ID: Final = "entry_id"
_LEAST_COMPRESSED: Final = 1024  # bytes; less fits into one packet anyway
_COMPRESSED_ELSEWHERE: Final = 32_768  # bytes; more would hold up the event loop


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A request to one or more loaded entries; the first is the one meant when nothing tells which."""

    hass: HomeAssistant
    request: web.Request
    systems: tuple[FrigateNativeData, ...]

    @property
    def first(self) -> FrigateNativeData:
        """The entry that answers for itself as a whole."""
        return self.systems[0]

    def part(self, name: str) -> str:
        """Return a variable part of the path, decoded: it may hold anything, slashes and dots included."""
        return self.request.match_info[name]

    def camera(self) -> tuple[FrigateNativeData, str]:
        """Return the camera of the path and the first entry that has it."""
        name = self.part("camera")
        for data in self.systems:
            if name in data.config.cameras:
                return data, name
        raise web.HTTPNotFound(text=f"Camera named {name} not found")

    async def async_read[T](self, job: Callable[[], T]) -> T:
        """Return what a blocking job reads from databases and disks."""
        try:
            return await self.hass.async_add_executor_job(job)
        except StoreError as err:
            raise web.HTTPServiceUnavailable(text=str(err)) from err

    async def async_draw(self, data: FrigateNativeData, job: Callable[[], bytes | None]) -> bytes | None:
        """Return a picture, drawn in the entry's own threads, unless too many are asked for already."""
        if data.renderer.is_busy:
            raise web.HTTPServiceUnavailable(text="Too many pictures are asked for at once; try again")
        return await data.renderer.async_render(job)


def ask(hass: HomeAssistant, request: web.Request) -> Question:
    """Return a request to all loaded entries, or to the one that its `entry_id` names."""
    entry_id = request.query.get(_ENTRY_ID)
    systems = async_loaded_systems(hass, entry_id)
    if not systems and entry_id is not None:
        raise web.HTTPNotFound(text=f"Entry {entry_id} not found")
    if not systems:
        raise web.HTTPServiceUnavailable(text="No entry is loaded")
    return Question(hass=hass, request=request, systems=tuple(systems))


def jpeg(picture: bytes | None, *, is_final: bool = False) -> web.Response:
    """Answer with a picture; one that is final may be kept."""
    if picture is None:
        raise web.HTTPServiceUnavailable(text="The entry is being unloaded")
    return web.Response(body=picture, content_type="image/jpeg", headers=KEEP if is_final else NO_STORE)


async def async_json(question: Question, read: Callable[[], Any]) -> web.Response:
    """Answer with JSON of what a blocking job reads; a long list is written down outside of the event loop, too."""
    body = await question.async_read(lambda: json_bytes(read()))
    response = web.Response(
        body=body, content_type="application/json", headers=NO_STORE, zlib_executor_size=_COMPRESSED_ELSEWHERE
    )
    if len(body) > _LEAST_COMPRESSED:
        response.enable_compression()
    return response
