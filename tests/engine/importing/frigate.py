"""A Frigate installation as several versions leave it: its database by the documented columns, and its media folder."""

import json
import shutil
import sqlite3
from base64 import b64encode
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image

_PIXELS: Final = "region TEXT, box TEXT, area INTEGER, ratio REAL, top_score REAL, score REAL, false_positive INTEGER"
_EVENT: Final = (
    "id VARCHAR(30) NOT NULL PRIMARY KEY, label VARCHAR(20), camera VARCHAR(20), start_time DATETIME, end_time"
    " DATETIME, zones JSON, thumbnail TEXT, has_clip INTEGER, has_snapshot INTEGER"
)
_RECORDINGS: Final = (
    "id VARCHAR(30) NOT NULL PRIMARY KEY, camera VARCHAR(20), path VARCHAR(255) UNIQUE, start_time DATETIME,"
    " end_time DATETIME, duration REAL"
)
_FIGURES: Final = "objects INTEGER, motion INTEGER, segment_size REAL, dBFS INTEGER"
_REVIEW: Final = (
    "id VARCHAR(30) NOT NULL PRIMARY KEY, camera VARCHAR(20), start_time DATETIME, end_time DATETIME,"
    " severity VARCHAR(30), thumb_path VARCHAR(255) UNIQUE, data JSON"
)
_EXPORT: Final = (
    "id VARCHAR(30) NOT NULL PRIMARY KEY, camera VARCHAR(20), name VARCHAR(100), date DATETIME, video_path VARCHAR(255)"
    " UNIQUE, thumb_path VARCHAR(255) UNIQUE, in_progress INTEGER"
)
_RETAINED: Final = "retain_indefinitely INTEGER DEFAULT 0, sub_label VARCHAR(100)"
_SEEN: Final = "user_id VARCHAR(30), review_segment_id VARCHAR(30), has_been_reviewed INTEGER"
SCHEMAS: Final[dict[str, dict[str, str]]] = {
    "0.9": {"event": f"{_EVENT}, {_PIXELS}", "recordings": _RECORDINGS},
    "0.13": {
        "event": f"{_EVENT}, {_PIXELS}, {_RETAINED}, data JSON",
        "recordings": f"{_RECORDINGS}, {_FIGURES}",
    },
    "0.16": {
        "event": f"{_EVENT}, {_PIXELS}, {_RETAINED}, data JSON",
        "recordings": f"{_RECORDINGS}, {_FIGURES}, regions INTEGER",
        "reviewsegment": _REVIEW,
        "userreviewstatus": _SEEN,
        "export": _EXPORT,
    },
    "0.18": {
        "event": f"{_EVENT}, {_PIXELS}, {_RETAINED}, data JSON",
        "recordings": f"{_RECORDINGS}, {_FIGURES}, regions INTEGER, motion_heatmap JSON",
        "reviewsegment": _REVIEW,
        "userreviewstatus": _SEEN,
        "export": f"{_EXPORT}, export_case_id VARCHAR(30)",
        "exportcase": "id VARCHAR(30) PRIMARY KEY, name VARCHAR(100), description TEXT, created_at, updated_at",
    },
}
CONTAINER: Final = "/media/frigate"


def picture(kind: str, color: str = "red") -> bytes:
    """Return a small picture as JPEG, PNG or WEBP."""
    file = BytesIO()
    Image.new("RGB", (320, 240), color).save(file, kind)
    return file.getvalue()


