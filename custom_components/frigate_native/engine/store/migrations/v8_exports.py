"""Version 8: exports."""

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Double, Index, MetaData, String, Table, Text

_METADATA: Final = MetaData()
_EXACT: Final[dict[str, Any]] = {
    f"{kind}_{option}": value
    for kind in ("mysql", "mariadb")
    for option, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"), ("engine", "InnoDB"))
}

Table(
    "fn_export",
    _METADATA,
    Column("id", String(255), primary_key=True),
    Column("camera", String(255), nullable=False),
    Column("name", String(255), nullable=False),
    Column("start_time", Double, nullable=False),
    Column("end_time", Double, nullable=False),
    Column("created", Double, nullable=False),
    Column("speed", Double, nullable=False),
    Column("file", String(255), nullable=False),
    Column("state", String(16), nullable=False),
    Column("problem", Text),
    Column("size", BigInteger, nullable=False),
    Column("seconds", Double, nullable=False),
    Index("fn_export_created", "created", "id"),
    **_EXACT,
)


def upgrade(connection: Connection) -> None:
    """Create the table, unless it exists."""
    _METADATA.create_all(connection)
