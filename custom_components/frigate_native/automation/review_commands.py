"""Commands on review items, called by `services.py` and `websocket_reviews.py`."""

from collections.abc import Sequence
from typing import Any, Final

import voluptuous as vol
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv

from ..access import Access
from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.messages import Severity
from ..engine.store import EventStore, ReviewFilter
from .event_commands import NAMES, TIMESTAMP, async_write

_MAX_ITEMS: Final = 10_000
IDS: Final = vol.All(cv.ensure_list, vol.Length(max=_MAX_ITEMS), [cv.string])
SEVERITY: Final = vol.In([str(severity) for severity in Severity])
FILTER_FIELDS: Final[dict[Any, Any]] = {
    vol.Optional("cameras"): NAMES,
    vol.Optional("labels"): NAMES,
    vol.Optional("zones"): NAMES,
    vol.Optional("severity"): SEVERITY,
    vol.Optional("reviewed"): cv.boolean,
    vol.Optional("after"): TIMESTAMP,
    vol.Optional("before"): TIMESTAMP,
}
PAGE_FIELDS: Final[dict[Any, Any]] = {
    vol.Optional("limit", default=100): vol.All(vol.Coerce(int), vol.Range(min=0, max=_MAX_ITEMS)),
}


def review_filter(values: dict[str, Any], user: str) -> ReviewFilter:
    """Return the filter for the fields of FILTER_FIELDS and PAGE_FIELDS, asked by this user."""
    severity = values.get("severity")
    return ReviewFilter(
        user=user,
        cameras=tuple(values.get("cameras") or ()),
        labels=tuple(values.get("labels") or ()),
        zones=tuple(values.get("zones") or ()),
        severity=Severity(severity) if severity else None,
        is_reviewed=values.get("reviewed"),
        after=values.get("after"),
        before=values.get("before"),
        limit=values.get("limit"),
    )


async def async_mark(
    access: Access, systems: Sequence[FrigateNativeData], review_ids: list[str], *, is_reviewed: bool
) -> int:
    """Note that the user has seen review items, or has not; return how many of them the user may see."""
    return sum([await _mark(access, data, review_ids, is_reviewed=is_reviewed) for data in systems])


async def _mark(access: Access, data: FrigateNativeData, review_ids: list[str], *, is_reviewed: bool) -> int:
    cameras, user = access.visible_cameras(data), access.user_id

    def mark(store: EventStore) -> int:
        return store.reviews.mark(review_ids, user, is_reviewed=is_reviewed, cameras=cameras)

    return await async_write(data, mark)


def unknown(review_id: str) -> ServiceValidationError:
    """Return the error for a review item that does not exist, or that the user may not see."""
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key="review_unknown", translation_placeholders={"review_id": review_id}
    )


async def async_delete(data: FrigateNativeData, review_ids: list[str]) -> int:
    """Delete review items; their events and recordings stay. Return how many there were."""
    return await async_write(data, lambda store: store.reviews.delete(review_ids))
