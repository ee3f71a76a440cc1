"""Version 4: the index in the order of pages holds all that a filter may ask for."""

from typing import Final

from sqlalchemy import Boolean, Column, Connection, Double, Index, Integer, MetaData, String, Table, inspect

_NAME: Final = "fn_event_start"
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
_INDEX: Final = Index(_NAME, *_EVENT.columns)


def upgrade(connection: Connection) -> None:
    """Put the wider index in the place of the one before."""
    found = {index["name"]: index["column_names"] for index in inspect(connection).get_indexes("fn_event")}
    if _NAME in found and len(found[_NAME]) < len(_INDEX.columns):
        _INDEX.drop(connection)
    _INDEX.create(connection, checkfirst=True)
