"""A database that an earlier version has left behind."""

from sqlalchemy import create_engine, insert, inspect, make_url

from custom_components.frigate_native.engine.store import EventFilter, EventStore, StoredEvent
from custom_components.frigate_native.engine.store.migrations import v1_events
from custom_components.frigate_native.engine.store.schema import EventRow
from tests.engine.builders import START


def test_events_of_the_first_version_are_kept_and_found_by_todays_indexes(url: str) -> None:
    drivers = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "sqlite": "sqlite"}
    parsed = make_url(url)
    engine = create_engine(parsed.set(drivername=drivers[parsed.drivername]))
    tables = v1_events._METADATA.tables
    row = {"id": "a", "camera": "back", "label": "person", "start_time": START, "end_time": None, "top_score": 0.9}
    row |= {"last_time": START + 4, "has_clip": True, "has_snapshot": False, "retained": True, "zone_list_id": 1}
    with engine.begin() as connection:
        v1_events.upgrade(connection)
        connection.execute(insert(tables["fn_zone_list"]).values(id=1, zones='["yard"]'))
        connection.execute(insert(tables["fn_event"]).values(**row))
    store = EventStore(url)
    store.open()
    expected = StoredEvent(
        id="a",
        camera="back",
        label="person",
        start_time=START,
        end_time=START + 4,
        top_score=0.9,
        zones=("yard",),
        has_clip=True,
        retained=True,
    )
    assert store.events(EventFilter(retained=True)) == [expected]
    store.close()
    found = {index["name"]: index["column_names"] for index in inspect(engine).get_indexes("fn_event")}
    engine.dispose()
    assert found == {index.name: list(index.columns.keys()) for index in EventRow.metadata.tables["fn_event"].indexes}
