"""Folders and files of the media browser."""

from collections.abc import Sequence

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import BrowseMediaSource

from ..const import DOMAIN

VIDEO = "video/mp4"
IMAGE = "image/jpeg"


def folder(
    identifier: str | None,
    title: str,
    children: Sequence[BrowseMediaSource] | None = None,
    *,
    thumbnail: str | None = None,
    can_search: bool = False,
    holds: MediaClass = MediaClass.DIRECTORY,
) -> BrowseMediaSource:
    """Return a folder. Without children it is an item of a list that can be opened."""
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier,
        media_class=MediaClass.DIRECTORY,
        media_content_type="",
        title=title,
        can_play=False,
        can_expand=True,
        children=children,
        children_media_class=holds,
        thumbnail=thumbnail,
        can_search=can_search,
    )


def file(identifier: str, title: str, mime_type: str, thumbnail: str | None = None) -> BrowseMediaSource:
    """Return a clip, recording or snapshot."""
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier,
        media_class=MediaClass.VIDEO if mime_type == VIDEO else MediaClass.IMAGE,
        media_content_type=mime_type,
        title=title,
        can_play=True,
        can_expand=False,
        thumbnail=thumbnail,
    )
