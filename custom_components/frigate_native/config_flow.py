"""Setting up by a configuration file or camera by camera, and changing it later."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
    OptionsFlow,
    OptionsFlowWithReload,
    SubentryFlowResult,
)
from homeassistant.const import CONF_NAME, CONF_PASSWORD, CONF_PATH, CONF_USERNAME
from homeassistant.core import HomeAssistant, callback

from . import entry_config
from .const import (
    CONF_CLIPS,
    CONF_SNAPSHOTS,
    CONF_SOURCE_KIND,
    DEFAULT_FILE,
    DOMAIN,
    HUB_NAME,
    SOURCE_FILE,
    SOURCE_UI,
    SUBENTRY_CAMERA,
)
from .data import FrigateNativeData
from .engine.features import is_on
from .engine.messages import Feature
from .flow_checks import (
    CAMERA_SECTIONS,
    NO_WORDS,
    Check,
    async_check_camera,
    async_check_file,
    async_check_file_options,
    async_check_options,
)
from .flow_schemas import CAMERA_SCHEMA, FILE_OPTIONS_SCHEMA, FILE_SCHEMA, OPTIONS_SCHEMA

_UNTRIED = Check(words=NO_WORDS)
_SWITCHES = {CONF_CLIPS: Feature.CLIPS, CONF_SNAPSHOTS: Feature.SNAPSHOTS}


class FrigateNativeConfigFlow(ConfigFlow, domain=DOMAIN):
    """Makes an entry from a file, or one with its first camera."""

    VERSION = 1

    def __init__(self) -> None:
        """Start with nothing tried."""
        self._check = _UNTRIED

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(cls, config_entry: ConfigEntry) -> dict[str, type[ConfigSubentryFlow]]:
        """Offer to add cameras where they do not come from a file."""
        return {} if entry_config.is_file(config_entry) else {SUBENTRY_CAMERA: CameraFlow}

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> OptionsFlow:
        """Return the form of the hub's options."""
        return HubOptionsFlow()

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask where the configuration is to come from."""
        return self.async_show_menu(step_id="user", menu_options=["camera", "file"])

    async def async_step_file(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Take a configuration file that is right as a whole."""
        check = _UNTRIED
        if user_input is not None:
            path = self._absolute(user_input[CONF_PATH])
            self._async_abort_entries_match({CONF_PATH: path})
            check = await async_check_file(self.hass, path)
            if check.is_good:
                data = {CONF_SOURCE_KIND: SOURCE_FILE, CONF_PATH: path}
                return self.async_create_entry(title=f"{HUB_NAME} ({Path(path).name})", data=data)
        return self._show_file_form("file", check, user_input or {CONF_PATH: self._absolute(DEFAULT_FILE)})

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Take another configuration file, or the same one somewhere else."""
        entry = self._get_reconfigure_entry()
        if not entry_config.is_file(entry):
            return self.async_abort(reason="reconfigure_cameras")
        check = _UNTRIED
        if user_input is not None:
            path = self._absolute(user_input[CONF_PATH])
            if path != entry.data[CONF_PATH]:
                self._async_abort_entries_match({CONF_PATH: path})
            check = await async_check_file(self.hass, path)
            if check.is_good:
                result = self.async_update_and_abort(
                    entry, data_updates={CONF_PATH: path}, title=f"{HUB_NAME} ({Path(path).name})"
                )
                _reload_unless_it_does(self.hass, entry)
                return result
        return self._show_file_form("reconfigure", check, user_input or entry.data)

    async def async_step_camera(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Take the first camera; further ones are added to the entry that it makes."""
        if any(not entry_config.is_file(entry) for entry in self._async_current_entries()):
            return self.async_abort(reason="add_to_entry")
        if user_input is not None:
            self._check = await async_check_camera(self.hass, user_input, ())
            if self._check.is_good:
                return await self.async_step_confirm()
        return self.async_show_form(
            step_id="camera",
            data_schema=self.add_suggested_values_to_schema(CAMERA_SCHEMA, user_input),
            errors=self._check.errors,
            description_placeholders=self._check.words,
        )

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what the camera sends."""
        if user_input is None:
            return self.async_show_form(step_id="confirm", description_placeholders=self._check.words)
        return self.async_create_entry(
            title=HUB_NAME,
            data={CONF_SOURCE_KIND: SOURCE_UI},
            subentries=[
                {
                    "subentry_type": SUBENTRY_CAMERA,
                    "title": self._check.title,
                    "unique_id": self._check.data[CONF_NAME],
                    "data": self._check.data,
                }
            ],
        )

    def _absolute(self, path: str) -> str:
        return self.hass.config.path(path.strip())

    def _show_file_form(self, step_id: str, check: Check, values: Mapping[str, Any]) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(FILE_SCHEMA, values),
            errors=check.errors,
            description_placeholders=check.words,
        )


class CameraFlow(ConfigSubentryFlow):
    """Adds a camera to an entry, or changes one."""

    def __init__(self) -> None:
        """Start with nothing tried."""
        self._check = _UNTRIED

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Take a new camera."""
        if self._get_entry().state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="entry_not_loaded")  # nobody would notice the new camera
        return await self._async_form("user", user_input, user_input)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Change a camera."""
        return await self._async_form("reconfigure", user_input, user_input or self._values())

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show what the camera sends."""
        if user_input is None:
            return self.async_show_form(step_id="confirm", description_placeholders=self._check.words)
        name = self._check.data[CONF_NAME]
        if self.source != SOURCE_RECONFIGURE:
            return self.async_create_entry(title=self._check.title, data=self._check.data, unique_id=name)
        self._switch()
        result = self.async_update_and_abort(
            self._get_entry(),
            self._get_reconfigure_subentry(),
            title=self._check.title,
            data=self._check.data,
            unique_id=name,
        )
        _reload_unless_it_does(self.hass, self._get_entry())
        return result

    async def _async_form(
        self, step_id: str, user_input: dict[str, Any] | None, values: Mapping[str, Any] | None
    ) -> SubentryFlowResult:
        if user_input is not None:
            form = self._with_kept_password(user_input)
            self._check = await async_check_camera(self.hass, form, self._others())
            if self._check.is_good:
                return await self.async_step_confirm()
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(CAMERA_SCHEMA, values),
            errors=self._check.errors,
            description_placeholders=self._check.words,
        )

    def _others(self) -> list[Mapping[str, Any]]:
        """Return the data of all other cameras."""
        own = self._get_reconfigure_subentry().subentry_id if self.source == SOURCE_RECONFIGURE else None
        return [sub.data for sub in self._get_entry().subentries.values() if sub.subentry_id != own]

    def _values(self) -> dict[str, Any]:
        """Return a camera's data as its form has them; the password stays where it is."""
        subentry = self._get_reconfigure_subentry()
        shown = {key: value for key, value in subentry.data.items() if key != CONF_PASSWORD}
        absent = {CONF_CLIPS: False, CONF_SNAPSHOTS: False}  # of a form that did not ask
        inner = absent | dict(subentry.data) | self._switched()
        return shown | {CONF_NAME: subentry.title} | dict.fromkeys(CAMERA_SECTIONS, inner)

    def _switched(self) -> dict[str, Any]:
        """Return how the camera's switches stand, as far as its form has them, too."""
        if (data := self._running()) is None:
            return {}
        camera = data.nvr.camera_config(self._get_reconfigure_subentry().data[CONF_NAME])
        return {key: is_on(camera, feature) for key, feature in _SWITCHES.items()}

    @callback
    def _switch(self) -> None:
        """Switch the camera as its form has it, or what was switched by its entities would stay so."""
        if (data := self._running()) is not None:
            name = self._get_reconfigure_subentry().data[CONF_NAME]
            for key, feature in _SWITCHES.items():
                data.nvr.set_feature(name, feature, is_on=self._check.data[key])

    def _running(self) -> FrigateNativeData | None:
        entry = self._get_entry()
        return entry.runtime_data if entry.state is ConfigEntryState.LOADED else None

    def _with_kept_password(self, form: dict[str, Any]) -> dict[str, Any]:
        """Return a form that has the password of before when the user is the same and none was typed."""
        if self.source != SOURCE_RECONFIGURE or form.get(CONF_PASSWORD):
            return form
        old = self._get_reconfigure_subentry().data
        if CONF_PASSWORD not in old or old.get(CONF_USERNAME) != form.get(CONF_USERNAME):
            return form
        return form | {CONF_PASSWORD: old[CONF_PASSWORD]}


