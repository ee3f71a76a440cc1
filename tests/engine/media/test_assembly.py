"""Packets become segments, and segments a clip."""

from itertools import pairwise
from pathlib import Path

import av
import pytest
from av.packet import Packet
from av.stream import Stream

from custom_components.frigate_native.engine.errors import MediaError
from custom_components.frigate_native.engine.media import segment_sink
from custom_components.frigate_native.engine.media.adts import read_adts
from custom_components.frigate_native.engine.media.assembly import assemble
from custom_components.frigate_native.engine.media.file_names import parse_segment_name
from custom_components.frigate_native.engine.media.lanes import Abandoned
from tests.engine.builders import START
from tests.engine.media.segments import (
    SOUND,
    Camera,
    complaints,
    grays,
    sound_times,
    span,
    timed_grays,
    write_sound,
    write_steady,
)
from tests.footage_clips import write_clip


@pytest.fixture
def camera(tmp_path: Path) -> Camera:
    return Camera(tmp_path)


def faststart(path: Path) -> bool:
    data = path.read_bytes()
    return data.index(b"moov") < data.index(b"mdat")


@pytest.mark.parametrize("b_frames", [0, 2], ids=["no B-frames", "B-frames"])
@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_clip_shows_the_span_from_the_key_frame_before_it(
    camera: Camera, tmp_path: Path, codec: str, b_frames: int
) -> None:
    video = write_steady(tmp_path / "camera.mp4", 80, codec=codec, b_frames=b_frames)
    camera.play(video)
    path = tmp_path / "clip.mp4"

    found = assemble(camera.segments, span(2.5, 5.0), path)

    assert [round(each.start - START) for each in camera.segments] == [0, 2, 4, 6]
    assert found.start - START == pytest.approx(2, abs=0.35)  # decoded before it is shown
    assert found.end - START == pytest.approx(5, abs=0.15)
    pictures, whole = list(timed_grays(path)), grays(video)
    begin = whole.index(pictures[0][1]) if codec == "libx264" else 20
    assert begin == 20
    assert [gray for _, gray in pictures] == pytest.approx(whole[20 : 20 + len(pictures)], abs=3)
    assert 30 - b_frames - 2 <= len(pictures) <= 32
    assert pictures[0][0] == pytest.approx(0, abs=0.01)
    assert pictures[9][0] == pytest.approx(0.9, abs=0.02)
    assert faststart(path)
    with av.open(str(path)) as container:
        assert container.streams.video[0].codec_context.codec_tag == ("avc1" if codec == "libx264" else "hvc1")


def test_segment_names_tell_camera_and_start(camera: Camera, tmp_path: Path) -> None:
    camera.play(write_steady(tmp_path / "camera.mp4", 30))
    found = [parse_segment_name(each.path.name) for each in camera.segments]
    assert found[0] == ("back", START)
    assert [each.end - START for each in camera.segments] == pytest.approx([2, 3], abs=0.01)


def test_segment_under_way_can_be_read_after_a_power_cut(camera: Camera, tmp_path: Path) -> None:
    camera.play(write_steady(tmp_path / "camera.mp4", 100), most=38)
    last = camera.segments[-1].path
    last.write_bytes(last.read_bytes()[:-200])  # the disk did not get all of it

    assemble(camera.segments, span(0, 4), tmp_path / "clip.mp4")

    assert 28 <= len(grays(tmp_path / "clip.mp4")) <= 38


def test_gap_of_a_reconnect_stays_a_gap(camera: Camera, tmp_path: Path) -> None:
    video = write_steady(tmp_path / "camera.mp4", 20)
    camera.play(video)
    camera.play(video, begin=START + 10)
    assemble(camera.segments, span(0, 12), tmp_path / "clip.mp4")
    times = [time for time, _ in timed_grays(tmp_path / "clip.mp4")]
    assert len(times) == 40
    assert times[20] - times[19] == pytest.approx(8.1, abs=0.05)


def test_jitter_between_segments_leaves_no_seam(camera: Camera, tmp_path: Path) -> None:
    camera.play(write_steady(tmp_path / "camera.mp4", 60))
    camera.segments[1].start += 0.3
    camera.segments[2].start -= 0.4
    assemble(camera.segments, span(0, 6.5), tmp_path / "clip.mp4")
    times = [time for time, _ in timed_grays(tmp_path / "clip.mp4")]
    assert [later - earlier for earlier, later in pairwise(times)] == pytest.approx([0.1] * 59, abs=0.02)


def test_stream_of_another_size_does_not_break_the_clip(camera: Camera, tmp_path: Path) -> None:
    camera.play(write_steady(tmp_path / "small.mp4", 20))
    camera.play(write_steady(tmp_path / "large.mp4", 60, width=320), begin=START + 2)
    found = assemble(camera.segments, span(0, 8), tmp_path / "clip.mp4")
    with av.open(str(tmp_path / "clip.mp4")) as container:
        assert container.streams.video[0].width == 320
    assert found.start - START == pytest.approx(2, abs=0.01)


