"""Fits what a configuration says of areas of the frame to the frames of the stream."""

from dataclasses import replace

from ..geometry import Size
from .model import CameraConfig, ObjectFilter, ZoneConfig, ZoneFilter
from .polygons import Polygon


def fit_camera(camera: CameraConfig, size: Size) -> CameraConfig:
    """Return the camera with zones, and areas of its filters, in pixels of frames of this size.

    Masks are fitted by fit_masks, which needs the camera's `drawn_for` too.
    """
    zones = {name: _fit_zone(zone, size, camera.drawn_for) for name, zone in camera.zones.items()}
    filters = {label: _fit_filter(entry, size, camera.drawn_for) for label, entry in camera.objects.filters.items()}
    return replace(camera, zones=zones, objects=replace(camera.objects, filters=filters))


def _fit_zone(zone: ZoneConfig, size: Size, drawn_for: Size | None) -> ZoneConfig:
    filters = {label: _fit_filter(entry, size, drawn_for) for label, entry in zone.filters.items()}
    return replace(zone, coordinates=Polygon(zone.coordinates.fitted(size, drawn_for)), filters=filters)


def _fit_filter[F: (ObjectFilter, ZoneFilter)](entry: F, size: Size, drawn_for: Size | None) -> F:
    return replace(
        entry,
        min_area=_fit_area(entry.min_area, size, drawn_for),
        max_area=_fit_area(entry.max_area, size, drawn_for),
    )


def _fit_area(area: float, size: Size, drawn_for: Size | None) -> int:
    """Return square pixels; fractions are those of Frigate 0.16 and later, never less than a pixel."""
    if 0 < area < 1:
        return max(int(area * size.width * size.height), 1)
    if drawn_for is None or drawn_for == size:
        return int(area)
    return round(area * size.width * size.height / (drawn_for.width * drawn_for.height))
