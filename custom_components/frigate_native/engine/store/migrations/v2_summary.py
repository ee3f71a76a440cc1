"""Version 2: an index for summaries."""

from sqlalchemy import Column, Connection, Double, Index, Integer, MetaData, String, Table

_EVENT = Table(
    "fn_event",
    MetaData(),
    Column("camera", String(255)),
    Column("label", String(255)),
    Column("zone_list_id", Integer),
    Column("start_time", Double),
    Column("end_time", Double),
)
_GROUP = Index("fn_event_group", *_EVENT.columns)


def upgrade(connection: Connection) -> None:
    """Add the index, unless it exists."""
    _GROUP.create(connection, checkfirst=True)
