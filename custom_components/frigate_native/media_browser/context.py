"""What browsing a system needs to know."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Final
from urllib.parse import quote

from ..access import Access
from ..const import DOMAIN
from ..data import FrigateNativeData
from ..engine.store import EventFilter, ExportFilter, ReviewFilter
from .texts import Texts

_PATH: Final = f"/api/{DOMAIN}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BrowseContext:
    """A system, translated texts and the local time. Databases and disks are read outside the event loop."""

    data: FrigateNativeData
    texts: Texts
    now: datetime
    access: Access

    @property
    def zone(self) -> tzinfo:
        """The time zone of days."""
        assert self.now.tzinfo is not None
        return self.now.tzinfo

    @property
    def today(self) -> date:
        """The local date."""
        return self.now.date()

    def may_see(self, camera: str) -> bool:
        """Return whether the user may see a camera."""
        return self.access.may_see(self.data, camera)

    def limit[F: (EventFilter, ReviewFilter, ExportFilter)](self, wanted: F) -> F:
        """Return the filter, limited to events, review items or exports that the user may see."""
        return self.access.limit(self.data, wanted)

    def identifier(self, rest: str = "") -> str:
        """Return the identifier of a folder or file of this system."""
        return f"{self.data.entry_id}/{rest}" if rest else self.data.entry_id

    def camera_title(self, name: str) -> str:
        """Return the display name of a camera, even if it is no longer configured."""
        return self.data.camera_title(name)

    def camera_picture(self, name: str) -> str | None:
        """Return the URL of a camera's latest image, which requires login; None if it is no longer configured."""
        if name not in self.data.config.cameras:
            return None
        return f"{_PATH}/{quote(name, safe='')}/latest.jpg?h=200&entry_id={self.data.entry_id}"

    def event_picture(self, event_id: str) -> str:
        """Return the URL of an event's thumbnail, which requires login; unsigned so that browsers can cache it."""
        return f"{_PATH}/events/{quote(event_id, safe='')}/thumbnail.jpg"
