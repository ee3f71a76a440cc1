"""Home Assistant's process."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

from .failure import Failure

_HASS: Final = Path(__file__).parents[1] / "hass.py"
_STOP_S: Final = 40.0  # Home Assistant gives its integrations half a minute


class HomeAssistantProcess:
    """A Home Assistant that runs; its log goes to this process's stderr."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        """Watch a process."""
        self._process = process

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def check(self) -> None:
        """Raise Failure when it has ended by itself."""
        if (code := self._process.returncode) is not None:
            raise Failure(f"Home Assistant has ended by itself with code {code}; its log above may say why")

    async def stop(self) -> None:
        """Ask it to end, wait, and end whatever of it is left."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), _STOP_S)
        except TimeoutError:
            print(f"Home Assistant did not stop within {_STOP_S:.0f} s; ending it by force", file=sys.stderr)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        await self._process.wait()


@asynccontextmanager
async def running_process(folder: Path, port: int) -> AsyncIterator[HomeAssistantProcess]:
    """Run Home Assistant on a folder and a port while the context lasts."""
    colour = () if sys.stderr.isatty() else ("--log-no-color",)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", _HASS, "--config", folder, *colour),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=sys.stderr.fileno(),
        env=_environment(port),
        start_new_session=True,  # Ctrl-C is for us alone, and what it leaves behind can be found
    )
    home_assistant = HomeAssistantProcess(process)
    try:
        yield home_assistant
    finally:
        await home_assistant.stop()


def _environment(port: int) -> dict[str, str]:
    """Return the environment, with the port.

    One given as `http.server_port` would be a trial, which Home Assistant takes back by a restart after five minutes.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return environment | {"SETUP_PORT": str(port), "HA_DISABLE_LOG_FILE": "1"}
