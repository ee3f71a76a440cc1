"""The add-on's API: the plan of what to record and restream, and reports on its health."""

from http import HTTPStatus
from typing import Final

from aiohttp import web
from homeassistant.components.http.decorators import require_admin
from homeassistant.core import HomeAssistant
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.redact import redact_url
from ..entries import async_configured_entries, async_loaded_systems
from ..recorder.plan import Health, PlanError
from ..recording.plan_builder import build_plan
from .api_request import NO_STORE

_BASE: Final = f"/api/{DOMAIN}/recorder"


class PlanView(HomeAssistantView):
    """The streams to record and restream. Contains the cameras' passwords, so it requires an administrator."""

    url = f"{_BASE}/plan"
    name = f"api:{DOMAIN}:recorder:plan"

    @require_admin
    async def get(self, request: web.Request) -> web.Response:
        """Return the plan of an entry."""
        hass = request.app[KEY_HASS]
        found = _system(hass, request.query.get("entry_id"))
        if not isinstance(found, FrigateNativeData):
            return self._refuse(*found)
        config = await found.sources.async_located(found.nvr.current_config())
        plan = build_plan(config, hass.config.time_zone, records=not found.reports.records_here)
        return self.json(plan.to_json(), headers=NO_STORE)

    def _refuse(self, status: HTTPStatus, message: str) -> web.Response:
        return self.json_message(message, status, headers=NO_STORE)


class HealthView(HomeAssistantView):
    """Health reports of the add-on."""

    url = f"{_BASE}/health"
    name = f"api:{DOMAIN}:recorder:health"

    @require_admin
    async def post(self, request: web.Request) -> web.Response:
        """Receive a report."""
        found = _system(request.app[KEY_HASS], request.query.get("entry_id"))
        if not isinstance(found, FrigateNativeData):
            status, message = found
            return self.json_message(message, status)
        try:
            health = Health.from_json(await request.json())
        except (PlanError, ValueError, RecursionError) as err:
            problem = redact_url(str(err)) if isinstance(err, PlanError) else "the health report is not JSON"
            found.reports.async_receive_unreadable(problem)
            return self.json_message(problem, HTTPStatus.BAD_REQUEST)
        found.reports.async_receive_addon(health, request.remote)
        return self.json({})


def _system(hass: HomeAssistant, entry_id: str | None) -> FrigateNativeData | tuple[HTTPStatus, str]:
    """Return the system to record, or why there is none. The plan of another entry would stop its recordings."""
    entries = async_configured_entries(hass, entry_id)
    if len(entries) > 1:
        ids = ", ".join(f"{entry.title}: {entry.entry_id}" for entry in entries)
        return HTTPStatus.BAD_REQUEST, f"there are several entries; select one with entry_id ({ids})"
    if not entries:
        return HTTPStatus.NOT_FOUND, f"entry {entry_id} not found" if entry_id else "no entry is set up"
    if not (loaded := async_loaded_systems(hass, entries[0].entry_id)):
        return HTTPStatus.SERVICE_UNAVAILABLE, "the entry is not loaded"
    return loaded[0]
