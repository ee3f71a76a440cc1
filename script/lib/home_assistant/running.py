"""A whole Home Assistant, onboarded, for as long as it is wanted."""

import sys
import tempfile
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from .client import Api, Connection
from .folder import fill_folder
from .onboarding import Access, onboard, wait_until_running, wait_until_up
from .port import free_port
from .process import running_process


@dataclass(frozen=True, kw_only=True)
class HomeAssistant:
    """A Home Assistant that runs: its folder, its process, the doors to it and the keys."""

    folder: Path
    pid: int
    api: Api
    connection: Connection
    access: Access


@asynccontextmanager
async def running_home_assistant(
    port: int, integrations: Iterable[Path] = (), more: str = ""
) -> AsyncIterator[HomeAssistant]:
    """Run Home Assistant in a folder of its own, which goes when the context ends; port 0: any.

    Further integrations and lines of configuration.yaml may be given. Raises Failure.
    """
    port = free_port(port)
    with tempfile.TemporaryDirectory(prefix="frigate_native-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        fill_folder(folder, integrations, more)
        say("Starting Home Assistant")
        async with aiohttp.ClientSession() as session, running_process(folder, port) as process:
            api = Api(session, f"http://127.0.0.1:{port}")
            await wait_until_up(api, process)
            access, connection = await onboard(api)
            await wait_until_running(api, process)
            yield HomeAssistant(folder=folder, pid=process.pid, api=api, connection=connection, access=access)
            say("Stopping Home Assistant")


def say(text: str) -> None:
    """Tell a person how far it has come; stdout is for the answer."""
    print(text, file=sys.stderr, flush=True)
