"""A Home Assistant with three live cameras, in which tests and screenshots use the panel as people do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from home_assistant.client import Api
from home_assistant.running import HomeAssistant, running_home_assistant

from tests.servers import free_port, publish, rtmp_server

SAMPLE: Final = Path(__file__).parents[1] / "footage" / "vtest.mp4"
HOSTILE: Final = "<img src=x onerror=alert(1)>"
TITLES: Final = ("Campus", "Front door", f"Back {HOSTILE}")
_FLOWS: Final = "/api/config/config_entries/flow"
_ZONE: Final = {"name": "Path", "coordinates": "100,200,600,200,600,500,100,500"}


@asynccontextmanager
async def panel_stage() -> AsyncIterator[HomeAssistant]:
    """Run servers and Home Assistant while the context lasts; the first camera is recorded and has a zone."""
    with TemporaryDirectory(prefix="frigate_native-") as folder, ExitStack() as streams:
        server = streams.enter_context(rtmp_server(Path(folder)))
        urls = [server.url(f"cam{number}") for number in range(len(TITLES))]
        for url in urls:
            streams.enter_context(publish(SAMPLE, url))
        async with running_home_assistant(free_port()) as home_assistant:
            for title, url in zip(TITLES, urls, strict=True):
                first = title == TITLES[0]
                given = {"name": title, "url": url, "objects": ["person"], "fps": 3, "record": first}
                await _add_camera(home_assistant.api, given | ({"zones": [_ZONE]} if first else {}))
            yield home_assistant


async def _add_camera(api: Api, given: dict[str, Any]) -> None:
    """Go through the form of a camera; its stream may take a moment until it can be tried."""
    flow: dict[str, Any] = {}
    for _ in range(20):
        flow = await api.post(_FLOWS, {"handler": "frigate_native"})
        flow = await api.post(f"{_FLOWS}/{flow['flow_id']}", {"next_step_id": "camera"})
        flow = await api.post(f"{_FLOWS}/{flow['flow_id']}", _filled(flow["data_schema"], given))
        if not flow.get("errors"):
            break
        await asyncio.sleep(1)
    while flow["type"] in ("form", "menu"):
        answer = {"next_step_id": "record_here"} if flow["type"] == "menu" else {}
        flow = await api.post(f"{_FLOWS}/{flow['flow_id']}", answer)


def _filled(schema: list[dict[str, Any]], given: dict[str, Any]) -> dict[str, Any]:
    """Return what a person sends who enters these values, wherever their fields are."""
    values: dict[str, Any] = {}
    for field in schema:
        name = field["name"]
        if field.get("type") == "expandable":
            values[name] = _filled(field["schema"], given)
        elif name in given or "default" in field:
            values[name] = given.get(name, field.get("default"))
    return values
