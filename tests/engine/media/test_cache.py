"""Which segments stay, who may wait for what, and what a stalled disk does."""

import threading
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.disk import DiskSpace
from custom_components.frigate_native.engine.media import segment_writer as writer_module
from custom_components.frigate_native.engine.media.cache_budget import CacheBudget, is_short, size_limit
from custom_components.frigate_native.engine.media.lanes import Abandoned, Lanes
from custom_components.frigate_native.engine.media.segment import Segment
from custom_components.frigate_native.engine.media.segment_index import SegmentIndex
from custom_components.frigate_native.engine.media.segment_writer import Chunk, SegmentWriter
from tests.engine.media.segments import FakeClock
from tests.servers import wait_until

TEN_S = 10


def filled_index(folder: Path, first: float, last: float, **settings: float) -> SegmentIndex:
    """Return an index of ten-second segments of ten bytes, whose files are there."""
    wanted = {"max_seconds": 300.0, "pre_capture_s": 0.0} | settings
    index = SegmentIndex("back", folder, **wanted)
    for start in range(int(first), int(last), TEN_S):
        segment = Segment(camera="back", path=folder / f"{start}.mp4", start=start, end=start + TEN_S, size=10)
        segment.path.write_bytes(bytes(10))
        index.add(segment)
    return index


def starts(folder: Path) -> list[int]:
    return sorted(int(path.stem) for path in folder.iterdir())


@pytest.mark.parametrize(
    ("event_since", "pre_capture_s", "oldest"),
    [(None, 0, 900), (600, 0, 600), (950, 0, 850), (None, 30, 870)],
    ids=["no event", "an event longer than max_seconds", "a short event", "pre_capture"],
)
def test_segments_stay_as_long_as_they_may_be_needed(
    tmp_path: Path, event_since: float | None, pre_capture_s: float, oldest: int
) -> None:
    index = filled_index(tmp_path, 300, 1000, pre_capture_s=pre_capture_s)
    if event_since is not None:
        index.hold("a", event_since)

    freed = index.expire(1000)

    assert starts(tmp_path)[0] == oldest
    assert freed == (oldest - 300) // TEN_S * 10


def test_released_event_holds_nothing(tmp_path: Path) -> None:
    index = filled_index(tmp_path, 300, 1000)
    index.hold("a", 700)
    index.hold("a", 990)  # told again: the first time counts
    index.expire(1000)
    assert starts(tmp_path)[0] == 600
    index.release("a")
    index.expire(1000)
    assert starts(tmp_path)[0] == 900


def test_file_under_way_is_never_deleted(tmp_path: Path) -> None:
    index = filled_index(tmp_path, 300, 320)
    index.expire(5000)
    assert starts(tmp_path) == [310]
    assert index.drop_oldest() == 0


def test_cache_that_may_take_no_more_loses_its_oldest(tmp_path: Path) -> None:
    budget = CacheBudget(limit=25)
    index = SegmentIndex("back", tmp_path, max_seconds=300, pre_capture_s=0)
    index.hold("a", 0)
    writer = SegmentWriter(index, budget, FakeClock(0.0))
    writer.start()
    for start in range(5):
        segment = Segment(camera="back", path=tmp_path / f"{start}.mp4", start=start, end=start)
        writer.offer(Chunk(segment, bytes(10), start + 1, is_last=True))
    assert writer.stop(5)
    assert starts(tmp_path) == [2, 3, 4]
    assert budget.used == 30


@pytest.mark.parametrize(
    ("text", "limit"), [(None, None), ("1000", 1000), ("256m", 256 << 20), ("1G", 1 << 30), ("2k", 2048)]
)
def test_tmpfs_size_is_a_limit_in_bytes(tmp_path: Path, text: str | None, limit: int | None) -> None:
    assert size_limit(text, tmp_path) == limit


