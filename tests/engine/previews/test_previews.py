"""A small film of each hour shows what a camera saw, while it is written and after a crash."""

import shutil
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from PIL import Image

from custom_components.frigate_native.engine.errors import MediaError
from custom_components.frigate_native.engine.events.preview_sampler import PreviewSampler
from custom_components.frigate_native.engine.messages import Message, PreviewFrameMessage
from custom_components.frigate_native.engine.previews.animation import AnimationKind
from custom_components.frigate_native.engine.store import Recording
from tests.engine.previews.conftest import Previews, bar_frame
from tests.engine.recordings.tree import DAY_S, NOON, Tree

HOUR = 3600


def bar_of(picture: Image.Image) -> float:
    """Return where the bar is, in seconds of a minute."""
    columns = np.asarray(picture.convert("L"), np.float64).mean(axis=0)
    return float(np.flatnonzero(columns > 150)[0] / len(columns) * 60)


def image_of(frame: VideoFrame) -> Image.Image:
    """Return a decoded picture."""
    return Image.fromarray(frame.to_ndarray(format="rgb24"))


def test_frames_are_selected_by_movement() -> None:
    sent: list[Message] = []
    sampler = PreviewSampler("back", sent.append)
    for tenth in range(1000):
        sampler.add(bar_frame(NOON + tenth / 10, 32, 18), is_moving=100 <= tenth < 150)
    sampler.add(bar_frame(NOON - 100, 32, 18), is_moving=False)
    times = [message.frame.time - NOON for message in sent if isinstance(message, PreviewFrameMessage)]
    assert times == pytest.approx([0, 10, 11, 12, 13, 14, 44, 74, -100])


def test_each_hour_becomes_a_film_in_which_seconds_are_seconds(previews: Previews) -> None:
    previews.show(HOUR - 20, HOUR - 19, HOUR - 10, HOUR + 1, HOUR + 5)
    assert previews.films() == [(HOUR - 20, HOUR - 10)]
    assert previews.times() == [HOUR - 20, HOUR - 19, HOUR - 10, HOUR + 1]  # the last one is written with the next
    previews.service.stop()
    assert previews.films() == [(HOUR - 20, HOUR - 10), (HOUR + 1, HOUR + 5)]
    (film, _) = previews.service.films("back", 0, 4e9)
    assert previews.service.file("back", film.path.name) == film.path
    with av.open(str(film.path)) as container:
        video = container.streams.video[0]
        assert (video.codec_context.name, video.width, video.height) == ("h264", 320, 180)
        pictures = [(frame.time, bar_of(image_of(frame))) for frame in container.decode(video)]
    assert pictures == [pytest.approx((time, 40 + time), abs=1) for time in (0, 1, 10)]


def test_interrupted_film_is_finished_by_the_next_run(previews: Previews) -> None:
    previews.show(*range(100, 160, 10))
    (unfinished,) = previews.folder.films("back")
    copy = previews.tree.folder / "copy"
    shutil.copyfile(unfinished.path, copy)
    previews.service.stop()
    for film in previews.folder.films("back"):
        film.path.unlink()
    with copy.open("ab") as file:  # a power cut in the middle of a picture
        file.write(b"\0\0\x01\x00moof")
    shutil.move(copy, unfinished.path)
    unfinished.path.with_name(f".{NOON + 500:.3f}.mp4.part").write_bytes(b"")
    previews.start()
    previews.show(160, 170)
    assert previews.films() == [(100, 140)]
    assert previews.times() == [*range(100, 150, 10), 160]


def test_other_size_and_earlier_time_begin_another_film(previews: Previews) -> None:
    previews.show(0, 10)
    previews.show(20, 30, width=360, height=640)
    previews.show(5, 15)
    previews.show(40, 50, width=161, height=91)
    previews.service.stop()
    assert previews.films() == [(0, 10), (5, 15), (20, 30), (40, 50)]
    with av.open(str(previews.service.films("back", NOON + 20, NOON + 30)[-1].path)) as container:
        assert (container.streams.video[0].width, container.streams.video[0].height) == (180, 320)


def test_picture_and_animations_show_a_time(previews: Previews) -> None:
    previews.show(*range(0, 50, 2), 59)
    picture = previews.service.picture("back", NOON + 31)
    assert picture is not None
    path = previews.tree.folder / "picture.webp"
    path.write_bytes(picture)
    assert bar_of(Image.open(path)) == pytest.approx(30, abs=1)
    film = previews.service.animation("back", NOON + 11, NOON + 31, AnimationKind.MP4)
    with av.open(str(film)) as container:
        bars = [bar_of(image_of(frame)) for frame in container.decode(video=0)]
        assert float(container.duration or 0) / av.time_base == pytest.approx(20 / 8, abs=0.7)
    assert bars == [pytest.approx(second, abs=1) for second in (*range(10, 32, 2), 30)]
    gif = Image.open(previews.service.animation("back", NOON + 11, NOON + 31, AnimationKind.GIF))
    assert (gif.format, gif.size, gif.n_frames) == ("GIF", (320, 180), 11)  # type: ignore[attr-defined]
    assert previews.service.animation("back", NOON + 11, NOON + 31, AnimationKind.MP4) == film
    with pytest.raises(MediaError, match="no preview"):
        previews.service.animation("back", NOON - 100, NOON - 50, AnimationKind.GIF)
    assert previews.service.picture("front", NOON) is None


def test_films_expire_when_nothing_of_their_time_is_kept(previews: Previews) -> None:
    previews.show(0, 10)
    previews.show(2 * HOUR, 2 * HOUR + 10)
    previews.service.stop()
    kept = Recording(camera="back", path="a/b.mp4", start=NOON + 5, end=NOON + 15, size=1)
    previews.tree.store.recordings.add([kept])
    previews.tree.clock.time = NOON + 3 * HOUR
    previews.service.expire()
    assert len(previews.films()) == 2  # continuous.days
    previews.tree.clock.time = NOON + 2 * DAY_S
    previews.service.expire()
    assert previews.films() == [(0, 10)]
    previews.tree.store.recordings.remove([kept])
    previews.service.expire()
    assert previews.films() == []


def test_camera_without_recordings_has_no_preview(tmp_path: Path, sample: Path) -> None:
    tree = Tree(tmp_path, sample)
    previews = Previews(tree, is_recorded=False)
    previews.start()
    previews.show(0, 10)
    assert previews.service.stop()
    assert previews.times() == []
    tree.store.close()


def test_folder_that_cannot_be_written_stops_nothing(previews: Previews, caplog: pytest.LogCaptureFixture) -> None:
    previews.paths.previews.parent.mkdir(parents=True)
    previews.paths.previews.write_text("not a folder")
    previews.show(0, 10, 20)
    assert caplog.text.count("preview cannot be written") == 1
    previews.paths.previews.unlink()
    previews.show(100, 110)
    assert previews.times() == [100]


@pytest.mark.parametrize("name", ["../../frigate.db", "1.000-2.000.mp4", ".1.000.mp4.part", "a.mp4"])
def test_no_other_file_is_found(previews: Previews, name: str) -> None:
    assert previews.service.file("back", name) is None
    assert previews.service.file("..", name) is None
