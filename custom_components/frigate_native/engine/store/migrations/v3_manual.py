"""Version 3: manual events and their descriptions."""

from typing import Final

from sqlalchemy import Connection, inspect, text

_COLUMNS: Final = {"is_manual": "BOOLEAN NOT NULL DEFAULT FALSE", "sub_label": "VARCHAR(255)"}


def upgrade(connection: Connection) -> None:
    """Add the columns that do not exist yet."""
    known = {column["name"] for column in inspect(connection).get_columns("fn_event")}
    for name, kind in _COLUMNS.items():
        if name not in known:
            connection.execute(text(f"ALTER TABLE fn_event ADD COLUMN {name} {kind}"))
