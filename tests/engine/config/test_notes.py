"""What is accepted but does not do what it seems to is noted."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from PIL import Image

from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.report import NoteKind

BACK = "cameras.back."


def notes_of(data: dict[str, Any]) -> list[str]:
    return [note.place for note in config_from_mapping(data, Path(), {}).report.notes]


@pytest.mark.parametrize(
    ("roles", "keys", "expected"),
    [
        ("detect", "", []),
        ("detect, rtmp, clips, record", "{save_clips: {enabled: true}, record: {enabled: true}}", []),
        ("detect", "rtmp: {enabled: false}", []),
        ("detect", "rtmp: {enabled: true}", ["rtmp.enabled"]),
        ("detect", "save_clips: {enabled: true}", ["save_clips.enabled"]),
        ("detect", "record: {enabled: true}", ["record.enabled"]),
        ("detect, rtmp", "rtmp: {enabled: false}", ["ffmpeg.inputs"]),
        ("detect, clips, record", "", ["ffmpeg.inputs", "ffmpeg.inputs"]),
    ],
)
def test_roles_without_their_feature(roles: str, keys: str, expected: list[str]) -> None:
    inputs = [{"path": "rtsp://cam", "roles": roles.split(", ")}]
    data = {"cameras": {"back": {"ffmpeg": {"inputs": inputs}, **(yaml.safe_load(keys) or {})}}}

    assert notes_of(data) == [f"{BACK}{path}" for path in expected]


@pytest.mark.parametrize(
    ("roles", "arguments", "is_noted"),
    [
        (["detect"], "-vsync drop", False),
        (["clips"], "-vsync drop -re", True),
        (["record"], "-re -vsync drop", True),
        (["clips"], "-vsync 0 drop", False),
    ],
)
def test_vsync_drop_with_copied_streams(roles: list[str], arguments: str, is_noted: bool) -> None:
    inputs = [{"path": "a", "roles": ["detect"]}, {"path": "b", "roles": roles}]
    if roles == ["detect"]:
        inputs = inputs[:1]
    inputs[-1]["input_args"] = arguments
    enabled = {"enabled": True}
    data = {"cameras": {"back": {"ffmpeg": {"inputs": inputs}, "save_clips": enabled, "record": enabled}}}

    assert (f"{BACK}ffmpeg.inputs[1]" in notes_of(data)) is is_noted
    assert f"{BACK}ffmpeg.inputs[0]" not in notes_of(data)


def test_levels_are_noted_to_be_set_elsewhere() -> None:
    assert notes_of({"logger": {"logs": {"frigate.mqtt": "error"}}}) == ["logger"]


def test_labels_that_are_not_tracked() -> None:
    data = yaml.safe_load("""
objects: {filters: {dog: {min_area: 5}}}
cameras:
  back:
    ffmpeg: {inputs: [{path: a, roles: [detect]}]}
    objects: {track: [cat, bird], filters: {cat: {}, person: {}}}
    save_clips: {objects: [cat, car]}
    zones: {yard: {coordinates: '0,0,9,0,9,9', filters: {bird: {}, bus: {}}}}
