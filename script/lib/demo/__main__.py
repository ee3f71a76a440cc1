"""Runs the demonstration; see script/demo."""

import asyncio
import signal
import sys
from contextlib import suppress
from typing import Final

from home_assistant.client import Connection
from home_assistant.failure import Failure
from home_assistant.integration import record_in_home_assistant, set_up_by_file
from home_assistant.running import HomeAssistant, running_home_assistant, say

from .cameras import write_configuration
from .check import check_configuration
from .lines import ReaderGone, print_line
from .options import Options, parse_options

_REMIND_S: Final = 30.0
_SIGHTS: Final = """Look at
  Overview: the camera, who is there, and the review status
  Media > Frigate: clips, snapshots and recordings, after a minute
  Activity: who was detected, where, and how sure
  Settings > Devices & services > Frigate: devices, entities and options"""


def main() -> int:
    """Run the demonstration and return the exit code."""
    options = parse_options()
    try:
        check_configuration(options)
        asyncio.run(_run_until_signal(options))
    except Failure as err:
        say(f"error: {err}")
        return 1
    return 0


async def _run_until_signal(options: Options) -> None:
    """Run until the duration is over, a signal arrives or the reader of stdout is gone."""
    demonstration = asyncio.ensure_future(_demonstrate(options))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, demonstration.cancel)
    with suppress(asyncio.CancelledError, ReaderGone):
        await demonstration


async def _demonstrate(options: Options) -> None:
    async with running_home_assistant(options.port) as home_assistant:
        say("Setting up the integration")
        path = await asyncio.to_thread(write_configuration, options, home_assistant.folder)
        entry_id = await set_up_by_file(home_assistant.api, path)
        if options.config is None:
            await record_in_home_assistant(home_assistant.api, entry_id)
        await home_assistant.connection.command("frigate_native/events/subscribe")
        _print_ready(home_assistant, options)
        printing = asyncio.create_task(_print_events(home_assistant.connection))
        reminding = asyncio.create_task(_remind(home_assistant))
        await asyncio.wait([printing], timeout=options.duration_s)
        reminding.cancel()
        if printing.done():
            await printing
            raise Failure("Home Assistant closed the connection; check its log above")
    await printing  # events that arrived while it stopped


async def _print_events(connection: Connection) -> None:
    async for event in connection.events():
        print_line("event", topic=event["topic"], payload=event["payload"])


async def _remind(home_assistant: HomeAssistant) -> None:
    """Repeat the login on a terminal, since events scroll it away."""
    while sys.stdout.isatty():
        await asyncio.sleep(_REMIND_S)
        say(_login(home_assistant))


def _print_ready(home_assistant: HomeAssistant, options: Options) -> None:
    url, access = home_assistant.api.url, home_assistant.access
    print_line("ready", url=url, username=access.username, password=access.password, token=access.token)
    say(_login(home_assistant))
    say(_SIGHTS)
    say("Press Ctrl-C to stop" if options.duration_s is None else f"Stops in {options.duration_s:g} s")


def _login(home_assistant: HomeAssistant) -> str:
    access = home_assistant.access
    return (
        f"Home Assistant is running at {home_assistant.api.url} (user: {access.username}, password: {access.password})"
    )


if __name__ == "__main__":
    sys.exit(main())
