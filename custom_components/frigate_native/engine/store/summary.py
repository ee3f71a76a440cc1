"""Counts events by local day."""

from collections import Counter
from collections.abc import Iterable
from datetime import tzinfo
from typing import Any

from sqlalchemy import Connection

from .local_days import day_name, utc_offsets
from .lookup import look_up, select_span
from .queries import select_days, select_hours, select_named_days
from .records import EventFilter, SummaryRow
from .zone_lists import ZoneLists

type _Key = tuple[int, str, str, int, str]  # minus the day, camera, label, zone list, sub label


def read_summary(
    connection: Connection, selected: EventFilter, zone_lists: ZoneLists, time_zone: tzinfo | None
) -> list[SummaryRow]:
    """Return how many matching events started on each day, newest day first."""
    first, last = connection.execute(select_span()).one()
    if first is None or last is None:
        return []
    begin = first if selected.after is None else max(first, selected.after)
    end = last if selected.before is None else min(last, selected.before)
    which = selected, look_up(connection, selected, zone_lists), utc_offsets(begin, end, time_zone)
    counts = _counted((*group, "", days) for *group, days in connection.execute(select_days(*which)))
    named = _counted(connection.execute(select_named_days(*which)))
    for (day, camera, label, zone_list_id, _), count in named.items():
        counts[(day, camera, label, zone_list_id, "")] -= count
    names = zone_lists.names(connection)
    return [
        SummaryRow(
            camera=camera,
            label=label,
            sub_label=sub_label or None,
            day=day_name(-day),
            zones=names[zone_list_id],
            count=count,
        )
        for (day, camera, label, zone_list_id, sub_label), count in sorted((counts | named).items())
    ]


def read_hours(
    connection: Connection, selected: EventFilter, zone_lists: ZoneLists, time_zone: tzinfo | None
) -> dict[int, int]:
    """Return how many matching events started in each local hour, numbered from 1970, without zeros."""
    first, last = connection.execute(select_span()).one()
    if first is None or last is None:
        return {}
    found = look_up(connection, selected, zone_lists)
    return dict(connection.execute(select_hours(selected, found, utc_offsets(first, last, time_zone))).t.all())


def _counted(groups: Iterable[Any]) -> Counter[_Key]:
    """Count the events of groups: camera, label, zone list, sub label, and days as from `select_days`."""
    return Counter(
        {
            (-int(day), camera, label, zone_list_id, sub_label): count
            for camera, label, zone_list_id, sub_label, days in groups
            for day, count in Counter(days.split(",")).items()
        }
    )
