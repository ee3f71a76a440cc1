"""Parts of the recordings become files that stay."""

from pathlib import Path

import av
import pytest
from PIL import Image

from custom_components.frigate_native.engine.disk import DiskSpace
from custom_components.frigate_native.engine.errors import MediaError, QueueFullError
from custom_components.frigate_native.engine.exports import service
from custom_components.frigate_native.engine.media.assembly import TimeRange
from custom_components.frigate_native.engine.messages import ExportState
from custom_components.frigate_native.engine.recordings.free_space import RecordingSpace
from custom_components.frigate_native.engine.recordings.retention import RecordingRemover
from custom_components.frigate_native.engine.recordings.usage import CameraUsage, Usage
from tests.engine.exports.conftest import Exports
from tests.engine.recordings.tree import NOON
from tests.servers import wait_until


def seconds(path: Path, kind: str = "video") -> float:
    """Return the length of what can be decoded."""
    with av.open(str(path)) as container:
        if kind == "video":
            times = [frame.time or 0.0 for frame in container.decode(video=0)]
        else:
            times = [frame.time or 0.0 for frame in container.decode(audio=0)]
    return times[-1] - times[0]


def test_copy_keeps_pictures_and_sound(exports: Exports) -> None:
    exports.start()
    export = exports.create(5.5, 35, name="Postman")
    path = exports.film(export)
    assert path.name == f"back_20261120_120005-20261120_120035_{export.id[-6:]}.mp4"
    assert seconds(path) == pytest.approx(30, abs=1)
    assert seconds(path, "audio") == pytest.approx(30, abs=1)
    stored = exports.stored(export)
    assert (stored.name, stored.size, stored.problem) == ("Postman", path.stat().st_size, None)
    assert stored.seconds == pytest.approx(30, abs=1)
    picture = exports.service.picture(stored)
    assert picture is not None
    assert Image.open(picture).size == (300, 180)


@pytest.mark.parametrize("speed", [2.0, 25.0])
def test_time_lapse_shows_all_in_less_time(exports: Exports, speed: float) -> None:
    exports.start()
    export = exports.create(5, 55, speed=speed)
    path = exports.film(export)
    assert seconds(path) == pytest.approx(50 / speed, abs=0.6)
    with av.open(str(path)) as container:
        assert not container.streams.audio
        assert container.streams.video[0].codec_context.name == "h264"
    assert list(exports.paths.exports.iterdir()) == [path]


def test_gaps_and_deleted_files_are_left_out(exports: Exports) -> None:
    known = exports.tree.known()
    (exports.paths.recordings / known[2].path).unlink()
    exports.start()
    for speed in (1.0, 2.0):
        path = exports.film(exports.create(0, 60, speed=speed))
        with av.open(str(path)) as container:
            assert len(list(container.decode(video=0))) == pytest.approx(500, abs=10)


def test_exports_are_renamed_and_deleted_with_their_files(exports: Exports) -> None:
    exports.start()
    export = exports.create(0, 10)
    path = exports.film(export)
    assert exports.stored(export).name == "back 2026-11-20 12:00:00 - 2026-11-20 12:00:10"
    assert exports.service.rename(export.id, "Cat")
    assert exports.stored(export).name == "Cat"
    assert exports.service.film(exports.stored(export)) == path  # its file keeps its name
    assert not exports.service.cancel(export.id)
    assert exports.service.delete([export.id, "nobody"]) == 1
    assert not path.exists()
    assert not any(exports.paths.export_thumbnails.iterdir())
    exports.wait(export, None)
    assert not exports.service.rename(export.id, "Dog")


def test_what_waits_or_runs_can_be_cancelled(exports: Exports) -> None:
    program = exports.tree.folder / "endless"
    program.write_text("#!/bin/sh\nexec sleep 300\n")
    program.chmod(0o755)
    exports.program = str(program)
    exports.restart()
    running, waiting = exports.create(0, 60, speed=2.0), exports.create(0, 30)
    exports.wait(running, ExportState.RUNNING)
    assert exports.service.progress(running.id) == 0
    assert exports.service.cancel(waiting.id)
    assert exports.service.cancel(running.id)
    assert not exports.service.cancel(running.id)
    last = exports.create(0, 10)
    path = exports.film(last)
    assert [one.id for one in exports.tree.store.exports.exports()] == [last.id]
    assert list(exports.paths.exports.iterdir()) == [path]


def test_clean_stop_makes_it_again_and_a_crash_gives_it_up(exports: Exports) -> None:
    stopped, crashed = exports.create(0, 60), exports.create(0, 10)
    exports.start()
    exports.wait(stopped, ExportState.RUNNING, ExportState.DONE)
    exports.restart()
    assert seconds(exports.film(stopped)) == pytest.approx(60, abs=1)
    exports.film(crashed)
    exports.service.stop()
    exports.submit(lambda store: store.exports.set_state(crashed.id, ExportState.RUNNING))
    half = exports.paths.exports / ".back.mp4.part"
    half.write_bytes(b"half")
    exports.restart()
    exports.wait(crashed, ExportState.FAILED)
    assert "ended before" in (exports.stored(crashed).problem or "")
    wait_until(lambda: not half.exists())


def test_full_disk_takes_recordings_but_no_export(exports: Exports) -> None:
    exports.start()
    path = exports.film(exports.create(0, 60))
    remover = RecordingRemover(exports.paths.recordings, exports.tree.write)
    full = DiskSpace(total=10**9, used=10**9, free=0)
    space = RecordingSpace(exports.paths.recordings, exports.tree.store, remover, measure=lambda _: full)
    exports.tree.record(NOON + 7200)
    exports.tree.heal()
    usage = CameraUsage(size=10**9, per_hour=10**9, days=1)
    assert sum(space.steps(Usage(cameras={"back": usage}))) > 0
    assert len(exports.tree.known()) == 1  # of the last hour
    assert seconds(path) == pytest.approx(60, abs=1)


@pytest.mark.parametrize(
    ("start", "end", "speed", "error", "text"),
    [
        (100, 110, 1.0, MediaError, "nothing is recorded"),
        (5, 5, 1.0, ValueError, "after the start"),
        (0, 8 * 86_400, 1.0, ValueError, "7 days"),
        (0, 10, 0.5, ValueError, "speed"),
    ],
)
def test_what_cannot_be_exported_is_refused(
    exports: Exports, *, start: float, end: float, speed: float, error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        exports.create(start, end, speed=speed)
    with pytest.raises(ValueError, match="slashes"):
        exports.service.create("../back", TimeRange(start=NOON, end=NOON + 10))


def test_too_many_wait(exports: Exports, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_WAITING", 2)
    exports.create(0, 10)
    exports.create(0, 10)
    with pytest.raises(QueueFullError, match="2 exports are waiting"):
        exports.create(0, 10)


def test_failure_says_why_and_the_next_is_made(exports: Exports) -> None:
    exports.start()
    for one in exports.tree.known()[:2]:
        (exports.paths.recordings / one.path).write_bytes(b"nonsense")
    failed, made = exports.create(0, 10), exports.create(30, 40)
    exports.film(made)
    assert "can be read" in (exports.wait(failed, ExportState.FAILED).problem or "")
    exports.service.delete([made.id])
    exports.paths.exports.rmdir()
    exports.paths.exports.write_text("not a folder")
    assert "cannot be used" in (exports.wait(exports.create(30, 40), ExportState.FAILED).problem or "")
