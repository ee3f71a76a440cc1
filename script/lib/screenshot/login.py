"""Logs in without the login page."""

from typing import Final

from home_assistant.running import HomeAssistant

_FOREVER_MS: Final = 4_000_000_000_000


def logged_in(home_assistant: HomeAssistant) -> dict[str, object]:
    """Return what Home Assistant's page keeps of somebody who has logged in, and whose sidebar is small."""
    tokens = {
        "hassUrl": home_assistant.api.url,
        "clientId": f"{home_assistant.api.url}/",
        "access_token": home_assistant.access.token,
        "refresh_token": "",
        "token_type": "Bearer",
        "expires_in": _FOREVER_MS,
        "expires": _FOREVER_MS,
    }
    return {"hassTokens": tokens, "dockedSidebar": "auto"}
