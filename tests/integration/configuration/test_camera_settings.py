"""Settings of a camera as they are entered, without a form."""

from pathlib import Path
from typing import Any

import pytest
from homeassistant.helpers.selector import SelectSelector

from custom_components.frigate_native.configuration import entry_config
from custom_components.frigate_native.configuration.camera_settings import errors_of, normalise
from custom_components.frigate_native.configuration.form_keys import form_keys
from custom_components.frigate_native.configuration.object_sets import OBJECT_SETS
from custom_components.frigate_native.engine.config.model import CameraConfig, MqttConfig, RecordingLayout
from custom_components.frigate_native.engine.detection.model_loading import bundled_labels
from custom_components.frigate_native.engine.media.clips_output import ClipsOutput
from custom_components.frigate_native.flow.key_fields import key_fields

from ..texts import ENGLISH

FRONT = {"name": "Front door", "url": " rtsp://cam/live ", "objects": ["person"], "advanced": {"fps": 5}}
YARD = {"name": "Front yard", "coordinates": "0,0,9,0,9,9"}


def test_settings_are_stored_flat_and_without_empty_fields() -> None:
    entered = FRONT | {"username": "", "areas": {"zones": [YARD], "motion_masks": []}}

    assert normalise(entered) == {
        "name": "front_door",
        "url": "rtsp://cam/live",
        "objects": ["person"],
        "fps": 5,
        "zones": [YARD | {"name": "front_yard"}],
    }


def test_areas_of_filters_become_whole_and_empty_values_are_dropped() -> None:
    filters = [{"label": "person", "min_area": 900.0, "min_score": 0.6, "threshold": None}]

    settings = normalise(FRONT | {"sizes_and_scores": {"filters": filters}})

    assert settings["filters"] == [{"label": "person", "min_area": 900, "min_score": 0.6}]
    assert isinstance(settings["filters"][0]["min_area"], int)


def test_sets_of_objects_become_labels_each_once() -> None:
    settings = normalise(FRONT | {"objects": ["person", "pets", "vehicles", "dog", "bird"]})

    expected = ["person", "cat", "dog", "bicycle", "car", "motorcycle", "bus", "bird"]
    assert settings["objects"] == expected


def test_sets_contain_what_the_model_detects_and_are_offered_before_its_labels() -> None:
    assert {label for labels in OBJECT_SETS.values() for label in labels} <= bundled_labels()
    field = next(field for key, field in key_fields(CameraConfig, None).items() if key == "objects")
    assert isinstance(field, SelectSelector)
    options = field.config["options"]
    assert options[:4] == ["person", *OBJECT_SETS]
    assert set(options) == bundled_labels() | set(OBJECT_SETS)
    assert set(ENGLISH["selector"]["objects"]["options"]) == set(options[:4])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {}),
        ({"objects": []}, {"objects": "no_objects"}),
        ({"url": ""}, {"url": "no_source"}),
        ({"entity_id": "camera.front"}, {"entity_id": "two_sources"}),
        ({"main_url": "a", "main_entity_id": "camera.a"}, {"main_entity_id": "two_sources"}),
        ({"name": "!!!"}, {"name": "name_unusable"}),
        ({"name": "Unknown"}, {}),
        ({"zones": [YARD | {"name": "-"}]}, {"areas": "name_unusable"}),
        ({"name": "Back"}, {"name": "name_taken"}),
        ({"name": "Pond"}, {"name": "zone_named_as_camera"}),
        ({"zones": [YARD | {"name": "Back"}]}, {"areas": "zone_named_as_camera"}),
        ({"zones": [YARD, YARD]}, {"areas": "zone_named_twice"}),
        ({"filters": [{"label": "car"}, {"label": "car"}]}, {"sizes_and_scores": "object_listed_twice"}),
    ],
)
def test_errors_are_by_field(changes: dict[str, Any], expected: dict[str, str]) -> None:
    others = [{"name": "back", "zones": [{"name": "pond"}]}]

    assert errors_of(normalise(FRONT | changes), others) == expected


