"""Sets the integration up the way a person does: through its config flow."""

import asyncio
import re
from pathlib import Path
from typing import Any, Final

from .client import Api
from .failure import Failure

_DOMAIN: Final = "frigate_native"
_FLOWS: Final = "/api/config/config_entries/flow"
_OPTIONS: Final = "/api/config/config_entries/options/flow"
_LOADED_S: Final = 60.0
_POLL_S: Final = 0.1


async def set_up_by_file(api: Api, path: Path) -> str:
    """Go through the config flow with a configuration file; return the id of the entry, which is loaded."""
    flow = await api.post(_FLOWS, {"handler": _DOMAIN})
    flow = await api.post(f"{_FLOWS}/{flow['flow_id']}", {"next_step_id": "file"})
    result = await api.post(f"{_FLOWS}/{flow['flow_id']}", {"path": str(path)})
    if result.get("step_id") == "report":  # how the file is read
        result = await api.post(f"{_FLOWS}/{flow['flow_id']}", {})
    if result["type"] != "create_entry":
        raise Failure(_refusal(path, result))
    entry_id: str = result["result"]["entry_id"]
    await _wait_until_loaded(api, entry_id)
    return entry_id


async def record_in_home_assistant(api: Api, entry_id: str) -> None:
    """Select in the entry's settings that Home Assistant records, without the add-on."""
    await change_settings(api, entry_id, recording={"records_here": True})
    await _wait_until_loaded(api, entry_id)


async def change_settings(api: Api, entry_id: str, **sections: dict[str, Any]) -> None:
    """Change sections of the settings of an entry that uses a configuration file, which may reload it."""
    menu = await api.post(_OPTIONS, {"handler": entry_id})
    flow = await api.post(f"{_OPTIONS}/{menu['flow_id']}", {"next_step_id": "file"})
    form: dict[str, Any] = {field["name"]: {} for field in flow["data_schema"] if field.get("type") == "expandable"}
    result = await api.post(f"{_OPTIONS}/{flow['flow_id']}", form | sections)
    if result["type"] != "create_entry":
        raise Failure(f"the integration does not accept its settings: {result.get('errors')}")


def _refusal(path: Path, result: dict[str, Any]) -> str:
    words = result.get("description_placeholders") or {}
    reasons = words.get("problems") or words.get("error") or result.get("reason") or result.get("errors")
    return f"the integration does not accept {path.name}: {re.sub(r'\s*\n\s*', ' ', str(reasons)).removeprefix('- ')}"


async def _wait_until_loaded(api: Api, entry_id: str) -> None:
    deadline = asyncio.get_running_loop().time() + _LOADED_S
    entry: dict[str, Any] = {}
    while asyncio.get_running_loop().time() < deadline:
        entries = await api.get(f"/api/config/config_entries/entry?domain={_DOMAIN}")
        entry = next(entry for entry in entries if entry["entry_id"] == entry_id)
        if entry["state"] == "loaded":
            return
        if entry["state"] in ("setup_error", "migration_error"):
            break
        await asyncio.sleep(_POLL_S)
    raise Failure(f"the integration was not set up ({entry['state']}): {entry['reason'] or 'no reason given'}")
