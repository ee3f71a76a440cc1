"""The lists of zones that events have entered; there are few, so each is stored once."""

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, func, insert, select

from .records import WITHOUT
from .schema import ZoneListRow, ZoneRow

_NO_ZONES: Final = "[]"


class ZoneLists:
    """Finds the ID of a list of zones, and adds new lists. IDs are cached for the writing thread."""

    def __init__(self) -> None:
        """Start with an empty cache."""
        self._ids: dict[tuple[str, ...], int] = {}

    def forget(self) -> None:
        """Clear the cache."""
        self._ids = {}

    def id_of(self, connection: Connection, zones: tuple[str, ...]) -> int:
        """Return the ID of a list, within a write transaction."""
        if not self._ids:
            self._ids = {names: number for number, names in self.names(connection).items()}
        if zones not in self._ids:
            self._ids[zones] = _add(connection, zones)
        return self._ids[zones]

    def holding(self, connection: Connection, groups: Sequence[Sequence[str]]) -> tuple[int, ...]:
        """Return the IDs of the lists that contain one zone of each group; any thread may call it."""
        if not groups:
            return ()
        return tuple(sorted(set.intersection(*(_holding(connection, zones) for zones in groups))))

    def names(self, connection: Connection) -> dict[int, tuple[str, ...]]:
        """Return all lists by ID."""
        rows = connection.execute(select(ZoneListRow.id, ZoneListRow.zones))
        return {number: tuple(json.loads(names)) for number, names in rows}


def _holding(connection: Connection, zones: Sequence[str]) -> set[int]:
    found = set(connection.scalars(select(ZoneRow.zone_list_id).where(ZoneRow.zone.in_(zones))))
    if WITHOUT in zones:
        found |= set(connection.scalars(select(ZoneListRow.id).where(ZoneListRow.zones == _NO_ZONES)))
    return found


def _add(connection: Connection, zones: tuple[str, ...]) -> int:
    number = (connection.scalar(select(func.max(ZoneListRow.id))) or 0) + 1  # there is only one writer
    connection.execute(insert(ZoneListRow).values(id=number, zones=json.dumps(zones, ensure_ascii=False)))
    if zones:
        connection.execute(insert(ZoneRow), [{"zone": zone, "zone_list_id": number} for zone in dict.fromkeys(zones)])
    return number