def test_first_pictures_that_came_in_a_burst_do_not_shift_the_clip(camera: Camera, tmp_path: Path) -> None:
    video = write_steady(tmp_path / "camera.mp4", 60)
    camera.play(video, most=0)
    begun = START + 1.5  # a server that sends its last second and a half at once
    source_times = iter([begun] * 15)
    plain = camera.clock.now
    camera.clock.now = lambda: max(next(source_times, 0.0), plain())  # type: ignore[method-assign]
    camera.play(video)
    starts = [round(each.start - START, 1) for each in camera.segments]
    assert starts[0] > 0
    assert starts[-1] == pytest.approx(round(starts[-1]), abs=0.01)  # right from the next key frame on


def test_sound_is_kept_if_wanted_and_possible(tmp_path: Path) -> None:
    video = write_sound(tmp_path / "camera.mp4")
    loud = Camera(tmp_path, SOUND)
    loud.play(video)
    assemble(loud.segments, span(2, 6), tmp_path / "clip.mp4")
    with av.open(str(tmp_path / "clip.mp4")) as container:
        sound = [packet for packet in container.demux(audio=0) if packet.size]
        assert container.streams.audio[0].codec_context.name == "aac"
        assert len(sound) * 1024 / container.streams.audio[0].rate == pytest.approx(4.1, abs=0.3)
    moments = [packet.pts for packet in sound[2:] if packet.pts is not None]
    steps = {later - earlier for earlier, later in pairwise(moments)}
    assert steps <= {1023, 1024, 1025}
    assert not complaints(tmp_path / "clip.mp4")


