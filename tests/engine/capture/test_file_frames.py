"""Reading all frames of a file."""

import subprocess
import threading
import time
from pathlib import Path

import av
import numpy as np
import pytest

from custom_components.frigate_native.engine.capture import InputOptions, read_frames
from custom_components.frigate_native.engine.capture.source import Source
from custom_components.frigate_native.engine.config.model import InputConfig, Role
from custom_components.frigate_native.engine.errors import SourceError, SourceProblem
from custom_components.frigate_native.engine.geometry import Size
from tests.engine.media.segments import write_sound
from tests.footage_clips import SMALL, write_clip
from tests.processes import open_files


def file_input(path: Path, input_args: str = "") -> InputConfig:
    return InputConfig(path=str(path), roles=frozenset({Role.DETECT}), input_args=tuple(input_args.split()))


def test_every_frame_is_yielded_once_in_order_with_its_time(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", 23, fps=10)

    frames = list(read_frames(clip, base_time=1000.0))

    assert [frame.index for frame in frames] == list(range(23))
    assert [frame.time for frame in frames] == pytest.approx([1000 + index / 10 for index in range(23)])
    assert {frame.size for frame in frames} == {Size(*SMALL)}


def test_reordered_pictures_are_yielded_in_order(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "b.mp4", 20, b_frames=3)
    with av.open(str(clip)) as container:
        assert container.streams.video[0].codec_context.has_b_frames

    frames = list(read_frames(clip))

    brightness = [int(frame.luma.mean()) for frame in frames]
    assert len(frames) == 20
    assert brightness == sorted(brightness)


def test_luma_matches_the_decoder(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", 5)
    with av.open(str(clip)) as container:
        expected = [picture.to_ndarray()[: SMALL[1]] for picture in container.decode(video=0)]

    for frame, luma in zip(read_frames(clip), expected, strict=True):
        assert np.array_equal(frame.luma, luma)


def test_files_frames_can_be_kept(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", 20)
    kept = [frame.luma for frame in read_frames(clip)]

    assert [int(luma.mean()) for luma in kept] == [int(frame.luma.mean()) for frame in read_frames(clip)]


def test_repeated_file_keeps_counting_its_time(tmp_path: Path) -> None:
    source = file_input(write_clip(tmp_path / "a.mp4", 10, fps=10), "-stream_loop 2")

    opened = Source(source, InputOptions.from_input(source), threading.Event())
    packets = opened.packets()
    times: list[float] = []
    while len(times) < 30:
        packet = next(packets)
        if packet.size and packet.pts is not None:
            times.append(float(packet.pts * packet.time_base))
    next(packets)  # the empty packet at the end
    with pytest.raises(SourceError) as caught:
        next(packets)
    opened.close()

    assert caught.value.problem is SourceProblem.ENDED
    assert times == pytest.approx([index / 10 for index in range(30)], abs=0.001)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts", "a.h264", "a.avi"])
def test_any_container_can_be_repeated(tmp_path: Path, name: str) -> None:
    source = file_input(write_clip(tmp_path / name, 10), "-stream_loop 2")

    assert len(list(read_frames(source))) == 30


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.ts", ("-g", "60")),
        ("a.ts", ("-g", "600")),
        ("a.mpg", ("-c:v", "mpeg2video", "-r", "25", "-c:a", "mp2", "-g", "60")),
        ("a.mkv", ("-g", "60")),
    ],
    ids=["two groups", "one group", "MPEG-PS", "Matroska"],
)
def test_long_groups_of_pictures_are_repeated_from_their_first(
    tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    video = write_sound(tmp_path / name, *words)

    once, all_of_it = list(read_frames(file_input(video))), list(read_frames(file_input(video, "-stream_loop 2")))

    assert len(once) >= 79
    assert len(all_of_it) == 3 * len(once)


def test_damaged_file_yields_its_intact_frames(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.ts", 100)
    data = bytearray(clip.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 1000] = b"\xff" * 1000
    clip.write_bytes(data)

    frames = list(read_frames(clip))

    assert 50 < len(frames) <= 100


def test_stream_joined_between_keyframes_starts_with_the_next(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.ts", 100)
    data = clip.read_bytes()
    clip.write_bytes(data[len(data) // 188 // 3 * 188 :])  # cuts off the first third, at a packet boundary

    frames = list(read_frames(file_input(clip, "-analyzeduration 1 -probesize 2000")))

    assert 40 < len(frames) < 90
    assert {frame.size for frame in frames} == {Size(*SMALL)}


def test_real_time_takes_as_long_as_the_file(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", 6, fps=20)
    begin = time.monotonic()
    assert len(list(read_frames(clip, realtime=True))) == 6
    assert time.monotonic() - begin > 0.2


def test_closing_the_generator_closes_the_file(tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "a.mp4", 20)
    frames = read_frames(clip)
    next(frames)
    assert open_files(clip) == 1

    frames.close()

    assert open_files(clip) == 0


@pytest.mark.parametrize(
    ("aspect", "width"), [("16/11", 232), ("1/1", 160), ("12/11", 174), ("0/1", 160), ("99/1", 160)]
)
def test_pixels_that_are_not_square_are_shown_as_people_see_them(tmp_path: Path, aspect: str, width: int) -> None:
    clip = write_clip(tmp_path / "a.mp4", 5)
    odd = tmp_path / "odd.mp4"
    command = ("ffmpeg", "-v", "error", "-i", str(clip), "-vf", f"setsar={aspect}", "-c:v", "libx264", str(odd))
    subprocess.run(command, check=True)

    frames = list(read_frames(odd))

    assert {frame.size for frame in frames} == {Size(width, 96)}
    assert {frame.luma.shape for frame in frames} == {(96, width)}
