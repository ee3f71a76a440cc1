"""An HTML index of all clips and snapshots, like a web server's directory listing."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import quote

from aiohttp import web

from ..engine.media.file_names import parse_media_name
from .api_request import NO_STORE, ApiRequest

_MAX_LINKS: Final = 10_000  # links; browsers display this many without problems
_PAGE: Final = """\
<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>Clips</title></head>
<body><h1>Clips</h1><pre>
{lines}
</pre></body></html>
"""


async def listing(request: ApiRequest) -> web.Response:
    """Return the newest files of all entries."""
    folders = [(data.paths.clips, request.access.visible_cameras(data)) for data in request.systems]
    page = await request.async_read(lambda: _page(folders))
    return web.Response(text=page, content_type="text/html", headers=NO_STORE)


def _page(folders: list[tuple[Path, frozenset[str] | None]]) -> str:
    found = sorted((file for folder, cameras in folders for file in _files(folder, cameras)), reverse=True)
    lines = [_line(modified, name, size) for modified, name, size in found[:_MAX_LINKS]]
    if len(found) > _MAX_LINKS:
        lines.append(f"{len(found) - _MAX_LINKS} older files are not listed")
    return _PAGE.format(lines="\n".join(lines))


def _files(folder: Path, cameras: frozenset[str] | None) -> Iterator[tuple[float, str, int]]:
    """Return modification time, name and size of each clip and snapshot of these cameras; None: of all."""
    try:
        entries = os.scandir(folder)
    except FileNotFoundError:
        return
    with entries:
        for entry in entries:
            media = parse_media_name(entry.name)
            if media is None or not entry.is_file(follow_symlinks=False):
                continue
            if cameras is not None and media[0] not in cameras:
                continue
            try:
                found = entry.stat()
            except FileNotFoundError:  # deleted in the meantime
                continue
            yield found.st_mtime, entry.name, found.st_size


def _line(modified: float, name: str, size: int) -> str:
    moment = datetime.fromtimestamp(modified, UTC)
    return f'<a href="{quote(name)}">{escape(name)}</a>  {moment:%Y-%m-%d %H:%M:%S}Z  {size:>12}'
