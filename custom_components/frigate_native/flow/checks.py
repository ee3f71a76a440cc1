"""Tries what was entered in a form before a flow accepts it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from homeassistant.const import CONF_ENTITY_ID, CONF_NAME, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.util import slugify

from ..configuration import entry_config
from ..configuration.entity_source import async_lasting_id, async_stream_source
from ..const import (
    CONF_CODEC,
    CONF_DETECTOR_TYPE,
    CONF_FILTERS,
    CONF_LABEL,
    CONF_MAIN_ENTITY_ID,
    CONF_MAIN_URL,
    CONF_OBJECTS,
    CONF_ZONES,
    SECTION_ADVANCED,
    SECTION_AREAS,
    SECTION_DETECTOR,
    SECTION_EVENTS,
    SECTION_FILTERS,
    SECTION_MQTT,
    SECTION_RECORDING,
)
from ..engine.capture import StreamInfo, probe
from ..engine.config.model import Config, Role
from ..engine.errors import ConfigError, ConfigErrors, SourceError
from ..engine.nvr import Nvr
from ..runtime.ffmpeg_program import ffmpeg_program


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What came of a trial: errors by field as a form shows them, words for its texts, and data to keep."""

    errors: dict[str, str] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    title: str = ""

    @property
    def is_good(self) -> bool:
        """Tell whether nothing was wrong."""
        return not self.errors


_CODECS = {
    "h264": "H.264",
    "hevc": "H.265",
    "mjpeg": "Motion JPEG",
    "mpeg4": "MPEG-4",
}  # as manuals have them
NO_WORDS = {"problems": "", "error": ""}
_STREAMS = {
    CONF_URL: Role.DETECT,
    CONF_ENTITY_ID: Role.DETECT,
    CONF_MAIN_URL: Role.CLIPS,
    CONF_MAIN_ENTITY_ID: Role.CLIPS,
}
_ENTITIES = {CONF_ENTITY_ID, CONF_MAIN_ENTITY_ID}
UNTRIED = Check(words=NO_WORDS)
CAMERA_SECTIONS = (SECTION_EVENTS, SECTION_RECORDING, SECTION_AREAS, SECTION_FILTERS, SECTION_ADVANCED)


async def async_check_file(hass: HomeAssistant, path: str) -> Check:
    """Try a configuration file as a whole, its model and kinds of detectors included."""
    directory = Path(hass.config.config_dir)
    return await _async_check_config(hass, lambda: entry_config.load_file(path, directory))


async def async_check_options(
    hass: HomeAssistant, cameras: Collection[Mapping[str, Any]], options: Mapping[str, Any]
) -> Check:
    """Try options together with the cameras that are there."""
    directory = Path(hass.config.config_dir)
    kind = options.get(SECTION_DETECTOR, {}).get(CONF_DETECTOR_TYPE)
    if kind == "openvino" and not await hass.async_add_executor_job(find_spec, "openvino"):
        return Check(errors={"base": "no_openvino"}, words=NO_WORDS)

    def load() -> Config:
        if SECTION_MQTT in options:
            entry_config.check_topic_prefix(options, directory)
        return entry_config.from_forms(cameras, options, directory)

    return await _async_check_config(hass, load)


async def async_check_file_options(hass: HomeAssistant, options: Mapping[str, Any]) -> Check:
    """Try options that go with a configuration file."""
    try:
        entry_config.check_topic_prefix(options, Path(hass.config.config_dir))
    except ConfigErrors as err:
        return _refused(describe(err.errors))
    return Check(words=NO_WORDS)


async def async_check_camera(
    hass: HomeAssistant, form: Mapping[str, Any], others: Collection[Mapping[str, Any]]
) -> Check:
    """Try a camera: its name, what was entered, with the data of the others, and then its streams, for seconds."""
    if not form[CONF_OBJECTS]:
        return Check(errors={CONF_OBJECTS: "no_objects"}, words=NO_WORDS)
    data = _camera_data(form)
    if errors := _source_errors(data):
        return Check(errors=errors, words=NO_WORDS)
    for key in _ENTITIES & data.keys():
        data[key] = async_lasting_id(hass, data[key])
    if data[CONF_NAME] in (other[CONF_NAME] for other in others):
        return Check(errors={CONF_NAME: "name_taken"}, words=NO_WORDS)
    if problem := _name_problem(data, others):
        return Check(errors={"base": problem}, words=NO_WORDS)
    directory = Path(hass.config.config_dir)
    check = await _async_check_config(hass, lambda: entry_config.from_forms([data], {}, directory), is_strict=True)
    return await async_check_streams(hass, data, form[CONF_NAME].strip()) if check.is_good else check


