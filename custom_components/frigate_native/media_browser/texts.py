"""Texts of the media browser, in Home Assistant's language."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.translation import async_get_cached_translations

from ..const import DOMAIN
from .periods import Period


class TextKey(StrEnum):
    """Translation keys."""

    CLIPS = "media_clips"
    SNAPSHOTS = "media_snapshots"
    RECORDINGS = "media_recordings"
    REVIEWS = "media_reviews"
    EXPORTS = "media_exports"
    ALERTS = "media_alerts"
    DETECTIONS = "media_detections"
    CAMERAS = "media_cameras"
    OBJECTS = "media_objects"
    ZONES = "media_zones"
    TODAY = "media_today"
    YESTERDAY = "media_yesterday"
    THIS_MONTH = "media_this_month"
    LAST_MONTH = "media_last_month"
    THIS_YEAR = "media_this_year"
    COUNT = "media_count"
    OLDER = "media_older"
    OLDER_PAGE = "media_older_page"
    MONTH = "media_month"
    EVENT = "media_event"
    EVENT_OF_CAMERA = "media_event_of_camera"
    REVIEW = "media_review"
    REVIEW_OF_CAMERA = "media_review_of_camera"
    MONTH_1 = "media_month_1"
    MONTH_2 = "media_month_2"
    MONTH_3 = "media_month_3"
    MONTH_4 = "media_month_4"
    MONTH_5 = "media_month_5"
    MONTH_6 = "media_month_6"
    MONTH_7 = "media_month_7"
    MONTH_8 = "media_month_8"
    MONTH_9 = "media_month_9"
    MONTH_10 = "media_month_10"
    MONTH_11 = "media_month_11"
    MONTH_12 = "media_month_12"


class Texts:
    """Translated texts. Thread-safe."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Initialize with texts by key. A missing text is shown as its key."""
        self._texts = texts

    @classmethod
    @callback
    def async_of(cls, hass: HomeAssistant) -> Texts:
        """Return the texts in Home Assistant's language."""
        texts = async_get_cached_translations(hass, hass.config.language, "common", DOMAIN)
        prefix = f"component.{DOMAIN}.common."
        return cls({key.removeprefix(prefix): text for key, text in texts.items()})

    def __call__(self, key: TextKey, **values: object) -> str:
        """Return a text with its placeholders replaced."""
        return self._texts.get(key, key).format(**values)

    def counted(self, title: str, count: int) -> str:
        """Return a title with a count."""
        return self(TextKey.COUNT, title=title, count=count)

    def period(self, period: Period) -> str:
        """Return the name of a period."""
        if not period.is_written:
            return self(TextKey(f"media_{period.name}"))
        if period.is_day or len(period.name) == len("2026"):
            return period.name
        return self(TextKey.MONTH, month=self(TextKey(f"media_month_{period.first.month}")), year=period.first.year)

    def moment(self, moment: datetime, *, with_date: bool) -> str:
        """Return a local time, with its date if needed: cards have little space."""
        return f"{moment:%Y-%m-%d %H:%M:%S}" if with_date else f"{moment:%H:%M:%S}"
