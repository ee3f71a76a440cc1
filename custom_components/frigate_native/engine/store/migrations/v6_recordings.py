"""Version 6: the index of recordings."""

from typing import Any, Final

from sqlalchemy import BigInteger, Column, Connection, Double, Index, Integer, MetaData, String, Table

_METADATA: Final = MetaData()
_EXACT: Final[dict[str, Any]] = {
    f"{kind}_{option}": value
    for kind in ("mysql", "mariadb")
    for option, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"), ("engine", "InnoDB"))
}

Table(
    "fn_recording",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("folder", String(255), nullable=False),
    Column("name", String(32), nullable=False),
    Column("camera", String(255), nullable=False),
    Column("start_time", Double, nullable=False),
    Column("end_time", Double, nullable=False),
    Column("motion", Integer),
    Column("objects", Integer),
    Column("sound", Integer),
    Column("size", BigInteger, nullable=False),
    Index("fn_recording_file", "folder", "name", unique=True),
    Index("fn_recording_camera", "camera", "start_time", "end_time", "motion", "objects", "sound", "size"),
    Index("fn_recording_start", "start_time", "id"),
    **_EXACT,
)


def upgrade(connection: Connection) -> None:
    """Create the table, unless it exists."""
    _METADATA.create_all(connection)
