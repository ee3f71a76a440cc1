"""Tries settings before they are accepted: builds a whole system from them, and opens a camera's streams."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from homeassistant.const import CONF_ENTITY_ID, CONF_NAME, CONF_PASSWORD, CONF_URL, CONF_USERNAME
from homeassistant.core import HomeAssistant

from ..const import (
    CONF_CODEC,
    CONF_DETECTOR_TYPE,
    CONF_MAIN_ENTITY_ID,
    CONF_MAIN_URL,
)
from ..engine.capture import StreamInfo, probe
from ..engine.config import forms
from ..engine.config.addresses import may_hide_password
from ..engine.config.model import Config, Role
from ..engine.config.report import Report
from ..engine.errors import ConfigError, ConfigErrors, SourceError, SourceProblem
from ..engine.nvr import Nvr
from ..engine.redact import redact_address
from ..runtime.ffmpeg_program import ffmpeg_program
from . import entry_config
from .addresses import complete_address, stream_of_page, unencrypted
from .camera_settings import Settings, errors_of, normalise
from .entity_source import async_lasting_id, async_stream_source
from .form_errors import FormErrors, camera_errors, options_errors
from .web_pages import async_is_web_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """The result of a trial.

    errors are translation keys by field. mistakes says what is wrong at a field or section, problems what is wrong in
    the configuration and belongs to none, source_error is what a stream's source says, report what a configuration file
    says that is read differently here. settings are those to store,
    streams what the camera sends.
    """

    errors: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[ConfigError, ...] = ()
    source_error: str = ""
    suggestion: str = ""
    report: Report = field(default_factory=Report)
    settings: Settings = field(default_factory=dict)
    title: str = ""
    streams: Mapping[Role, StreamInfo] = field(default_factory=dict)

    @property
    def is_good(self) -> bool:
        """Tell whether nothing was wrong."""
        return not self.errors


NOT_CHECKED: Final = Check()
_STREAMS: Final = {
    CONF_URL: Role.DETECT,
    CONF_ENTITY_ID: Role.DETECT,
    CONF_MAIN_URL: Role.CLIPS,
    CONF_MAIN_ENTITY_ID: Role.CLIPS,
}
_OF_ADDRESSES: Final = frozenset(SourceProblem) - {  # problems that another address may mend
    *(SourceProblem.AUTH, SourceProblem.CODEC, SourceProblem.CONFIG, SourceProblem.ENTITY)
}
_ENTITIES: Final = {CONF_ENTITY_ID, CONF_MAIN_ENTITY_ID}


async def async_check_file(hass: HomeAssistant, path: str) -> Check:
    """Try a configuration file as a whole, its model and kinds of detectors included."""
    directory = Path(hass.config.config_dir)
    try:
        nvr = await hass.async_add_executor_job(lambda: Nvr(entry_config.load_file(path, directory)))
    except ConfigErrors as err:
        return _refused(FormErrors(rest=err.errors))
    except ConfigError as err:
        return _refused(FormErrors(rest=(err,)))
    return Check(report=nvr.config.report)


async def async_check_options(hass: HomeAssistant, cameras: Collection[Settings], options: Mapping[str, Any]) -> Check:
    """Try options together with the existing cameras."""
    directory = Path(hass.config.config_dir)
    kind = options.get(forms.DETECTOR, {}).get(CONF_DETECTOR_TYPE)
    if kind == "openvino" and not await hass.async_add_executor_job(find_spec, "openvino"):
        return Check(errors={forms.DETECTOR: "no_openvino"})

    def load() -> Config:
        if forms.MQTT in options:
            entry_config.check_topic_prefix(options, directory)
        return entry_config.from_forms(cameras, options, directory)

    return _refused(options_errors(await _async_problems(hass, load)))


async def async_check_file_options(hass: HomeAssistant, options: Mapping[str, Any]) -> Check:
    """Try options of an entry that uses a configuration file."""
    try:
        await hass.async_add_executor_job(entry_config.check_topic_prefix, options, Path(hass.config.config_dir))
    except ConfigErrors as err:
        return _refused(options_errors(err.errors))
    return Check()


async def async_check_camera(hass: HomeAssistant, entered: Settings, others: Collection[Settings]) -> Check:
    """Try a camera: what was entered, with the settings of the others, and then its streams, for seconds."""
    check = await async_check_settings(hass, entered, others)
    return await async_check_streams(hass, check.settings, check.title) if check.is_good else check


async def async_check_settings(hass: HomeAssistant, entered: Settings, others: Collection[Settings]) -> Check:
    """Try what was entered for a camera, with the settings of the others, without opening its streams."""
    settings = normalise(entered)
    incomplete = await hass.async_add_executor_job(_incomplete_addresses, settings)
    if errors := dict.fromkeys(incomplete, "incomplete_address") | errors_of(settings, others):
        return Check(errors=errors, suggestion=" ".join(incomplete.values()))
    for key in _ENTITIES & settings.keys():
        settings[key] = async_lasting_id(hass, settings[key])
    directory = Path(hass.config.config_dir)
    problems = await _async_problems(hass, lambda: entry_config.from_forms([settings], {}, directory), is_strict=True)
    if problems:
        return _refused(camera_errors(problems, entered))
    return Check(settings=settings, title=entered[CONF_NAME].strip())


async def async_check_streams(hass: HomeAssistant, settings: Settings, title: str) -> Check:
    """Try the streams of a camera, one after the other: some cameras refuse two at once."""
    found: dict[Role, StreamInfo] = {}
    for key, role in _STREAMS.items():
        if key in settings:
            try:
                found[role] = await _async_probe(hass, settings, role, settings[key] if key in _ENTITIES else None)
            except SourceError as err:
                return await _async_source_check(hass, settings, key, err)
    return Check(settings={**settings, CONF_CODEC: found[Role.DETECT].codec}, title=title, streams=found)


async def _async_problems(
    hass: HomeAssistant, load: Callable[[], Config], *, is_strict: bool = False
) -> tuple[ConfigError, ...]:
    """Build a whole system from a configuration, and start nothing of it; strictly, all objects must be known."""
    try:
        nvr = await hass.async_add_executor_job(lambda: Nvr(load()))
    except ConfigErrors as err:
        return err.errors
    except ConfigError as err:
        return (err,)
    return tuple(nvr.unknown_objects()) if is_strict else ()


def _refused(found: FormErrors) -> Check:
    errors = {name: f"invalid_{name}" for name in found.by_field}
    if found.rest:
        errors["base"] = "config_invalid"
    return Check(errors=errors, mistakes=found.by_field, problems=found.rest)


async def _async_source_check(hass: HomeAssistant, settings: Settings, key: str, err: SourceError) -> Check:
    """Return an error at the field that mends it: a login at its own fields, unless the address contains it."""
    error, suggestion = f"source_{err.problem}", ""
    address = "" if key in _ENTITIES else settings[key]
    if err.problem is SourceProblem.AUTH and address and settings.get(CONF_USERNAME):
        key = CONF_PASSWORD
    elif err.problem is SourceProblem.AUTH and address and "@" not in address.partition("://")[2].partition("/")[0]:
        key, error = CONF_USERNAME, "login_missing"
    elif err.problem in _OF_ADDRESSES and may_hide_password(address):
        error = "password_characters"
    elif err.problem in _OF_ADDRESSES and (plain := unencrypted(address)):
        error, suggestion = "source_rtsps", redact_address(plain)
    elif err.problem in _OF_ADDRESSES and await async_is_web_page(hass, address):
        error, suggestion = "source_web_page", stream_of_page(address)
    return Check(errors={key: error}, source_error=str(err), suggestion=suggestion)


def _incomplete_addresses(settings: Settings) -> dict[str, str]:
    """Return the addresses that were probably meant, as they may be shown, by field; blocks."""
    found = {key: complete_address(settings[key]) for key in (CONF_URL, CONF_MAIN_URL) if key in settings}
    return {key: redact_address(address) for key, address in found.items() if address}


async def _async_probe(hass: HomeAssistant, settings: Settings, role: Role, entity: str | None) -> StreamInfo:
    directory, program = Path(hass.config.config_dir), ffmpeg_program(hass)
    url = await async_stream_source(hass, entity) if entity else None
    return await hass.async_add_executor_job(_probe, settings, role, url, directory, program)


def _probe(settings: Settings, role: Role, url: str | None, directory: Path, ffmpeg: str) -> StreamInfo:
    camera = entry_config.from_forms([settings], {}, directory).cameras[settings[CONF_NAME]]
    source = camera.input_for(role)
    assert source is not None
    return probe(
        url or source.path,
        global_args=source.global_args,
        hwaccel_args=source.hwaccel_args,
        input_args=source.input_args,
        program=ffmpeg,
    )