@pytest.mark.parametrize("order", ["silent first", "silent last"])
@pytest.mark.parametrize("loud_s", [2, 6])
def test_segments_with_and_without_sound_make_one_clip(tmp_path: Path, order: str, loud_s: int) -> None:
    """As at the first segment of MPEG-TS, or where a camera's sound is switched on."""
    video, silent_s = write_sound(tmp_path / "camera.mp4"), 8 - loud_s
    loud, silent = Camera(tmp_path / "loud", SOUND), Camera(tmp_path / "silent")
    loud_at, silent_at = (silent_s, 0) if order == "silent first" else (0, loud_s)
    silent.play(video, begin=START + silent_at)
    loud.play(video, begin=START + loud_at)
    segments = [*loud.segments[: loud_s // 2], *silent.segments[: silent_s // 2]]

    found = assemble(sorted(segments, key=lambda each: each.start), span(0, 8), tmp_path / "clip.mp4")

    assert found.end - found.start == pytest.approx(8, abs=0.2)
    assert len(grays(tmp_path / "clip.mp4")) >= 78  # B-frames
    times = list(sound_times(tmp_path / "clip.mp4"))
    assert times[0] == pytest.approx(loud_at, abs=0.2)
    assert times[-1] == pytest.approx(loud_at + loud_s, abs=0.3)


def test_sound_of_another_format_costs_no_picture(tmp_path: Path) -> None:
    camera = Camera(tmp_path, SOUND)
    camera.play(write_sound(tmp_path / "mono.mp4"))
    camera.play(write_sound(tmp_path / "stereo.mp4", "-ac", "2"), begin=START + 8)

    assemble(camera.segments, span(0, 15), tmp_path / "clip.mp4")

    assert len(grays(tmp_path / "clip.mp4")) >= 150
    assert max(sound_times(tmp_path / "clip.mp4")) == pytest.approx(8, abs=0.3)


@pytest.mark.parametrize("file", ["camera.ts", "camera.m3u8"])
@pytest.mark.parametrize("profile", ["LC", "unknown before the first packet"])
def test_aac_of_mpeg_ts_and_hls_is_kept_with_all_pictures(
    tmp_path: Path, profile: str, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if profile != "LC":
        monkeypatch.setattr(segment_sink, "probed_config", lambda audio: None)
    loud = Camera(tmp_path, SOUND)
    loud.play(write_sound(tmp_path / file))

    assemble(loud.segments, span(4.4, 8.4), tmp_path / "clip.mp4")  # MPEG-TS begins at 1.4 s

    with av.open(str(tmp_path / "clip.mp4")) as container:
        pictures, sounds = len(list(container.decode(video=0))), container.streams.audio[0]
        assert 40 <= pictures <= 50  # from the key frame before
        container.seek(0)
        samples = sum(frame.samples for frame in container.decode(audio=0))
        assert samples / sounds.rate == pytest.approx(pictures / 10, abs=0.3)
    assert not loud.problems


@pytest.mark.parametrize("broken", [1, 10_000], ids=["one packet", "all packets"])
def test_sound_that_libav_refuses_costs_no_picture_and_no_other_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: int
) -> None:
    loud = Camera(tmp_path, SOUND)
    take, counts = loud.sink.take, [0]

    def break_sound(packet: Packet[Stream]) -> None:
        if packet.stream_index == 1 and packet.size:
            counts[0] += 1
            if counts[0] <= broken:
                packet = with_data(packet, b"\xff\xff" + bytes(20))  # like the start of ADTS
        take(packet)

    monkeypatch.setattr(loud.sink, "take", break_sound)
    loud.play(write_sound(tmp_path / "camera.mp4"))

    assert sum(len(grays(segment.path)) for segment in loud.segments) == 80
    heard = sum(len(list(sound_times(segment.path))) for segment in loud.segments)
    assert heard == max(counts[0] - broken, 0)
    assert len(set(loud.problems)) == 1


def test_adts_headers_in_a_stream_with_a_configuration_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loud = Camera(tmp_path, SOUND)
    take, header = loud.sink.take, bytes.fromhex("fff15040021ffc")
    monkeypatch.setattr(
        loud.sink,
        "take",
        lambda packet: take(
            with_data(packet, header + bytes(packet)) if packet.stream_index and packet.size else packet
        ),
    )
    loud.play(write_sound(tmp_path / "camera.mp4"))

    assemble(loud.segments, span(0, 8), tmp_path / "clip.mp4")

    assert complaints(tmp_path / "clip.mp4") == ""
    assert max(sound_times(tmp_path / "clip.mp4")) == pytest.approx(8, abs=0.3)
    assert not loud.problems


def test_sound_that_overlaps_itself_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where a file repeats whose sound begins before its video."""
    loud = Camera(tmp_path / "cache", SOUND)
    take, times = loud.sink.take, [0]

    def repeat_time(packet: Packet[Stream]) -> None:
        if packet.stream_index == 1 and packet.size and packet.pts is not None:
            times.append(packet.pts)
            packet.pts = packet.dts = times[-2 if len(times) % 20 == 0 else -1]
        take(packet)

    monkeypatch.setattr(loud.sink, "take", repeat_time)
    loud.play(write_sound(tmp_path / "camera.ts"))

    assert sum(len(grays(segment.path)) for segment in loud.segments) == 80
    assert not loud.problems


def with_data(packet: Packet[Stream], data: bytes) -> Packet[Stream]:
    """Return a packet of the same stream and time that holds other data."""
    changed: Packet[Stream] = Packet(data)
    changed.pts, changed.dts, changed.duration = packet.pts, packet.dts, packet.duration
    changed.time_base, changed.stream = packet.time_base, packet.stream
    return changed


@pytest.mark.parametrize(
    "packet", [b"", bytes(20), b"\xff\xf1", b"\xff\xf1\x50\x00" + bytes(20), b"\xff\xf1\x7c\x80" + bytes(20)]
)
def test_packet_without_a_usable_adts_header_is_no_sound(packet: bytes) -> None:
    assert read_adts(packet) is None


def test_picture_stream_that_no_browser_plays_is_refused_in_words(camera: Camera, tmp_path: Path) -> None:
    camera.play(write_clip(tmp_path / "camera.avi", 20, codec="mjpeg"))
    assert not camera.segments
    mend = "set the camera to H.264 or H.265, or add -c:v libx264 to output_args.clips"
    assert camera.problems == [f"mjpeg video cannot be copied into clips; {mend}"]


def test_disk_that_refuses_costs_a_gap_and_no_broken_file(camera: Camera, tmp_path: Path) -> None:
    video = write_steady(tmp_path / "camera.mp4", 30)
    camera.play(video)
    camera.refuses = True
    camera.play(video, begin=START + 3)
    camera.refuses = False
    camera.play(video, begin=START + 6)
    assemble(camera.segments, span(0, 9), tmp_path / "clip.mp4")
    assert grays(tmp_path / "clip.mp4") == grays(video) * 2


def test_nothing_waits_of_segments_that_a_disk_refuses_from_their_beginning_on(camera: Camera, tmp_path: Path) -> None:
    camera.refuses = True
    camera.play(write_steady(tmp_path / "camera.mp4", 50))
    assert len(camera.offered) > 2
    assert all(chunk.data for chunk in camera.offered)


def test_nothing_readable_is_an_error_and_leaves_no_file(camera: Camera, tmp_path: Path) -> None:
    camera.play(write_steady(tmp_path / "camera.mp4", 20))
    camera.segments[0].path.write_bytes(b"not a video")
    with pytest.raises(MediaError, match="can be read"):
        assemble(camera.segments, span(0, 2), tmp_path / "clips" / "clip.mp4")
    assert not (tmp_path / "clips").exists()


def test_clip_that_cannot_be_written_says_why(camera: Camera, tmp_path: Path) -> None:
    camera.play(write_steady(tmp_path / "camera.mp4", 20))
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(MediaError, match=r"clip\.mp4 cannot be written"):
        assemble(camera.segments, span(0, 2), tmp_path / "taken" / "clip.mp4")


def test_clip_that_is_given_up_leaves_no_file(camera: Camera, tmp_path: Path) -> None:
    camera.play(write_steady(tmp_path / "camera.mp4", 40))
    checks = iter([True] * 30)

    def check() -> None:
        if next(checks, None) is None:
            raise Abandoned

    with pytest.raises(Abandoned):
        assemble(camera.segments, span(0, 4), tmp_path / "clips" / "clip.mp4", check)
    assert next(checks, None) is None
    assert not list((tmp_path / "clips").iterdir())
