"""Clips of cameras whose video or sound MP4 cannot hold as it is, and of those that ask for another codec."""

from pathlib import Path

import av
import pytest

from custom_components.frigate_native.engine.errors import MediaError
from custom_components.frigate_native.engine.media.assembly import AssembledClip, assemble
from custom_components.frigate_native.engine.media.clip_encoder import ClipEncoder
from custom_components.frigate_native.engine.media.clips_output import ClipsOutput
from custom_components.frigate_native.engine.media.lanes import Abandoned
from tests.engine.builders import START
from tests.engine.media.segments import Camera, complaints, grays, sound_times, span, write_sound

SEGMENTS = "-f segment -segment_time 2 -segment_format mp4 -reset_timestamps 1 -strftime 1"
A_LAW = ("-c:a", "pcm_alaw", "-ar", "8000")


def output(words: str) -> ClipsOutput:
    return ClipsOutput.from_arguments((*SEGMENTS.split(), *words.split()))


def make_clip(video: Path, words: str, path: Path, begin_s: float = 0.0) -> tuple[Camera, AssembledClip]:
    """Play a camera and return its clip of the seconds from 2.5 to 6.5."""
    camera = Camera(video.parent / "cache", output(words))
    camera.play(video, begin=START - begin_s)
    return camera, assemble(camera.segments, span(2.5, 6.5), path, encoder=ClipEncoder(output(words)))


def codecs(path: Path) -> list[str]:
    with av.open(str(path)) as container:
        return [stream.codec_context.name for stream in container.streams]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("camera.mkv", A_LAW),
        ("camera.mkv", ("-c:a", "pcm_mulaw", "-ar", "8000")),
        ("camera.mkv", ("-c:a", "g726", "-ar", "8000", "-b:a", "32k")),
        ("camera.mkv", ("-c:a", "pcm_s16be", "-ac", "2")),
        ("camera.ts", ("-mpegts_flags", "latm")),
        ("camera.ts", ("-c:a", "mp2")),
    ],
    ids=["A-law", "u-law", "G.726", "L16", "AAC in LATM", "MP2"],
)
def test_sound_that_mp4_cannot_hold_becomes_aac(tmp_path: Path, file: str, words: tuple[str, ...]) -> None:
    path = tmp_path / "clip.mp4"
    begin_s = 1.4 if file == "camera.ts" else 0.0  # MPEG-TS begins at this time
    camera, clip = make_clip(write_sound(tmp_path / file, *words, "-bf", "0"), "-c copy", path, begin_s)

    assert codecs(path) == ["h264", "aac"]
    assert not complaints(path)
    assert len(grays(path)) == pytest.approx((clip.end - clip.start) * 10, abs=1)
    times = list(sound_times(path))
    assert times[0] == pytest.approx(0, abs=0.3)
    assert times[-1] == pytest.approx(clip.end - clip.start, abs=0.4)
    assert clip.problem is None
    assert not camera.problems


@pytest.mark.parametrize(
    ("file", "source", "words", "expected"),
    [
        ("camera.avi", ("-c:v", "mjpeg", "-an"), "-c:v libx264 -an", ["h264"]),
        ("camera.mkv", ("-c:v", "mjpeg", "-pix_fmt", "yuvj422p", *A_LAW), "-c:v libx264 -c:a aac", ["h264", "aac"]),
        ("camera.mkv", A_LAW, "-c:v copy -ar 44100 -c:a aac", ["h264", "aac"]),
        ("camera.mkv", A_LAW, "-c copy -an", ["h264"]),
        ("camera.mp4", ("-c:a", "libmp3lame"), "-codec:v copy -codec:a aac", ["h264", "aac"]),
        ("camera.mp4", (), "-c:v copy -c:a aac", ["h264", "aac"]),
    ],
    ids=["MJPEG", "MJPEG and A-law", "another rate", "without sound", "MP3", "AAC as it is"],
)
def test_clips_are_encoded_as_their_arguments_say(
    tmp_path: Path, file: str, source: tuple[str, ...], words: str, expected: list[str]
) -> None:
    path = tmp_path / "clip.mp4"
    camera, clip = make_clip(write_sound(tmp_path / file, "-bf", "0", *source), words, path)

    assert codecs(path) == expected
    assert not complaints(path)
    assert len(grays(path)) == pytest.approx((clip.end - clip.start) * 10, abs=1)
    with av.open(str(path)) as container:
        assert container.streams.video[0].codec_context.pix_fmt == "yuv420p"  # the only one that browsers play
    assert not camera.problems
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_clip_keeps_its_video_where_its_sound_cannot_be_encoded(tmp_path: Path) -> None:
    path, video = tmp_path / "clip.mp4", write_sound(tmp_path / "camera.mkv", *A_LAW)
    camera = Camera(tmp_path / "cache", output("-c copy"))
    camera.play(video)
    encoder = ClipEncoder(output("-c copy"), "no-such-program")

    clip = assemble(camera.segments, span(2.5, 6.5), path, encoder=encoder)

    assert clip.problem == "it has no sound: the program no-such-program was not found"
    assert codecs(path) == ["h264"]
    assert len(grays(path)) > 40


def test_video_that_cannot_be_encoded_is_an_error_in_ffmpegs_words(tmp_path: Path) -> None:
    video = write_sound(tmp_path / "camera.avi", "-c:v", "mjpeg", "-an")
    with pytest.raises(MediaError, match="Unknown encoder 'libx263'"):
        make_clip(video, "-c:v libx263 -an", tmp_path / "clip.mp4")
    assert {each.name for each in tmp_path.iterdir()} == {"camera.avi", "cache"}


def test_encoding_ends_at_once_when_the_system_stops(tmp_path: Path) -> None:
    camera = Camera(tmp_path / "cache", output("-c:v libx264 -an"))
    camera.play(write_sound(tmp_path / "camera.mp4", "-an"))
    endless = ClipEncoder(output("-vf loop=-1:9 -c:v libx264 -an"))

    def check() -> None:
        if list(tmp_path.glob(".clip.copied*")) and list(tmp_path.glob(".clip.mp4.part")):
            raise Abandoned

    with pytest.raises(Abandoned):
        assemble(camera.segments, span(0, 4), tmp_path / "clip.mp4", check, endless)
    assert {each.name for each in tmp_path.iterdir()} == {"camera.mp4", "cache"}
