"""A fresh database of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import create_engine, make_url, text

from custom_components.frigate_native.engine.store import EventStore
from tests.databases import mariadb, postgresql

BERLIN = ZoneInfo("Europe/Berlin")
_DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}
_SERVED = pytest.mark.xdist_group("databases")  # one process starts the servers
KINDS = ("sqlite", pytest.param("postgresql", marks=_SERVED), pytest.param("mariadb", marks=_SERVED))
_NUMBERS = count()


@pytest.fixture(scope="session")
def servers() -> Iterator[dict[str, str]]:
    """Return the URLs of the servers that run, by kind; each is started when it is first wanted."""
    with TemporaryDirectory(prefix="frigate-databases-", ignore_cleanup_errors=True) as folder:
        path = Path(folder)
        path.chmod(0o755)
        with postgresql(path / "postgresql") as first, mariadb(path / "mariadb") as second:
            yield {"postgresql": first, "mariadb": second}


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of an empty database."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/frigate.db"
        return
    servers: dict[str, str] = request.getfixturevalue("servers")
    with new_database(servers[request.param]) as made:
        yield made


@contextmanager
def new_database(server: str) -> Iterator[str]:
    """Make a database on a server, and drop it in the end."""
    name = f"test_{next(_NUMBERS)}"
    url = make_url(server)
    engine = create_engine(url.set(drivername=_DRIVERS[url.drivername]), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name}"))
    engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[EventStore]:
    """Return an open, empty store whose days are Berlin's."""
    store = EventStore(url, lambda: BERLIN)
    store.open()
    yield store
    store.close()
