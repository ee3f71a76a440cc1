"""Which events a folder of the media browser holds, and how its identifier says so."""

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
    """What of an event is looked for; the value begins identifiers."""

    CLIPS = "clips"
    SNAPSHOTS = "snapshots"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventQuery:
    """A folder: all events of a kind unless narrowed. by: not the events, but what cameras, labels or zones they have.

    older: the page behind this event.
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
        """Return the query that an identifier asks; ValueError when it asks for what there is not."""
        values = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=6)) if text else {}
        unknown = values.keys() - {"period", "camera", "label", "zone", "by", "older"}
        if unknown:
            raise ValueError(f"not known: {', '.join(sorted(unknown))[:40]}")
        return cls(
            kind=kind,
            period=values.get("period"),
            camera=values.get("camera"),
            label=values.get("label"),
            zone=values.get("zone"),
            by=EventField(values["by"]) if "by" in values else None,
            older=_cursor(values),
        )

    @property
    def identifier(self) -> str:
        """Return what `parse` understands, behind the kind."""
        older = f"{self.older.start_time!r}~{self.older.id}" if self.older else None
        values = {"period": self.period, "camera": self.camera, "label": self.label, "zone": self.zone}
        given = {key: value for key, value in (values | {"by": self.by, "older": older}).items() if value is not None}
        return f"{self.kind}?{urlencode(given)}" if given else str(self.kind)

    def of(self, field: EventField) -> str | None:
        """Return what the events are narrowed to."""
        return {EventField.CAMERA: self.camera, EventField.LABEL: self.label, EventField.ZONE: self.zone}[field]

    def to_filter(self, today: date, zone: tzinfo) -> EventFilter:
        """Return the same for the event store, one event more than a page holds; ValueError for a wrong period."""
        after, before = Period.parse(self.period, today).bounds(zone) if self.period is not None else (None, None)
        return EventFilter(
            cameras=_names(self.camera),
            labels=_names(self.label),
            zones=_names(self.zone),
            after=after,
            before=before,
            has_clip=True if self.kind is Kind.CLIPS else None,
            has_snapshot=True if self.kind is Kind.SNAPSHOTS else None,
            in_progress=None,  # there are no files before an event has ended
            limit=PAGE + 1,
            older_than=self.older,
            include_thumbnails=False,
        )


def _names(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


def _cursor(values: Mapping[str, str]) -> Cursor | None:
    if "older" not in values:
        return None
    time, _, event_id = values["older"].partition("~")
    start_time = float(time)
    if not math.isfinite(start_time):
        raise ValueError(f"not a time: {time[:40]!r}")
    return Cursor(start_time=start_time, id=event_id)
