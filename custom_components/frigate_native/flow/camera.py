"""Adds and reconfigures cameras."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntryState,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import CONF_ENTITY_ID, CONF_NAME, CONF_PASSWORD, CONF_PATH, CONF_USERNAME
from homeassistant.core import callback

from ..configuration.camera_settings import CAMERA_PARTS
from ..configuration.checks import NOT_CHECKED, async_check_camera
from ..configuration.entity_source import async_entity_id
from ..const import CONF_CLIPS, CONF_MAIN_ENTITY_ID, CONF_SNAPSHOTS
from ..data import FrigateNativeData
from ..engine.features import is_on
from ..engine.messages import Feature
from .camera_schema import async_camera_schema
from .marked import marked_errors, marked_schema, without_notice
from .placeholders import placeholders
from .recorder_choice import RECORDER_MENU, async_needs_recorder, async_record_here
from .reloading import async_reload_unless_it_does

_SWITCHES = {CONF_CLIPS: Feature.CLIPS, CONF_SNAPSHOTS: Feature.SNAPSHOTS}


class FileCameraFlow(ConfigSubentryFlow):
    """Says where the cameras of an entry with a configuration file are added."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Name the file, and the other way."""
        path = self._get_entry().data[CONF_PATH]
        return self.async_abort(reason="cameras_in_file", description_placeholders={"path": path})


class CameraFlow(ConfigSubentryFlow):
    """Adds a camera to an entry, or changes one."""

    def __init__(self) -> None:
        """Start without a check."""
        self._check = NOT_CHECKED

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add a camera."""
        if self._get_entry().state is not ConfigEntryState.LOADED:
            return self.async_abort(reason="entry_not_loaded")  # the new camera would not be set up
        return await self._async_form("user", user_input, user_input)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Reconfigure a camera."""
        return await self._async_form("reconfigure", user_input, user_input or self._values())

    async def async_step_confirm(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Show what the camera sends."""
        if user_input is None:
            return self.async_show_form(step_id="confirm", description_placeholders=placeholders(self._check))
        if async_needs_recorder(self._check.settings, self._get_entry()):
            return await self.async_step_recorder()
        return self._save()

    async def async_step_recorder(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Let the user choose what records."""
        return self.async_show_menu(
            step_id="recorder", menu_options=RECORDER_MENU, description_placeholders=placeholders(self._check)
        )

    async def async_step_record_here(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Save the camera, and record within Home Assistant."""
        async_record_here(self.hass, self._get_entry())
        return self._save()

    async def async_step_use_addon(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Save the camera; the add-on will record it."""
        return self._save()

    @callback
    def _save(self) -> SubentryFlowResult:
        name = self._check.settings[CONF_NAME]
        if self.source != SOURCE_RECONFIGURE:
            return self.async_create_entry(title=self._check.title, data=dict(self._check.settings), unique_id=name)
        self._switch()
        result = self.async_update_and_abort(
            self._get_entry(),
            self._get_reconfigure_subentry(),
            title=self._check.title,
            data=dict(self._check.settings),
            unique_id=name,
        )
        async_reload_unless_it_does(self.hass, self._get_entry())
        return result

    async def _async_form(
        self, step_id: str, user_input: dict[str, Any] | None, values: Mapping[str, Any] | None
    ) -> SubentryFlowResult:
        if user_input is not None:
            form = self._with_kept_password(without_notice(user_input))
            self._check = await async_check_camera(self.hass, form, self._others())
            if self._check.is_good:
                return await self.async_step_confirm()
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                marked_schema(async_camera_schema(self.hass), self._check.errors), values
            ),
            errors=marked_errors(self._check.errors),
            description_placeholders=placeholders(self._check),
        )

    def _others(self) -> list[Mapping[str, Any]]:
        """Return the data of all other cameras."""
        own = self._get_reconfigure_subentry().subentry_id if self.source == SOURCE_RECONFIGURE else None
        return [sub.data for sub in self._get_entry().subentries.values() if sub.subentry_id != own]

    def _values(self) -> dict[str, Any]:
        """Return a camera's settings for its form, without the password."""
        subentry = self._get_reconfigure_subentry()
        shown = {key: value for key, value in subentry.data.items() if key != CONF_PASSWORD}
        for key in {CONF_ENTITY_ID, CONF_MAIN_ENTITY_ID} & shown.keys():
            shown[key] = async_entity_id(self.hass, shown[key])
        absent = {CONF_CLIPS: False, CONF_SNAPSHOTS: False}  # older forms did not have them
        inner = absent | dict(subentry.data) | self._switched()
        return shown | {CONF_NAME: subentry.title} | dict.fromkeys(CAMERA_PARTS, inner)

    def _switched(self) -> dict[str, Any]:
        """Return the state of the switches that are also in the form."""
        if (data := self._running()) is None:
            return {}
        camera = data.nvr.camera_config(self._get_reconfigure_subentry().data[CONF_NAME])
        return {key: is_on(camera, feature) for key, feature in _SWITCHES.items()}

    @callback
    def _switch(self) -> None:
        """Set the switches as in the form; the state of their entities would win after a reload."""
        if (data := self._running()) is not None:
            name = self._get_reconfigure_subentry().data[CONF_NAME]
            for key, feature in _SWITCHES.items():
                data.nvr.set_feature(name, feature, is_on=self._check.settings[key])

    def _running(self) -> FrigateNativeData | None:
        entry = self._get_entry()
        return entry.runtime_data if entry.state is ConfigEntryState.LOADED else None

    def _with_kept_password(self, form: dict[str, Any]) -> dict[str, Any]:
        """Return the form with the stored password if the user is the same and no password was entered."""
        if self.source != SOURCE_RECONFIGURE or form.get(CONF_PASSWORD):
            return form
        old = self._get_reconfigure_subentry().data
        if CONF_PASSWORD not in old or old.get(CONF_USERNAME) != form.get(CONF_USERNAME):
            return form
        return form | {CONF_PASSWORD: old[CONF_PASSWORD]}
