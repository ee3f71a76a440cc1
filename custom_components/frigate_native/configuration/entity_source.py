"""Cameras of other integrations as sources: where their streams are, asked whenever one is opened.

Such addresses hold passwords and tokens that expire, so they are kept in memory only.
"""

import asyncio
import threading
from concurrent.futures import wait
from dataclasses import replace
from typing import Final

from homeassistant.components.camera import DOMAIN as CAMERA_DOMAIN, async_get_stream_source
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import CoreState, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ..const import DOMAIN
from ..engine.config.model import CameraConfig, Config
from ..engine.errors import SourceError, SourceProblem
from ..engine.redact import redact_url

_SCHEME: Final = "homeassistant://"
_ANSWER_S: Final = 10.0  # some integrations ask the camera, or its maker's servers
_LOOK_S: Final = 0.2
_STARTS: Final = (CoreState.not_running, CoreState.starting)  # entries are set up in both


def source_path(entity: str) -> str:
    """Return the path of an input whose source is an entity, by its entity id or its id in the registry."""
    return f"{_SCHEME}{entity}"


def entity_of(path: str) -> str | None:
    """Return the entity that an input's path stands for, None if it is an address."""
    return path.removeprefix(_SCHEME) if path.startswith(_SCHEME) else None


@callback
def async_lasting_id(hass: HomeAssistant, entity_id: str) -> str:
    """Return by what an entity is found even after it was renamed, as far as it has such an id."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.id if entry else entity_id


@callback
def async_entity_id(hass: HomeAssistant, entity: str) -> str:
    """Return an entity's id as it is now, by whichever id it was kept."""
    return er.async_resolve_entity_id(er.async_get(hass), entity) or entity


@callback
def async_own_cameras(hass: HomeAssistant) -> list[str]:
    """Return the ids of the camera entities that are ours, which are no source."""
    registry = er.async_get(hass)
    return [
        entry.entity_id
        for entry in registry.entities.values()
        if entry.platform == DOMAIN and entry.domain == CAMERA_DOMAIN
    ]


async def async_stream_source(hass: HomeAssistant, entity: str) -> str:
    """Return where an entity's stream is now; SourceError, without the address, says why that cannot be told."""
    entity_id = async_entity_id(hass, entity)
    if (state := hass.states.get(entity_id)) is None:
        raise _error(f"{entity_id} is not there (yet); see whether its integration is set up")
    try:
        async with asyncio.timeout(_ANSWER_S):
            source = await async_get_stream_source(hass, entity_id)
    except HomeAssistantError as err:
        raise _error(f"{entity_id}: {redact_url(str(err))}; see the camera's integration") from None
    except Exception as err:  # noqa: BLE001  # whatever another integration may raise, perhaps with its password
        raise _error(f"{entity_id}: its integration fails ({type(err).__name__}); see Home Assistant's log") from None
    if source:
        return source
    if state.state == STATE_UNAVAILABLE:
        raise _error(f"{entity_id} is unavailable; see the camera's integration")
    raise _error(f"{entity_id} gives no address of a stream, only pictures; enter the camera's own address instead")


class EntitySources:
    """Tells an entry's capture threads, and who records, where the streams of entities are."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Know nothing yet."""
        self._hass = hass
        self._known: dict[str, str] = {}

    def locate(self, path: str, stop: threading.Event) -> str:
        """Return what to open for an input's path: itself, or where its entity's stream is now; blocks.

        For any thread but the event loop's. SourceError as `async_stream_source`, and once `stop` is set.
        """
        if (entity := entity_of(path)) is None:
            return path
        self._wait_for(entity, stop)
        asked = asyncio.run_coroutine_threadsafe(async_stream_source(self._hass, entity), self._hass.loop)
        while not wait([asked], _LOOK_S).done:
            if stop.is_set():
                asked.cancel()
                raise _error("stopped")
        self._known[path] = asked.result()
        return self._known[path]

    async def async_located(self, config: Config) -> Config:
        """Return a configuration with addresses instead of entities; of what cannot be found there is no input.

        An address is the one that was opened last, so that a plan changes no more often than its cameras.
        """
        paths = {source.path for camera in config.cameras.values() for source in camera.inputs}
        if unknown := [(path, entity) for path in paths - self._known.keys() if (entity := entity_of(path))]:
            await asyncio.gather(*(self._async_ask(path, entity) for path, entity in unknown))
        return replace(config, cameras={name: self._located(camera) for name, camera in config.cameras.items()})

    def _located(self, camera: CameraConfig) -> CameraConfig:
        paths = ((source, self._known.get(source.path, source.path)) for source in camera.inputs)
        inputs = tuple(replace(source, path=path) for source, path in paths if entity_of(path) is None)
        return replace(camera, ffmpeg=replace(camera.ffmpeg, inputs=inputs))

    def _wait_for(self, entity: str, stop: threading.Event) -> None:
        """While Home Assistant starts, wait for an entity that is not there yet."""
        while self._hass.state in _STARTS and not stop.wait(_LOOK_S):
            if self._hass.states.get(async_entity_id(self._hass, entity)):
                return

    async def _async_ask(self, path: str, entity: str) -> None:
        try:
            self._known[path] = await async_stream_source(self._hass, entity)
        except SourceError:
            return  # the camera's own state tells it; it is asked again


def _error(text: str) -> SourceError:
    return SourceError(SourceProblem.ENTITY, text)
