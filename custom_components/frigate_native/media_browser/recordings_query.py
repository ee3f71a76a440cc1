"""A folder of recordings, as encoded in its identifier."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

from ..recorder.recordings_tree import is_hour

NAME: Final = "recordings"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingsQuery:
    """Month, day and hour, or date and hour, as named in the tree, and a camera, each if chosen."""

    time: tuple[str, ...] = ()
    camera: str | None = None

    @classmethod
    def parse(cls, text: str) -> RecordingsQuery:
        """Return the query of an identifier. Raises ValueError if it is invalid."""
        values = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=2)) if text else {}
        time = tuple(values.pop("at", "").split("/")) if "at" in values else ()
        camera = values.pop("camera", None)
        if values or len(time) > 3:
            raise ValueError("not a folder of recordings")
        return cls(time=time, camera=camera)

    @property
    def identifier(self) -> str:
        """The identifier, which `parse` reads after the name."""
        given = ({"at": "/".join(self.time)} if self.time else {}) | ({"camera": self.camera} if self.camera else {})
        return f"{NAME}?{urlencode(given)}" if given else NAME

    @property
    def is_hour(self) -> bool:
        """Whether an hour is chosen."""
        return is_hour(self.time)

    def at(self, name: str) -> RecordingsQuery:
        """Return the query of a month, day, date or hour within this one."""
        return replace(self, time=(*self.time, name))
