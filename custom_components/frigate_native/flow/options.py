"""Changes settings that all cameras of an entry share."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigEntryState, ConfigFlowResult
from homeassistant.const import CONF_PATH

from ..configuration import entry_config
from ..configuration.checks import NOT_CHECKED, async_check_file_options, async_check_options
from .converting import async_convert, async_look
from .hub_schema import FILE_OPTIONS_SCHEMA, OPTIONS_SCHEMA
from .importing import ImportSteps
from .marked import marked_errors, marked_schema, without_notice
from .placeholders import placeholders


class HubOptionsFlow(ImportSteps):
    """Changes settings that all cameras of an entry share: MQTT, the detector, recording and external access.

    With a configuration file, the broker and the detector are in that file. Only an entry whose setup failed is
    reloaded here: a running one listens for changes.
    """

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Let the user choose; only a running entry can import."""
        is_file = entry_config.is_file(self.config_entry)
        if self.config_entry.state is not ConfigEntryState.LOADED:
            return await (self.async_step_file() if is_file else self.async_step_settings())
        if is_file:
            return await self.async_step_file_menu()
        return self.async_show_menu(step_id="init", menu_options=["settings", "import_frigate"])

    async def async_step_file_menu(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Let the user of a configuration file choose."""
        return self.async_show_menu(step_id="file_menu", menu_options=["file", "import_frigate", "convert"])

    async def async_step_settings(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Accept valid options."""
        check = NOT_CHECKED
        if user_input is not None:
            options = _without_empty(without_notice(user_input))
            cameras = [sub.data for sub in self.config_entry.subentries.values()]
            check = await async_check_options(self.hass, cameras, options)
            if check.is_good:
                self.automatic_reload = not self.config_entry.update_listeners
                return self.async_create_entry(data=options)
        return self.async_show_form(
            step_id="settings",
            data_schema=self.add_suggested_values_to_schema(
                marked_schema(OPTIONS_SCHEMA, check.errors), user_input or self.config_entry.options
            ),
            errors=marked_errors(check.errors),
            description_placeholders=placeholders(check),
        )

    async def async_step_file(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Accept options that are not in a configuration file."""
        check = NOT_CHECKED
        if user_input is not None:
            options = without_notice(user_input)
            check = await async_check_file_options(self.hass, options)
            if check.is_good:
                self.automatic_reload = not self.config_entry.update_listeners
                return self.async_create_entry(data=options)
        schema = marked_schema(FILE_OPTIONS_SCHEMA, check.errors)
        return self.async_show_form(
            step_id="file",
            data_schema=self.add_suggested_values_to_schema(schema, user_input or self.config_entry.options),
            errors=marked_errors(check.errors),
            description_placeholders=placeholders(check),
        )

    async def async_step_convert(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what the file becomes, and keep its cameras in the entry from then on."""
        found = await async_look(self.hass, self.config_entry)
        if user_input is not None and not found.differences:
            await async_convert(self.hass, self.config_entry, found)
            return self.async_abort(reason="converted")
        if found.differences:
            places = {"places": ", ".join(found.differences)}
            return self.async_abort(reason="not_convertible", description_placeholders=places)
        words = {"cameras": ", ".join(found.cameras), "path": self.config_entry.data[CONF_PATH]}
        return self.async_show_form(step_id="convert", description_placeholders=words)


def _without_empty(form: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options' sections without empty fields."""
    return {name: {key: value for key, value in part.items() if value != ""} for name, part in form.items()}
