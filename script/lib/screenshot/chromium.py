"""Chromium without a window, driven by its DevTools protocol."""

import asyncio
import base64
import json
import os
import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any, Final

import aiohttp
from home_assistant.failure import Failure

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_START_S: Final = 90.0
_POLL_S: Final = 0.1
_PATIENCE_S: Final = 90.0  # of a busy machine
# The frontend's elements are in shadow trees within shadow trees.
_TOOLS: Final = """\
const everywhere = (selector, root = document) => [
  ...root.querySelectorAll(selector),
  ...[...root.querySelectorAll("*")].flatMap((one) => (one.shadowRoot ? everywhere(selector, one.shadowRoot) : [])),
];
const middle = (element) => {
  const box = element?.getBoundingClientRect();
  if (!box?.width) return null;
  const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  let front = document.elementFromPoint(point.x, point.y);
  for (let inner; (inner = front?.shadowRoot?.elementFromPoint(point.x, point.y)) && inner !== front; ) front = inner;
  while (front && front !== element) front = front.parentNode ?? front.host;
  return front ? point : null;
};
"""


class _NavigatedError(Failure):
    """The page that was asked has given way to another one."""


_NAVIGATED: Final = ("navigated", "context was destroyed", "Cannot find context", "Cannot find default execution")


class Page:
    """One tab."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        """Drive the tab that the socket belongs to."""
        self._socket = socket
        self._ids = count(1)

    async def command(self, method: str, **parameters: object) -> dict[str, Any]:
        """Return what a command of the protocol answers; its events are passed over."""
        number = next(self._ids)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        async for message in self._socket:
            answer = message.json()
            if answer.get("id") == number:
                if "error" in answer:
                    words = answer["error"]["message"]
                    kind = _NavigatedError if any(part in words for part in _NAVIGATED) else Failure
                    raise kind(f"Chromium refuses {method}: {words}")
                result: dict[str, Any] = answer["result"]
                return result
        raise Failure("Chromium has ended by itself")

    async def open(self, url: str, size: tuple[int, int], storage: Mapping[str, object] | None = None) -> None:
        """Load an address, with these values in the local storage, as JSON, before its scripts run."""
        lines = (
            f"localStorage.setItem({json.dumps(key)}, {json.dumps(json.dumps(value))});"
            for key, value in (storage or {}).items()
        )
        width, height = size
        await self.command("Page.enable")
        await self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False
        )
        await self.command("Page.addScriptToEvaluateOnNewDocument", source="".join(lines))
        await self.command("Page.navigate", url=url)

    async def evaluate(self, function: str) -> Any:
        """Return what the body of a function returns; there, `everywhere(selector)` finds elements in shadow trees."""
        expression = f"(async () => {{ {_TOOLS} {function} }})()"
        answer = await self.command("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise Failure(f"a script fails: {answer['result'].get('description')}")
        return answer["result"].get("value")

    async def wait_for(self, function: str) -> Any:
        """Return what the body of a function returns as soon as it is true, be it on the page that comes next."""
        deadline = asyncio.get_running_loop().time() + _PATIENCE_S
        while asyncio.get_running_loop().time() < deadline:
            with suppress(_NavigatedError):
                if value := await self.evaluate(function):
                    return value
            await asyncio.sleep(_POLL_S)
        raise Failure(f"the page does not come to this within {_PATIENCE_S:.0f} s: {function}")

    async def click(self, element: str) -> None:
        """Click on the middle of an element, given as an expression, once it is there, in front and stands still."""
        seen = None
        while (point := await self.wait_for(f"return middle({element});")) != seen:
            seen = point
            await asyncio.sleep(_POLL_S)
        for kind in ("mousePressed", "mouseReleased"):
            await self.command("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1, **point)

    async def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        await self.command("Input.insertText", text=text)

    async def picture(self) -> bytes:
        """Return the page as a PNG."""
        answer = await self.command("Page.captureScreenshot", format="png")
        return base64.b64decode(answer["data"])


@asynccontextmanager
async def running_chromium() -> AsyncIterator[Page]:
    """Run Chromium while the context lasts and give its tab. Raises Failure."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        raise Failure("this needs Chromium (Debian's package: chromium)")
    with tempfile.TemporaryDirectory(prefix="frigate_native-", ignore_cleanup_errors=True) as folder:
        process = await _start(program, Path(folder))
        try:
            async with aiohttp.ClientSession() as session:
                address = await _tab(session, Path(folder))
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    yield Page(socket)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


async def _start(program: str, folder: Path) -> asyncio.subprocess.Process:
    sandbox = () if os.geteuid() else ("--no-sandbox",)  # root has none
    return await asyncio.create_subprocess_exec(
        *(program, "--headless=new", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars", *sandbox),
        *(f"--user-data-dir={folder}", "--remote-debugging-port=0", "about:blank"),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )


async def _tab(session: aiohttp.ClientSession, folder: Path) -> str:
    """Return the address of the first tab, which Chromium tells by a file once it is up."""
    told = folder / "DevToolsActivePort"
    deadline = asyncio.get_running_loop().time() + _START_S
    while asyncio.get_running_loop().time() < deadline:
        if told.exists() and (lines := told.read_text().split()):
            async with session.get(f"http://127.0.0.1:{lines[0]}/json/list") as answer:
                tabs = [tab for tab in await answer.json() if tab["type"] == "page"]
            if tabs:
                return str(tabs[0]["webSocketDebuggerUrl"])
        await asyncio.sleep(_POLL_S)
    raise Failure(f"Chromium was not up after {_START_S:.0f} s")
