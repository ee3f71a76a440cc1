"""A folder of review items, as encoded in its identifier."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

from ..engine.messages import Severity
from ..engine.store import Cursor
from .event_query import cursor_text, read_cursor

NAME: Final = "reviews"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsQuery:
    """Severity and day (`YYYY-MM-DD`), each if chosen; older: the page after this item."""

    severity: Severity | None = None
    day: str | None = None
    older: Cursor | None = None

    @classmethod
    def parse(cls, text: str) -> ReviewsQuery:
        """Return the query of an identifier. Raises ValueError if it is invalid."""
        values = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=3)) if text else {}
        if values.keys() - {"severity", "day", "older"} or ("day" in values and "severity" not in values):
            raise ValueError("not a folder of review items")
        severity = Severity(values["severity"]) if "severity" in values else None
        return cls(severity=severity, day=values.get("day"), older=read_cursor(values))

    @property
    def identifier(self) -> str:
        """The identifier, which `parse` reads after the name."""
        values = {"severity": self.severity, "day": self.day, "older": cursor_text(self.older)}
        given = {key: value for key, value in values.items() if value is not None}
        return f"{NAME}?{urlencode(given)}" if given else NAME
