"""What tests of flows share."""

from base64 import b64encode
from collections.abc import AsyncIterator
from http import HTTPStatus

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from ..system import (
    FOOTAGE,
)
from .walk import PASSWORD, USER


@pytest.fixture
async def locked_camera() -> AsyncIterator[str]:
    """Serve the footage to whoever knows user and password."""
    expected = "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    async def video(request: web.Request) -> web.StreamResponse:
        if request.headers.get("Authorization") != expected:
            return web.Response(status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": 'Basic realm="camera"'})
        return web.FileResponse(FOOTAGE)

    app = web.Application()
    app.router.add_get("/live.mp4", video)
    async with TestServer(app, host="127.0.0.1") as server:
        yield str(server.make_url("/live.mp4"))
