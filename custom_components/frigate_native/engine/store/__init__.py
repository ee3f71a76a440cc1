"""The database of events, recordings, review items and exports: its schema, its writer, queries and retention."""

from .database import default_url
from .database_claim import DatabaseClaim
from .event_writer import EventWriter
from .export_records import ExportFilter, StoredExport
from .export_table import ExportTable
from .free_space import FreeSpaceJob
from .kept_times import KeptTime
from .recording_records import RecordedHour, RecordedTotal, Recording
from .recording_table import LONGEST_S, RecordingTable
from .records import (
    WITHOUT,
    Cursor,
    EventField,
    EventFilter,
    EventSort,
    EventWrite,
    StoredEvent,
    SummaryRow,
    TimeOfDay,
)
from .retention import FileRemover, RetentionJob
from .review_records import ReviewDay, ReviewFilter, ReviewWrite, StoredReview
from .review_table import ReviewTable
from .review_writer import ReviewWriter
from .store import EventStore

__all__ = [
    "LONGEST_S",
    "WITHOUT",
    "Cursor",
    "DatabaseClaim",
    "EventField",
    "EventFilter",
    "EventSort",
    "EventStore",
    "EventWrite",
    "EventWriter",
    "ExportFilter",
    "ExportTable",
    "FileRemover",
    "FreeSpaceJob",
    "KeptTime",
    "RecordedHour",
    "RecordedTotal",
    "Recording",
    "RecordingTable",
    "RetentionJob",
    "ReviewDay",
    "ReviewFilter",
    "ReviewTable",
    "ReviewWrite",
    "ReviewWriter",
    "StoredEvent",
    "StoredExport",
    "StoredReview",
    "SummaryRow",
    "TimeOfDay",
    "default_url",
]
