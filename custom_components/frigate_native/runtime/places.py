"""Cameras and zones as Home Assistant shows them."""

from collections.abc import Mapping
from dataclasses import dataclass

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_NAME

from ..const import SUBENTRY_CAMERA
from ..engine.config.model import CameraConfig, Config


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A camera or a zone.

    name is the engine's, title the displayed one. key is the permanent part of identifiers within the entry, which a
    camera with a subentry keeps when it is renamed. cameras are those that a zone belongs to, or the camera itself.
    web_page is the address of the camera's own.
    """

    name: str
    title: str
    key: str
    is_zone: bool
    subentry_id: str | None
    cameras: tuple[str, ...]
    labels: tuple[str, ...]
    web_page: str | None = None


def places_of(entry: ConfigEntry, config: Config) -> tuple[Place, ...]:
    """Return an entry's cameras, then its zones, in the order of the configuration."""
    return (*_cameras(entry, config), *_zones(config.cameras))


def display_name(name: str) -> str:
    """Return a configured name for display: `front_door` becomes "Front door"."""
    words = name.replace("_", " ").strip() or name
    return words[0].upper() + words[1:]


def _cameras(entry: ConfigEntry, config: Config) -> list[Place]:
    subentries = {sub.data[CONF_NAME]: sub for sub in entry.get_subentries_of_type(SUBENTRY_CAMERA)}
    places = []
    for name, camera in config.cameras.items():
        subentry = subentries.get(name)
        places.append(
            Place(
                name=name,
                title=subentry.title if subentry else camera.friendly_name or display_name(name),
                key=f"camera/{subentry.subentry_id if subentry else name}",
                is_zone=False,
                subentry_id=subentry.subentry_id if subentry else None,
                cameras=(name,),
                labels=camera.objects.track,
                web_page=camera.webui_url,
            )
        )
    return places


def _zones(cameras: Mapping[str, CameraConfig]) -> list[Place]:
    """Zones with the same name are one place. It has no subentry, since it may belong to several cameras."""
    names = dict.fromkeys(name for camera in cameras.values() for name, zone in camera.zones.items() if zone.enabled)
    return [_zone(name, [camera for camera in cameras.values() if name in camera.zones]) for name in names]


def _zone(name: str, cameras: list[CameraConfig]) -> Place:
    given = (camera.zones[name].friendly_name for camera in cameras)
    return Place(
        name=name,
        title=next(filter(None, given), display_name(name)),
        key=f"zone/{name}",
        is_zone=True,
        subentry_id=None,
        cameras=tuple(camera.name for camera in cameras),
        labels=tuple(dict.fromkeys(label for camera in cameras for label in camera.objects.track)),
    )
