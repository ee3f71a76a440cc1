"""Version 4: the index for pages contains all columns that a filter uses."""

from typing import Final

from sqlalchemy import Boolean, Column, Connection, Double, Index, Integer, MetaData, String, Table

from .indexes import replace_with_wider

_EVENT: Final = Table(
    "fn_event",
    MetaData(),
    Column("start_time", Double),
    Column("id", String(64)),
    Column("camera", String(255)),
    Column("label", String(255)),
    Column("zone_list_id", Integer),
    Column("end_time", Double),
    Column("has_clip", Boolean),
    Column("has_snapshot", Boolean),
    Column("retained", Boolean),
)
_INDEX: Final = Index("fn_event_start", *_EVENT.columns)


def upgrade(connection: Connection) -> None:
    """Replace the index with the wider one."""
    replace_with_wider(connection, _INDEX)
