"""Folders of recordings: month, day, hour and camera, the camera first if one likes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import BrowseMediaSource

from ..recorder import recording_start
from ..recorder.recordings_tree import RecordingsTree
from .context import Look
from .items import VIDEO, file, folder
from .labels import Word
from .periods import Period
from .recordings_query import RecordingsQuery

ITEM_NAME: Final = "recording"
"""What the identifiers of single files begin with."""


def browse_recordings(look: Look, query: RecordingsQuery) -> BrowseMediaSource:
    """Return a folder of recordings with what is in it; blocks. ValueError when there is no such folder."""
    tree = RecordingsTree(look.data.paths.recordings)
    if not tree.has(*query.time) and query.time:
        raise ValueError("there are no recordings")
    if query.is_hour:
        children = list(_files(look, tree, query, query.camera) if query.camera else _cameras_of(look, tree, query))
    else:
        children = list(_times(look, tree, query))
        if not query.time and query.camera is None:
            children = [*children, *_cameras(look, tree)]
    return folder(look.identifier(query.identifier), _title(look, query), children, holds=MediaClass.VIDEO)


def _times(look: Look, tree: RecordingsTree, query: RecordingsQuery) -> Iterator[BrowseMediaSource]:
    """Return the months, days or hours, the last first; of a camera those that it has been recorded in."""
    for name in reversed(tree.names(*query.time)):
        inner = query.at(name)
        if query.camera is None or _is_recorded(tree, inner.time, query.camera):
            yield folder(look.identifier(inner.identifier), _time_title(look, inner.time))


def _is_recorded(tree: RecordingsTree, time: tuple[str, ...], camera: str) -> bool:
    if len(time) == 3:
        return tree.has(*time, camera)
    return any(_is_recorded(tree, (*time, name), camera) for name in tree.names(*time))


def _cameras(look: Look, tree: RecordingsTree) -> Iterator[BrowseMediaSource]:
    """Return the cameras that are configured or were recorded last on some day."""
    names = set(look.data.config.cameras)
    for month in tree.names():
        for day in tree.names(month):
            names.update(camera for hour in tree.names(month, day)[-1:] for camera in tree.names(month, day, hour))
    months = tree.names()
    for name in sorted(names):
        if any(_is_recorded(tree, (month,), name) for month in reversed(months)):
            yield _camera_folder(look, RecordingsQuery(camera=name), name)


def _cameras_of(look: Look, tree: RecordingsTree, query: RecordingsQuery) -> Iterator[BrowseMediaSource]:
    for name in tree.names(*query.time):
        yield _camera_folder(look, replace(query, camera=name), name)


def _camera_folder(look: Look, query: RecordingsQuery, name: str) -> BrowseMediaSource:
    return folder(look.identifier(query.identifier), look.camera_title(name), thumbnail=look.camera_picture(name))


def _files(look: Look, tree: RecordingsTree, query: RecordingsQuery, camera: str) -> Iterator[BrowseMediaSource]:
    """Return an hour's recordings in the order of time, also where the clock was turned back in it."""
    starts = {}
    for name in tree.names(*query.time, camera):
        start = recording_start(Path(*query.time, camera, name), look.zone)
        if start is not None:
            starts[name] = start
    for name, start in sorted(starts.items(), key=lambda item: (item[1], item[0])):
        path = "/".join((*query.time, camera, name))
        yield file(look.identifier(f"{ITEM_NAME}/{path}"), _file_title(look, name, start), VIDEO)


def _file_title(look: Look, name: str, start: float) -> str:
    number = Path(name).stem.partition("-")[2]
    title = f"{datetime.fromtimestamp(start, look.zone):%H:%M:%S}"
    return f"{title} ({number})" if number else title


def _time_title(look: Look, time: tuple[str, ...]) -> str:
    if len(time) == 3:
        return f"{time[2]}:00"
    written = "-".join(time)
    try:
        return look.words.period(Period.parse(written, look.today))
    except ValueError:  # the 31st of February, by whatever hand
        return written


def _title(look: Look, query: RecordingsQuery) -> str:
    parts = [look.words(Word.RECORDINGS)]
    if query.camera is not None:
        parts.append(look.camera_title(query.camera))
    if query.time:
        parts.append(_time_title(look, query.time[:2]))
    if query.is_hour:
        parts.append(_time_title(look, query.time))
    return " · ".join(parts)
