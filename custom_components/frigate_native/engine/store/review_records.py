"""Review items in the database, and queries to them."""

from dataclasses import dataclass
from typing import Any

from ..messages import ReviewState, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredReview:
    """A review item; is_reviewed: the user who asks has seen it."""

    state: ReviewState
    is_reviewed: bool = False

    def to_payload(self) -> dict[str, Any]:
        """Return the JSON object of `review` in today's Frigate."""
        return self.state.to_payload() | {"has_been_reviewed": self.is_reviewed}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewWrite:
    """A review item to be stored; webp None: the thumbnail stays as it is."""

    state: ReviewState
    webp: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFilter:
    """Selects review items that overlap a time range, newest first; empty tuples and None select all.

    user is who asks: is_reviewed is about what that user has seen.
    """

    user: str = ""
    cameras: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    severity: Severity | None = None
    is_reviewed: bool | None = None
    after: float | None = None
    before: float | None = None
    limit: int | None = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDay:
    """How many review items of a severity began on a local day (`YYYY-MM-DD`), and how many a user has seen."""

    day: str
    severity: Severity
    total: int
    reviewed: int

    def to_payload(self) -> dict[str, Any]:
        """Return a JSON object."""
        return {"day": self.day, "severity": str(self.severity), "total": self.total, "reviewed": self.reviewed}
