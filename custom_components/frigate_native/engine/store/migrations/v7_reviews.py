"""Version 7: review items, and which user has seen them."""

from typing import Any, Final

from sqlalchemy import Column, Connection, Double, ForeignKey, Index, LargeBinary, MetaData, String, Table, Text

_METADATA: Final = MetaData()
_EXACT: Final[dict[str, Any]] = {
    f"{kind}_{option}": value
    for kind in ("mysql", "mariadb")
    for option, value in (("charset", "utf8mb4"), ("collate", "utf8mb4_bin"), ("engine", "InnoDB"))
}

Table(
    "fn_review",
    _METADATA,
    Column("id", String(64), primary_key=True),
    Column("camera", String(255), nullable=False),
    Column("severity", String(16), nullable=False),
    Column("start_time", Double, nullable=False),
    Column("end_time", Double),
    Column("last_time", Double, nullable=False),
    Column("data", Text, nullable=False),
    Index("fn_review_start", "start_time", "id", "camera", "severity", "end_time"),
    Index("fn_review_camera", "camera", "severity", "start_time", "end_time"),
    Index("fn_review_end", "end_time"),
    **_EXACT,
)
Table(
    "fn_review_tag",
    _METADATA,
    Column("name", String(255), primary_key=True),
    Column("kind", String(8), primary_key=True),
    Column("review_id", String(64), ForeignKey("fn_review.id", ondelete="CASCADE"), primary_key=True, index=True),
    **_EXACT,
)
Table(
    "fn_review_thumbnail",
    _METADATA,
    Column("review_id", String(64), ForeignKey("fn_review.id", ondelete="CASCADE"), primary_key=True),
    Column("webp", LargeBinary(2**24 - 1), nullable=False),
    **_EXACT,
)
Table(
    "fn_reviewed",
    _METADATA,
    Column("user_id", String(64), primary_key=True),
    Column("review_id", String(64), ForeignKey("fn_review.id", ondelete="CASCADE"), primary_key=True, index=True),
    **_EXACT,
)


def upgrade(connection: Connection) -> None:
    """Create the tables, unless they exist."""
    _METADATA.create_all(connection)
