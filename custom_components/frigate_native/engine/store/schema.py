"""The tables after the newest migration.

Their names have a prefix of their own, since the default file may be one that Frigate itself has created.
"""

from typing import Final

from sqlalchemy import BigInteger, Double, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from .characters import Characters, LongCharacters

_EXACT: Final = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin", "mysql_engine": "InnoDB"}
_EXACT_MARIADB: Final = {key.replace("mysql", "mariadb"): value for key, value in _EXACT.items()}
TABLE_OPTIONS: Final = {**_EXACT, **_EXACT_MARIADB}  # names are compared exactly, as in other databases
NAME_LENGTH: Final = 255
ID_LENGTH: Final = 64
FILE_NAME_LENGTH: Final = 32
SEVERITY_LENGTH: Final = 16
KIND_LENGTH: Final = 8
STATE_LENGTH: Final = 16
_FILTERED: Final = ("camera", "label", "zone_list_id", "end_time", "has_clip", "has_snapshot", "retained")
MOST_JPEG_BYTES: Final = 2**24 - 1  # MariaDB's MEDIUMBLOB


class Base(DeclarativeBase):
    """Base of all tables."""


class ZoneListRow(Base):
    """A list of zones that events have entered, in order, as JSON."""

    __tablename__ = "fn_zone_list"
    __table_args__ = (TABLE_OPTIONS,)

    id: Mapped[int] = mapped_column(primary_key=True)
    zones: Mapped[str] = mapped_column(LongCharacters)


class ZoneRow(Base):
    """One zone of a list."""

    __tablename__ = "fn_zone"
    __table_args__ = (TABLE_OPTIONS,)

    zone: Mapped[str] = mapped_column(Characters(NAME_LENGTH), primary_key=True)
    zone_list_id: Mapped[int] = mapped_column(ForeignKey(ZoneListRow.id, ondelete="CASCADE"), primary_key=True)


class EventRow(Base):
    """An event without its thumbnail, so that scans stay small. last_time is the time of its last update.

    data is what the engine knows of it beside that, notes what others add to it, both as JSON with Frigate's keys.
    """

    __tablename__ = "fn_event"
    __table_args__ = (
        Index("fn_event_start", "start_time", "id", *_FILTERED),
        Index("fn_event_camera", "camera", "start_time", "id", "end_time"),
        Index("fn_event_label", "label", "start_time", "id", "end_time"),
        Index("fn_event_zones", "zone_list_id", "start_time", "id"),
        Index("fn_event_clip", "has_clip", "start_time", "id"),
        Index("fn_event_snapshot", "has_snapshot", "start_time", "id"),
        Index("fn_event_retained", "retained", "start_time", "id"),
        Index("fn_event_end", "end_time"),
        Index("fn_event_sub_label", "sub_label", "start_time", "id"),
        Index("fn_event_group", "camera", "label", "zone_list_id", "start_time", "end_time"),
        Index("fn_event_plate", "plate", "start_time", "id"),
        TABLE_OPTIONS,
    )

    id: Mapped[str] = mapped_column(Characters(ID_LENGTH), primary_key=True)
    camera: Mapped[str] = mapped_column(Characters(NAME_LENGTH))
    label: Mapped[str] = mapped_column(Characters(NAME_LENGTH))
    start_time: Mapped[float] = mapped_column(Double)
    end_time: Mapped[float | None] = mapped_column(Double)
    last_time: Mapped[float] = mapped_column(Double)
    top_score: Mapped[float] = mapped_column(Double)
    zone_list_id: Mapped[int] = mapped_column(ForeignKey(ZoneListRow.id))
    has_clip: Mapped[bool]
    has_snapshot: Mapped[bool]
    retained: Mapped[bool]
    clip_problem: Mapped[str | None] = mapped_column(LongCharacters)
    is_manual: Mapped[bool]
    sub_label: Mapped[str | None] = mapped_column(Characters(NAME_LENGTH))
    plate: Mapped[str | None] = mapped_column(Characters(NAME_LENGTH))
    score: Mapped[float | None] = mapped_column(Double)
    speed: Mapped[float | None] = mapped_column(Double)
    data: Mapped[str | None] = mapped_column(LongCharacters)
    notes: Mapped[str | None] = mapped_column(LongCharacters)


class ThumbnailRow(Base):
    """An event's thumbnail, a JPEG."""

    __tablename__ = "fn_thumbnail"
    __table_args__ = (TABLE_OPTIONS,)

    event_id: Mapped[str] = mapped_column(ForeignKey(EventRow.id, ondelete="CASCADE"), primary_key=True)
    jpeg: Mapped[bytes] = mapped_column(LargeBinary(MOST_JPEG_BYTES))


