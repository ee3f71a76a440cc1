"""Views of the official integration below `/api/frigate`, with the instance in the path or without."""

from http import HTTPStatus
from typing import Any, Final, override

from aiohttp import hdrs, web
from aiohttp.web_urldispatcher import DynamicResource
from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView, request_handler_factory

from ..access import Access
from ..entries import async_instance, async_loaded_systems
from ..http import event_media, event_stream, previews, recorded_video, reviews
from ..http.api_request import ApiRequest, Handler, async_answer, json_refusal
from ..http.public_links import opened
from .official import FRIGATE, is_official_in_use

_BASE: Final = f"/api/{FRIGATE}"
_INSTANCE: Final = "instance_id"
_ANY_FOLDERS: Final = "{folders:(?:[^/]+/)*}"
_EVENT_PART: Final = r"{file:[^/]+\.(?:m3u8|ts|m4s)|init-[^/]*\.mp4}"
_EVENT: Final = "/notifications/{event_id}"
_REVIEW: Final = "/notifications/{review_id}"

# For anyone who knows the ID: phones that show a notification cannot log in.
_PICTURES: Final[dict[str, Handler]] = {
    "/notifications/{event_id}.jpg": event_media.thumbnail,
    f"{_EVENT}/thumbnail.jpg": event_media.thumbnail,
    f"{_EVENT}/snapshot.jpg": event_media.snapshot,
    f"{_REVIEW}/{{camera}}/review_thumbnail.webp": reviews.thumbnail,
}
_VIDEOS: Final[dict[str, Handler]] = {
    f"{_EVENT}/{_ANY_FOLDERS}clip.mp4": event_media.clip,
    f"{_EVENT}/{_ANY_FOLDERS}event_preview.gif": previews.event_gif,
    f"{_REVIEW}/{_ANY_FOLDERS}review_preview.gif": previews.review,
    f"{_EVENT}/{_ANY_FOLDERS}{_EVENT_PART}": event_stream.stream,
}
_WITH_LOGIN: Final[dict[str, Handler]] = {
    "/snapshot/{event_id}": event_media.snapshot,
    "/thumbnail/{event_id}": event_media.thumbnail,
    "/clips/review/{name}": reviews.thumbnail_file,
    "/recording/{camera}/start/{start}/end/{end}": recorded_video.clip,
    "/vod/{camera}/start/{start}/end/{end}/{file}": recorded_video.stream,
    "/vod/event/{event_id}/{file}": event_stream.stream,
    "/vod/{month}/{day}/{hour}/{camera}/{file}": recorded_video.stream_of_hour,
    "/vod/{month}/{day}/{hour}/{camera}/{zone}/{file}": recorded_video.stream_of_hour,
}


@callback
def async_setup(hass: HomeAssistant) -> None:
    """Register all views once; while the official integration is in use, they let its own answer."""
    for instance in (f"/{{{_INSTANCE}}}", ""):
        for path, handler in _WITH_LOGIN.items():
            hass.http.register_view(_View(f"{_BASE}{instance}{path}", handler))
        for paths, is_video in ((_PICTURES, False), (_VIDEOS, True)):
            for path, handler in paths.items():
                hass.http.register_view(_PublicView(f"{_BASE}{instance}{path}", handler, is_video=is_video))


class _SteppingBack(DynamicResource):
    """A path that exists only while the official integration is not in use."""

    def __init__(self, hass: HomeAssistant, path: str) -> None:
        super().__init__(path)
        self._hass = hass

    @override
    async def resolve(self, request: web.Request) -> Any:
        return (None, set()) if is_official_in_use(self._hass) else await super().resolve(request)


class _View(HomeAssistantView):
    """A path for users that have logged in, or have a signed address."""

    def __init__(self, url: str, handler: Handler) -> None:
        self.url = url
        self.name = f"api:{FRIGATE}:{url}"
        self._handler = handler

    @override
    def register(self, hass: HomeAssistant, app: web.Application, router: web.UrlDispatcher) -> None:
        assert self.url is not None
        resource = _SteppingBack(hass, self.url)
        router.register_resource(resource)
        for method in (hdrs.METH_GET, hdrs.METH_HEAD):
            resource.add_route(method, request_handler_factory(hass, self, self.get))

    async def get(self, request: web.Request, **_parts: str) -> web.StreamResponse:
        """Handle the request, which also contains the parts of the path."""
        try:
            api_request = self._checked(_request_of(request))
        except web.HTTPException as refusal:
            return json_refusal(refusal)
        response = await async_answer(api_request, self._handler)
        if request.query.get("download") == "true" and response.status == HTTPStatus.OK and not response.prepared:
            response.headers.setdefault(hdrs.CONTENT_DISPOSITION, "attachment")
        return response

    def _checked(self, request: ApiRequest) -> ApiRequest:
        """Return the request, as far as it is allowed."""
        return request


class _PublicView(_View):
    """A path for anyone who knows an ID, as far as the options allow it."""

    requires_auth = False

    def __init__(self, url: str, handler: Handler, *, is_video: bool) -> None:
        super().__init__(url, handler)
        self._is_video = is_video

    @override
    def _checked(self, request: ApiRequest) -> ApiRequest:
        parts = request.http.match_info
        return opened(request, parts.get("event_id") or parts["review_id"], is_video=self._is_video)


def _request_of(request: web.Request) -> ApiRequest:
    """Return a request to the system that the path names, or to all."""
    hass, instance_id = request.app[KEY_HASS], request.match_info.get(_INSTANCE)
    if instance_id is None:
        systems = async_loaded_systems(hass)
    else:
        data = async_instance(hass, instance_id)
        systems = [] if data is None else [data]
    if not systems:
        raise web.HTTPNotFound(text="Unable to find Frigate instance")
    access = Access(hass, request.get(KEY_HASS_USER))
    return ApiRequest(hass=hass, http=request, systems=tuple(systems), access=access)
