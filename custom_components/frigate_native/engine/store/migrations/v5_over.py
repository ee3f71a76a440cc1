"""Version 5: the indexes of cameras and labels know which events are over, so that pages leave out the others there.

MariaDB looked up every row behind a label's entries for that: 30 ms a page with 100,000 events, 0.3 ms without.
"""

from typing import Final

from sqlalchemy import Column, Connection, Double, Index, MetaData, String, Table

from .indexes import put_wider

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
    """Put the wider indexes in the place of those before."""
    for index in _INDEXES:
        put_wider(connection, index)