class HubOptionsFlow(OptionsFlowWithReload):
    """Changes what all cameras of an entry share: MQTT, the detector, recording, and what is open to others.

    Where the configuration is a file, a broker of the user's own and the detector stand there.

    It reloads only an entry whose set-up has failed: one that runs listens for changes.
    """

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Take options that are right as a whole."""
        if entry_config.is_file(self.config_entry):
            return await self.async_step_file()
        check = _UNTRIED
        if user_input is not None:
            options = _without_empty(user_input)
            cameras = [sub.data for sub in self.config_entry.subentries.values()]
            check = await async_check_options(self.hass, cameras, options)
            if check.is_good:
                self.automatic_reload = not self.config_entry.update_listeners
                return self.async_create_entry(data=options)
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(OPTIONS_SCHEMA, user_input or self.config_entry.options),
            errors=check.errors,
            description_placeholders=check.words,
        )

    async def async_step_file(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Take what does not stand in a configuration file."""
        check = _UNTRIED
        if user_input is not None:
            check = await async_check_file_options(self.hass, user_input)
            if check.is_good:
                self.automatic_reload = not self.config_entry.update_listeners
                return self.async_create_entry(data=user_input)
        schema = self.add_suggested_values_to_schema(FILE_OPTIONS_SCHEMA, user_input or self.config_entry.options)
        return self.async_show_form(
            step_id="file", data_schema=schema, errors=check.errors, description_placeholders=check.words
        )


def _without_empty(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options' sections without empty fields."""
    return {name: {key: value for key, value in part.items() if value != ""} for name, part in form.items()}


@callback
def _reload_unless_it_does(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Reload an entry whose set-up has failed; one that runs listens for changes and reloads itself."""
    if not entry.update_listeners:
        hass.config_entries.async_schedule_reload(entry.entry_id)
