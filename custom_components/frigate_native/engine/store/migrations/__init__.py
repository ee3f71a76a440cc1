"""The schema's history: each step brings a database from one version to the next.

A step is a module with `upgrade(connection)`, never changed once released, and holds its own copy of the
tables it needs. It must bear being run twice: MariaDB commits every change of a table at once, so a step that was
interrupted begins anew.
"""

import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Column, Connection, Double, Integer, MetaData, Table, func, insert, select

from ...errors import StoreError
from . import v1_events, v2_summary, v3_manual, v4_pages, v5_over

STEPS: Final[tuple[Callable[[Connection], None], ...]] = (
    v1_events.upgrade,
    v2_summary.upgrade,
    v3_manual.upgrade,
    v4_pages.upgrade,
    v5_over.upgrade,
)
VERSION: Final = len(STEPS)

_SCHEMA: Final = Table(
    "fn_schema",
    MetaData(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Double, nullable=False),
)


def migrate(connection: Connection) -> None:
    """Bring the database to the newest version; StoreError when it is already beyond it."""
    _SCHEMA.create(connection, checkfirst=True)
    found = connection.scalar(select(func.max(_SCHEMA.c.version))) or 0
    if found > VERSION:
        raise StoreError(
            f"the database was made by a newer version of this integration (its schema is {found}, the newest known"
            f" here is {VERSION}); update the integration, or give it another database"
        )
    for version, upgrade in enumerate(STEPS[found:], found + 1):
        upgrade(connection)
        connection.execute(insert(_SCHEMA).values(version=version, applied_at=time.time()))
