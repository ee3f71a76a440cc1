"""The sections that are both global and a camera's."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from .masks import Mask, read_mask
from .model import ObjectFilter
from .problems import Problem
from .raw import (
    RawClips,
    RawCommonSnapshots,
    RawDetect,
    RawFfmpeg,
    RawFilter,
    RawMotion,
    RawObjects,
    RawOutputs,
    RawRecord,
    RawRetain,
    RawZoneFilter,
)
from .sections import Named, Section
from .validators import Validator, arguments, cache_size, flag, items, label, number, one_or_items, text, whole

type MaskValidator = Validator[tuple[Mask, ...]]

_DEFAULTS: Final = ObjectFilter()

LABELS: Final = items(label, example="[person, car]")
SCORE: Final = number(0, 1)

RETAIN: Final = Section[RawRetain]({"default": whole(), "objects": Named(whole(), name=label)})
CLIPS: Final = Section[RawClips]({"max_seconds": whole(1), "tmpfs_cache_size": cache_size, "retain": RETAIN})
COMMON_SNAPSHOTS: Final = Section[RawCommonSnapshots]({"retain": RETAIN})
RECORD: Final = Section[RawRecord]({"enabled": flag, "retain_days": whole()})
DETECT: Final = Section[RawDetect]({"enabled": flag, "max_disappeared": whole()})

ARGUMENT_KEYS: Final = {"global_args": arguments, "hwaccel_args": arguments, "input_args": arguments}
OUTPUTS: Final = Section[RawOutputs]({"detect": arguments, "record": arguments, "clips": arguments, "rtmp": arguments})
FFMPEG: Final = Section[RawFfmpeg]({**ARGUMENT_KEYS, "output_args": OUTPUTS})


def read_masks(value: object, directory: Path) -> tuple[Mask, ...]:
    """Return masks: one, or a list of them."""
    return one_or_items(lambda entry: read_mask(text(entry), directory))(value)


def least_below_most(area_filter: RawFilter | RawZoneFilter) -> Iterator[Problem]:
    """Complain when no area can pass."""
    least = area_filter.get("min_area", _DEFAULTS.min_area)
    most = area_filter.get("max_area", _DEFAULTS.max_area)
    if least > most:
        yield Problem(f"{least} is more than max_area, {most}", "min_area below max_area", "min_area")


def motion_section(mask: MaskValidator) -> Section[RawMotion]:
    """Return the `motion` section."""
    return Section[RawMotion](
        {
            "threshold": number(1, 255),
            "contour_area": whole(),
            "delta_alpha": number(0, 1),
            "frame_alpha": number(0, 1),
            "frame_height": whole(1),
            "mask": mask,
        }
    )


def objects_section(mask: MaskValidator) -> Section[RawObjects]:
    """Return the `objects` section."""
    label_filter = Section[RawFilter](
        {"min_area": whole(), "max_area": whole(), "min_score": SCORE, "threshold": SCORE, "mask": mask},
        checks={("min_area", "max_area"): least_below_most},
    )
    return Section[RawObjects]({"track": LABELS, "filters": Named(label_filter, name=label), "mask": mask})
