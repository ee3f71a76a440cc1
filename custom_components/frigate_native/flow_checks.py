"""Tries what was entered in a form before a flow accepts it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from homeassistant.const import CONF_NAME, CONF_URL
from homeassistant.core import HomeAssistant
from homeassistant.util import slugify

from . import entry_config
from .const import CONF_CODEC, CONF_OBJECTS, SECTION_ADVANCED, SECTION_MQTT, SECTION_RECORDING
from .engine.capture import StreamInfo, probe
from .engine.config.model import Config, Role
from .engine.errors import ConfigError, ConfigErrors, DetectorError, SourceError
from .engine.nvr import Nvr
from .ffmpeg import ffmpeg_program


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


NO_WORDS = {"problems": "", "error": ""}
_CAMERA_SECTIONS = (SECTION_RECORDING, SECTION_ADVANCED)


async def async_check_file(hass: HomeAssistant, path: str) -> Check:
    """Try a configuration file as a whole, its model and kinds of detectors included."""
    directory = Path(hass.config.config_dir)
    return await _async_check_config(hass, lambda: entry_config.load_file(path, directory))


async def async_check_options(
    hass: HomeAssistant, cameras: Collection[Mapping[str, Any]], options: Mapping[str, Any]
) -> Check:
    """Try options together with the cameras that are there."""
    directory = Path(hass.config.config_dir)

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


async def async_check_camera(hass: HomeAssistant, form: Mapping[str, Any], taken: Collection[str]) -> Check:
    """Try a camera: its name, what was entered, and then its stream, which takes seconds."""
    data = _camera_data(form)
    if not data[CONF_OBJECTS]:
        return Check(errors={CONF_OBJECTS: "no_objects"}, words=NO_WORDS)
    if data[CONF_NAME] in taken:
        return Check(errors={CONF_NAME: "name_taken"}, words=NO_WORDS)
    check = await async_check_options(hass, [data], {})
    if not check.is_good:
        return check
    try:
        found = await hass.async_add_executor_job(_probe, data, Path(hass.config.config_dir), ffmpeg_program(hass))
    except SourceError as err:
        return Check(errors={CONF_URL: f"source_{err.problem}"}, words=NO_WORDS | {"error": str(err)})
    title = form[CONF_NAME].strip()
    return Check(data=data | {CONF_CODEC: found.codec}, words=_words(title, found), title=title)


def describe(errors: Iterable[ConfigError]) -> str:
    """Return errors as a list in Markdown: place, what was found, what would be right."""
    return "\n".join(f"- `{error.path}`: {error.problem}; {error.mend}" for error in errors)


async def _async_check_config(hass: HomeAssistant, load: Callable[[], Config]) -> Check:
    """Build a whole system from a configuration, and start nothing of it."""
    try:
        await hass.async_add_executor_job(lambda: Nvr(load()))
    except ConfigErrors as err:
        problems = describe(err.errors)
    except ConfigError as err:
        problems = describe([err])
    except DetectorError as err:
        problems = f"- {err}"
    else:
        return Check(words=NO_WORDS)
    return _refused(problems)


def _refused(problems: str) -> Check:
    return Check(errors={"base": "config_invalid"}, words=NO_WORDS | {"problems": problems})


def _camera_data(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return a camera's form as a subentry keeps it: flat, without what was left empty, named as the engine likes."""
    flat = {key: value for key, value in form.items() if key not in _CAMERA_SECTIONS}
    for name in _CAMERA_SECTIONS:
        flat |= form[name]
    kept = {key: value.strip() if isinstance(value, str) else value for key, value in flat.items()}
    kept[CONF_NAME] = slugify(kept[CONF_NAME])
    return {key: value for key, value in kept.items() if value != ""}


def _probe(data: Mapping[str, Any], directory: Path, ffmpeg: str) -> StreamInfo:
    camera = entry_config.from_forms([data], {}, directory).cameras[data[CONF_NAME]]
    source = camera.input_for(Role.DETECT)
    assert source is not None
    return probe(
        source.path,
        global_args=source.global_args,
        hwaccel_args=source.hwaccel_args,
        input_args=source.input_args,
        program=ffmpeg,
    )


def _words(title: str, found: StreamInfo) -> dict[str, str]:
    return {
        "camera": title,
        "codec": found.codec.upper(),
        "width": str(found.size.width),
        "height": str(found.size.height),
        "fps": f"{found.fps:g}" if found.fps else "?",
    }
