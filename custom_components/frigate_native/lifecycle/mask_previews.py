"""Pictures of cameras with their masks and zones, for repair issues about them."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Final
from urllib.parse import quote, urlencode

from homeassistant.components.http.auth import async_sign_path
from homeassistant.core import HomeAssistant, callback

from ..engine.config.report import Note
from ..http.routes import BASE_PATH

_LIFETIME: Final = timedelta(days=30)
_HEIGHT_PX: Final = 240
_AREA: Final = re.compile(r"cameras\.(?P<camera>[^.]+)\.(.*mask|zones\.).*")


@callback
def async_mask_previews(hass: HomeAssistant, entry_id: str, notes: Iterable[Note]) -> str:
    """Return the pictures of the cameras whose masks or zones are noted, as Markdown; empty without any.

    They show the newest frame while the camera runs, to everyone who sees the issue.
    """
    found = [match["camera"] for note in notes if (match := _AREA.fullmatch(note.place))]
    return "\n\n".join(_picture(hass, entry_id, camera) for camera in dict.fromkeys(found))


def _picture(hass: HomeAssistant, entry_id: str, camera: str) -> str:
    query = urlencode({"entry_id": entry_id, "h": _HEIGHT_PX, "mask": 1, "zones": 1})
    path = f"{BASE_PATH}/{quote(camera)}/latest.jpg?{query}"
    return f"![{camera}]({async_sign_path(hass, path, _LIFETIME, use_content_user=True)})"
