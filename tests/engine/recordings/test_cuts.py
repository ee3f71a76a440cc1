"""Clips and streams cut from recorded files show what was recorded, once and in order."""

import subprocess
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import av
import pytest

from custom_components.frigate_native.engine.errors import MediaError
from custom_components.frigate_native.engine.media.assembly import TimeRange
from custom_components.frigate_native.engine.recordings import hls
from custom_components.frigate_native.engine.recordings.cuts import RecordingCuts
from tests.engine.recordings.tree import NOON, SECONDS, Tree

FPS = 10
SOUND = ("-f", "lavfi", "-i", "sine=sample_rate=16000:duration=40", "-c:a", "aac", "-shortest")


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return a film of 40 s in four files, as a recorder writes it: with sound, a key frame each second."""
    folder = tmp_path_factory.mktemp("parts")
    film = f"testsrc2=size=160x96:rate={FPS}:duration=40,noise=alls=20:allf=t"
    codec = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "10", "-sc_threshold", "0", "-bf", "2")
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", film, *SOUND, *codec, "-pix_fmt", "yuv420p"]
    options = "movflags=+faststart"
    segment = ("-f", "segment", "-segment_time", "10", "-reset_timestamps", "1", "-segment_format_options", options)
    subprocess.run([*command, *segment, str(folder / "%d.mp4")], check=True, stdin=subprocess.DEVNULL)
    return sorted(folder.iterdir())


@pytest.fixture
def film(tree: Tree, parts: list[Path]) -> Tree:
    """Return recordings of the film."""
    for number, part in enumerate(parts):
        tree.sample = part
        tree.record(NOON + number * SECONDS)
    tree.heal()
    return tree


@pytest.fixture
def cut(film: Tree) -> Callable[[float, float], Path]:
    """Return what cuts a time after noon."""
    cuts = RecordingCuts(film.recordings, film.folder / "cuts", film.store)
    return lambda start, end: cuts.cut("back", TimeRange(start=NOON + start, end=NOON + end))


def shown(path: Path) -> list[float]:
    """Return when pictures are shown; all of them must be decodable."""
    with av.open(str(path)) as container:
        return [frame.time for frame in container.decode(video=0)]


def seconds_of_sound(path: Path) -> float:
    with av.open(str(path)) as container:
        return sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))


def test_a_cut_begins_at_the_key_frame_before_and_spans_files(cut: Callable[[float, float], Path]) -> None:
    path = cut(7.5, 23)
    times = shown(path)
    assert len(times) == pytest.approx(16 * FPS, abs=2)
    assert max(after - before for before, after in pairwise(times[:-3])) < 0.15  # the last ones depend on those cut off
    assert seconds_of_sound(path) == pytest.approx(16, abs=1)
    with path.open("rb") as file:  # the index comes first, so that it plays at once
        assert b"moov" in file.read(4096)


def test_a_cut_is_made_once_and_anew_when_recordings_change(film: Tree, cut: Callable[[float, float], Path]) -> None:
    first = cut(0, 15)
    before = first.stat().st_ino
    assert cut(0, 15).stat().st_ino == before
    film.store.recordings.remove(film.known()[1:2])
    assert cut(0, 15) != first
    assert len(shown(cut(0, 15))) == SECONDS * FPS


def test_many_may_ask_at_once(cut: Callable[[float, float], Path]) -> None:
    found: list[Path] = []
    threads = [threading.Thread(target=lambda n=n: found.append(cut(n % 3, 12))) for n in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    assert len(found) == 9
    assert len(set(found)) == 3


@pytest.mark.parametrize(
    ("start", "end", "error", "text"),
    [
        (100, 110, MediaError, "nothing is recorded"),
        (5, 5, ValueError, "longer than 0 s"),
        (0, 3601, ValueError, "no longer than 3600 s"),
    ],
)
def test_what_cannot_be_cut_is_an_error(
    cut: Callable[[float, float], Path], start: float, end: float, error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        cut(start, end)


def test_old_cuts_make_room(film: Tree, cut: Callable[[float, float], Path]) -> None:
    for number in range(60):
        cut(0, 1 + number / 100)
    assert len(list((film.folder / "cuts").iterdir())) <= 50


def test_a_deleted_file_is_an_error_of_its_own(film: Tree, cut: Callable[[float, float], Path]) -> None:
    for path in film.recordings.rglob("*.mp4"):
        path.unlink()
    with pytest.raises(MediaError, match="none of the"):
        cut(0, 15)


def test_parts_of_a_stream_follow_each_other(film: Tree, tmp_path: Path) -> None:
    whole = bytearray()
    for one in film.known():
        offset = one.start - NOON - 3
        if not whole:
            whole += hls.read_part(film.recordings / one.path, offset, is_init=True)
        whole += hls.read_part(film.recordings / one.path, offset, is_init=False)
    (tmp_path / "whole.mp4").write_bytes(whole)
    times = shown(tmp_path / "whole.mp4")
    assert len(times) == 40 * FPS
    assert max(after - before for before, after in pairwise(times)) < 0.25
    assert seconds_of_sound(tmp_path / "whole.mp4") == pytest.approx(40, abs=0.5)


def test_a_playlist_names_all_files_and_their_gaps(film: Tree) -> None:
    film.store.recordings.remove(film.known()[1:2])
    lines = hls.playlist(film.known(), lambda name: f"{name}?signed").splitlines()
    assert lines.count("#EXT-X-DISCONTINUITY") == 1
    assert [line for line in lines if line.startswith("#EXT-X-PROGRAM")] == [
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-20T10:59:59.800+00:00",  # when decoding begins
        "#EXT-X-PROGRAM-DATE-TIME:2026-11-20T11:00:20.000+00:00",
    ]
    media = [line for line in lines if not line.startswith("#")]
    assert len(media) == 3
    assert all(line.endswith(".m4s?signed") for line in media)
    assert hls.part_start(media[1].partition("?")[0]) == (False, NOON + 20)
    assert (lines[0], lines[-1]) == ("#EXTM3U", "#EXT-X-ENDLIST")


@pytest.mark.parametrize(
    "name", ["index.mp4", "part-.m4s", "part-1.mp4", "init-v1-1.m4s", "init-1.mp4", "part-1²3.m4s", "../x"]
)
def test_other_names_are_no_parts(name: str) -> None:
    assert hls.part_start(name) is None
