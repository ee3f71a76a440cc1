"""Notes for the user about what was accepted but deserves attention."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, Final

from ..errors import ConfigError
from .area_notes import area_notes
from .generations.elsewhere import EVERYWHERE, IN_FILE
from .keys import declared_keys
from .label_files import BUNDLED, read_labels
from .model import CameraConfig, Config, DetectorType, InputConfig, ObjectsConfig, Role
from .problems import nearest
from .report import Note, NoteKind

type Section = Mapping[str, Any]

_STREAM_ROLES: Final = (Role.CLIPS, Role.RECORD)
_VARIABLE: Final = re.compile(r"\{FRIGATE_[A-Za-z0-9_]*\}")  # those that are replaced are gone by now
_NO_TEXTS: Final = {"environment_vars", "go2rtc", "genai", "onvif"} | {
    key for key in (*IN_FILE, *EVERYWHERE) if "." not in key
}
_LATER: Final = "read as in Frigate 0.8.4, "
_LATER_MASKS: Final = {
    "motion": f"motion.mask: {_LATER}for motion only; a camera's mask is for motion and objects",
    "objects": f"objects.mask: {_LATER}for objects only; a camera's mask is for motion and objects",
}
_RETAINING: Final = (
    *("clips.retain", "save_clips.retain", "snapshots.retain", "record.retain"),
    *("record.events.retain", "events.retain"),
)
_LATER_SNAPSHOTS: Final = ("enabled", "timestamp", "bounding_box", "crop")


def notes(written: Section, config: Config, *, is_today: bool = False) -> Iterator[Note]:
    """Return the notes about a configuration; written is the file, nothing moved.

    is_today: it was written for Frigate 0.9 or later, whose forms are translated.
    """
    cameras = [(f"cameras.{name}.", written["cameras"][name], camera) for name, camera in config.cameras.items()]
    labels = _labels_of_the_model(config)
    yield from _of(NoteKind.ELSEWHERE, "", _levels(written))
    if not is_today:
        yield from _of(NoteKind.TRANSLATED, "", _mask_notes(written))
    yield from _of(NoteKind.ATTENTION, "", _global_notes(written, config, labels))
    for place, section, camera in cameras:
        if not is_today:
            yield from _of(NoteKind.TRANSLATED, place, (*_mask_notes(section), *_later_notes(section)))
            yield from _of(NoteKind.ATTENTION, place, _role_notes(section, camera))
        yield from _of(NoteKind.ATTENTION, place, _camera_notes(section, camera, labels))
        yield from _of(NoteKind.ATTENTION, place, _retain_notes(section, config, labels))
        yield from area_notes(camera, camera.drawn_for)
    yield from _of(NoteKind.ATTENTION, "", _colliding_names(config))


def _of(kind: NoteKind, place: str, found: Iterable[str]) -> Iterator[Note]:
    """Yield notes of one kind from sentences that begin with their paths."""
    for sentence in found:
        path, _, text = sentence.partition(": ")
        yield Note(kind, f"{place}{path}", text)


def _levels(written: Section) -> Iterator[str]:
    for name, declared in declared_keys(Config).items():
        if declared.key.no_effect and written.get(name) is not None:
            yield f"{name}: has no effect; {declared.key.no_effect}"


def _global_notes(written: Section, config: Config, labels: Collection[str]) -> Iterator[str]:
    objects = _section(written, "objects")
    tracked = objects.get("track") or ObjectsConfig().track
    if isinstance(tracked, list | tuple):
        yield from _untracked("objects.filters", _section(objects, "filters"), tracked)
    yield from _unknown_labels(objects, labels)
    yield from _retain_notes(written, config, labels)
    yield from _detector_notes(config)
    if config.mqtt is not None and config.mqtt.password is not None and config.mqtt.user is None:
        yield "mqtt.password: not used, because there is no mqtt.user"
    if config.mqtt is not None and config.mqtt.user is not None and config.mqtt.password is None:
        yield "mqtt.password: missing beside mqtt.user; put a password that begins with #, & or * in quotes"
    yield from _unreplaced(written)


def _unreplaced(tree: object, path: tuple[str | int, ...] = ()) -> Iterator[str]:
    """Name texts with variables at places where none are replaced."""
    if isinstance(tree, Mapping):
        for key, value in tree.items():
            if key not in _NO_TEXTS:
                yield from _unreplaced(value, (*path, str(key)))
    elif isinstance(tree, list | tuple):
        for index, value in enumerate(tree):
            yield from _unreplaced(value, (*path, index))
    elif isinstance(tree, str) and (found := _VARIABLE.search(tree)):
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
        yield f"{steps.removeprefix('.')}: {found[0]} is not replaced here; write its value"


def _camera_notes(written: Section, camera: CameraConfig, labels: Collection[str]) -> Iterator[str]:
    yield from _unknown_labels(_section(written, "objects"), labels)
    yield from _vsync_notes(camera)
    if camera.detect.enabled and not camera.motion.enabled:
        yield "motion.enabled: off while objects are detected, so the whole frame is searched in turn, at a higher cost"
    yield from _label_notes(written, camera)


def _section(written: Section, name: str) -> Section:
    section = written.get(name)
    return {key: value for key, value in section.items() if value is not None} if isinstance(section, Mapping) else {}


def _detector_notes(config: Config) -> Iterator[str]:
    if config.model.path is not None:
        return
    for detector in config.detectors:
        if detector.type is DetectorType.EDGETPU:
            yield (
                f"detectors.{detector.name}: the bundled model is not compiled for the Coral, so the CPU runs it; "
                "give model.path an edgetpu-compiled model"
            )


def _mask_notes(written: Section) -> Iterator[str]:
    for name, note in _LATER_MASKS.items():
        if "mask" in _section(written, name):
            yield note
    for label, entry in _section(_section(written, "objects"), "filters").items():
        if entry.get("mask") is not None:
            yield f"objects.filters.{label}.mask: {_LATER}for objects with this label only"


def _later_notes(written: Section) -> Iterator[str]:
    for key in _LATER_SNAPSHOTS:
        if key in _section(written, "snapshots"):
            yield f"snapshots.{key}: {_LATER}about the pictures of events on disk"
    if written.get("mqtt") is not None:
        yield f"mqtt: {_LATER}about the pictures published; Frigate 0.8 has them under snapshots"


def _role_notes(written: Section, camera: CameraConfig) -> Iterator[str]:
    is_rtmp_given = _section(written, "rtmp").get("enabled", False)  # on by default: only a written key gets a note
    features = (
        (Role.CLIPS, "save_clips.enabled", camera.save_clips.enabled, camera.save_clips.enabled),
        (Role.RECORD, "record.enabled", camera.record.enabled, camera.record.enabled),
        (Role.RTMP, "rtmp.enabled", camera.rtmp.enabled, is_rtmp_given),
    )
    for role, key, is_enabled, is_requested in features:
        has_role = camera.input_for(role) is not None
        if is_requested and not has_role:
            yield f"{key}: has no effect, because no input has the role {role}"
        if has_role and not is_enabled:
            yield f"ffmpeg.inputs: the role {role} has no effect, because {key} is false"


def _vsync_notes(camera: CameraConfig) -> Iterator[str]:
    for index, source in enumerate(camera.inputs):
        roles = [str(role) for role in _STREAM_ROLES if role in source.roles]
        if roles and _drops_timestamps(source):
            yield f"ffmpeg.inputs[{index}]: '-vsync drop' cannot be used with {' and '.join(roles)}; remove it"


def _drops_timestamps(source: InputConfig) -> bool:
    given = (*source.global_args, *source.hwaccel_args, *source.input_args)
    return ("-vsync", "drop") in pairwise(given)


def _label_notes(written: Section, camera: CameraConfig) -> Iterator[str]:
    tracked = camera.objects.track
    yield from _untracked("objects.filters", _section(_section(written, "objects"), "filters"), tracked)
    if written.get("save_clips") or written.get("clips"):
        yield from _untracked("save_clips.objects", camera.save_clips.objects or (), tracked)
    for name, zone in camera.zones.items():
        yield from _untracked(f"zones.{name}.filters", zone.filters, tracked)
        yield from _untracked(f"zones.{name}.objects", zone.objects, tracked)


def _untracked(path: str, labels: Iterable[str], tracked: Iterable[str]) -> Iterator[str]:
    yield from (f"{path}: '{label}' is not among the tracked objects" for label in labels if label not in tracked)


def _labels_of_the_model(config: Config) -> frozenset[str]:
    """Return the labels that can be detected; none if they cannot be read, which is reported when the model is."""
    try:
        return frozenset((read_labels(config.model.labelmap_path or BUNDLED) | dict(config.model.labelmap)).values())
    except ConfigError:
        return frozenset()


def _unknown_labels(objects: Section, known: Collection[str]) -> Iterator[str]:
    tracked = objects.get("track")
    labels = [label for label in tracked if isinstance(label, str)] if isinstance(tracked, list | tuple) else []
    unknown = [f"'{label}'" for label in labels if label not in known]
    if known and unknown:
        yield f"objects.track: the model does not know {', '.join(unknown)}"


def _retain_notes(written: Section, config: Config, known: Collection[str]) -> Iterator[str]:
    """Yield labels with days of their own that nothing is ever called."""
    tracked = {label for camera in config.cameras.values() for label in camera.objects.track}
    for name in _RETAINING:
        section = written
        for step in name.split("."):
            section = _section(section, step)
        for label in _section(section, "objects") if known else ():
            if label not in known and label not in tracked:
                meant = nearest(str(label), sorted(tracked), sorted(known))
                yield f"{name}.objects: nothing is called '{label}'; {meant}"


def _colliding_names(config: Config) -> Iterator[str]:
    """Yield cameras and zones whose names differ, but not in entity IDs."""
    zones = {zone for camera in config.cameras.values() for zone in camera.zones}
    places = [(f"cameras.{name}", name) for name in config.cameras]
    places += [
        (f"cameras.{name}.zones.{zone}", zone)
        for zone in sorted(zones)
        for name in [next(name for name, camera in config.cameras.items() if zone in camera.zones)]
    ]
    first: dict[str, tuple[str, str]] = {}
    for place, name in places:
        before, others = first.setdefault(_entity_word(name), (place, name))
        if place != before:
            yield f"{place}: has the same entity IDs as '{others}' ({before}), but for a number; rename one of them"


def _entity_word(name: str) -> str:
    """Return what entity IDs have of a name."""
    return re.sub("[^a-z0-9]+", "_", name.lower()).strip("_")