def test_tmpfs_size_may_be_a_share_of_the_disk(tmp_path: Path) -> None:
    assert size_limit("50%", tmp_path) == DiskSpace.of(tmp_path).total // 2


@pytest.mark.parametrize(("total_gb", "free_mb", "expected"), [(100, 150, True), (100, 250, False), (1, 150, False)])
def test_disk_is_short_when_nearly_full_and_little_is_left(total_gb: int, free_mb: int, expected: bool) -> None:
    total, free = total_gb << 30, free_mb << 20
    assert is_short(DiskSpace(total=total, used=total - free, free=free)) is expected


class StalledFile:
    """A file on a disk that does not answer until it is let go."""

    def __init__(self) -> None:
        self.reached, self.go = threading.Event(), threading.Event()

    def write(self, data: bytes, /) -> int:
        self.reached.set()
        self.go.wait(20)
        return len(data)

    def close(self) -> None:
        pass


def test_stalled_disk_refuses_what_is_too_much_and_never_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stalled = StalledFile()
    monkeypatch.setattr(writer_module, "open_segment", lambda path: stalled)
    index = SegmentIndex("back", tmp_path, max_seconds=300, pre_capture_s=0)
    writer = SegmentWriter(index, CacheBudget(), FakeClock(), max_queued=100)
    segment = Segment(camera="back", path=tmp_path / "1.mp4", start=1, end=1)
    writer.start()
    assert writer.offer(Chunk(segment, bytes(60), 2))
    assert stalled.reached.wait(5)

    assert [writer.offer(Chunk(segment, bytes(60), 3 + each)) for each in range(3)] == [True, False, False]
    problem = index.problem
    assert problem == "the disk of the clip cache is too slow"
    assert index.between(0, 100) == []

    stalled.go.set()
    wait_until(lambda: segment.end == 3)
    assert writer.offer(Chunk(segment, bytes(60), 9, is_last=True))
    assert writer.stop(5)
    assert index.problem is None
    assert [record.levelname for record in caplog.records].count("WARNING") == 1


def test_disk_error_costs_one_segment_and_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "cache"
    folder.write_text("not a folder")
    index = SegmentIndex("back", folder, max_seconds=300, pre_capture_s=0)
    writer = SegmentWriter(index, CacheBudget(), FakeClock())
    writer.start()
    for start in range(3):
        segment = Segment(camera="back", path=folder / f"{start}.mp4", start=start, end=start)
        writer.offer(Chunk(segment, bytes(10), start + 0.5))
        writer.offer(Chunk(segment, bytes(10), start + 1, is_last=True))
    wait_until(lambda: index.problem)
    assert writer.stop(5)
    assert "cannot be written" in (index.problem or "")
    assert caplog.text.count("cannot be written") == 1


def test_lane_that_hangs_delays_no_other_and_its_thread_goes() -> None:
    lanes, go, done = Lanes(), threading.Event(), threading.Event()
    lanes.submit("clips:one", lambda: (go.wait(10), None)[1])
    lanes.submit("clips:two", lambda: 1 / 0)  # type: ignore[arg-type]
    lanes.submit("clips:two", done.set)
    assert done.wait(5)
    assert not lanes.stop(0.1)
    assert not lanes.submit("clips:two", done.set)
    go.set()
    assert lanes.stop(5)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fn:clips")]


def test_lanes_that_have_no_time_left_give_up_and_leave_no_thread(caplog: pytest.LogCaptureFixture) -> None:
    lanes, begun, done = Lanes(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        while True:
            lanes.check()
            threading.Event().wait(0.01)

    lanes.submit("clips:one", work)
    lanes.submit("clips:one", done.set)
    assert begun.wait(5)
    assert not lanes.stop(0.1)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("fn:clips")]
    assert not done.is_set()
    assert "left for the next start: fn:clips:one" in caplog.text
    assert not lanes.stop(0.1)  # the cache is still needed
    with pytest.raises(Abandoned):
        lanes.check()
