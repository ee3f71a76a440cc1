"""Version 5: the indexes of cameras and labels contain the end time, so that pages skip ongoing events at once.

Otherwise MariaDB looks up every row of a label: 30 ms per page with 100,000 events, instead of 0.3 ms.
"""

from typing import Final

from sqlalchemy import Column, Connection, Double, Index, MetaData, String, Table

from .indexes import replace_with_wider

_EVENT: Final = Table(
    "fn_event",
    MetaData(),
    Column("id", String(64)),
    Column("camera", String(255)),
    Column("label", String(255)),
    Column("start_time", Double),
    Column("end_time", Double),
)
_ORDER: Final = (_EVENT.c.start_time, _EVENT.c.id, _EVENT.c.end_time)
_INDEXES: Final = (
    Index("fn_event_camera", _EVENT.c.camera, *_ORDER),
    Index("fn_event_label", _EVENT.c.label, *_ORDER),
)


def upgrade(connection: Connection) -> None:
    """Replace the indexes with wider ones."""
    for index in _INDEXES:
        replace_with_wider(connection, index)