def test_one_field_for_the_retention_of_events_is_that_of_clips_and_snapshots(tmp_path: Path) -> None:
    config = entry_config.from_forms([normalise(FRONT | {"events": {"event_days": 3}})], {}, tmp_path)

    camera = config.cameras["front_door"]
    assert (camera.save_clips.retain.default, camera.snapshots.retain.default) == (3, 3)


@pytest.mark.parametrize(("layout", "seconds"), [(RecordingLayout.LOCAL, "60"), (RecordingLayout.UTC, "10")])
def test_the_layout_of_an_entry_is_that_of_its_cameras(tmp_path: Path, layout: RecordingLayout, seconds: str) -> None:
    camera = entry_config.from_forms([normalise(FRONT)], {}, tmp_path, layout).cameras["front_door"]

    assert camera.record.layout is layout
    words = camera.output_args.record
    assert words[words.index("-segment_time") + 1] == seconds


def test_what_older_forms_did_not_have_is_off(tmp_path: Path) -> None:
    camera = entry_config.from_forms([normalise(FRONT)], {}, tmp_path).cameras["front_door"]

    assert not camera.save_clips.enabled
    assert not camera.snapshots.enabled
    assert not camera.rtmp.enabled
    assert (camera.record.continuous.days, camera.record.alerts.retain.days) == (30, 0)


@pytest.mark.parametrize(("entered", "has_sound"), [({}, True), ({"sound": True}, True), ({"sound": False}, False)])
def test_clips_and_recordings_have_sound_unless_it_is_turned_off(
    tmp_path: Path, entered: dict[str, bool], has_sound: bool
) -> None:
    camera = entry_config.from_forms([normalise(FRONT | {"events": entered})], {}, tmp_path).cameras["front_door"]

    assert ClipsOutput.from_arguments(camera.output_args.clips).has_audio is has_sound
    assert ("-an" not in camera.output_args.record) is has_sound


def test_fields_of_forms_are_found_by_the_keys_declarations() -> None:
    fields = form_keys(CameraConfig)

    assert fields["pre_capture"].paths == (("save_clips", "pre_capture"),)
    assert (fields["clips"].default, fields["pre_capture"].default) == (True, 5)
    assert fields["input_args"].is_optional
    assert form_keys(MqttConfig)["username"].paths == (("user",),)


def test_other_settings_win_over_the_fields_of_the_form(tmp_path: Path) -> None:
    other = {
        "record": {"continuous": {"days": 2}, "alerts": {"post_capture": 20}},
        "review": {"alerts": {"labels": ["person", "dog"]}},
        "detect": {"stationary": {"threshold": 30}},
    }
    entered = FRONT | {
        "recording": {"record": True, "retain_days": 7},
        "advanced": {"fps": 5, "other_settings": other},
    }
    settings = normalise(entered)
    assert errors_of(settings, []) == {}
    camera = entry_config.from_forms([settings], {}, tmp_path).cameras["front_door"]
    assert (camera.record.enabled, camera.record.continuous.days) == (True, 2)
    assert (camera.record.alerts.post_capture_s, camera.record.alerts.pre_capture_s) == (20, 5)
    assert camera.review.alerts.labels == ("person", "dog")
    assert camera.detect.stationary.threshold == 30


@pytest.mark.parametrize("other", ["detect", ["detect"]], ids=["text", "list"])
def test_other_settings_are_keys_of_a_camera(other: Any) -> None:
    settings = normalise(FRONT | {"advanced": {"other_settings": other}})
    assert errors_of(settings, []) == {"advanced": "other_settings_unusable"}


def test_zones_have_inertia_loitering_time_and_objects(tmp_path: Path) -> None:
    zone = YARD | {"objects": ["person"], "inertia": 3.0, "loitering_time": 10.0}
    settings = normalise(FRONT | {"areas": {"zones": [zone]}})
    found = entry_config.from_forms([settings], {}, tmp_path).cameras["front_door"].zones["front_yard"]
    assert (found.objects, found.inertia, found.loitering_time) == (("person",), 3, 10)
