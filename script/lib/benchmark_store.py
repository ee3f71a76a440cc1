"""Fills event databases and measures what is asked of them most."""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final
from zoneinfo import ZoneInfo

from benchmark import door  # noqa: F401  # opens the way to the engine

from custom_components.frigate_native.engine.concurrency import SystemClock
from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.messages import ObjectState
from custom_components.frigate_native.engine.store import (
    EventField,
    EventFilter,
    EventStore,
    EventWrite,
    RetentionJob,
)

_YEAR_S: Final = 365 * 86_400
_BATCH: Final = 500
_ROUNDS: Final = 9
_THUMBNAIL: Final = bytes(8_000)  # about what 175x175 pixels take
_CAMERAS: Final = [f"camera_{number}" for number in range(12)]
_LABELS: Final = ["person"] * 6 + ["car"] * 3 + ["dog"]
_ZONES: Final = [(), (), ("yard",), ("street",), ("street", "yard"), ("yard", "porch"), ("garage",)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to be asked, and how long the answer may take."""

    name: str
    most_ms: float
    ask: Callable[[EventStore], object]


def made_events(number: int, end: float) -> Iterator[EventWrite]:
    """Make events of a year."""
    dice = random.Random(7)  # noqa: S311  # the same for every run
    for index in range(number):
        start = end - _YEAR_S * (number - index) / number
        zones = ("rare",) if index % 5000 == 0 else dice.choice(_ZONES)
        yield EventWrite(state=made_state(f"{start:.6f}-{index:06d}", start, dice, zones), jpeg=_THUMBNAIL)


def made_state(event_id: str, start: float, dice: random.Random, zones: tuple[str, ...]) -> ObjectState:
    """Make an event that is over."""
    return ObjectState(
        id=event_id,
        camera=dice.choice(_CAMERAS),
        frame_time=start + 9,
        label=dice.choice(_LABELS),
        top_score=dice.uniform(0.7, 1),
        false_positive=False,
        start_time=start,
        end_time=start + 10,
        score=0.8,
        box=(0, 0, 10, 10),
        area=100,
        region=(0, 0, 300, 300),
        current_zones=(),
        entered_zones=zones,
    )


def questions(end: float) -> list[Question]:
    """Return what is asked: pages with every filter, the summary and the counts of a month."""
    page = EventFilter()
    month = EventFilter(after=end - 200 * 86_400, before=end - 170 * 86_400)
    filters = {
        "all": page,
        "camera": replace(page, cameras=("camera_3",)),
        "label": replace(page, labels=("dog",)),
        "zone": replace(page, zones=("yard",)),
        "rare zone": replace(page, zones=("rare",)),
        "unknown zone": replace(page, zones=("nowhere",)),
        "unknown camera": replace(page, cameras=("nowhere",)),
        "camera, label, zone": replace(page, cameras=("camera_3",), labels=("dog",), zones=("porch",)),
        "two cameras, two labels": replace(page, cameras=("camera_3", "camera_4"), labels=("dog", "car")),
        "before, after": replace(month),
        "label, before long ago": replace(page, labels=("dog",), before=end - _YEAR_S * 0.9),
        "has_clip": replace(page, has_clip=True),
        "no clip": replace(page, has_clip=False),
        "has_snapshot (rare)": replace(page, has_snapshot=True),
        "retained (rare)": replace(page, retained=True),
        "camera, retained (none)": replace(page, cameras=("camera_3",), retained=True, has_snapshot=True),
        "in progress (none)": replace(page, in_progress=True),
        "page 500": replace(page, offset=50_000),
    }
    pages = [Question(name=f"events: {key}", most_ms=50, ask=_page(wanted)) for key, wanted in filters.items()]
    return [
        *pages,
        Question(name="summary", most_ms=300, ask=lambda store: store.summary()),
        Question(name="month: count", most_ms=200, ask=lambda store: store.count(month)),
        Question(name="month: by camera", most_ms=200, ask=lambda store: store.counts(EventField.CAMERA, month)),
        Question(name="month: by zone", most_ms=200, ask=lambda store: store.counts(EventField.ZONE, month)),
        Question(name="month: by day", most_ms=200, ask=lambda store: store.summary(month)),
        Question(name="all: names", most_ms=200, ask=lambda store: (store.cameras(), store.labels(), store.zones())),
    ]


def _page(wanted: EventFilter) -> Callable[[EventStore], object]:
    return lambda store: store.events(wanted)


def elapsed_ms(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def fill(store: EventStore, number: int, end: float) -> None:
    """Write the events, and mark some."""
    batch: list[EventWrite] = []
    times_ms: list[float] = []
    for write in made_events(number, end):
        batch.append(write)
        if len(batch) == _BATCH:
            times_ms.append(elapsed_ms(lambda: store.write(batch)))
            batch.clear()
    store.write(batch)
    for event in store.events(EventFilter(cameras=("camera_1",), limit=number // 20, include_thumbnails=False)):
        store.set_clip(event.id)
    for event in store.events(EventFilter(limit=20, offset=number // 2)):
        store.set_snapshot(event.id)
        store.retain(event.id)
    if times_ms:
        print(f"  {'write 500 events':32} {median(times_ms):8.1f} ms")


def measure(url: str, number: int) -> bool:
    """Fill a database and print how long everything takes; return whether all of it is quick enough."""
    end = float(int(time.time()))
    store = EventStore(url, lambda: ZoneInfo("Europe/Berlin"))
    store.open()
    try:
        fill(store, number, end)
        verdicts = [answer_in_time(store, question) for question in questions(end)]
        expire(store)
    finally:
        store.close()
    return all(verdicts)


def answer_in_time(store: EventStore, question: Question) -> bool:
    """Ask several times and print the median and the worst."""
    times_ms = sorted(elapsed_ms(lambda: question.ask(store)) for _ in range(_ROUNDS))
    is_quick = median(times_ms) < question.most_ms
    remark = "" if is_quick else f"   too slow: {question.most_ms:.0f} ms are allowed"
    print(f"  {question.name:32} {median(times_ms):8.1f} ms, at most {times_ms[-1]:.1f}{remark}")
    return is_quick


def expire(store: EventStore) -> None:
    """Forget all but the last ten days, and print how long a step takes."""
    steps = RetentionJob(Config(directory=Path()), None, SystemClock()).steps(store)
    times_ms: list[float] = []
    begin, events = time.perf_counter(), 0
    while True:
        step_begin = time.perf_counter()
        touched = next(steps, None)
        if touched is None:
            break
        times_ms.append((time.perf_counter() - step_begin) * 1000)
        events += touched
    took_s = time.perf_counter() - begin
    if times_ms:
        print(f"  {'retention, a step':32} {median(times_ms):8.1f} ms, at most {max(times_ms):.1f}")
        print(f"  {'retention':32} {events} events in {took_s:.1f} s, {len(times_ms)} steps")


def main() -> int:
    """Measure the databases of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", nargs="*", metavar="URL", help="empty databases")
    parser.add_argument("--events", type=int, default=100_000)
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        urls = arguments.urls or [f"sqlite:///{folder}/frigate.db"]
        verdicts = []
        for url in urls:
            print(f"{url.partition(':')[0]}, {arguments.events} events")
            verdicts.append(measure(url, arguments.events))
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
