"""A Frigate database, read from a private copy."""

import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from ..errors import FrigateNativeError
from .control import Control
from .values import EARLIEST, LATEST

_TABLES: Final = ("event", "recordings", "reviewsegment", "userreviewstatus", "export", "previews")
_RECORDINGS: Final = "/media/frigate/recordings"
_TRIES: Final = 3
_ROWS_AT_ONCE: Final = 100
_AGAIN_S: Final = 0.2
_MIB: Final = 2**20
_VERSIONS: Final = (  # (version, table, column that it brought), the newest first
    ("0.18", "exportcase", "id"),
    ("0.16 or 0.17", "userreviewstatus", "user_id"),
    ("0.14 or 0.15", "reviewsegment", "id"),
    ("0.13", "event", "data"),
    ("0.12", "recordings", "segment_size"),
    ("0.11", "event", "retain_indefinitely"),
    ("0.10", "recordings", "objects"),
    ("0.9", "recordings", "path"),
    ("0.8", "event", "id"),
)


class ImportFailedError(FrigateNativeError):
    """Nothing can be imported."""


class FrigateDatabase:
    """The tables of a Frigate database as they are; missing tables are empty. For one thread.

    The original is only read: its copy, with what is in its `-wal` file, is deleted in the end. ImportFailedError says
    why that is not possible.
    """

    def __init__(self, path: Path, folder: Path, control: Control) -> None:
        """Copy to a folder of its own."""
        self._path = path
        self._folder = folder
        self._control = control
        self._connection: sqlite3.Connection | None = None
        self._columns: dict[str, tuple[str, ...]] = {}

    def __enter__(self) -> Self:
        """Copy and open."""
        try:
            self._copy()
            self._open()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        """Close and delete the copy."""
        self._close()

    @property
    def version(self) -> str:
        """The version that the tables are of."""
        return next(version for version, table, column in _VERSIONS if column in self.columns(table))

    def columns(self, table: str) -> tuple[str, ...]:
        """Return the columns of a table; none if there is no such table."""
        if table not in self._columns:
            self._columns[table] = tuple(str(row[1]) for row in self._rows(f"PRAGMA table_info({table})"))
        return self._columns[table]

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        if not self.columns(table):
            return 0
        return int(next(iter(self._rows(f"SELECT COUNT(*) FROM {table}")))[0])  # noqa: S608  # our own names

    def cameras(self) -> tuple[str, ...]:
        """Return the names of all cameras."""
        tables = [table for table in _TABLES if "camera" in self.columns(table)]
        found = {row[0] for table in tables for row in self._rows(f"SELECT DISTINCT camera FROM {table}")}  # noqa: S608
        return tuple(sorted(name for name in found if isinstance(name, str) and name))

    def spans(self) -> Iterator[tuple[str, float, float]]:
        """Yield each camera, the first and the last time of what the database holds of it."""
        limits = f"start_time >= {EARLIEST} AND end_time <= {LATEST}"
        for name in self.cameras():
            found: list[float] = []
            for table in ("recordings", "event", "reviewsegment"):
                if {"start_time", "end_time"} <= {*self.columns(table)}:
                    query = f"SELECT MIN(start_time), MAX(end_time) FROM {table} WHERE camera = ? AND {limits}"  # noqa: S608
                    found += [time for time in next(iter(self._rows(query, (name,)))) if isinstance(time, int | float)]
            if found:
                yield name, min(found), max(found)

    def recorded_in(self, folder: str) -> frozenset[str]:
        """Return the names of the recorded files in a folder below the recordings."""
        if "path" not in self.columns("recordings"):
            return frozenset()
        prefix = f"{_RECORDINGS}/{folder}/"
        end = f"{prefix[:-1]}{chr(ord('/') + 1)}"
        found = self._rows("SELECT path FROM recordings WHERE path >= ? AND path < ?", (prefix, end))
        return frozenset(path.removeprefix(prefix) for (path,) in found if isinstance(path, str))

    def rows(self, table: str, wanted: tuple[str, ...], order: str) -> Iterator[dict[str, Any]]:
        """Yield rows with those of the columns that exist."""
        columns = [name for name in wanted if name in self.columns(table)]
        if order not in columns:
            return
        query = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {order}"  # noqa: S608  # our own names
        for row in self._rows(query):
            yield dict(zip(columns, row, strict=True))

    def _rows(self, query: str, values: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:
        assert self._connection is not None
        try:
            found = self._connection.execute(query, values)
            while rows := found.fetchmany(_ROWS_AT_ONCE):
                yield from rows
        except sqlite3.Error as err:
            raise ImportFailedError(f"{self._path} cannot be read: {err}") from err

    def _open(self) -> None:
        try:
            self._connection = sqlite3.connect(self._folder / "frigate.db")
        except sqlite3.Error as err:
            raise ImportFailedError(f"{self._path} cannot be opened: {err}") from err
        self._connection.text_factory = lambda data: data.decode("utf-8", "replace")
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
            list(self._rows(f"PRAGMA {pragma}"))
        if "id" not in self.columns("event") or "camera" not in self.columns("event"):
            raise ImportFailedError(f"{self._path} is no database of Frigate: it has no table of events")

    def _copy(self) -> None:
        """Copy the database; what changes meanwhile is copied again."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for _ in range(_TRIES):
                before = self._fingerprint()
                for suffix in ("", "-wal"):
                    self._copy_file(suffix)
                if self._fingerprint() == before:
                    return
                self._control.pause(_AGAIN_S)
        except OSError as err:
            raise ImportFailedError(f"{err.filename or self._path} cannot be read or copied: {err.strerror}") from err
        except ValueError:
            raise ImportFailedError("the path of the database has characters that no path can have") from None
        raise ImportFailedError(f"{self._path} changes all the time; stop Frigate first")

    def _copy_file(self, suffix: str) -> None:
        source, target = Path(f"{self._path}{suffix}"), self._folder / f"frigate.db{suffix}"
        target.unlink(missing_ok=True)
        if suffix and not source.exists():
            return
        with source.open("rb") as reader, target.open("wb") as writer:
            while block := reader.read(4 * _MIB):
                self._control.check()
                writer.write(block)

    def _fingerprint(self) -> list[tuple[int, int]]:
        """Return the sizes and times of the files."""
        files = [path for path in (self._path, Path(f"{self._path}-wal")) if path.exists()]
        return [(stat.st_size, stat.st_mtime_ns) for stat in (path.stat() for path in files)]

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        shutil.rmtree(self._folder, ignore_errors=True)
