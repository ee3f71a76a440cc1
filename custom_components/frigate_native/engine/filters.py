"""Filter detections by label, size and mask."""

from collections.abc import Mapping

from .config.masks import FrameMask, fit_masks
from .config.model import CameraConfig, ObjectFilter
from .geometry import Size, area, bottom_centre, ratio
from .objects import Detection


class DetectionFilter:
    """Drops detections with other labels, of the wrong size or shape, or on a mask."""

    def __init__(self, camera: CameraConfig, size: Size) -> None:
        """Fit the camera's masks to frames of this size; raises ConfigError if one does not fit."""
        self._filters: Mapping[str, ObjectFilter] = {
            label: camera.objects.filters[label] for label in camera.objects.track
        }
        path = f"cameras.{camera.name}"
        shared = {f"{path}.mask": camera.mask, f"{path}.objects.mask": camera.objects.mask}
        self._masks: dict[str, FrameMask | None] = {
            label: fit_masks(shared | {f"{path}.objects.filters.{label}.mask": entry.mask}, size, camera.drawn_for)
            for label, entry in self._filters.items()
        }

    def passes(self, detection: Detection) -> bool:
        """Return whether a detection passes."""
        label_filter = self._filters.get(detection.label)
        return (
            label_filter is not None
            and label_filter.min_area <= area(detection.box) <= label_filter.max_area
            and label_filter.min_ratio <= ratio(detection.box) <= label_filter.max_ratio
            and not self._is_masked(detection)
        )

    def _is_masked(self, detection: Detection) -> bool:
        mask = self._masks[detection.label]
        if mask is None:
            return False
        x, y = bottom_centre(detection.box)
        return bool(mask[min(max(y, 0), mask.shape[0] - 1), min(max(x, 0), mask.shape[1] - 1)] == 0)
