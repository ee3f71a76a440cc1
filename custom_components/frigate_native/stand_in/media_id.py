"""Identifiers of the official integration's media source."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, tzinfo
from typing import Final, Self

from ..engine.store import EventField

_EVENT: Final = "event"
_SEARCH: Final = "event-search"
_RECORDINGS: Final = "recordings"
_KINDS: Final = ("clips", "snapshots")
_LATEST: Final = 2**33  # epoch seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class EventId:
    """The clip or snapshot of an event."""

    kind: str
    event_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A folder of events: a part of its title, and the filters that are set."""

    kind: str
    name: str = ""
    after: int | None = None
    before: int | None = None
    camera: str = ""
    label: str = ""
    zone: str = ""

    @property
    def identifier(self) -> str:
        """The identifier without the instance."""
        times = ("" if time is None else str(time) for time in (self.after, self.before))
        return "/".join((_SEARCH, self.kind, self.name, *times, self.camera, self.label, self.zone)).rstrip("/")

    def narrowed(self, field: EventField, value: str) -> Search:
        """Return the folder with one more filter."""
        inner = self.named(value)
        match field:
            case EventField.CAMERA:
                return replace(inner, camera=value)
            case EventField.LABEL:
                return replace(inner, label=value)
            case EventField.ZONE:
                return replace(inner, zone=value)

    def named(self, word: str) -> Search:
        """Return the folder with one more word in its title."""
        return replace(self, name=f"{self.name}.{word}".strip("."))


@dataclass(frozen=True, slots=True, kw_only=True)
class HourId:
    """A folder of recordings, or one hour of them, in local time; what is not chosen yet is empty."""

    camera: str = ""
    day: date | None = None
    hour: int | None = None

    @property
    def is_hour(self) -> bool:
        """Whether it is a single hour, which plays."""
        return self.hour is not None

    @property
    def identifier(self) -> str:
        """The identifier without the instance."""
        hour = None if self.hour is None else f"{self.hour:02}"
        return "/".join(str(part) for part in (_RECORDINGS, self.camera, self.day, hour) if part)

    def start(self, zone: tzinfo) -> datetime:
        """Return when the day or hour begins."""
        assert self.day is not None
        return datetime.combine(self.day, time(self.hour or 0), zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaId:
    """An identifier: the instance, if it is named, and what it is about; None: the root."""

    instance: str | None
    part: EventId | Search | HourId | None

    @classmethod
    def parse(cls, identifier: str) -> Self:
        """Return the parts of an identifier. Raises ValueError if it is none."""
        names = identifier.split("/") if identifier else []
        instance = names.pop(0) if names and names[0] not in (_EVENT, _SEARCH, _RECORDINGS) else None
        return cls(instance=instance, part=_part(names) if names else None)


def _part(names: list[str]) -> EventId | Search | HourId:
    match names:
        case ["event", kind, _, event_id] if kind in _KINDS and event_id:
            return EventId(kind=kind, event_id=event_id)
        case ["event-search", kind, *rest] if kind in _KINDS and len(rest) <= 6:
            name, after, before, camera, label, zone = (*rest, *[""] * (6 - len(rest)))
            return Search(
                kind=kind, name=name, after=_time(after), before=_time(before), camera=camera, label=label, zone=zone
            )
        case ["recordings", *rest] if len(rest) <= 3:
            camera, day, hour = (*rest, *[""] * (3 - len(rest)))
            return _recordings(camera, day, hour)
    raise ValueError("not an identifier")


def _recordings(camera: str, day: str, hour: str) -> HourId:
    number = int(hour) if hour.isascii() and hour.isdigit() and len(hour) <= 2 else None
    if (hour and number is None) or (number is not None and number > 23):
        raise ValueError("not an hour")
    return HourId(camera=camera, day=date.fromisoformat(day) if day else None, hour=number)


def _time(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text[:12]) > _LATEST or len(text) > 12:
        raise ValueError("not a time")
    return int(text)
