"""Takes the picture; see script/screenshot."""

import asyncio
import io
import sys
from pathlib import Path
from typing import Final

from demo.cameras import write_configuration
from demo.options import parse_options
from home_assistant.failure import Failure
from home_assistant.integration import set_up_by_file
from home_assistant.running import HomeAssistant, running_home_assistant, say
from PIL import Image

from .chromium import running_chromium
from .dashboard import URL_PATH, make_dashboard

_PICTURE: Final = Path(__file__).parents[3] / "docs" / "home-assistant.png"
_SIZE: Final = (1280, 800)
_WATCH_S: Final = 25.0  # so long into the sample it shows several people
_FOREVER_MS: Final = 4_000_000_000_000


def main() -> int:
    """Take the picture and return the exit code."""
    try:
        picture = asyncio.run(_take())
    except Failure as err:
        say(f"error: {err}")
        return 1
    _PICTURE.parent.mkdir(exist_ok=True)
    # 256 colours: a third of the size, and nobody sees it
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(256).save(_PICTURE, optimize=True)
    say(f"{_PICTURE.name}: {_PICTURE.stat().st_size // 1000} kB")
    return 0


async def _take() -> bytes:
    async with running_home_assistant(0) as home_assistant, running_chromium() as page:
        path = write_configuration(parse_options([]), home_assistant.folder)
        await set_up_by_file(home_assistant.api, path)
        await make_dashboard(home_assistant.connection)
        url = f"{home_assistant.api.url}/{URL_PATH}/0"
        await page.open(url, {"hassTokens": _tokens(home_assistant), "dockedSidebar": "auto"}, _SIZE)
        say("Watching")
        await asyncio.sleep(_WATCH_S)
        return await page.picture()


def _tokens(home_assistant: HomeAssistant) -> dict[str, object]:
    """Return what Home Assistant's page keeps of somebody who has logged in."""
    return {
        "hassUrl": home_assistant.api.url,
        "clientId": f"{home_assistant.api.url}/",
        "access_token": home_assistant.access.token,
        "refresh_token": "",
        "token_type": "Bearer",
        "expires_in": _FOREVER_MS,
        "expires": _FOREVER_MS,
    }


if __name__ == "__main__":
    sys.exit(main())
