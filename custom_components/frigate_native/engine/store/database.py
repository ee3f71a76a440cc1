"""The connection to a database of any kind: made, tuned, its errors put into words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ..config.model import DatabaseConfig
from ..errors import StoreError
from ..paths import MediaPaths
from .database_errors import shown, store_error

_PATIENCE_S: Final = 3  # for a lock or a server; stopping takes two of these at worst
_DRIVERS: Final = {"postgresql": "psycopg", "mysql": "pymysql", "mariadb": "pymysql"}
_CONNECT_ARGUMENTS: Final[dict[str, dict[str, Any]]] = {
    "sqlite": {"timeout": _PATIENCE_S},
    "psycopg": {"connect_timeout": _PATIENCE_S},
    "pymysql": {
        "connect_timeout": _PATIENCE_S,
        "read_timeout": 30,
        "write_timeout": 30,
        "init_command": "SET SESSION group_concat_max_len = 1073741824",  # or the days of a summary were cut short
    },
}
_IS_WRITE: Final = "frigate_native_write"


def default_url(paths: MediaPaths, config: DatabaseConfig) -> str:
    """Return the URL of the configured database; without one, of a file among the clips."""
    if config.url:
        return config.url
    path = config.path or paths.clips / "frigate.db"
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


class Database:
    """Connections to one database. Any thread may read; one at a time may write."""

    def __init__(self, url: str) -> None:
        """Understand the URL; StoreError when it is none or its driver is missing."""
        self.url = _parsed(url)
        self._file: tuple[int, int] | None = None
        self._engine = self._new_engine()
        self._writer = self._engine.execution_options(**{_IS_WRITE: True})

    @property
    def is_file(self) -> bool:
        """Tell whether it is SQLite's."""
        return self.url.get_backend_name() == "sqlite"

    def note_file(self) -> None:
        """Remember which file it is, once there is one."""
        self._file = self._present_file()

    def is_astray(self) -> bool:
        """Tell whether its file was deleted, moved or replaced since `note_file`, so that what is written is lost."""
        return self._file is not None and self._file != self._present_file()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the database."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as err:
            raise store_error(err, self.url) from err

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together, or not at all."""
        try:
            with self._writer.begin() as connection:
                yield connection
        except SQLAlchemyError as err:
            raise store_error(err, self.url) from err

    def close(self) -> None:
        """Close all connections; those in use when they come back."""
        self._engine.dispose()

    def _present_file(self) -> tuple[int, int] | None:
        """Return what tells the file of this name from others; None for a server, and when there is none."""
        if not (self.is_file and self.url.database):
            return None
        try:
            found = Path(self.url.database).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _new_engine(self) -> Engine:
        driver = "sqlite" if self.is_file else self.url.get_driver_name()
        try:
            engine = create_engine(
                self.url,
                connect_args=_CONNECT_ARGUMENTS.get(driver, {}),
                hide_parameters=True,
                pool_pre_ping=not self.is_file,
                pool_recycle=-1 if self.is_file else 1800,
            )
        except ImportError as err:
            raise StoreError(
                f"{shown(self.url)}: the Python package {err.name} is not installed; install it into Home Assistant's"
                " Python, or use the default database"
            ) from err
        except SQLAlchemyError as err:
            raise store_error(err, self.url) from err
        if self.is_file:
            event.listen(engine, "connect", _tune_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine


def _parsed(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as err:
        raise StoreError(
            "database.url: not a URL of a database; it should look like postgresql://user:password@host/name"
        ) from err
    driver = _DRIVERS.get(url.drivername)
    if driver:
        return url.set(drivername=f"{url.drivername}+{driver}")
    if url.get_backend_name() == "sqlite":
        _make_folder(url)
    return url


def _make_folder(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise StoreError("database.url: a database in memory forgets all events; give the path of a file")
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StoreError(f"{shown(url)}: its folder cannot be made: {err.strerror}; choose another path") from err


def _tune_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions begin where SQLAlchemy says so
    for pragma in (
        "journal_mode=WAL",  # readers and the writer do not wait for each other
        "synchronous=NORMAL",  # in WAL mode a power cut may lose the last events, never the file
        "foreign_keys=ON",
        "cache_size=-8000",  # kB
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    is_write = connection.get_execution_options().get(_IS_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
