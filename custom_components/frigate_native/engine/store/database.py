"""Connects to a database and turns its errors into readable ones."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from ..config.model import DatabaseConfig
from ..errors import StoreError
from ..paths import MediaPaths
from .database_errors import driver_error, shown, store_error

_PATIENCE_S: Final = 3  # for a lock or a server; stopping may take twice as long
_DRIVERS: Final = {"postgresql": "psycopg", "mysql": "pymysql", "mariadb": "pymysql"}
_CONNECT_ARGUMENTS: Final[dict[str, dict[str, Any]]] = {
    "sqlite": {"timeout": _PATIENCE_S},
    "psycopg": {"connect_timeout": _PATIENCE_S},
    "pymysql": {
        "connect_timeout": _PATIENCE_S,
        "read_timeout": 30,
        "write_timeout": 30,
        "init_command": "SET SESSION group_concat_max_len = 1073741824",  # the default cuts summaries short
    },
}
_LONGEST_LOG: Final = 20_000  # pages of 4 kB; then a write makes the checkpoint, and waits for the disk
_IS_WRITE: Final = "frigate_native_write"


def default_url(paths: MediaPaths, config: DatabaseConfig) -> str:
    """Return the URL of the configured database; by default, of a file in the clips folder."""
    if config.url:
        return config.url
    path = config.path or paths.clips / "frigate.db"
    return URL.create("sqlite", database=str(path)).render_as_string(hide_password=False)


class Database:
    """Connections to one database. Any thread may read; one thread at a time may write."""

    def __init__(self, url: str) -> None:
        """Parse the URL; StoreError if it is invalid or its driver is not installed."""
        self.url = _parsed(url)
        self._file: tuple[int, int] | None = None
        self._engine = self._new_engine()
        self._writer = self._engine.execution_options(**{_IS_WRITE: True})

    @property
    def is_file(self) -> bool:
        """Whether it is an SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for a server."""
        return Path(self.url.database).resolve() if self.is_file and self.url.database else None

    def note_file(self) -> None:
        """Remember the file's identity, once it exists."""
        self._file = self._present_file()

    def is_astray(self) -> bool:
        """Return whether the file was deleted, moved or replaced since `note_file`, so that writes are lost."""
        return self._file is not None and self._file != self._present_file()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Provide a connection that sees a consistent state of the database."""
        with self._begun(self._engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Provide a connection whose changes are committed together, or not at all."""
        with self._begun(self._writer) as connection:
            yield connection

    def checkpoint(self) -> None:
        """Move what was written to the file's log into the file; blocks, but neither readers nor the writer wait."""
        if not self.is_file:
            return
        try:
            with closing(self._engine.raw_connection()) as connection:  # it cannot be part of a transaction
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")
        except (sqlite3.Error, SQLAlchemyError) as err:
            raise StoreError(f"{shown(self.url)}: the file cannot be written: {type(err).__name__}") from err

    def close(self) -> None:
        """Close all connections; those in use are closed when returned."""
        self._engine.dispose()

    @contextmanager
    def _begun(self, engine: Engine) -> Iterator[Connection]:
        try:
            with self._connected(engine) as connection, connection.begin():
                yield connection
        except SQLAlchemyError as err:
            raise store_error(err, self.url) from err

    def _connected(self, engine: Engine) -> Connection:
        try:
            return engine.connect()
        except SQLAlchemyError:
            raise
        except Exception as err:  # noqa: BLE001  # drivers check their parameters in many ways
            raise driver_error(err, self.url) from None  # the text may contain what the parameters hold

    def _present_file(self) -> tuple[int, int] | None:
        """Return the identity of the file at this path; None for a server, or if it does not exist."""
        if not (self.is_file and self.url.database):
            return None
        try:
            found = Path(self.url.database).stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def _new_engine(self) -> Engine:
        try:
            driver = "sqlite" if self.is_file else self.url.get_driver_name()
            engine = create_engine(
                self.url,
                connect_args=_CONNECT_ARGUMENTS.get(driver, {}),
                hide_parameters=True,
                pool_pre_ping=not self.is_file,
                pool_recycle=-1 if self.is_file else 1800,
            )
        except ImportError as err:
            raise StoreError(
                f"{shown(self.url)}: the Python package {err.name} is not installed; install it in Home Assistant's"
                " Python environment, or use the default database"
            ) from err
        except SQLAlchemyError as err:
            raise store_error(err, self.url) from err
        except Exception as err:  # noqa: BLE001  # as in `_connected`
            raise driver_error(err, self.url) from None
        if self.is_file:
            event.listen(engine, "connect", _tune_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        return engine


def _parsed(text: str) -> URL:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as err:
        raise StoreError(
            "database.url: not a valid database URL; use the form postgresql://user:password@host/name"
        ) from err
    driver = _DRIVERS.get(url.drivername)
    if driver:
        return url.set(drivername=f"{url.drivername}+{driver}")
    if url.get_backend_name() == "sqlite":
        _make_folder(url)
    return url


def _make_folder(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise StoreError("database.url: a database in memory loses all events; set the path of a file")
    if Path(url.database).is_dir():
        raise StoreError(f"{shown(url)}: this is a folder; set database.path to a file in it, such as frigate.db")
    folder = Path(url.database).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as err:
        raise StoreError(f"{shown(url)}: the folder cannot be created: {err.strerror}; choose another path") from err
    except ValueError:  # NUL, or half a character
        raise StoreError("database.url: the path contains a character that no path can have") from None


def _tune_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy begins transactions
    for pragma in (
        "journal_mode=WAL",  # readers and the writer do not block each other
        "synchronous=NORMAL",  # in WAL mode a power cut may lose the last events, never the file
        "foreign_keys=ON",
        "cache_size=-8000",  # kB
        f"wal_autocheckpoint={_LONGEST_LOG}",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    is_write = connection.get_execution_options().get(_IS_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")
