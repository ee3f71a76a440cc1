"""Which folder of recordings is looked at, and how its identifier says so."""

from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qsl, urlencode

NAME: Final = "recordings"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingsQuery:
    """A month, a day of it and an hour of that, as the tree names them, and a camera, chosen at any time."""

    time: tuple[str, ...] = ()
    camera: str | None = None

    @classmethod
    def parse(cls, text: str) -> RecordingsQuery:
        """Return what an identifier asks for; ValueError when it cannot be."""
        values = dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, max_num_fields=2)) if text else {}
        time = tuple(values.pop("at", "").split("/")) if "at" in values else ()
        camera = values.pop("camera", None)
        if values or len(time) > 3:
            raise ValueError("not a folder of recordings")
        return cls(time=time, camera=camera)

    @property
    def identifier(self) -> str:
        """Return what `parse` understands, behind the name."""
        given = ({"at": "/".join(self.time)} if self.time else {}) | ({"camera": self.camera} if self.camera else {})
        return f"{NAME}?{urlencode(given)}" if given else NAME

    @property
    def is_hour(self) -> bool:
        """Tell whether nothing is left to choose of the time."""
        return len(self.time) == 3

    def at(self, name: str) -> RecordingsQuery:
        """Return the query for a month, day or hour in this one."""
        return replace(self, time=(*self.time, name))
