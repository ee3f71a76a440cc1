"""Events that outlive the frame: the database, its one writer and what is forgotten when."""

from .database import default_url
from .model import Cursor, EventField, EventFilter, EventWrite, StoredEvent, SummaryRow
from .recorder import EventRecorder
from .retention import FileRemover, RetentionJob
from .room import RoomJob
from .store import EventStore

__all__ = [
    "Cursor",
    "EventField",
    "EventFilter",
    "EventRecorder",
    "EventStore",
    "EventWrite",
    "FileRemover",
    "RetentionJob",
    "RoomJob",
    "StoredEvent",
    "SummaryRow",
    "default_url",
]
