"""Version 11: what today's Frigate keeps of an event, and an index to find it by."""

from typing import Final

from sqlalchemy import Column, Connection, Double, Index, MetaData, String, Table, inspect, text

_COLUMNS: Final = {
    "plate": "VARCHAR(255)",
    "score": "DOUBLE PRECISION",
    "speed": "DOUBLE PRECISION",
    "data": "TEXT",
    "notes": "TEXT",
}
_EVENT: Final = Table(
    "fn_event",
    MetaData(),
    Column("id", String(64)),
    Column("start_time", Double),
    Column("plate", String(255)),
)
_INDEX: Final = Index("fn_event_plate", _EVENT.c.plate, _EVENT.c.start_time, _EVENT.c.id)


def upgrade(connection: Connection) -> None:
    """Add the columns and the index that do not exist yet."""
    known = {column["name"] for column in inspect(connection).get_columns("fn_event")}
    for name, kind in _COLUMNS.items():
        if name not in known:
            connection.execute(text(f"ALTER TABLE fn_event ADD COLUMN {name} {kind}"))
    _INDEX.create(connection, checkfirst=True)
