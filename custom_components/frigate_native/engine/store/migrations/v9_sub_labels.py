"""Version 9: an index finds the few events that have a sub label."""

from typing import Final

from sqlalchemy import Column, Connection, Double, Index, MetaData, String, Table

_EVENT: Final = Table(
    "fn_event",
    MetaData(),
    Column("id", String(64)),
    Column("start_time", Double),
    Column("sub_label", String(255)),
)
_INDEX: Final = Index("fn_event_sub_label", _EVENT.c.sub_label, _EVENT.c.start_time, _EVENT.c.id)


def upgrade(connection: Connection) -> None:
    """Create the index."""
    _INDEX.create(connection, checkfirst=True)
