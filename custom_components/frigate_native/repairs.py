"""Repair flows: a camera's username and password, and recording where no recorder is running."""

from typing import Any, override

from homeassistant.components.repairs import ConfirmRepairFlow, RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.const import CONF_PASSWORD, CONF_USERNAME
from homeassistant.core import HomeAssistant

from .configuration.checks import NOT_CHECKED, Check, async_check_streams
from .flow.camera_schema import LOGIN_SCHEMA
from .flow.placeholders import placeholders
from .flow.recorder_choice import async_record_here
from .flow.reloading import async_reload_unless_it_does
from .lifecycle.repair_issues import ISSUE_ENTRY_ID, ISSUE_SUBENTRY_ID


class LoginFlow(RepairsFlow):
    """Asks for a camera's credentials, tests them and saves them."""

    def __init__(self, entry_id: str, subentry_id: str) -> None:
        """Initialize the flow for one camera."""
        self._entry_id = entry_id
        self._subentry_id = subentry_id

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Start with the only step."""
        return await self.async_step_login()

    async def async_step_login(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Save a username and password that the camera accepts."""
        entry = self.hass.config_entries.async_get_entry(self._entry_id)
        camera = entry.subentries.get(self._subentry_id) if entry else None
        if entry is None or camera is None:
            return self.async_abort(reason="camera_gone")
        check = NOT_CHECKED
        if user_input is not None:
            data = {key: value for key, value in camera.data.items() if key != CONF_PASSWORD} | user_input
            check = await async_check_streams(self.hass, data, camera.title)
            if check.is_good:
                self._keep(entry, camera, check)
                return self.async_create_entry(data={})
        values = user_input or {CONF_USERNAME: camera.data.get(CONF_USERNAME, "")}
        return self.async_show_form(
            step_id="login",
            data_schema=self.add_suggested_values_to_schema(LOGIN_SCHEMA, values),
            errors=_login_errors(check),
            description_placeholders=placeholders(check) | {"camera": camera.title},
        )

    def _keep(self, entry: ConfigEntry, camera: ConfigSubentry, check: Check) -> None:
        self.hass.config_entries.async_update_subentry(entry, camera, data=dict(check.settings))
        async_reload_unless_it_does(self.hass, entry)


def _login_errors(check: Check) -> dict[str, str]:
    """Return the errors of a check at the fields of this form, or above them."""
    shown = (CONF_USERNAME, CONF_PASSWORD)
    return {key if key in shown else "base": error for key, error in check.errors.items()}


class RecorderFlow(ConfirmRepairFlow):
    """Records within Home Assistant once this is confirmed."""

    def __init__(self, entry_id: str) -> None:
        """Initialize the flow for one entry."""
        self._entry_id = entry_id

    @override
    async def async_step_confirm(self, user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Turn recording within Home Assistant on."""
        if user_input is not None:
            if (entry := self.hass.config_entries.async_get_entry(self._entry_id)) is None:
                return self.async_abort(reason="entry_gone")
            async_record_here(self.hass, entry)
        return await super().async_step_confirm(user_input)


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the repair flow of an issue: for a camera's credentials, or for an entry without a recorder."""
    assert data is not None
    if ISSUE_SUBENTRY_ID in data:
        return LoginFlow(str(data[ISSUE_ENTRY_ID]), str(data[ISSUE_SUBENTRY_ID]))
    return RecorderFlow(str(data[ISSUE_ENTRY_ID]))
