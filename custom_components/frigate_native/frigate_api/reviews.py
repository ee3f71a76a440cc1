"""Review items as today's Frigate counts them."""

from collections.abc import Iterable
from typing import Any

from ..engine.messages import Severity
from ..engine.store import ReviewDay


def review_summary(days: Iterable[ReviewDay], last_day: Iterable[ReviewDay]) -> dict[str, Any]:
    """Return how many items of each severity there are, and are reviewed, in the last 24 hours and on each day."""
    found: dict[str, Any] = {"last24Hours": _zeros()}
    for one in last_day:
        _add(found["last24Hours"], one)
    for one in days:
        _add(found.setdefault(one.day, {"day": one.day} | _zeros()), one)
    return found


def _zeros() -> dict[str, Any]:
    return {f"{kind}_{severity}": 0 for kind in ("reviewed", "total") for severity in Severity}


def _add(counts: dict[str, Any], one: ReviewDay) -> None:
    counts[f"reviewed_{one.severity}"] += one.reviewed
    counts[f"total_{one.severity}"] += one.total
