"""The tree of recordings: folders as JSON, files in parts if asked for."""

from email.utils import formatdate
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web

from ..recorder.recordings_tree import RecordingsTree, RecordingsTreeItem
from .event_request import KEEP, Question, async_json

_NOT_FOUND = "File not found"


async def root(question: Question) -> web.Response:
    """Answer with the months."""
    return await async_json(question, partial(_listing, question, ()))


async def folder_or_file(question: Question) -> web.StreamResponse:
    """Answer with what a folder holds, or with a recording; of the first entry that has it."""
    parts = tuple(question.part("path").removesuffix("/").split("/"))
    path = await question.async_read(partial(_file, question, parts))
    if path is not None:
        return web.FileResponse(path, headers=KEEP)
    return await async_json(question, partial(_listing, question, parts if parts != ("",) else ()))


def _file(question: Question, parts: tuple[str, ...]) -> Path | None:
    found = (RecordingsTree(data.paths.recordings).file(*parts) for data in question.systems)
    return next((path for path in found if path is not None), None)


def _listing(question: Question, parts: tuple[str, ...]) -> list[dict[str, Any]]:
    for data in question.systems:
        try:
            items = RecordingsTree(data.paths.recordings).items(*parts)
        except OSError as err:
            raise web.HTTPServiceUnavailable(text=f"The recordings cannot be read: {err.strerror}") from err
        if items is not None:
            return [_payload(item) for item in items]
    raise web.HTTPNotFound(text=_NOT_FOUND)


def _payload(item: RecordingsTreeItem) -> dict[str, Any]:
    """Return the JSON object that nginx's autoindex has for it."""
    payload: dict[str, Any] = {
        "name": item.name,
        "type": "directory" if item.is_folder else "file",
        "mtime": formatdate(item.modified, usegmt=True),
    }
    return payload if item.size is None else payload | {"size": item.size}