async def async_check_streams(hass: HomeAssistant, data: Mapping[str, Any], title: str) -> Check:
    """Try the streams of a camera's data, one after the other: some cameras refuse two at once."""
    found: dict[Role, StreamInfo] = {}
    for key, role in _STREAMS.items():
        if key in data:
            try:
                found[role] = await _async_probe(hass, data, role, data[key] if key in _ENTITIES else None)
            except SourceError as err:
                return Check(errors={key: f"source_{err.problem}"}, words=NO_WORDS | {"error": str(err)})
    looked_at = found[Role.DETECT]
    words = {"camera": title} | _words(looked_at) | _words(found.get(Role.CLIPS, looked_at), "main_")
    return Check(data=dict(data) | {CONF_CODEC: looked_at.codec}, words=words, title=title)


def describe(errors: Iterable[ConfigError]) -> str:
    """Return errors as a list in Markdown: place, what was found, what would be right."""
    return "\n".join(f"- `{error.path}`: {error.problem}; {error.mend}" for error in errors)


async def _async_check_config(hass: HomeAssistant, load: Callable[[], Config], *, is_strict: bool = False) -> Check:
    """Build a whole system from a configuration, and start nothing of it; strictly, all objects must be known."""
    try:
        nvr = await hass.async_add_executor_job(lambda: Nvr(load()))
        errors = nvr.unknown_objects() if is_strict else []
    except ConfigErrors as err:
        errors = list(err.errors)
    except ConfigError as err:
        errors = [err]
    return _refused(describe(errors)) if errors else Check(words=NO_WORDS)


def _refused(problems: str) -> Check:
    return Check(errors={"base": "config_invalid"}, words=NO_WORDS | {"problems": problems})


def _camera_data(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return a camera's form as a subentry keeps it: flat, without what was left empty, named as the engine likes."""
    flat = {key: value for key, value in form.items() if key not in CAMERA_SECTIONS}
    for name in CAMERA_SECTIONS:
        flat |= form[name]
    kept: dict[str, Any] = {key: value.strip() if isinstance(value, str) else value for key, value in flat.items()}
    kept[CONF_NAME] = slugify(kept[CONF_NAME])
    if zones := kept.get(CONF_ZONES):
        kept[CONF_ZONES] = [zone | {CONF_NAME: slugify(zone[CONF_NAME])} for zone in zones]
    if filters := kept.get(CONF_FILTERS):
        kept[CONF_FILTERS] = [_whole_areas(entry) for entry in filters]
    return {key: value for key, value in kept.items() if value not in ("", [])}


def _name_problem(data: Mapping[str, Any], others: Collection[Mapping[str, Any]]) -> str | None:
    """Tell what is wrong with the names of zones and filters, which topics and files are called by."""
    zones = _zone_names(data)
    cameras = {camera[CONF_NAME] for camera in (data, *others)}
    if not cameras.isdisjoint(zones) or data[CONF_NAME] in (zone for other in others for zone in _zone_names(other)):
        return "zone_named_as_camera"
    labels = [entry[CONF_LABEL] for entry in data.get(CONF_FILTERS, ())]
    if len(set(zones)) < len(zones) or len(set(labels)) < len(labels):
        return "named_twice"
    return None


def _zone_names(data: Mapping[str, Any]) -> list[str]:
    return [zone[CONF_NAME] for zone in data.get(CONF_ZONES, ())]


def _whole_areas(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return a filter with whole areas: a page's numbers may be fractions."""
    return {key: int(value) if key.endswith("_area") else value for key, value in entry.items() if value is not None}


def _source_errors(data: Mapping[str, Any]) -> dict[str, str]:
    """Tell what is wrong with where the streams are to come from: each is an address or an entity."""
    if CONF_URL not in data and CONF_ENTITY_ID not in data:
        return {CONF_URL: "no_source"}
    for url_key, entity_key in ((CONF_URL, CONF_ENTITY_ID), (CONF_MAIN_URL, CONF_MAIN_ENTITY_ID)):
        if url_key in data and entity_key in data:
            return {entity_key: "two_sources"}
    return {}


async def _async_probe(hass: HomeAssistant, data: Mapping[str, Any], role: Role, entity: str | None) -> StreamInfo:
    directory, program = Path(hass.config.config_dir), ffmpeg_program(hass)
    url = await async_stream_source(hass, entity) if entity else None
    return await hass.async_add_executor_job(_probe, data, role, url, directory, program)


def _probe(data: Mapping[str, Any], role: Role, url: str | None, directory: Path, ffmpeg: str) -> StreamInfo:
    camera = entry_config.from_forms([data], {}, directory).cameras[data[CONF_NAME]]
    source = camera.input_for(role)
    assert source is not None
    return probe(
        url or source.path,
        global_args=source.global_args,
        hwaccel_args=source.hwaccel_args,
        input_args=source.input_args,
        program=ffmpeg,
    )


def _words(found: StreamInfo, prefix: str = "") -> dict[str, str]:
    return {
        f"{prefix}codec": _CODECS.get(found.codec, found.codec.upper()),
        f"{prefix}width": str(found.size.width),
        f"{prefix}height": str(found.size.height),
        f"{prefix}fps": f"{found.fps:g}" if found.fps else "?",
    }
