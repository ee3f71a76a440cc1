"""A new Home Assistant's first user, and a token to speak for it."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import aiohttp

from .client import Api, Connection
from .failure import Failure
from .process import HomeAssistantProcess

_UP_S: Final = 600.0  # a first start may install packages
_POLL_S: Final = 0.1
_USERNAME: Final = "demo"


@dataclass(frozen=True, kw_only=True)
class Access:
    """How a person and a program get in; the token is a long-lived one."""

    username: str
    password: str
    token: str


async def wait_until_up(api: Api, process: HomeAssistantProcess) -> None:
    """Return when Home Assistant answers; Failure when it ends or takes too long."""
    await _wait_for(api, process, "/api/onboarding", lambda answer: True)


async def wait_until_running(api: Api, process: HomeAssistantProcess) -> None:
    """Return when Home Assistant has finished its start; needs a token."""
    await _wait_for(api, process, "/api/config", lambda answer: answer["state"] == "RUNNING")


async def onboard(api: Api) -> tuple[Access, Connection]:
    """Go through the steps of a new Home Assistant's first page; return access and a connection."""
    client = {"client_id": f"{api.url}/"}
    password = secrets.token_urlsafe(9)
    user = {"name": "Demo", "username": _USERNAME, "password": password, "language": "en"}
    granted = await api.post("/api/onboarding/users", client | user)
    code = {"grant_type": "authorization_code", "code": granted["auth_code"]}
    tokens = await api.post("/auth/token", form=client | code)
    api.authorize(tokens["access_token"])
    await api.post("/api/onboarding/analytics")
    await api.post("/api/onboarding/integration", client | {"redirect_uri": f"{api.url}/?auth_callback=1"})
    connection = await api.connect(tokens["access_token"])
    token = await connection.command("auth/long_lived_access_token", client_name="script", lifespan=365)
    api.authorize(token)
    return Access(username=_USERNAME, password=password, token=token), connection


async def _wait_for(api: Api, process: HomeAssistantProcess, path: str, is_good: Callable[[Any], bool]) -> None:
    deadline = asyncio.get_running_loop().time() + _UP_S
    while asyncio.get_running_loop().time() < deadline:
        process.check()
        try:
            if is_good(await api.get(path)):
                return
        except aiohttp.ClientError, TimeoutError, Failure:
            pass  # not yet
        await asyncio.sleep(_POLL_S)
    raise Failure(f"Home Assistant was not up after {_UP_S:.0f} s; its log above may say why")
