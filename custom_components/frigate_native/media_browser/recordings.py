"""Folders of recordings: month or date, day, hour and camera, or the camera first."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import BrowseMediaSource

from ..recorder import recording_start
from ..recorder.recordings_tree import RecordingsTree, is_hour, is_utc
from .context import BrowseContext
from .items import VIDEO, file, folder
from .periods import Period
from .recordings_query import RecordingsQuery
from .texts import TextKey

ITEM_NAME: Final = "recording"
"""The start of the identifiers of files."""


def browse_recordings(context: BrowseContext, query: RecordingsQuery) -> BrowseMediaSource:
    """Return a folder of recordings with its contents. Blocks. Raises ValueError if there is no such folder."""
    tree = RecordingsTree(context.data.paths.recordings)
    if not tree.has(*query.time) and query.time:
        raise ValueError("there are no recordings")
    if query.is_hour:
        children = list(
            _files(context, tree, query, query.camera) if query.camera else _cameras_of(context, tree, query)
        )
    else:
        children = list(_times(context, tree, query))
        if not query.time and query.camera is None:
            children = [*children, *_cameras(context, tree)]
    return folder(context.identifier(query.identifier), _title(context, query), children, holds=MediaClass.VIDEO)


def _times(context: BrowseContext, tree: RecordingsTree, query: RecordingsQuery) -> Iterator[BrowseMediaSource]:
    """Return the months, dates, days or hours with recordings of the camera, or of any, latest first."""
    for name in reversed(tree.names(*query.time)):
        inner = query.at(name)
        if query.camera is None or _is_recorded(tree, inner.time, query.camera):
            yield folder(context.identifier(inner.identifier), _time_title(context, inner.time))


def _is_recorded(tree: RecordingsTree, time: tuple[str, ...], camera: str) -> bool:
    if is_hour(time):
        return tree.has(*time, camera)
    return any(_is_recorded(tree, (*time, name), camera) for name in tree.names(*time))


def _cameras(context: BrowseContext, tree: RecordingsTree) -> Iterator[BrowseMediaSource]:
    """Return the configured cameras, and those in the last hour of any day."""
    names = set(context.data.config.cameras)
    months = tree.names()
    for day in (day for month in months for day in _days(tree, month)):
        names.update(camera for hour in tree.names(*day)[-1:] for camera in tree.names(*day, hour))
    for name in sorted(filter(context.may_see, names)):
        if any(_is_recorded(tree, (month,), name) for month in reversed(months)):
            yield _camera_folder(context, RecordingsQuery(camera=name), name)


def _days(tree: RecordingsTree, month: str) -> list[tuple[str, ...]]:
    """Return the folders of days in a folder of the root, which may be one itself."""
    return [(month,)] if is_utc((month,)) else [(month, day) for day in tree.names(month)]


def _cameras_of(context: BrowseContext, tree: RecordingsTree, query: RecordingsQuery) -> Iterator[BrowseMediaSource]:
    for name in filter(context.may_see, tree.names(*query.time)):
        yield _camera_folder(context, replace(query, camera=name), name)


def _camera_folder(context: BrowseContext, query: RecordingsQuery, name: str) -> BrowseMediaSource:
    return folder(
        context.identifier(query.identifier), context.camera_title(name), thumbnail=context.camera_picture(name)
    )


def _files(
    context: BrowseContext, tree: RecordingsTree, query: RecordingsQuery, camera: str
) -> Iterator[BrowseMediaSource]:
    """Return the recordings of an hour in order of time, even if the clock was turned back."""
    starts = {}
    for name in tree.names(*query.time, camera) if context.may_see(camera) else ():
        start = recording_start(Path(*query.time, camera, name), context.zone)
        if start is not None:
            starts[name] = start
    for name, start in sorted(starts.items(), key=lambda item: (item[1], item[0])):
        path = "/".join((*query.time, camera, name))
        yield file(context.identifier(f"{ITEM_NAME}/{path}"), _file_title(context, name, start), VIDEO)


def _file_title(context: BrowseContext, name: str, start: float) -> str:
    number = Path(name).stem.partition("-")[2]
    title = f"{datetime.fromtimestamp(start, context.zone):%H:%M:%S}"
    return f"{title} ({number})" if number else title


def _time_title(context: BrowseContext, time: tuple[str, ...]) -> str:
    if is_hour(time):
        return _hour_title(context, time)
    written = "-".join(time)
    try:
        return context.texts.period(Period.parse(written, context.today))
    except ValueError:  # such as February 31, created manually
        return written


def _hour_title(context: BrowseContext, time: tuple[str, ...]) -> str:
    """Return an hour in local time, also one of a folder in UTC."""
    start = recording_start(Path(*time, "-", "00.00.mp4"), context.zone)
    if not is_utc(time) or start is None:
        return f"{time[-1]}:00"
    local = datetime.fromtimestamp(start, context.zone)
    day = "" if f"{local:%Y-%m-%d}" == time[0] else f"{local:%Y-%m-%d} "
    return f"{day}{local:%H:%M}"


def _title(context: BrowseContext, query: RecordingsQuery) -> str:
    parts = [context.texts(TextKey.RECORDINGS)]
    if query.camera is not None:
        parts.append(context.camera_title(query.camera))
    if query.time:
        parts.append(_time_title(context, query.time[: 1 if is_utc(query.time) else 2]))
    if query.is_hour:
        parts.append(_time_title(context, query.time))
    return " · ".join(parts)
