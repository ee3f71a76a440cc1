"""Imports from a Frigate installation, step by step."""

import asyncio
from pathlib import Path
from typing import Any, Final

import voluptuous as vol
from homeassistant.config_entries import ConfigFlowResult, OptionsFlowWithReload
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.selector import ObjectSelectorField

from .. import imports
from ..data import FrigateNativeData
from ..engine.importing.report import ImportReport, State
from ..engine.importing.request import DEFAULT_KEEP_DAYS, FilesMode
from ..engine.importing.service import FoundDatabase
from ..engine.importing.source import ImportFailedError
from .fields import TEXT, choice, list_of, whole_number

_LOOK_S: Final = 0.5
_FILES: Final = vol.Schema(
    {
        vol.Required("database"): TEXT,
        vol.Required("media_folder"): TEXT,
        vol.Required("files", default=FilesMode.LINK.value): choice(list(FilesMode), key="import_files"),
        vol.Required("keep_days", default=DEFAULT_KEEP_DAYS): whole_number(0, 3650, "d"),
    }
)
_CAMERA: Final = {
    "origin": ObjectSelectorField(selector=TEXT, required=True),
    "camera": ObjectSelectorField(selector=TEXT),
}
_CAMERAS: Final = vol.Schema({vol.Optional("cameras"): list_of("import_cameras", "camera", **_CAMERA)})


class ImportSteps(OptionsFlowWithReload):
    """Looks into a database, counts what an import would do, imports, and shows the report."""

    def __init__(self) -> None:
        """Start without an import."""
        self._values: dict[str, Any] = {}
        self._found: FoundDatabase | None = None
        self._report = ImportReport()
        self._task: asyncio.Task[None] | None = None

    async def async_step_import_frigate(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Accept a database that can be read."""
        data = self._data()
        error = ""
        if user_input is not None:
            try:
                self._found = await self._async_inspect(user_input["database"])
            except ImportFailedError as err:
                error = str(err)
            else:
                self._values = user_input
                return await self.async_step_import_cameras()
        suggested = {"database": "frigate.db", "media_folder": str(data.paths.clips.parent)}
        return self.async_show_form(
            step_id="import_frigate",
            data_schema=self.add_suggested_values_to_schema(_FILES, suggested | (user_input or {})),
            errors={"base": "import_failed"} if error else {},
            description_placeholders={"error": error},
        )

    async def async_step_import_cameras(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Accept which camera is which."""
        assert self._found is not None
        if user_input is not None:
            entered = {item["origin"]: item.get("camera", "").strip() for item in user_input.get("cameras", [])}
            cameras = dict.fromkeys(self._found.cameras, "") | entered
            self._values |= {"cameras": cameras, "trial": True}
            return await self.async_step_import_run()
        own = set(self._data().config.cameras)
        cameras_found = [{"origin": name, "camera": name} for name in self._found.cameras]
        return self.async_show_form(
            step_id="import_cameras",
            data_schema=self.add_suggested_values_to_schema(_CAMERAS, {"cameras": cameras_found}),
            description_placeholders={"version": self._found.version, "cameras": ", ".join(sorted(own))},
        )

    async def async_step_import_run(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Count or import, and show how far that is."""
        if self._task is None:
            self._task = self.hass.async_create_task(self._async_run(), eager_start=False)
        if not self._task.done():
            return self.async_show_progress(
                step_id="import_run",
                progress_action="counting" if self._values["trial"] else "importing",
                progress_task=self._task,
            )
        self._task = None
        return self.async_show_progress_done(next_step_id="import_preview" if self._is_counted() else "import_report")

    async def async_step_import_preview(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what an import would do, and start it."""
        if user_input is not None:
            self._values |= {"trial": False}
            return await self.async_step_import_run()
        return self._show_report("import_preview")

    async def async_step_import_report(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what an import has done."""
        if user_input is not None:
            self.automatic_reload = False
            return self.async_create_entry(data=dict(self.config_entry.options))  # unchanged
        return self._show_report("import_report")

    def _show_report(self, step_id: str) -> ConfigFlowResult:
        return self.async_show_form(step_id=step_id, description_placeholders={"report": self._report.to_text()})

    def _is_counted(self) -> bool:
        return self._report.is_trial and self._report.state is State.DONE

    async def _async_run(self) -> None:
        data = self._data()
        owner = await self.hass.auth.async_get_owner()
        request = imports.request_of(self.hass, data, self._values, owner.id if owner else "")
        try:
            future = asyncio.wrap_future(imports.async_start(self.hass, data, request))
        except ServiceValidationError as err:
            self._report = ImportReport(state=State.FAILED, problem=str(err))
            return
        while not future.done():
            await asyncio.wait((future,), timeout=_LOOK_S)
            if (report := data.imports.report) is not None:
                self.async_update_progress(report.progress)
        self._report = future.result()

    async def _async_inspect(self, path: str) -> FoundDatabase:
        database = Path(self.hass.config.path(path.strip()))
        return await self.hass.async_add_executor_job(self._data().imports.inspect, database)

    def _data(self) -> FrigateNativeData:
        data: FrigateNativeData = self.config_entry.runtime_data
        return data
