"""Names of files, and deleting them by event."""

from pathlib import Path

import pytest
from PIL import Image

from custom_components.frigate_native.engine.config.model import SnapshotsConfig
from custom_components.frigate_native.engine.errors import MediaError
from custom_components.frigate_native.engine.media import (
    clean_path,
    clip_path,
    delete_media,
    existing_clean_copy,
    find_orphans,
    snapshot_path,
)
from custom_components.frigate_native.engine.media.clips_output import ClipsOutput
from custom_components.frigate_native.engine.media.file_names import (
    parse_media_name,
    parse_segment_name,
    segment_name,
    temporary_path,
)
from custom_components.frigate_native.engine.media.files import delete_unfinished
from custom_components.frigate_native.engine.media.snapshots import write_clean_copy, write_snapshot
from tests.engine.builders import START, snapshot_message

ID = "1700000000.25-abc123"
OTHER = "1700000009.5-zzz999"


def test_names_come_back_as_what_they_were_made_of() -> None:
    assert segment_name("front-door", START) == "front-door-20231114T221320.000000Z.mp4"
    assert parse_segment_name(segment_name("front-door", START + 0.125)) == ("front-door", START + 0.125)
    assert parse_media_name(clip_path(Path("x"), "front-door", ID).name) == ("front-door", ID)


@pytest.mark.parametrize("name", ["frigate.db", "front.mp4", "front-20239914T221320.000000Z.mp4", "notes-2.txt"])
def test_other_files_are_nobodys(name: str) -> None:
    assert parse_segment_name(name) is None
    assert parse_media_name(name) is None


@pytest.mark.parametrize("event_id", ["../../etc/passwd", "a/b", "", "a\0b"])
def test_names_never_lead_out_of_the_folder(tmp_path: Path, event_id: str) -> None:
    folder = tmp_path / "clips"
    folder.mkdir()
    if event_id:
        with pytest.raises(ValueError, match="not a valid camera name and event ID"):
            clip_path(folder, "front", event_id)
    assert delete_media(folder, [("front", event_id)]) == 0


@pytest.mark.parametrize(("clips", "snapshots", "left"), [(True, True, 0), (True, False, 1), (False, True, 1)])
def test_media_of_an_event_goes_and_others_stay(tmp_path: Path, clips: bool, snapshots: bool, left: int) -> None:
    for event_id in (ID, OTHER):
        clip_path(tmp_path, "front", event_id).write_bytes(bytes(100))
        snapshot_path(tmp_path, "front", event_id).write_bytes(bytes(100))
    freed = delete_media(tmp_path, [("front", ID), ("front", "1.5-gone")], clips=clips, snapshots=snapshots)
    assert freed == (2 - left) * 100
    assert len(list(tmp_path.glob(f"*{ID}*"))) == left
    assert len(list(tmp_path.glob(f"*{OTHER}*"))) == 2


def test_orphans_are_reported_on_both_sides(tmp_path: Path) -> None:
    for camera, event_id in (("front", ID), ("back", OTHER)):
        clip_path(tmp_path, camera, event_id).touch()
    (tmp_path / "frigate.db").touch()
    found = find_orphans(tmp_path, [("front", ID), ("front", OTHER)], [("front", ID), ("front", OTHER)])
    assert found.files == (clip_path(tmp_path, "back", OTHER),)
    assert found.clips == (("front", OTHER),)


def test_clean_copy_is_found_and_goes_with_the_snapshot(tmp_path: Path) -> None:
    write_clean_copy(snapshot_message("front", "person").picture, clean_path(tmp_path, "front", ID))
    path = existing_clean_copy(tmp_path, "front", ID)
    assert path is not None
    with Image.open(path) as image:
        assert (image.format, image.size) == ("WEBP", (1280, 720))
    assert find_orphans(tmp_path, []).files == (path,)
    assert delete_media(tmp_path, [("front", ID)]) > 0
    assert existing_clean_copy(tmp_path, "front", ID) is None
    assert existing_clean_copy(tmp_path, "../front", ID) is None


def test_half_written_files_go(tmp_path: Path) -> None:
    path = clip_path(tmp_path, "front", ID)
    path.touch()
    temporary_path(path).touch()
    delete_unfinished(tmp_path)
    assert list(tmp_path.iterdir()) == [path]


def test_snapshot_appears_whole_or_says_why(tmp_path: Path) -> None:
    picture = snapshot_message("front", "person").picture
    path = snapshot_path(tmp_path, "front", ID)
    write_snapshot(picture, SnapshotsConfig(enabled=True, height=100), path)
    assert path.read_bytes()[:2] == b"\xff\xd8"
    with pytest.raises(MediaError, match="cannot be written"):
        write_snapshot(picture, SnapshotsConfig(enabled=True), tmp_path / "none" / "a.jpg")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("-f segment -segment_time 10 -c copy -an", (10, False, None, None)),
        ("-f segment -segment_time 4 -c copy", (4, True, None, None)),
        ("-segment_time x -c:v libx264 -an", (10, False, "libx264", None)),
        ("-c copy -codec:a aac", (10, True, None, "aac")),
        ("-vcodec copy -acodec libmp3lame", (10, True, None, "libmp3lame")),
    ],
)
def test_output_arguments_are_understood(arguments: str, expected: tuple[int, bool, str | None, str | None]) -> None:
    output = ClipsOutput.from_arguments(tuple(arguments.split()))
    assert (output.segment_s, output.has_audio, output.video_encoder, output.audio_encoder) == expected
