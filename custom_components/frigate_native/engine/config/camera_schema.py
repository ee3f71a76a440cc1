"""The schema of one camera."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from .model import Role
from .problems import Problem
from .raw import (
    RawCamera,
    RawCameraClips,
    RawCameraFfmpeg,
    RawConfig,
    RawInput,
    RawMotion,
    RawObjects,
    RawPublished,
    RawRtmp,
    RawSnapshots,
    RawZone,
    RawZoneFilter,
)
from .section_schema import (
    ARGUMENT_KEYS,
    DETECT,
    LABELS,
    OUTPUTS,
    RECORD,
    RETAIN,
    SCORE,
    MaskValidator,
    least_below_most,
)
from .sections import Named, Section
from .validators import choice, flag, items, label, polygon, safe_name, text, whole


def camera_section(mask: MaskValidator, motion: Section[RawMotion], objects: Section[RawObjects]) -> Section[RawCamera]:
    """Return the section of one camera."""
    return Section[RawCamera](
        {
            "ffmpeg": _FFMPEG,
            "width": whole(1),
            "height": whole(1),
            "fps": whole(1),
            "mask": mask,
            "best_image_timeout": whole(),
            "zones": Named(_ZONE, name=safe_name),
            "save_clips": _CLIPS,
            "clips": _CLIPS,
            "record": RECORD,
            "rtmp": _RTMP,
            "snapshots": _SNAPSHOTS,
            "mqtt": _PUBLISHED,
            "objects": objects,
            "motion": motion,
            "detect": DETECT,
        },
        required=["ffmpeg"],
        checks={
            ("width", "height"): _whole_size,
            ("save_clips", "clips"): clips_once,
            ("zones", "save_clips"): _clips_zones,
            ("zones", "clips"): _old_clips_zones,
            ("zones", "snapshots"): _snapshots_zones,
            ("zones", "mqtt"): _published_zones,
        },
    )


def _whole_size(camera: RawCamera) -> Iterator[Problem]:
    if ("width" in camera) != ("height" in camera):
        missing = "height" if "width" in camera else "width"
        yield Problem("missing", "give both width and height, or neither (taken from the stream)", missing)


def clips_once(section: RawCamera | RawConfig) -> Iterator[Problem]:
    """Complain when clips are configured under both of their names."""
    if "clips" in section and "save_clips" in section:
        yield Problem("save_clips is given as well, under its older name", "keep one of the two", "clips")


def _clips_zones(camera: RawCamera) -> Iterator[Problem]:
    yield from _unknown_zones(camera, "save_clips", camera.get("save_clips", {}).get("required_zones", ()))


def _old_clips_zones(camera: RawCamera) -> Iterator[Problem]:
    yield from _unknown_zones(camera, "clips", camera.get("clips", {}).get("required_zones", ()))


def _snapshots_zones(camera: RawCamera) -> Iterator[Problem]:
    yield from _unknown_zones(camera, "snapshots", camera.get("snapshots", {}).get("required_zones", ()))


def _published_zones(camera: RawCamera) -> Iterator[Problem]:
    yield from _unknown_zones(camera, "mqtt", camera.get("mqtt", {}).get("required_zones", ()))


def _unknown_zones(camera: RawCamera, section: str, names: Sequence[str]) -> Iterator[Problem]:
    zones = camera.get("zones", {})
    for index, name in enumerate(names):
        if name not in zones:
            known = ", ".join(zones) or "none"
            yield Problem(f"no zone '{name}' in this camera", f"its zones: {known}", section, "required_zones", index)


def _check_roles(ffmpeg: RawCameraFfmpeg) -> Iterator[Problem]:
    roles = list(chain.from_iterable(entry["roles"] for entry in ffmpeg["inputs"]))
    for role in Role:
        if roles.count(role) > 1:
            yield Problem(f"the role {role} is given {roles.count(role)} times", "each role once per camera", "inputs")
    if Role.DETECT not in roles:
        yield Problem("no input has the role detect", "one input with detect among its roles", "inputs")


_INPUT: Final = Section[RawInput](
    {"path": text, "roles": items(choice(Role), example="[detect, rtmp]", least=1), **ARGUMENT_KEYS},
    required=["path", "roles"],
)
_FFMPEG: Final = Section[RawCameraFfmpeg](
    {
        "inputs": items(_INPUT, example="- path: … and roles: [detect]", least=1),
        **ARGUMENT_KEYS,
        "output_args": OUTPUTS,
    },
    required=["inputs"],
    checks={("inputs",): _check_roles},
)
_ZONE_FILTER: Final = Section[RawZoneFilter](
    {"min_area": whole(), "max_area": whole(), "threshold": SCORE}, checks={("min_area", "max_area"): least_below_most}
)
_ZONE: Final = Section[RawZone](
    {"coordinates": polygon, "filters": Named(_ZONE_FILTER, name=label)}, required=["coordinates"]
)
_ZONE_NAMES: Final = items(text, example="[front_steps]")
_CLIPS: Final = Section[RawCameraClips](
    {
        "enabled": flag,
        "pre_capture": whole(),
        "post_capture": whole(),
        "objects": LABELS,
        "required_zones": _ZONE_NAMES,
        "retain": RETAIN,
    }
)
_RTMP: Final = Section[RawRtmp]({"enabled": flag})
_HEIGHT: Final = whole(1)
_SNAPSHOTS: Final = Section[RawSnapshots](
    {
        "show_timestamp": flag,
        "draw_zones": flag,
        "draw_bounding_boxes": flag,
        "crop_to_region": flag,
        "height": _HEIGHT,
        "enabled": flag,
        "timestamp": flag,
        "bounding_box": flag,
        "crop": flag,
        "required_zones": _ZONE_NAMES,
        "retain": RETAIN,
    }
)
_PUBLISHED: Final = Section[RawPublished](
    {
        "enabled": flag,
        "timestamp": flag,
        "bounding_box": flag,
        "crop": flag,
        "height": _HEIGHT,
        "required_zones": _ZONE_NAMES,
    }
)
