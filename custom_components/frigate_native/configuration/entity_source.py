"""Cameras of other integrations as sources: their stream addresses are looked up on each connection.

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
_RESPONSE_S: Final = 10.0  # some integrations request it from the camera or from a cloud
_POLL_S: Final = 0.2
_STARTS: Final = (CoreState.not_running, CoreState.starting)  # entries are set up in both


def source_path(entity: str) -> str:
    """Return the path of an input whose source is an entity, by its entity id or its id in the registry."""
    return f"{_SCHEME}{entity}"


def entity_of(path: str) -> str | None:
    """Return the entity that an input's path stands for, None if it is an address."""
    return path.removeprefix(_SCHEME) if path.startswith(_SCHEME) else None


@callback
def async_lasting_id(hass: HomeAssistant, entity_id: str) -> str:
    """Return an id that stays when the entity is renamed, if it has one."""
    entry = er.async_get(hass).async_get(entity_id)
    return entry.id if entry else entity_id


@callback
def async_entity_id(hass: HomeAssistant, entity: str) -> str:
    """Return an entity's current entity id, from the id that was stored."""
    return er.async_resolve_entity_id(er.async_get(hass), entity) or entity


@callback
def async_own_cameras(hass: HomeAssistant) -> list[str]:
    """Return the ids of our own camera entities, which cannot be sources."""
    registry = er.async_get(hass)
    return [
        entry.entity_id
        for entry in registry.entities.values()
        if entry.platform == DOMAIN and entry.domain == CAMERA_DOMAIN
    ]


async def async_stream_source(hass: HomeAssistant, entity: str) -> str:
    """Return the current stream address of an entity; raises SourceError, which never contains the address."""
    entity_id = async_entity_id(hass, entity)
    if (state := hass.states.get(entity_id)) is None:
        raise _error(f"{entity_id} does not exist (yet); check that its integration is set up")
    try:
        async with asyncio.timeout(_RESPONSE_S):
            source = await async_get_stream_source(hass, entity_id)
    except HomeAssistantError as err:
        raise _error(f"{entity_id}: {redact_url(str(err))}; see the camera's integration") from None
    except Exception as err:  # noqa: BLE001  # whatever another integration may raise, perhaps with its password
        raise _error(f"{entity_id}: its integration failed ({type(err).__name__}); see Home Assistant's log") from None
    if source:
        return source
    if state.state == STATE_UNAVAILABLE:
        raise _error(f"{entity_id} is unavailable; see the camera's integration")
    raise _error(f"{entity_id} provides still images only, no stream; enter the camera's own address instead")


class EntitySources:
    """Looks up stream addresses of entities, for an entry's capture threads and its recorder."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Start without known addresses."""
        self._hass = hass
        self._known: dict[str, str] = {}

    def locate(self, path: str, stop: threading.Event) -> str:
        """Return what to open for an input's path: the path, or the current address of its entity; blocks.

        For any thread but the event loop's. Raises SourceError as `async_stream_source`, and when `stop` is set.
        """
        if (entity := entity_of(path)) is None:
            return path
        self._wait_for(entity, stop)
        request = asyncio.run_coroutine_threadsafe(async_stream_source(self._hass, entity), self._hass.loop)
        while not wait([request], _POLL_S).done:
            if stop.is_set():
                request.cancel()
                raise _error("stopped")
        self._known[path] = request.result()
        return self._known[path]

    async def async_located(self, config: Config) -> Config:
        """Return a configuration with addresses instead of entities; inputs without a known address are left out.

        Addresses are those that were opened last, so that a recording plan changes no more often than its cameras.
        """
        paths = {source.path for camera in config.cameras.values() for source in camera.inputs}
        if unknown := [(path, entity) for path in paths - self._known.keys() if (entity := entity_of(path))]:
            await asyncio.gather(*(self._async_look_up(path, entity) for path, entity in unknown))
        return replace(config, cameras={name: self._located(camera) for name, camera in config.cameras.items()})

    def _located(self, camera: CameraConfig) -> CameraConfig:
        paths = ((source, self._known.get(source.path, source.path)) for source in camera.inputs)
        inputs = tuple(replace(source, path=path) for source, path in paths if entity_of(path) is None)
        return replace(camera, ffmpeg=replace(camera.ffmpeg, inputs=inputs))

    def _wait_for(self, entity: str, stop: threading.Event) -> None:
        """While Home Assistant starts, wait for an entity that does not exist yet."""
        while self._hass.state in _STARTS and not stop.wait(_POLL_S):
            if self._hass.states.get(async_entity_id(self._hass, entity)):
                return

    async def _async_look_up(self, path: str, entity: str) -> None:
        try:
            self._known[path] = await async_stream_source(self._hass, entity)
        except SourceError:
            return  # the camera's own state reports it; looked up again later


def _error(text: str) -> SourceError:
    return SourceError(SourceProblem.ENTITY, text)
