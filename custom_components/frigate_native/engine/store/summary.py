"""Counts events by local day."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import tzinfo

from sqlalchemy import Connection

from .local_days import day_name, utc_offsets
from .queries import select_days, select_span
from .records import EventFilter, SummaryRow
from .zone_lists import ZoneLists

type _Group = tuple[str, str, int, str]  # camera, label, zone list, days as from `select_days`


def read_summary(
    connection: Connection, selected: EventFilter, zone_lists: ZoneLists, time_zone: tzinfo | None
) -> list[SummaryRow]:
    """Return how many matching events started on each day, newest day first."""
    first, last = connection.execute(select_span()).one()
    if first is None or last is None:
        return []
    begin = first if selected.after is None else max(first, selected.after)
    end = last if selected.before is None else min(last, selected.before)
    offsets = utc_offsets(begin, end, time_zone)
    query = select_days(selected, zone_lists.holding(connection, selected.zone_groups), offsets)
    return _rows(sorted(connection.execute(query).t), zone_lists.names(connection))


def _rows(groups: Iterable[_Group], zones: Mapping[int, tuple[str, ...]]) -> list[SummaryRow]:
    by_day: dict[str, list[tuple[str, str, int, int]]] = {}
    for camera, label, zone_list_id, days in groups:
        for day, count in Counter(days.split(",")).items():
            by_day.setdefault(day, []).append((camera, label, zone_list_id, count))
    return [
        SummaryRow(camera=camera, label=label, day=name, zones=zones[zone_list_id], count=count)
        for day in sorted(by_day, key=int, reverse=True)
        for name in (day_name(int(day)),)
        for camera, label, zone_list_id, count in by_day[day]
    ]