class RecordingRow(Base):
    """A recorded file: folder is its path below the recordings without its name. For the figures see `Recording`."""

    __tablename__ = "fn_recording"
    __table_args__ = (
        Index("fn_recording_file", "folder", "name", unique=True),
        Index("fn_recording_camera", "camera", "start_time", "end_time", "motion", "objects", "sound", "size"),
        Index("fn_recording_start", "start_time", "id"),
        TABLE_OPTIONS,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(Characters(NAME_LENGTH))
    name: Mapped[str] = mapped_column(Characters(FILE_NAME_LENGTH))
    camera: Mapped[str] = mapped_column(Characters(NAME_LENGTH))
    start_time: Mapped[float] = mapped_column(Double)
    end_time: Mapped[float] = mapped_column(Double)
    motion: Mapped[int | None]
    objects: Mapped[int | None]
    sound: Mapped[int | None]
    size: Mapped[int] = mapped_column(BigInteger)


class RecordedHourRow(Base):
    """What a camera's recordings hold that begin in an hour, counted from 1970; for the figures see `RecordedHour`."""

    __tablename__ = "fn_recorded_hour"
    __table_args__ = (TABLE_OPTIONS,)

    camera: Mapped[str] = mapped_column(Characters(NAME_LENGTH), primary_key=True)
    hour: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    files: Mapped[int]
    seconds: Mapped[float] = mapped_column(Double)
    size: Mapped[int] = mapped_column(BigInteger)
    motion: Mapped[int] = mapped_column(BigInteger)
    objects: Mapped[int] = mapped_column(BigInteger)


class ReviewRow(Base):
    """A review item without its thumbnail; data has what belongs to it, as JSON. last_time: of its last update."""

    __tablename__ = "fn_review"
    __table_args__ = (
        Index("fn_review_start", "start_time", "id", "camera", "severity", "end_time"),
        Index("fn_review_camera", "camera", "severity", "start_time", "end_time"),
        Index("fn_review_end", "end_time"),
        TABLE_OPTIONS,
    )

    id: Mapped[str] = mapped_column(Characters(ID_LENGTH), primary_key=True)
    camera: Mapped[str] = mapped_column(Characters(NAME_LENGTH))
    severity: Mapped[str] = mapped_column(Characters(SEVERITY_LENGTH))
    start_time: Mapped[float] = mapped_column(Double)
    end_time: Mapped[float | None] = mapped_column(Double)
    last_time: Mapped[float] = mapped_column(Double)
    data: Mapped[str] = mapped_column(LongCharacters)


class ReviewTagRow(Base):
    """A label, zone or event of a review item, to find it by."""

    __tablename__ = "fn_review_tag"
    __table_args__ = (TABLE_OPTIONS,)

    name: Mapped[str] = mapped_column(Characters(NAME_LENGTH), primary_key=True)
    kind: Mapped[str] = mapped_column(Characters(KIND_LENGTH), primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey(ReviewRow.id, ondelete="CASCADE"), primary_key=True)


class ReviewThumbnailRow(Base):
    """A review item's thumbnail, a WebP."""

    __tablename__ = "fn_review_thumbnail"
    __table_args__ = (TABLE_OPTIONS,)

    review_id: Mapped[str] = mapped_column(ForeignKey(ReviewRow.id, ondelete="CASCADE"), primary_key=True)
    webp: Mapped[bytes] = mapped_column(LargeBinary(MOST_JPEG_BYTES))


class ReviewedRow(Base):
    """A user has seen a review item."""

    __tablename__ = "fn_reviewed"
    __table_args__ = (TABLE_OPTIONS,)

    user_id: Mapped[str] = mapped_column(Characters(ID_LENGTH), primary_key=True)
    review_id: Mapped[str] = mapped_column(ForeignKey(ReviewRow.id, ondelete="CASCADE"), primary_key=True)


class ExportRow(Base):
    """A part of the recordings that a user keeps as a file of its own. For the figures see `StoredExport`."""

    __tablename__ = "fn_export"
    __table_args__ = (Index("fn_export_created", "created", "id"), TABLE_OPTIONS)

    id: Mapped[str] = mapped_column(Characters(NAME_LENGTH), primary_key=True)
    camera: Mapped[str] = mapped_column(Characters(NAME_LENGTH))
    name: Mapped[str] = mapped_column(Characters(NAME_LENGTH))
    start_time: Mapped[float] = mapped_column(Double)
    end_time: Mapped[float] = mapped_column(Double)
    created: Mapped[float] = mapped_column(Double)
    speed: Mapped[float] = mapped_column(Double)
    file: Mapped[str] = mapped_column(Characters(NAME_LENGTH))
    state: Mapped[str] = mapped_column(Characters(STATE_LENGTH))
    problem: Mapped[str | None] = mapped_column(LongCharacters)
    size: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float] = mapped_column(Double)


class KeptTimeRow(Base):
    """A time range of a camera in which nothing expires until a time; see `KeptTime`."""

    __tablename__ = "fn_kept_time"
    __table_args__ = (Index("fn_kept_time_camera", "camera"), TABLE_OPTIONS)

    id: Mapped[int] = mapped_column(primary_key=True)
    camera: Mapped[str] = mapped_column(Characters(NAME_LENGTH))
    start_time: Mapped[float] = mapped_column(Double)
    end_time: Mapped[float] = mapped_column(Double)
    until: Mapped[float] = mapped_column(Double)
