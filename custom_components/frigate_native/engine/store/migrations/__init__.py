"""Schema migrations: each step upgrades a database from one version to the next.

A step is a module with `upgrade(connection)` and its own copy of the tables that it needs; it never changes once
released. It must tolerate running twice: MariaDB commits every change of a table at once, so an interrupted step is
repeated.
"""

import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Column, Connection, Double, Integer, MetaData, Table, func, insert, select

from ...errors import StoreError
from . import (
    v1_events,
    v2_summary,
    v3_manual,
    v4_pages,
    v5_over,
    v6_recordings,
    v7_reviews,
    v8_exports,
    v9_sub_labels,
    v10_recorded_hours,
    v11_details,
    v12_kept_times,
)

STEPS: Final[tuple[Callable[[Connection], None], ...]] = (
    v1_events.upgrade,
    v2_summary.upgrade,
    v3_manual.upgrade,
    v4_pages.upgrade,
    v5_over.upgrade,
    v6_recordings.upgrade,
    v7_reviews.upgrade,
    v8_exports.upgrade,
    v9_sub_labels.upgrade,
    v10_recorded_hours.upgrade,
    v11_details.upgrade,
    v12_kept_times.upgrade,
)
VERSION: Final = len(STEPS)

_SCHEMA: Final = Table(
    "fn_schema",
    MetaData(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("applied_at", Double, nullable=False),
)


def migrate(connection: Connection) -> None:
    """Upgrade the database to the newest version; StoreError if it is newer."""
    _SCHEMA.create(connection, checkfirst=True)
    found = connection.scalar(select(func.max(_SCHEMA.c.version))) or 0
    if found > VERSION:
        raise StoreError(
            f"the database was created by a newer version of this integration (schema {found}, while this version"
            f" supports up to {VERSION}); update the integration, or use another database"
        )
    for version, upgrade in enumerate(STEPS[found:], found + 1):
        upgrade(connection)
        connection.execute(insert(_SCHEMA).values(version=version, applied_at=time.time()))
