"""A database that an earlier version has left behind."""

from sqlalchemy import create_engine, insert, inspect, make_url

from custom_components.frigate_native.engine.store import EventFilter, EventStore, StoredEvent
from custom_components.frigate_native.engine.store.migrations import v1_events, v6_recordings
from custom_components.frigate_native.engine.store.schema import EventRow
from tests.engine.builders import START

DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql", "sqlite": "sqlite"}


def test_events_of_the_first_version_are_kept_and_found_by_todays_indexes(url: str) -> None:
    parsed = make_url(url)
    engine = create_engine(parsed.set(drivername=DRIVERS[parsed.drivername]))
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
        data={"type": "object", "score": 0.9, "top_score": 0.9},
    )
    assert store.events(EventFilter(retained=True)) == [expected]
    store.close()
    found = {index["name"]: index["column_names"] for index in inspect(engine).get_indexes("fn_event")}
    engine.dispose()
    assert found == {index.name: list(index.columns.keys()) for index in EventRow.metadata.tables["fn_event"].indexes}


def test_recordings_of_earlier_versions_are_summed_up(url: str) -> None:
    parsed = make_url(url)
    engine = create_engine(parsed.set(drivername=DRIVERS[parsed.drivername]))
    hour = START // 3600 * 3600
    row = {"camera": "back", "folder": "day", "motion": 3, "objects": None, "sound": None, "size": 3_000_000_000}
    times = {f"{second}": (hour + second, hour + second + 10) for second in (0, 3599, 3600)}
    rows = [row | {"name": name, "start_time": start, "end_time": end} for name, (start, end) in times.items()]
    with engine.begin() as connection:
        v6_recordings.upgrade(connection)
        connection.execute(insert(v6_recordings._METADATA.tables["fn_recording"]), rows)
    engine.dispose()
    store = EventStore(url)
    store.open()
    sums = [(one.start - hour, one.files, one.seconds, one.size, one.motion) for one in store.recordings.hours(0, 4e9)]
    assert sums == [(0, 2, 20, 6_000_000_000, 6), (3600, 1, 10, 3_000_000_000, 3)]
    store.close()
