"""Version 12: times that retention spares for a while after an import."""

from typing import Any, Final

from sqlalchemy import Column, Connection, Double, Index, Integer, MetaData, String, Table

_METADATA: Final = MetaData()
_EXACT: Final[dict[str, Any]] = {
    f"{kind}_{option}": value
    for kind in ("mysql", "mariadb")
    for option, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"), ("engine", "InnoDB"))
}

Table(
    "fn_kept_time",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("camera", String(255), nullable=False),
    Column("start_time", Double, nullable=False),
    Column("end_time", Double, nullable=False),
    Column("until", Double, nullable=False),
    Index("fn_kept_time_camera", "camera"),
    **_EXACT,
)


def upgrade(connection: Connection) -> None:
    """Create the table, unless it exists."""
    _METADATA.create_all(connection)