@dataclass
class Frigate:
    """An installation of a version; each method adds a row and its files, as that version does."""

    folder: Path
    version: str
    sample: Path
    media: Path = field(init=False)
    database: Path = field(init=False)

    def __post_init__(self) -> None:
        self.media = self.folder / "frigate"
        self.database = self.folder / "config" / "frigate.db"
        for folder in (self.media, self.database.parent):
            folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.database)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            for table, columns in SCHEMAS[self.version].items():
                connection.execute(f"CREATE TABLE {table} ({columns})")

    def is_since(self, version: str) -> bool:
        """Whether this version is that one or a later one."""
        order = list(SCHEMAS)
        return order.index(self.version) >= order.index(version)

    def insert(self, table: str, **values: Any) -> None:
        """Add a row with those of the values that have a column."""
        with closing(sqlite3.connect(self.database)) as connection:
            known = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            names = [name for name in values if name in known]
            marks = ", ".join("?" for _ in names)
            connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", [values[n] for n in names])
            connection.commit()

    def record(self, start: float, camera: str = "front", **changes: Any) -> str:
        """Add a recorded file of ten seconds in the layout of the version; return its path below the recordings."""
        utc = datetime.fromtimestamp(start, UTC)
        day = f"{utc:%Y-%m-%d/%H}" if self.is_since("0.13") else f"{utc:%Y-%m/%d/%H}"
        path = f"{day}/{camera}/{utc:%M.%S}.mp4"
        self.write(f"recordings/{path}", self.sample)
        values: dict[str, Any] = {
            "id": f"{start}-{camera}",
            "camera": camera,
            "path": f"{CONTAINER}/recordings/{path}",
            "start_time": start,
            "end_time": start + 10,
            "duration": 10,
            "objects": 1,
            "motion": 7,
            "dBFS": -30,
        }
        self.insert("recordings", **values | changes)
        return path

    def see(self, start: float, camera: str = "front", **changes: Any) -> str:
        """Add an event of eight seconds with its pictures; return its ID."""
        event_id = f"{start}-abcdef"
        has_data, has_files = self.is_since("0.13"), self.is_since("0.16")
        data = {"type": "object", "score": 0.8, "top_score": 0.9, "box": [0.1, 0.2, 0.3, 0.4], "region": [0, 0, 1, 1]}
        values: dict[str, Any] = {
            "id": event_id,
            "label": "person",
            "camera": camera,
            "start_time": start,
            "end_time": start + 8,
            "top_score": None if has_data else 0.9,
            "score": None if has_data else 0.8,
            "false_positive": None if has_data else 0,
            "zones": '["yard"]',
            "thumbnail": None if has_files else b64encode(picture("JPEG")).decode(),
            "has_clip": 1,
            "has_snapshot": 1,
            "retain_indefinitely": 0,
            "sub_label": "Anna",
            "data": json.dumps(data),
        }
        self.insert("event", **values | changes)
        if has_files:
            self.write(f"clips/thumbs/{camera}/{event_id}.webp", picture("WEBP"))
        name, kind = ("-clean.webp", "WEBP") if self.is_since("0.18") else (".jpg", "JPEG")
        self.write(f"clips/{camera}-{event_id}{name}", picture(kind))
        return event_id

    def review(self, start: float, event_ids: Sequence[str], camera: str = "front", **changes: Any) -> str:
        """Add a review item that a user has seen; return its ID."""
        review_id = f"{start}-review"
        file = f"clips/review/thumb-{camera}-{review_id}.webp"
        data = {"detections": list(event_ids), "objects": ["person-verified"], "zones": ["yard"], "sub_labels": []}
        values: dict[str, Any] = {
            "id": review_id,
            "camera": camera,
            "start_time": start,
            "end_time": start + 8,
            "severity": "alert",
            "thumb_path": f"{CONTAINER}/{file}",
            "data": json.dumps(data),
        }
        self.insert("reviewsegment", **values | changes)
        self.insert("userreviewstatus", user_id="admin", review_segment_id=review_id, has_been_reviewed=1)
        self.write(file, picture("WEBP"))
        return review_id

    def export(self, start: float, camera: str = "front", **changes: Any) -> str:
        """Add a finished export; return its ID."""
        export_id = f"{camera}_{start:.0f}"
        values: dict[str, Any] = {
            "id": export_id,
            "camera": camera,
            "name": "Burglar",
            "date": start,
            "video_path": f"{CONTAINER}/exports/{export_id}.mp4",
            "thumb_path": f"{CONTAINER}/clips/export/{export_id}.webp",
            "in_progress": 0,
        }
        self.insert("export", **values | changes)
        self.write(f"exports/{export_id}.mp4", self.sample)
        self.write(f"clips/export/{export_id}.webp", picture("WEBP"))
        return export_id

    def write(self, path: str, content: bytes | Path) -> None:
        """Write a file below the media folder."""
        file = self.media / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            shutil.copyfile(content, file)

    def snapshot(self) -> dict[str, tuple[int, int]]:
        """Return the size and time of each file of the installation."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".db-shm")
        return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}
