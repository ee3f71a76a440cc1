"""Runtime data of a loaded config entry."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, fields
from typing import Any

from homeassistant.config_entries import ConfigEntry

from .configuration.entity_source import EntitySources
from .configuration.entry_config import HttpOptions
from .coordinator import StatsCoordinator
from .engine.config.model import Config
from .engine.exports.service import ExportService
from .engine.importing.service import ImportService
from .engine.nvr import Nvr
from .engine.paths import MediaPaths
from .engine.previews.service import PreviewService
from .engine.recordings.service import RecordingService
from .engine.store import EventStore, EventWriter
from .recording.health_reports import HealthReports
from .recording.restreams import Restreams
from .runtime.activity import Activity
from .runtime.bridge import Bridge
from .runtime.live_streams import Streams
from .runtime.pace import Pace
from .runtime.places import Place, display_name
from .runtime.renderer import Renderer
from .runtime.viewer_limit import ViewerLimit

type FrigateNativeConfigEntry = ConfigEntry[FrigateNativeData]


@dataclass(slots=True, kw_only=True)
class FrigateNativeData:
    """A running NVR and everything that Home Assistant needs to work with it.

    client_id is what Frigate's clients call it. version is the integration's version; started is a time of
    `time.monotonic`. unique_ids collects the unique IDs of all entities that the platforms created, so that others can
    be removed. providers add entities that a change of the configuration brings, and replace those that it concerns.
    stack stops everything, last started first.
    """

    entry_id: str
    client_id: str
    config: Config
    options: Mapping[str, Any]
    version: str
    started: float
    http: HttpOptions
    paths: MediaPaths
    store: EventStore
    event_writer: EventWriter
    recordings: RecordingService
    exports: ExportService
    previews: PreviewService
    imports: ImportService
    nvr: Nvr
    sources: EntitySources
    bridge: Bridge
    activity: Activity
    renderer: Renderer
    streams: Streams
    pace: Pace
    cuts: ViewerLimit = field(default_factory=lambda: ViewerLimit(per_door=4, per_viewer=2))
    reports: HealthReports
    restreams: Restreams
    coordinator: StatsCoordinator
    places: tuple[Place, ...]
    hub_device_id: str
    unique_ids: set[str] = field(default_factory=set)
    providers: list[Callable[[], Awaitable[None]]] = field(default_factory=list)
    stack: AsyncExitStack[None] = field(default_factory=AsyncExitStack[None])
    _stopping: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def cameras(self) -> tuple[Place, ...]:
        """The places that are cameras."""
        return tuple(place for place in self.places if not place.is_zone)

    def camera_title(self, name: str) -> str:
        """Return the display name of a camera, even if it is no longer configured."""
        return next((place.title for place in self.cameras if place.name == name), display_name(name))

    def renew(self, other: FrigateNativeData) -> None:
        """Take over all parts of a newly started NVR after this one has stopped, since entities keep this object."""
        for part in fields(self):
            if part.name not in ("providers", "_stopping"):
                setattr(self, part.name, getattr(other, part.name))

    async def async_stop(self) -> None:
        """Stop everything in reverse order and return when done; can be called several times."""
        async with self._stopping:
            await self.stack.aclose()
