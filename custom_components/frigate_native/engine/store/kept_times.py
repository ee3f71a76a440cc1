"""Times that retention spares for a while, since what is in them was imported."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert, select

from .database import Database
from .schema import KeptTimeRow


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTime:
    """A time range of a camera in which nothing expires until a time (all epoch)."""

    camera: str
    start: float
    end: float
    until: float


class KeptTimes:
    """All such times. Any thread but the event loop may read; the storage thread writes.

    Every method raises StoreError if the database cannot be used.
    """

    def __init__(self, database: Callable[[], Database]) -> None:
        """Use the database that is open when a method is called."""
        self._database = database

    def of(self, camera: str, now: float) -> list[KeptTime]:
        """Return what is spared of a camera now, by start."""
        query = select(
            KeptTimeRow.camera,
            KeptTimeRow.start_time.label("start"),
            KeptTimeRow.end_time.label("end"),
            KeptTimeRow.until,
        ).where(KeptTimeRow.camera == camera, KeptTimeRow.until > now)
        with self._database().reading() as connection:
            rows = connection.execute(query.order_by(KeptTimeRow.start_time, KeptTimeRow.id)).mappings()
            return [KeptTime(**row) for row in rows]

    def last_of(self, camera: str, now: float) -> float | None:
        """Return the end of all that is spared of a camera now; None if nothing is."""
        return max((kept.end for kept in self.of(camera, now)), default=None)

    def add(self, times: Sequence[KeptTime]) -> None:
        """Spare times; one that is known keeps its limit, so that an import can be repeated."""
        with self._database().writing() as connection:
            query = select(KeptTimeRow.camera, KeptTimeRow.start_time, KeptTimeRow.end_time)
            known = {tuple(row) for row in connection.execute(query)}
            for time in times:
                if (time.camera, time.start, time.end) not in known:
                    values = asdict(time)
                    values |= {"start_time": values.pop("start"), "end_time": values.pop("end")}
                    connection.execute(insert(KeptTimeRow).values(**values))
