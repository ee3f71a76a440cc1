"""Sets up an entry from a configuration file, or with a camera; further cameras are added to it."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, override

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigEntryState,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentry,
    ConfigSubentryData,
    ConfigSubentryFlow,
    OptionsFlow,
)
from homeassistant.const import CONF_NAME, CONF_PATH
from homeassistant.core import callback

from .configuration import entry_config
from .configuration.checks import NOT_CHECKED, Check, async_check_camera, async_check_file
from .const import (
    CONF_LAYOUT,
    CONF_SOURCE_KIND,
    DEFAULT_FILE,
    DOMAIN,
    HUB_NAME,
    SOURCE_FILE,
    SOURCE_UI,
    SUBENTRY_CAMERA,
    SUBENTRY_CARD,
    UI_ENTRY_TITLE,
)
from .data import FrigateNativeConfigEntry
from .engine.config.model import RecordingLayout
from .flow.camera import CameraFlow, FileCameraFlow
from .flow.camera_schema import async_camera_schema
from .flow.card import CardFlow
from .flow.hub_schema import FILE_SCHEMA
from .flow.marked import marked_errors, marked_schema, without_notice
from .flow.options import HubOptionsFlow
from .flow.placeholders import placeholders
from .flow.recorder_choice import RECORDER_MENU, async_needs_recorder, async_record_here, recording_here
from .flow.reloading import async_reload_unless_it_does


class FrigateNativeConfigFlow(ConfigFlow, domain=DOMAIN):
    """Creates an entry from a file, or with its first camera."""

    VERSION = 1

    def __init__(self) -> None:
        """Start without a check."""
        self._check = NOT_CHECKED
        self._entry: FrigateNativeConfigEntry | None = None
        self._path = ""

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(cls, config_entry: ConfigEntry) -> dict[str, type[ConfigSubentryFlow]]:
        """Allow adding cameras; for those of a file, say where to add them. Offer a dashboard card to be copied."""
        camera = FileCameraFlow if entry_config.is_file(config_entry) else CameraFlow
        return {SUBENTRY_CAMERA: camera, SUBENTRY_CARD: CardFlow}

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: FrigateNativeConfigEntry) -> OptionsFlow:
        """Return the form of the hub's options."""
        return HubOptionsFlow()

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Let the user choose between a camera and a file."""
        return self.async_show_menu(step_id="user", menu_options=["camera", "file"])

    async def async_step_file(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Accept a valid configuration file."""
        check = NOT_CHECKED
        if user_input is not None:
            path = self._absolute(user_input[CONF_PATH])
            self._async_abort_entries_match({CONF_PATH: path})
            check = self._check = await async_check_file(self.hass, path)
            if check.is_good:
                self._path = path
                return await self.async_step_report(None if check.report.notes else {})
        return self._show_file_form("file", check, user_input or {CONF_PATH: self._absolute(DEFAULT_FILE)})

    async def async_step_report(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show how the file is read, and what in it has no effect."""
        if user_input is None:
            return self.async_show_form(step_id="report", description_placeholders=placeholders(self._check))
        data = {CONF_SOURCE_KIND: SOURCE_FILE, CONF_PATH: self._path}
        return self.async_create_entry(title=self._file_title(Path(self._path)), data=data)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Accept another configuration file, or a new path."""
        entry = self._get_reconfigure_entry()
        if not entry_config.is_file(entry):
            return self.async_abort(reason="reconfigure_cameras")
        check = NOT_CHECKED
        if user_input is not None:
            path = self._absolute(user_input[CONF_PATH])
            if path != entry.data[CONF_PATH]:
                self._async_abort_entries_match({CONF_PATH: path})
            check = await async_check_file(self.hass, path)
            if check.is_good:
                result = self.async_update_and_abort(
                    entry, data_updates={CONF_PATH: path}, title=self._file_title(Path(path), entry)
                )
                async_reload_unless_it_does(self.hass, entry)
                return result
        return self._show_file_form("reconfigure", check, user_input or entry.data)

    async def async_step_camera(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Accept a camera: the first one creates an entry, others are added to it."""
        entries: list[FrigateNativeConfigEntry] = self._async_current_entries(include_ignore=False)
        self._entry = next((entry for entry in entries if not entry_config.is_file(entry)), None)
        if self._entry is not None and self._entry.state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="entry_not_loaded")
        if user_input is not None:
            others = [sub.data for sub in self._entry.subentries.values()] if self._entry else []
            self._check = await async_check_camera(self.hass, without_notice(user_input), others)
            if self._check.is_good:
                return await self.async_step_confirm()
        return self.async_show_form(
            step_id="camera",
            data_schema=self.add_suggested_values_to_schema(
                marked_schema(async_camera_schema(self.hass), self._check.errors), user_input
            ),
            errors=marked_errors(self._check.errors),
            description_placeholders=placeholders(self._check),
        )

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what the camera sends."""
        if user_input is None:
            return self.async_show_form(step_id="confirm", description_placeholders=placeholders(self._check))
        if async_needs_recorder(self._check.settings, self._entry):
            return await self.async_step_recorder()
        return self._finish()

    async def async_step_recorder(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Let the user choose what records."""
        return self.async_show_menu(
            step_id="recorder", menu_options=RECORDER_MENU, description_placeholders=placeholders(self._check)
        )

    async def async_step_record_here(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Save the camera, and record within Home Assistant."""
        return self._finish(records_here=True)

    async def async_step_use_addon(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Save the camera; the add-on will record it."""
        return self._finish()

    @callback
    def _finish(self, *, records_here: bool = False) -> ConfigFlowResult:
        camera = ConfigSubentryData(
            subentry_type=SUBENTRY_CAMERA,
            title=self._check.title,
            unique_id=self._check.settings[CONF_NAME],
            data=dict(self._check.settings),
        )
        if self._entry is not None:
            return self._add(self._entry, camera, records_here=records_here)
        options = recording_here({}) if records_here else {}
        return self.async_create_entry(
            title=UI_ENTRY_TITLE if self._async_current_entries(include_ignore=False) else HUB_NAME,
            data={CONF_SOURCE_KIND: SOURCE_UI, CONF_LAYOUT: str(RecordingLayout.UTC)},
            options=options,
            subentries=[camera],
        )

    @callback
    def _add(self, entry: ConfigEntry, camera: ConfigSubentryData, *, records_here: bool) -> ConfigFlowResult:
        if records_here:
            async_record_here(self.hass, entry)
        subentry = ConfigSubentry(
            subentry_type=camera["subentry_type"],
            title=camera["title"],
            unique_id=camera["unique_id"],
            data=MappingProxyType(dict(camera["data"])),
        )
        self.hass.config_entries.async_add_subentry(entry, subentry)
        words = {"camera": self._check.title, "entry": entry.title}
        return self.async_abort(reason="camera_added", description_placeholders=words)

    def _file_title(self, path: Path, entry: ConfigEntry | None = None) -> str:
        """Return the title of an entry for a file, which no other entry has."""
        others = {one.title for one in self._async_current_entries(include_ignore=False) if one is not entry}
        titles = [f"{HUB_NAME} ({name})" for name in (path.name, f"{path.parent.name}/{path.name}", path)]
        return next((title for title in titles if title not in others), titles[-1])

    def _absolute(self, path: str) -> str:
        return self.hass.config.path(path.strip())

    def _show_file_form(self, step_id: str, check: Check, values: Mapping[str, Any]) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(FILE_SCHEMA, values),
            errors=dict(check.errors),
            description_placeholders=placeholders(check),
        )
