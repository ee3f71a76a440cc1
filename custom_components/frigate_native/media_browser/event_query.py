"""The events in a folder of the media browser, as encoded in its identifier."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, urlencode

from ..engine.store import Cursor, EventField, EventFilter
from .periods import Period

PAGE: Final = 50


class Kind(StrEnum):
    """Kind of media; identifiers start with it."""

    CLIPS = "clips"
    SNAPSHOTS = "snapshots"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """A folder with all events of a kind, optionally filtered.

    by: list the cameras, labels or zones of the events instead. older: the page after this event.
    """

    kind: Kind
    period: str | None = None
    camera: str | None = None
    label: str | None = None
    zone: str | None = None
    by: EventField | None = None
    older: Cursor | None = None

    @classmethod
    def parse(cls, kind: Kind, text: str) -> EventQuery:
        """Return the query of an identifier. Raises ValueError if it is invalid."""
        values = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=6)) if text else {}
        unknown = values.keys() - {"period", "camera", "label", "zone", "by", "older"}
        if unknown:
            raise ValueError(f"unknown keys: {', '.join(sorted(unknown))[:40]}")
        return cls(
            kind=kind,
            period=values.get("period"),
            camera=values.get("camera"),
            label=values.get("label"),
            zone=values.get("zone"),
            by=EventField(values["by"]) if "by" in values else None,
            older=read_cursor(values),
        )

    @property
    def identifier(self) -> str:
        """The identifier, which `parse` reads after the kind."""
        values = {"period": self.period, "camera": self.camera, "label": self.label, "zone": self.zone}
        given = {
            key: value
            for key, value in (values | {"by": self.by, "older": cursor_text(self.older)}).items()
            if value is not None
        }
        return f"{self.kind}?{urlencode(given)}" if given else str(self.kind)

    def of(self, field: EventField) -> str | None:
        """Return the value that the events are filtered by."""
        return {EventField.CAMERA: self.camera, EventField.LABEL: self.label, EventField.ZONE: self.zone}[field]

    def to_filter(self, today: date, zone: tzinfo) -> EventFilter:
        """Return the filter for the event store, one event larger than a page. Raises ValueError for a wrong period."""
        after, before = Period.parse(self.period, today).bounds(zone) if self.period is not None else (None, None)
        return EventFilter(
            cameras=_names(self.camera),
            labels=_names(self.label),
            zones=_names(self.zone),
            after=after,
            before=before,
            has_clip=True if self.kind is Kind.CLIPS else None,
            has_snapshot=True if self.kind is Kind.SNAPSHOTS else None,
            in_progress=None,  # ongoing events have no files
            limit=PAGE + 1,
            older_than=self.older,
            include_thumbnails=False,
        )


def _names(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


def cursor_text(cursor: Cursor | None) -> str | None:
    """Return the position of a page, which `read_cursor` reads as `older`."""
    return None if cursor is None else f"{cursor.start_time!r}~{cursor.id}"


def read_cursor(values: Mapping[str, str]) -> Cursor | None:
    """Return the position in an identifier's values. Raises ValueError if it is invalid."""
    if "older" not in values:
        return None
    time, _, event_id = values["older"].partition("~")
    start_time = float(time)
    if not math.isfinite(start_time):
        raise ValueError(f"not a time: {time[:40]!r}")
    return Cursor(start_time=start_time, id=event_id)
