"""Version 1: events, their zones and their thumbnails."""

from typing import Any, Final

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

_METADATA: Final = MetaData()
_EXACT: Final[dict[str, Any]] = {
    f"{kind}_{option}": value
    for kind in ("mysql", "mariadb")
    for option, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"), ("engine", "InnoDB"))
}

Table(
    "fn_zone_list",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("zones", Text, nullable=False),
    **_EXACT,
)
Table(
    "fn_zone",
    _METADATA,
    Column("zone", String(255), primary_key=True),
    Column("zone_list_id", ForeignKey("fn_zone_list.id", ondelete="CASCADE"), primary_key=True),
    **_EXACT,
)
Table(
    "fn_event",
    _METADATA,
    Column("id", String(64), primary_key=True),
    Column("camera", String(255), nullable=False),
    Column("label", String(255), nullable=False),
    Column("start_time", Double, nullable=False),
    Column("end_time", Double),
    Column("last_time", Double, nullable=False),
    Column("top_score", Double, nullable=False),
    Column("zone_list_id", ForeignKey("fn_zone_list.id"), nullable=False),
    Column("has_clip", Boolean, nullable=False),
    Column("has_snapshot", Boolean, nullable=False),
    Column("retained", Boolean, nullable=False),
    Column("clip_problem", Text),
    Index("fn_event_start", "start_time", "id", "camera", "label", "zone_list_id", "end_time"),
    Index("fn_event_camera", "camera", "start_time", "id"),
    Index("fn_event_label", "label", "start_time", "id"),
    Index("fn_event_zones", "zone_list_id", "start_time", "id"),
    Index("fn_event_clip", "has_clip", "start_time", "id"),
    Index("fn_event_snapshot", "has_snapshot", "start_time", "id"),
    Index("fn_event_retained", "retained", "start_time", "id"),
    Index("fn_event_end", "end_time"),
    **_EXACT,
)
Table(
    "fn_thumbnail",
    _METADATA,
    Column("event_id", ForeignKey("fn_event.id", ondelete="CASCADE"), primary_key=True),
    Column("jpeg", LargeBinary(2**24 - 1), nullable=False),
    **_EXACT,
)


def upgrade(connection: Connection) -> None:
    """Create the first tables, those that are not there yet."""
    _METADATA.create_all(connection)
