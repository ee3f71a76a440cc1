"""Databases that cannot be used: what a person reads, and what is refused."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, make_url, text

from custom_components.frigate_native.engine.config.model import DatabaseConfig
from custom_components.frigate_native.engine.errors import StoreError
from custom_components.frigate_native.engine.paths import MediaPaths
from custom_components.frigate_native.engine.store import EventFilter, EventStore, EventWrite, default_url
from custom_components.frigate_native.engine.store.migrations import VERSION
from custom_components.frigate_native.engine.store.schema import Base
from tests.databases import PASSWORD
from tests.engine.builders import START, object_state
from tests.servers import free_port

PATHS = MediaPaths.below(Path("/media"))


def problem_of(url: str) -> str:
    store = EventStore(url)
    with pytest.raises(StoreError) as raised:
        store.open()
    assert not store.is_open
    return str(raised.value)


def with_driver(url: str) -> str:
    drivers = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "sqlite": "sqlite"}
    parsed = make_url(url)
    return parsed.set(drivername=drivers[parsed.drivername]).render_as_string(hide_password=False)


@pytest.mark.parametrize(
    ("config", "url"),
    [
        (DatabaseConfig(), "sqlite:////media/frigate/clips/frigate.db"),
        (DatabaseConfig(path=Path("/config/my events.db")), "sqlite:////config/my events.db"),
        (DatabaseConfig(url="postgresql://u:p@h/d", path=Path("/x")), "postgresql://u:p@h/d"),
    ],
)
def test_place_of_the_database(config: DatabaseConfig, url: str) -> None:
    assert default_url(PATHS, config) == url


def test_file_and_its_folder_are_made(tmp_path: Path) -> None:
    path = tmp_path / "media" / "frigate.db"
    store = EventStore(f"sqlite:///{path}")
    store.open()
    store.open()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="not open"):
        store.events(EventFilter())


def test_folder_named_as_the_database(tmp_path: Path) -> None:
    problem = problem_of(f"sqlite:///{tmp_path}")
    assert "this is a folder" in problem
    assert "database.path" in problem


def test_foreign_table_with_our_name(url: str) -> None:
    engine = create_engine(with_driver(url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE fn_event (colour INTEGER)"))
    engine.dispose()
    problem = problem_of(url)
    assert "tables of another program under our names" in problem


def test_file_belongs_to_one_store(tmp_path: Path) -> None:
    first, second = (EventStore(f"sqlite:///{tmp_path}/frigate.db") for _ in range(2))
    first.open()
    first.write([EventWrite(state=object_state(id="1.5-on", end_time=None))])
    with pytest.raises(StoreError, match="another running system uses this file; set another"):
        second.open()
    assert [event.end_time for event in first.events(EventFilter(in_progress=None))] == [None]

    first.close()
    second.open()
    assert second.interrupted
    second.close()
    assert not list(tmp_path.glob("*lock"))


def test_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "frigate.db"
    path.write_bytes(b"no database at all" * 1000)
    problem = problem_of(f"sqlite:///{path}")
    assert str(path) in problem
    assert "move the file away" in problem


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "choose another path" in problem_of(f"sqlite:///{tmp_path}/file/frigate.db")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite://", "in memory"),
        ("not a url", "database.url"),
        ("oracle+nonsense://u:s3cret-pw@h/d", "nonsense"),
        ("mssql+pyodbc://u:s3cret-pw@h/d", "pyodbc"),
        ("postgresql://u:s3cret-pw@127.0.0.1:{port}/d", "is running and reachable"),
        ("mysql://u:s3cret-pw@127.0.0.1:{port}/d", "is running and reachable"),
    ],
)
def test_url_that_leads_nowhere(url: str, words: str) -> None:
    problem = problem_of(url.format(port=free_port()))
    assert words in problem
    assert PASSWORD not in problem


@pytest.mark.xdist_group("databases")
@pytest.mark.parametrize("url", ["postgresql", "mariadb"], indirect=True)
def test_wrong_password_and_missing_database_are_told_apart(url: str) -> None:
    parsed = make_url(url)
    for changed in (parsed.set(password="wrong-pw"), parsed.set(username="nobody")):
        problem = problem_of(changed.render_as_string(hide_password=False))
        assert "check the user and password" in problem
        assert PASSWORD not in problem
        assert "wrong-pw" not in problem
    missing = parsed.set(database="missing").render_as_string(hide_password=False)
    assert "create the database first" in problem_of(missing)


SECRET = "S3cr3t"
HOSTILE = (
    "postgresql://u:a@{secret}@127.0.0.1/x",
    "postgresql://u:a@127.0.0.1/x?unknown={secret}",
    "postgresql://127.0.0.1/x?password={secret}&passfile=/{secret}",
    "postgresql://u:a@127.0.0.1/x?target_session_attrs={secret}",
    "mysql://u:a@{secret}@127.0.0.1/x",
    "mysql://u:a@127.0.0.1/x?ssl_ca=/{secret}",
    "mysql://u:a@127.0.0.1/x?unknown={secret}",
    "mysql://u:a@127.0.0.1/x?read_timeout={secret}",
    "mysql://u:a@127.0.0.1/x?charset=unknown",
    "unknown://u:{secret}@127.0.0.1/x",
    "sqlite:///\0/{secret}/x.db",
    "sqlite:///\ud800/{secret}/x.db",
)


@pytest.mark.parametrize("template", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_a_url_holds_the_problem_is_readable_and_tells_no_secret(template: str) -> None:
    problem = problem_of(template.format(secret=SECRET))
    assert SECRET not in problem
    assert problem.isprintable()
    assert "f***iled" not in problem  # the password "a"


def test_newer_schema_is_refused_and_left_alone(url: str) -> None:
    store = EventStore(url)
    store.open()
    store.close()
    engine = create_engine(with_driver(url))
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO fn_schema VALUES ({VERSION + 1}, 0)"))
    engine.dispose()
    problem = problem_of(url)
    assert "newer version" in problem
    assert "update the integration" in problem


def test_migrations_lead_to_the_tables_of_the_program(url: str) -> None:
    store = EventStore(url)
    store.open()
    store.close()
    engine = create_engine(with_driver(url))
    found = inspect(engine)
    for table in Base.metadata.sorted_tables:
        columns = {column["name"]: bool(column["nullable"]) for column in found.get_columns(table.name)}
        assert columns == {column.name: bool(column.nullable) for column in table.columns}
        indices = {index["name"]: index["column_names"] for index in found.get_indexes(table.name)}
        for index in table.indexes:
            assert indices[index.name] == [column.name for column in index.columns]
    engine.dispose()


def test_interrupted_migration_is_finished(url: str) -> None:
    engine = create_engine(with_driver(url))
    with engine.begin() as connection:
        Base.metadata.tables["fn_zone_list"].create(connection)
    engine.dispose()
    store = EventStore(url)
    store.open()
    assert store.count() == 0
    store.close()
    with engine.begin() as connection:  # as if it had been cut off just before its end
        connection.execute(text("DELETE FROM fn_schema"))
    engine.dispose()
    store.open()
    assert store.count() == 0
    store.close()


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    """Return a database that Frigate itself has left behind."""
    path = tmp_path / "frigate.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE event (id VARCHAR(30) PRIMARY KEY, label VARCHAR(20), zones JSON)")
        other.execute("INSERT INTO event VALUES ('1', 'person', ?)", (json.dumps(["yard"]),))
        other.commit()
    return path


def test_old_frigate_database_in_the_same_place_is_left_alone(old_file: Path) -> None:
    store = EventStore(f"sqlite:///{old_file}")
    store.open()
    assert store.events() == []
    store.close()
    with closing(sqlite3.connect(old_file)) as other:
        assert other.execute("SELECT * FROM event").fetchall() == [("1", "person", '["yard"]')]


def test_file_that_is_deleted_or_replaced_in_use_is_let_go_of(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "frigate.db"
    store = EventStore(f"sqlite:///{path}")

    def write(event_id: str) -> set[str]:
        """Store an event as the storage thread does; return what lies in the file after that."""
        store.open()
        store.write([EventWrite(state=object_state(id=event_id, end_time=START + 1))])
        with closing(sqlite3.connect(path)) as other:
            return {row[0] for row in other.execute("SELECT id FROM fn_event")}

    assert write("1.5-one") == {"1.5-one"}
    with closing(sqlite3.connect(path)) as other, closing(sqlite3.connect(tmp_path / "copy")) as copy:
        other.backup(copy)
    for file in tmp_path.glob("frigate.db*"):
        file.unlink()
    assert write("2.5-two") == {"2.5-two"}
    assert caplog.text.count("deleted, moved or replaced") == 1
    for file in tmp_path.glob("frigate.db-*"):
        file.unlink()
    (tmp_path / "copy").replace(path)
    assert write("3.5-three") == {"1.5-one", "3.5-three"}
    assert {event.id for event in store.events()} == {"1.5-one", "3.5-three"}
    store.close()