""")

    assert notes_of(data) == [
        "objects.filters",
        f"{BACK}objects.filters",
        f"{BACK}save_clips.objects",
        f"{BACK}zones.yard.filters",
    ]


def test_user_without_password() -> None:
    assert notes_of({"mqtt": {"host": "h", "user": "me"}}) == ["mqtt.password"]
    assert notes_of({"mqtt": {"host": "h", "user": "me", "password": None}}) == ["mqtt.password"]


def test_variables_where_none_are_replaced() -> None:
    inputs = [{"path": "rtsp://{FRIGATE_HOST}/a", "roles": ["detect"], "input_args": "-user_agent {FRIGATE_AGENT}"}]
    cameras = {"back": {"ffmpeg": {"inputs": inputs}, "mask": "poly,0,0,9,0,9,9"}}
    data = {"environment_vars": {"FRIGATE_HOST": "cam"}, "database": {"path": "{FRIGATE_DB}"}, "cameras": cameras}

    assert notes_of(data) == ["database.path", "cameras.back.ffmpeg.inputs[0].input_args"]


def test_password_without_user() -> None:
    assert notes_of({"mqtt": {"host": "h", "password": "x"}}) == ["mqtt.password"]


@pytest.mark.parametrize(
    ("coordinates", "is_noted"),
    [("0,0,9,0,9,9", False), ("640,0,700,0,700,9", True), ("0,360,9,360,9,400", True), ("639,359,700,0,700,9", False)],
)
def test_zone_outside_the_frame(coordinates: str, is_noted: bool) -> None:
    inputs = [{"path": "a", "roles": ["detect"]}]
    zones = {"yard": {"coordinates": coordinates}}
    camera = {"ffmpeg": {"inputs": inputs}, "width": 640, "height": 360, "zones": zones}

    assert bool(notes_of({"cameras": {"back": camera}})) is is_noted


PICTURES = {
    "all.png": Image.new("L", (64, 36), 0),
    "none.png": Image.new("L", (64, 36), 255),
    "left.png": Image.fromarray(np.repeat(np.repeat([[0, 255]], 36, 0), 32, 1).astype(np.uint8)),
}


def area_notes_of(directory: Path, camera: dict[str, Any]) -> list[tuple[str, str]]:
    for name, picture in PICTURES.items():
        picture.save(directory / name)
    inputs = [{"path": "a", "roles": ["detect"]}]
    config = config_from_mapping({"cameras": {"back": {"ffmpeg": {"inputs": inputs}, **camera}}}, directory, {})
    return [(note.place.removeprefix(BACK), note.text) for note in config.report.of(NoteKind.ATTENTION)]


@pytest.mark.parametrize(
    ("mask", "says"),
    [
        ("all.png", "this mask hides 100 % of the picture"),
        ("none.png", "this picture hides nothing"),
        ("left.png", None),
        ("0,0,1,0,1,1,0,1", "this mask hides 100 % of the picture"),
        ("0,0,.5,0,.5,1,0,1", None),
        ("0,0,9999,0,9999,9999", None),  # pixels of a frame whose size is not known yet
    ],
)
def test_masks_that_hide_all_or_nothing(tmp_path: Path, mask: str, says: str | None) -> None:
    found = area_notes_of(tmp_path, {"mask": mask})

    assert bool(found) is bool(says)
    assert all(place == "mask" and says and says in text for place, text in found)


@pytest.mark.parametrize(
    ("mask", "says"),
    [
        ("0,0,1000,0,1000,600,0,600", "it reaches to 1000,600; draw it again, or correct width and height (320x180)"),
        ("400,0,500,0,500,100", "outside the frame of 320x180; draw it again, or correct width and height (320x180)"),
        ("0,0,320,0,320,180,0,180", "hides 100 % of the picture of 320x180"),
        ("0,0,100,0,100,100,0,100", None),
        ("-20,0,100,0,100,100", None),
    ],
)
def test_polygons_of_another_frame(tmp_path: Path, mask: str, says: str | None) -> None:
    found = area_notes_of(tmp_path, {"width": 320, "height": 180, "objects": {"mask": [mask]}})

    assert bool(found) is bool(says)
    assert all(place == "objects.mask" and says and says in text for place, text in found)


def test_masks_that_hide_all_together(tmp_path: Path) -> None:
    ((place, text),) = area_notes_of(tmp_path, {"motion": {"mask": ["0,0,.6,0,.6,1,0,1", "1,0,.5,0,.5,1,1,1"]}})

    assert place == "motion.mask"
    assert "together hide 100 %" in text


@pytest.mark.parametrize(
    ("names", "zone", "places"),
    [
        (("Front", "front"), None, ["cameras.front"]),
        (("front-door", "front_door"), None, ["cameras.front_door"]),
        (("front", "yard"), "Yard", ["cameras.front.zones.Yard"]),
        (("front", "yard"), "lawn", []),
    ],
)
def test_names_with_the_same_entity_ids(names: tuple[str, ...], zone: str | None, places: list[str]) -> None:
    inputs = [{"path": "a", "roles": ["detect"]}]
    zones = {zone: {"coordinates": "0,0,9,0,9,9"}} if zone else {}
    cameras = {name: {"ffmpeg": {"inputs": inputs}, "zones": zones} for name in names}

    assert notes_of({"cameras": cameras}) == places


def test_misspelt_labels_of_retention() -> None:
    front = {"ffmpeg": {"inputs": [{"path": "a", "roles": ["detect"]}]}, "objects": {"track": ["person", "yeti"]}}
    retain = {"objects": {"persn": 5, "car": 6, "yeti": 7}}
    data = {"save_clips": {"retain": retain}, "cameras": {"front": front | {"snapshots": {"retain": retain}}}}
    config = config_from_mapping(data, Path(), {})

    found = {note.place: note.text for note in config.report.notes if "retain" in note.place}
    assert set(found) == {"save_clips.retain.objects", "cameras.front.snapshots.retain.objects"}
    assert all(text == "nothing is called 'persn'; did you mean 'person'?" for text in found.values())


def test_sides_of_a_zone_without_four_corners_are_noted(tmp_path: Path) -> None:
    zone = {"coordinates": "0,0,1,0,1,1", "distances": "10,20,10,20"}
    ((place, text),) = area_notes_of(tmp_path, {"zones": {"yard": zone}})
    assert place == "zones.yard.distances"
    assert "this one has 3" in text


def test_zone_of_untracked_objects_and_detection_without_motion_are_noted() -> None:
    inputs = [{"path": "rtsp://cam", "roles": ["detect"]}]
    zone = {"coordinates": "0,0,9,0,9,9", "objects": ["person", "dog"]}
    back = {"ffmpeg": {"inputs": inputs}, "zones": {"yard": zone}, "motion": {"enabled": False}}
    found = notes_of({"version": "0.17-0", "detect": {"enabled": True}, "cameras": {"back": back}})
    assert [place for place in found if place.startswith(BACK)] == [
        f"{BACK}motion.enabled",
        f"{BACK}zones.yard.objects",
    ]
