"""Version 10: what each hour of recordings holds."""

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Double,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    func,
    insert,
    select,
)

from ..sql import whole

_METADATA: Final = MetaData()
_EXACT: Final[dict[str, Any]] = {
    f"{kind}_{option}": value
    for kind in ("mysql", "mariadb")
    for option, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"), ("engine", "InnoDB"))
}
_FILES: Final = Table(
    "fn_recording",
    MetaData(),
    Column("camera", String(255)),
    Column("start_time", Double),
    Column("end_time", Double),
    Column("motion", Integer),
    Column("objects", Integer),
    Column("size", BigInteger),
)
_HOURS: Final = Table(
    "fn_recorded_hour",
    _METADATA,
    Column("camera", String(255), primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("files", Integer, nullable=False),
    Column("seconds", Double, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("motion", BigInteger, nullable=False),
    Column("objects", BigInteger, nullable=False),
    **_EXACT,
)


def upgrade(connection: Connection) -> None:
    """Create the table, unless it exists, and sum up the recordings."""
    _METADATA.create_all(connection)
    connection.execute(delete(_HOURS))
    files = _FILES.c
    hour = whole(files.start_time / 3600.0)
    sums = select(
        files.camera,
        hour,
        func.count(),
        func.sum(files.end_time - files.start_time),
        func.sum(files.size),
        func.coalesce(func.sum(files.motion), 0),
        func.coalesce(func.sum(files.objects), 0),
    )
    connection.execute(insert(_HOURS).from_select([*_HOURS.columns.keys()], sums.group_by(files.camera, hour)))
