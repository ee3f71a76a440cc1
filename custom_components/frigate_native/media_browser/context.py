"""What a context into one running system needs to know."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final
from urllib.parse import quote

from ..const import DOMAIN
from ..data import FrigateNativeData
from .texts import Texts

_PATH: Final = f"/api/{DOMAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowseContext:
    """A system, the words to describe it, and the local time. Databases and disks are read outside the event loop."""

    data: FrigateNativeData
    texts: Texts
    now: datetime

    @property
    def zone(self) -> tzinfo:
        """The time zone that days are counted in."""
        assert self.now.tzinfo is not None
        return self.now.tzinfo

    @property
    def today(self) -> date:
        """The local day."""
        return self.now.date()

    def identifier(self, rest: str = "") -> str:
        """Return what the media browser calls something of this system."""
        return f"{self.data.entry_id}/{rest}" if rest else self.data.entry_id

    def camera_title(self, name: str) -> str:
        """Return what people call a camera, also one that is no longer there."""
        return self.data.camera_title(name)

    def camera_picture(self, name: str) -> str | None:
        """Return where a camera's newest picture is, for whoever has logged in; None for one no longer there."""
        if name not in self.data.config.cameras:
            return None
        return f"{_PATH}/{quote(name, safe='')}/latest.jpg?h=200&entry_id={self.data.entry_id}"

    def event_picture(self, event_id: str) -> str:
        """Return where an event's thumbnail is, for whoever has logged in; unsigned, so that a browser keeps it."""
        return f"{_PATH}/events/{quote(event_id, safe='')}/thumbnail.jpg"
