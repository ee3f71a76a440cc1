"""Review items on their way to the database."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.messages import EventType, ReviewMessage, ReviewState, Severity
from custom_components.frigate_native.engine.pictures import ScenePicture
from custom_components.frigate_native.engine.store import EventStore, EventWriter, ReviewFilter, ReviewWriter
from tests.engine.builders import START, frame_at

OPEN = ReviewState(
    id="1-a",
    camera="back",
    severity=Severity.DETECTION,
    start_time=START,
    end_time=None,
    last_time=START,
    event_ids=("e",),
    labels=("dog",),
    zones=(),
    thumbnail_time=START,
)
PICTURE = ScenePicture(frame=frame_at(0), box=(100, 100, 200, 300))


def message(state: ReviewState, kind: EventType = EventType.UPDATE) -> ReviewMessage:
    return ReviewMessage(type=kind, before=OPEN, after=state, picture=PICTURE)


def test_newest_state_and_thumbnail_are_stored(tmp_path: Path) -> None:
    store = EventStore(f"sqlite:///{tmp_path}/frigate.db")
    writer = EventWriter(store, Config(directory=tmp_path), lambda _: None)
    reviews = ReviewWriter(writer.submit)
    ended = replace(OPEN, severity=Severity.ALERT, end_time=START + 9, last_time=START + 9)

    for state, kind in ((OPEN, EventType.NEW), (replace(OPEN, labels=("dog", "cat")), EventType.UPDATE)):
        reviews.receive(message(state, kind))
    writer.start()
    writer.submit(lambda _: None).result(30)
    assert store.reviews.items()[0].state.labels == ("dog", "cat")
    reviews.receive(message(ended, EventType.END))
    writer.submit(lambda _: None).result(30)

    (found,) = store.reviews.items()
    assert found.state == ended
    thumbnail = store.reviews.thumbnail(OPEN.id)
    assert thumbnail is not None
    assert Image.open(BytesIO(thumbnail)).size == (320, 180)
    writer.stop()


def test_a_thousand_items_wait_for_the_database(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the database's folder should be")
    store = EventStore(f"sqlite:///{blocked}/frigate.db")
    writer = EventWriter(store, Config(directory=tmp_path), lambda _: None)
    reviews = ReviewWriter(writer.submit)
    writer.start()
    try:
        for number in range(1005):
            reviews.receive(message(replace(OPEN, id=f"{number}-a", start_time=START + number), EventType.NEW))
        blocked.unlink()
        writer.submit(lambda _: None, waits=True).result(90)
        found = [one.state.start_time - START for one in store.reviews.items(ReviewFilter(limit=None))]
    finally:
        writer.stop()

    assert found == list(range(1004, 4, -1))
