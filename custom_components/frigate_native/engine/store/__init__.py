"""The event database: its schema, its writer, queries and retention."""

from .database import default_url
from .event_writer import EventWriter
from .free_space import FreeSpaceJob
from .records import Cursor, EventField, EventFilter, EventWrite, StoredEvent, SummaryRow
from .retention import FileRemover, RetentionJob
from .store import EventStore

__all__ = [
    "Cursor",
    "EventField",
    "EventFilter",
    "EventStore",
    "EventWrite",
    "EventWriter",
    "FileRemover",
    "FreeSpaceJob",
    "RetentionJob",
    "StoredEvent",
    "SummaryRow",
    "default_url",
]
