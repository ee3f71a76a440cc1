"""The configuration is shown in Frigate's shape, and without its secrets."""

import json
from pathlib import Path
from typing import Any

from custom_components.frigate_native.engine.config.dump import config_to_payload
from custom_components.frigate_native.engine.config.loading import config_from_mapping, load_config_file

EXAMPLES = Path(__file__).parent / "examples"
INPUT_ARGUMENTS = (
    "-avoid_negative_ts make_zero -fflags +genpts+discardcorrupt -rtsp_transport tcp -stimeout 5000000"
    " -use_wallclock_as_timestamps 1"
)
SEGMENTS = "-f segment -segment_time {} -segment_format mp4 -reset_timestamps 1 -strftime 1 -c copy -an"


def payload_of(name: str) -> dict[str, Any]:
    """Return the payload of an example, as a client reads it."""
    config = load_config_file(EXAMPLES / name, {"FRIGATE_RTSP_PASSWORD": "s3cret"})
    text = json.dumps(config_to_payload(config))
    assert "s3cret" not in text
    payload: dict[str, Any] = json.loads(text)
    return payload


def test_keys_are_those_of_frigate_0_8() -> None:
    payload = payload_of("complete.yml")

    camera = payload["cameras"]["back"]
    assert payload["database"] == {"path": "/media/frigate/clips/frigate.db"}
    assert payload["model"].items() >= {"width": 320, "height": 320}.items()
    assert payload["detectors"]["coral"].items() >= {"type": "edgetpu", "device": "usb", "num_threads": 3}.items()
    assert payload["logger"] == {"default": "INFO", "logs": {"frigate.mqtt": "ERROR"}}
    assert payload["save_clips"] == {
        "max_seconds": 300,
        "tmpfs_cache_size": "256m",
        "retain": {"default": 10, "objects": {"person": 15}},
    }
    area = {"min_area": 5000, "max_area": 100_000, "threshold": 0.7}
    assert camera["zones"]["front_steps"]["filters"]["person"].items() >= area.items()
    assert camera["objects"]["track"] == ["person", "car"]
    assert camera["objects"]["filters"]["person"].items() >= (area | {"min_score": 0.5, "mask": []}).items()
    assert camera["motion"]["frame_height"] == 180
    assert camera["detect"].items() >= {"enabled": True, "max_disappeared": 10}.items()
    assert camera["record"].items() >= {"enabled": False, "continuous": {"days": 30}}.items()
    assert camera["rtmp"] == {"enabled": True}
    assert camera["frame_shape"] == [720, 1280]
    assert (camera["name"], camera["width"], camera["height"], camera["fps"]) == ("back", 1280, 720, 5)
    assert (camera["best_image_timeout"], camera["snapshots"]["height"]) == (60, 175)


def test_password_of_the_broker_is_not_shown() -> None:
    mqtt = payload_of("complete.yml")["mqtt"]

    assert "password" not in mqtt
    assert (mqtt["host"], mqtt["port"], mqtt["user"]) == ("mqtt.server.com", 1883, "mqtt_user")
    assert (mqtt["topic_prefix"], mqtt["client_id"], mqtt["stats_interval"]) == ("frigate", "frigate", 60)


def test_streams_are_shown_without_their_addresses_and_arguments() -> None:
    ffmpeg = payload_of("complete.yml")["cameras"]["back"]["ffmpeg"]

    assert ffmpeg == {"inputs": [{"roles": ["detect", "rtmp"]}]}


def test_values_of_variables_are_not_shown() -> None:
    payload = payload_of("later_release.yml")

    assert payload["environment_vars"] == {"LIBVA_DRIVER_NAME": "***", "FRIGATE_CAMERA": "***"}


def test_command_has_all_outputs_in_frigates_order() -> None:
    enabled = {"enabled": True}
    source = {"path": "rtsp://viewer:s3cret@h/a", "roles": ["detect", "rtmp", "clips", "record"]}
    camera = {"ffmpeg": {"inputs": [source]}, "fps": 5, "save_clips": enabled, "record": enabled}
    config = config_from_mapping({"cameras": {"back": camera}}, Path(), {})

    (shown,) = config_to_payload(config)["cameras"]["back"]["ffmpeg_cmds"]

    assert shown["roles"] == ["clips", "detect", "record", "rtmp"]
    assert shown["cmd"] == (
        f"ffmpeg -hide_banner -loglevel fatal {INPUT_ARGUMENTS} -i rtsp://***@h/a"
        f" {SEGMENTS.format(60)} /media/frigate/recordings/back-%Y%m%d%H%M%S.mp4"
        f" {SEGMENTS.format(10)} /tmp/cache/back-%Y%m%d%H%M%S.mp4"
        " -c copy -f flv rtmp://127.0.0.1/live/back"
        " -r 5 -f rawvideo -pix_fmt yuv420p pipe:"
    )


def test_input_without_an_active_output_has_no_command() -> None:
    inputs = [{"path": "a", "roles": ["detect"]}, {"path": "b", "roles": ["clips", "record"]}]
    config = config_from_mapping({"cameras": {"back": {"ffmpeg": {"inputs": inputs}}}}, Path(), {})

    commands = config_to_payload(config)["cameras"]["back"]["ffmpeg_cmds"]

    assert [command["roles"] for command in commands] == [["detect"]]


def test_what_is_not_configured_has_the_defaults_of_frigate_0_8() -> None:
    inputs = [{"path": "a", "roles": ["detect"]}]
    data = {
        "database": {"url": "postgresql://me:s3cret@db/frigate"},
        "cameras": {"back": {"ffmpeg": {"inputs": inputs}, "width": 640, "height": 360, "fps": 7}},
    }

    payload = config_to_payload(config_from_mapping(data, Path(), {}), clips=Path("/clips"))
    bare = config_to_payload(config_from_mapping({}, Path(), {}), clips=Path("/clips"))

    camera = payload["cameras"]["back"]
    assert camera["detect"]["max_disappeared"] == 14
    assert camera["motion"]["frame_height"] == 60
    assert camera["save_clips"]["objects"] == ["person"]
    assert payload["database"] == {"url": "postgresql://***@db/frigate"}
    assert bare["database"] == {"path": "/clips/frigate.db"}
    assert (bare["mqtt"]["host"], bare["mqtt"]["topic_prefix"]) == (None, "frigate")


def test_pictures_in_masks_are_left_out(tmp_path: Path) -> None:
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
    inputs = [{"path": "a", "roles": ["detect"]}]
    camera = {"ffmpeg": {"inputs": inputs}, "mask": [f"base64,{pixel}", "0,0,9,0,9,9"]}
    config = config_from_mapping({"cameras": {"back": camera}}, tmp_path, {})

    assert config_to_payload(config)["cameras"]["back"]["mask"] == ["base64,…", "0,0,9,0,9,9"]


def test_keys_in_ffmpeg_arguments_are_hidden(tmp_path: Path) -> None:
    arguments = '-headers "X-Key: s3cret" -rtsp_transport tcp -passphrase s3cret'
    source = {"path": "rtsp://u:s3cret@host/live", "roles": ["detect"], "input_args": arguments}
    config = config_from_mapping({"cameras": {"back": {"ffmpeg": {"inputs": [source]}, "fps": 5}}}, tmp_path)
    (entry,) = config_to_payload(config)["cameras"]["back"]["ffmpeg_cmds"]
    assert "s3cret" not in entry["cmd"]
    assert "-headers *** *** -rtsp_transport tcp -passphrase *** -i rtsp://***@host/live -r 5" in entry["cmd"]
