"""Events as today's Frigate lists them."""

from base64 import b64encode
from typing import Any

from ..engine.store import StoredEvent, SummaryRow


def event_row(event: StoredEvent, *, include_thumbnail: bool = True) -> dict[str, Any]:
    """Return an event in a list; an ongoing one has no `end_time`."""
    row: dict[str, Any] = {
        "id": event.id,
        "camera": event.camera,
        "label": event.label,
        "sub_label": event.sub_label,
        "start_time": event.start_time,
        "end_time": event.end_time,
        "false_positive": event.false_positive,
        "zones": list(event.zones),
        "has_clip": event.has_clip,
        "has_snapshot": event.has_snapshot,
        "retain_indefinitely": event.retained,
        "plus_id": None,
        "top_score": event.top_score,
        "data": {"attributes": [], **event.data},
    }
    return row | {"thumbnail": _base64(event.thumbnail)} if include_thumbnail else row


def single_event(event: StoredEvent) -> dict[str, Any]:
    """Return an event asked for by its ID."""
    return event_row(event) | {"model_hash": None, "model_type": None, "detector_type": None}


def summary_row(row: SummaryRow) -> dict[str, Any]:
    """Return how many events began on a day with the same camera, label, sub label and zones."""
    return {
        "camera": row.camera,
        "label": row.label,
        "sub_label": row.sub_label,
        "day": row.day,
        "zones": list(row.zones),
        "count": row.count,
    }


def _base64(thumbnail: bytes | None) -> str | None:
    return None if thumbnail is None else b64encode(thumbnail).decode()
