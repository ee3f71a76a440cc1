"""Folders of review items: alerts and detections, each by day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import quote

from homeassistant.components.media_player import MediaClass
from homeassistant.components.media_source import BrowseMediaSource, PlayMedia

from ..access import Access
from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.media.assembly import TimeRange
from ..engine.messages import ReviewState, Severity
from ..engine.recordings.cuts import MOST_SECONDS
from ..engine.store import Cursor, ReviewFilter
from ..runtime.places import display_name
from .context import BrowseContext
from .event_query import PAGE
from .items import VIDEO, file, folder
from .periods import Period
from .reviews_query import ReviewsQuery
from .texts import TextKey

ITEM_NAME: Final = "review"
"""The start of the identifiers of items."""

_TITLES: Final = {Severity.ALERT: TextKey.ALERTS, Severity.DETECTION: TextKey.DETECTIONS}
_PATH: Final = f"/api/{DOMAIN}"
_PICTURE: Final = "image/webp"
_STREAM: Final = "application/x-mpegURL"
_PADDING_S: Final = 5.0  # played before and after an item
_MOST_AT_ONCE: Final = 100  # items that may begin at the same time, at different cameras


def browse_reviews(context: BrowseContext, query: ReviewsQuery) -> BrowseMediaSource:
    """Return a folder of review items with its contents. Blocks. Raises ValueError if there is no such folder."""
    title, holds = context.texts(TextKey.REVIEWS), MediaClass.DIRECTORY
    if query.severity is None:
        children = [_severity_folder(context, severity) for severity in _TITLES]
    elif query.day is None:
        title, children = context.texts(_TITLES[query.severity]), list(_days(context, query))
    else:
        title = f"{context.texts(_TITLES[query.severity])} · {_day_title(context, query.day)}"
        children, holds = list(_page(context, query, query.day)), MediaClass.VIDEO
    return folder(context.identifier(query.identifier), title, children, holds=holds)


def review_media(data: FrigateNativeData, review_id: str, now: float, access: Access) -> PlayMedia | None:
    """Return what is recorded of an item, else its thumbnail; None if neither exists. Blocks."""
    found = data.store.reviews.item(review_id)
    if found is None or not access.may_see(data, found.state.camera):
        return None
    if (recorded := _recorded(data, found.state, now)) is None:
        has_picture = data.store.reviews.thumbnail(review_id) is not None
        return PlayMedia(_picture(found.state), _PICTURE) if has_picture else None
    camera, span = quote(found.state.camera, safe=""), f"start/{recorded.start:.3f}/end/{recorded.end:.3f}"
    if recorded.end - recorded.start > MOST_SECONDS:
        return PlayMedia(f"{_PATH}/vod/{camera}/{span}/index.m3u8", _STREAM)
    return PlayMedia(f"{_PATH}/{camera}/{span}/clip.mp4", VIDEO)


def _severity_folder(context: BrowseContext, severity: Severity) -> BrowseMediaSource:
    return folder(context.identifier(ReviewsQuery(severity=severity).identifier), context.texts(_TITLES[severity]))


def _days(context: BrowseContext, query: ReviewsQuery) -> Iterator[BrowseMediaSource]:
    """Return the days with items, latest first."""
    for day in context.data.store.reviews.days(context.limit(ReviewFilter(severity=query.severity))):
        title = context.texts.counted(_day_title(context, day.day), day.total)
        yield folder(context.identifier(replace(query, day=day.day).identifier), title)


def _page(context: BrowseContext, query: ReviewsQuery, day: str) -> Iterator[BrowseMediaSource]:
    """Return the items that began on a day, newest first."""
    period = Period.parse(day, context.today)
    if not period.is_day:
        raise ValueError(f"not a day: {day[:40]!r}")
    first, last = period.bounds(context.zone)
    before = min(last, query.older.start_time) if query.older else last
    wanted = ReviewFilter(severity=query.severity, after=first, before=before, limit=PAGE + _MOST_AT_ONCE)
    states = [found.state for found in context.data.store.reviews.items(context.limit(wanted))]
    states = [state for state in states if state.start_time >= first and _is_older(state, query.older)]
    with_camera = len(context.data.config.cameras) > 1
    for state in states[:PAGE]:
        yield _item(context, state, with_camera=with_camera)
    if len(states) > PAGE:
        following = replace(query, older=Cursor(start_time=states[PAGE - 1].start_time, id=states[PAGE - 1].id))
        yield folder(context.identifier(following.identifier), context.texts(TextKey.OLDER_PAGE))


def _is_older(state: ReviewState, cursor: Cursor | None) -> bool:
    return cursor is None or (state.start_time, state.id) < (cursor.start_time, cursor.id)


def _item(context: BrowseContext, state: ReviewState, *, with_camera: bool) -> BrowseMediaSource:
    end = context.now.timestamp() if state.end_time is None else state.end_time
    title = context.texts(
        TextKey.REVIEW_OF_CAMERA if with_camera else TextKey.REVIEW,
        objects=", ".join(display_name(label) for label in state.labels),
        time=context.texts.moment(datetime.fromtimestamp(state.start_time, context.zone), with_date=False),
        camera=context.camera_title(state.camera),
        seconds=max(0, round(end - state.start_time)),
    )
    is_recorded = _recorded(context.data, state, context.now.timestamp()) is not None
    mime_type = VIDEO if is_recorded else _PICTURE
    return file(context.identifier(f"{ITEM_NAME}/{state.id}"), title, mime_type, _picture(state))


def _recorded(data: FrigateNativeData, state: ReviewState, now: float) -> TimeRange | None:
    """Return which part of an item is recorded."""
    end = now if state.end_time is None else state.end_time
    span = TimeRange(start=state.start_time - _PADDING_S, end=max(end, state.start_time) + _PADDING_S)
    return data.recordings.covered(state.camera, span)


def _picture(state: ReviewState) -> str:
    """Return the URL of an item's thumbnail, which requires login; unsigned so that browsers can cache it."""
    return f"{_PATH}/review/{quote(state.id, safe='')}/thumbnail.webp"


def _day_title(context: BrowseContext, day: str) -> str:
    if day == context.today.isoformat():
        return context.texts(TextKey.TODAY)
    if day == (context.today - timedelta(days=1)).isoformat():
        return context.texts(TextKey.YESTERDAY)
    return context.texts.period(Period.parse(day, context.today))
