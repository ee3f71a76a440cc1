"""Fills event databases and measures what is asked of them most; a line of JSON each."""

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final, override
from zoneinfo import ZoneInfo

import orjson
from benchmark import engine_import  # noqa: F401  # opens the way to the engine

from custom_components.frigate_native.engine.concurrency import SystemClock
from custom_components.frigate_native.engine.config.model import ClipsConfig, Config, RetainConfig
from custom_components.frigate_native.engine.messages import EventMessage, EventType, ObjectState
from custom_components.frigate_native.engine.store import (
    EventField,
    EventFilter,
    EventStore,
    EventWrite,
    EventWriter,
)
from custom_components.frigate_native.engine.store.event_writer import RETENTION_EVERY_S
from tests.databases import mariadb, postgresql

_YEAR_S: Final = 365 * 86_400
_BATCH: Final = 500
_ROUNDS: Final = 7
_KEPT_DAYS: Final = 250
_PAGE_MS: Final = 50  # the most that a page of 100 may take
_SUMMARY_MS: Final = 300
_DELETE_MS: Final = 50  # that other writers may have to wait
_RECEIVE_MS: Final = 5  # that a camera may have to wait
_STORED_MS: Final = 1000
_THUMBNAIL: Final = bytes(8_000)  # about what 175x175 pixels take
_CAMERAS: Final = [f"camera_{number}" for number in range(12)]
_LABELS: Final = ["person"] * 60 + ["car"] * 30 + ["dog"] * 9 + ["bear"]
_ZONES: Final = [(), (), ("yard",), ("street",), ("street", "yard"), ("yard", "porch"), ("garage",)]
_OWN_ZONE: Final = ("camera_5", ("garden",))  # zones usually belong to one camera


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something to be asked, and how long the answer may take."""

    name: str
    most_ms: float
    ask: Callable[[EventStore], object]


@dataclass(slots=True)
class Verdicts:
    """Prints what was measured, and remembers whether all of it was quick enough."""

    database: str
    events: int
    are_good: bool = True

    def tell(self, name: str, times_ms: Sequence[float], most_ms: float | None, **more: float) -> None:
        """Print a line; the median must be below most_ms."""
        is_good = most_ms is None or median(times_ms) < most_ms
        self.are_good &= is_good
        ranked = sorted(times_ms)
        figures: dict[str, float | None] = {
            "median_ms": round(median(ranked), 2),
            "p99_ms": round(ranked[len(ranked) * 99 // 100], 2),
            "worst_ms": round(ranked[-1], 2),
            "limit_ms": most_ms,
        }
        line = {"database": self.database, "events": self.events, "what": name, **figures, **more, "ok": is_good}
        print(json.dumps(line), flush=True)


def made_events(number: int, end: float) -> Iterator[EventWrite]:
    """Make events of a year."""
    dice = random.Random(7)  # noqa: S311  # the same for every run
    for index in range(number):
        start = end - _YEAR_S * (number - index) / number
        zones = ("rare",) if index % 5000 == 0 else dice.choice(_ZONES)
        state = made_state(f"{start:.6f}-{index:06d}", start, dice, zones)
        if state.camera == _OWN_ZONE[0] and not zones:
            state = replace(state, entered_zones=_OWN_ZONE[1])
        yield EventWrite(state=state, jpeg=_THUMBNAIL)


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
    """Return what is asked: pages with every filter and every two of them, the summary and the counts of a month."""
    month = EventFilter(after=end - 200 * 86_400, before=end - 170 * 86_400)
    pages = {"all": EventFilter(), "page 500": EventFilter(offset=50_000), **_filters(end)}
    three = {"cameras": ("camera_3",), "labels": ("dog",), "zones": ("porch",)}
    pages["camera, label, zone"] = EventFilter(**three)  # type: ignore[arg-type]
    pages["in progress (none)"] = EventFilter(in_progress=True)
    return [
        *(Question(name=f"/events?limit=100: {key}", most_ms=_PAGE_MS, ask=_page(page)) for key, page in pages.items()),
        Question(name="/events/summary", most_ms=_SUMMARY_MS, ask=_summary(EventFilter())),
        Question(name="/events/summary: camera", most_ms=_SUMMARY_MS, ask=_summary(EventFilter(cameras=("camera_3",)))),
        Question(name="/events/summary: has_clip", most_ms=_SUMMARY_MS, ask=_summary(EventFilter(has_clip=True))),
        Question(name="/events/summary: a month", most_ms=_SUMMARY_MS, ask=_summary(month)),
        Question(name="a month's count", most_ms=200, ask=lambda store: store.count(month)),
        Question(name="a month by camera", most_ms=200, ask=lambda store: store.counts(EventField.CAMERA, month)),
        Question(name="a month by zone", most_ms=200, ask=lambda store: store.counts(EventField.ZONE, month)),
        Question(name="all names", most_ms=200, ask=lambda store: (store.cameras(), store.labels(), store.zones())),
    ]


def _filters(end: float) -> dict[str, EventFilter]:
    """Return a filter of every kind, the frequent and the rare, and all pairs of two kinds."""
    kinds: dict[str, dict[str, dict[str, Any]]] = {
        "camera": {"camera": {"cameras": ("camera_3",)}, "unknown camera": {"cameras": ("nowhere",)}},
        "label": {"label": {"labels": ("person",)}, "rare label": {"labels": ("bear",)}},
        "zone": {
            "zone": {"zones": ("yard",)},
            "rare zone": {"zones": ("rare",)},
            "another's zone": {"zones": ("garden",)},
            "unknown zone": {"zones": ("nowhere",)},
        },
        "before": {"before": {"before": end - _YEAR_S * 0.5}, "long before": {"before": end - _YEAR_S * 0.99}},
        "after": {"after": {"after": end - _YEAR_S * 0.5}, "just after": {"after": end - 86_400}},
        "has_clip": {"has_clip=1": {"has_clip": True}, "has_clip=0": {"has_clip": False}},
        "has_snapshot": {"has_snapshot=1": {"has_snapshot": True}, "has_snapshot=0": {"has_snapshot": False}},
    }
    found = {name: EventFilter(**values) for kind in kinds.values() for name, values in kind.items()}
    for first, second in combinations(kinds.values(), 2):
        for one, values in first.items():
            for other, more in second.items():
                found[f"{one}, {other}"] = EventFilter(**values, **more)
    return found


def _page(wanted: EventFilter) -> Callable[[EventStore], object]:
    return lambda store: orjson.dumps([event.to_payload() for event in store.events(wanted)])


def _summary(wanted: EventFilter) -> Callable[[EventStore], object]:
    return lambda store: orjson.dumps([row.to_payload() for row in store.summary(wanted)])


def elapsed_ms(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def fill(store: EventStore, number: int, end: float) -> list[float]:
    """Write the events, and mark some; return how long each batch took."""
    batch: list[EventWrite] = []
    times_ms: list[float] = []
    for write in made_events(number, end):
        batch.append(write)
        if len(batch) == _BATCH:
            times_ms.append(elapsed_ms(lambda: store.write(batch)))
            batch.clear()
    if batch:
        times_ms.append(elapsed_ms(lambda: store.write(batch)))
    for event in store.events(EventFilter(cameras=("camera_1",), limit=number // 20, include_thumbnails=False)):
        store.set_clip(event.id)
    for event in store.events(EventFilter(limit=20, offset=number // 2)):
        store.set_snapshot(event.id)
        store.set_retained(event.id)
    return times_ms


def measure(url: str, number: int) -> bool:
    """Fill a database and print how long everything takes; return whether all of it is quick enough."""
    end = float(int(time.time()))
    verdicts = Verdicts(url.partition(":")[0], number)
    store = TimedStore(url, lambda: ZoneInfo("Europe/Berlin"))
    store.open()
    try:
        verdicts.tell(f"write {_BATCH} events", fill(store, number, end), None)
        for question in questions(end):
            cpu_begin = time.process_time()
            times_ms = [elapsed_ms(partial(question.ask, store)) for _ in range(_ROUNDS)]
            cpu_ms = round((time.process_time() - cpu_begin) / _ROUNDS * 1000, 1)
            verdicts.tell(question.name, times_ms, question.most_ms, own_cpu_ms=cpu_ms)
        expire(store, verdicts)
    finally:
        store.close()
    return verdicts.are_good


class TimedStore(EventStore):
    """A store that knows how long its deletions took."""

    deletions_ms: list[float]

    @override
    def delete(self, event_ids: Sequence[str]) -> int:
        begin = time.perf_counter()
        number = super().delete(event_ids)
        self.deletions_ms.append((time.perf_counter() - begin) * 1000)
        return number


class HurryingClock(SystemClock):
    """A clock that lets retention begin when it is told to."""

    ahead_s = 0.0

    @override
    def monotonic(self) -> float:
        return super().monotonic() + self.ahead_s


def expire(store: TimedStore, verdicts: Verdicts) -> None:
    """Forget what is old while new events come in, as they do in the running system."""
    store.deletions_ms = []
    clock = HurryingClock()
    retain = ClipsConfig(retain=RetainConfig(default=_KEPT_DAYS))
    recorder = EventWriter(store, Config(directory=Path(), save_clips=retain), lambda _: None, clock=clock)
    recorder.start()
    try:
        calm = feed(recorder, until=lambda step: step == 100)
        clock.ahead_s = RETENTION_EVERY_S
        old = EventFilter(before=time.time() - _KEPT_DAYS * 86_400 - 60, retained=False)
        begin, before = time.monotonic(), store.count()
        busy = feed(recorder, until=lambda step: step % 50 == 49 and not store.count(old))
        took_s, deleted = time.monotonic() - begin, len(busy[0]) + before - store.count()
    finally:
        recorder.stop()
    verdicts.tell("event written, no retention", calm[1], _STORED_MS)
    verdicts.tell("camera hands over an event, retention runs", busy[0], _RECEIVE_MS)
    verdicts.tell("event written, retention runs", busy[1], _STORED_MS)
    rate = round(deleted / took_s)
    verdicts.tell("retention: a deletion", store.deletions_ms, _DELETE_MS, deleted=deleted, deleted_per_s=rate)


def feed(recorder: EventWriter, until: Callable[[int], bool]) -> tuple[list[float], list[float]]:
    """Bring twenty events a second; return how long the recorder took them, and until they were written."""
    dice = random.Random(1)  # noqa: S311
    received_ms: list[float] = []
    written_ms: list[float] = []
    step = 0
    while not until(step):
        begin = time.time()
        state = made_state(f"{begin:.6f}-new{step:03d}", begin, dice, ("yard",))
        message = EventMessage(type=EventType.END, before=state, after=state)
        received_ms.append(elapsed_ms(partial(recorder.receive, message)))
        recorder.submit(lambda _: None).result(60)
        written_ms.append((time.time() - begin) * 1000)
        time.sleep(max(0.0, 0.05 - (time.time() - begin)))
        step += 1
    return received_ms, written_ms


def main() -> int:
    """Measure the databases of the command line; without any, those that are installed here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("urls", nargs="*", metavar="URL", help="empty databases")
    parser.add_argument("--servers", action="store_true", help="also a PostgreSQL and a MariaDB started for this")
    parser.add_argument("--events", type=int, default=100_000)
    arguments = parser.parse_args()
    with TemporaryDirectory(prefix="frigate-benchmark-", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        path = Path(folder)
        path.chmod(0o755)
        urls = arguments.urls or [f"sqlite:///{folder}/frigate.db"]
        if arguments.servers:
            urls += [stack.enter_context(postgresql(path / "pg")), stack.enter_context(mariadb(path / "maria"))]
        verdicts = [measure(url, arguments.events) for url in urls]
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    raise SystemExit(main())
