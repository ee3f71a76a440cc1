"""The configuration file that the demonstration makes of its options."""

from pathlib import Path

import pytest
import yaml
from demo.cameras import configuration, name_of, write_configuration
from demo.options import Options, parse_options
from home_assistant.failure import Failure

from custom_components.frigate_native.engine.config.loading import load_config_file


def options(*videos: str, mqtt: tuple[str, int] | None = None, config: Path | None = None) -> Options:
    return Options(videos=videos, duration_s=None, port=0, mqtt=mqtt, config=config)


@pytest.mark.parametrize(
    ("video", "name"),
    [
        ("/footage/vtest.mp4", "vtest"),
        ("/footage/Front door (2).avi", "front_door_2"),
        ("/footage/täst.mp4", "t_st"),
        ("/footage/門.mp4", "camera"),
        ("rtsp://user:secret@10.0.0.2:554/live/garden?token=secret", "garden"),
        ("rtsp://user:secret@cam.local", "cam_local"),
        ("rtmp://127.0.0.1/live/back", "back"),
    ],
)
def test_camera_is_named_after_what_it_shows(video: str, name: str) -> None:
    assert name_of(video) == name


def test_cameras_of_one_name_are_numbered() -> None:
    made = configuration({"cameras": {"a_2": {}}}, options("/x/a.mp4", "/y/a.mp4", "/z/a.mp4"))
    assert list(made["cameras"]) == ["a_2", "a", "a_3", "a_4"]


def test_generated_configuration_loads(tmp_path: Path) -> None:
    path = write_configuration(options("/x/{a} b.mp4", "rtsp://host/a", mqtt=("::1", 1884)), tmp_path)
    config = load_config_file(path)
    assert config.mqtt is not None
    assert (config.mqtt.host, config.mqtt.port) == ("::1", 1884)
    assert config.cameras["a_b"].inputs[0].path == "/x/{a} b.mp4"
    assert "-stream_loop" in config.cameras["a_b"].inputs[0].input_args
    assert "-rtsp_transport" in config.cameras["a"].inputs[0].input_args


def test_users_configuration_is_used_in_place(tmp_path: Path) -> None:
    own = tmp_path / "own.yml"
    assert write_configuration(options(config=own), tmp_path) == own


def test_additions_keep_the_configuration_and_its_relative_paths(tmp_path: Path) -> None:
    own, made = tmp_path / "own" / "own.yml", tmp_path / "made"
    own.parent.mkdir()
    made.mkdir()
    (own.parent / "mask.png").touch()
    text = "mqtt: {host: broker, topic_prefix: house}\ncameras: {}\n"
    own.write_text(text)
    path = write_configuration(options("/x/a.mp4", mqtt=("127.0.0.1", 1884), config=own), made)
    assert own.read_text() == text
    assert (path.parent / "mask.png").exists()
    data = yaml.safe_load(path.read_text())
    assert data["mqtt"] == {"host": "127.0.0.1", "topic_prefix": "house", "port": 1884}
    assert list(data["cameras"]) == ["a"]


@pytest.mark.parametrize("text", ["cameras: [", "- a\n- b\n"], ids=["broken", "a list"])
def test_configuration_that_cannot_be_extended_is_reported_by_its_name(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.yml"
    own.write_text(text)
    with pytest.raises(Failure, match=r"own\.yml"):
        write_configuration(options("/x/a.mp4", config=own), tmp_path)


def test_sample_is_the_default_video() -> None:
    assert [Path(video).name for video in parse_options([]).videos] == ["vtest.mp4"]


@pytest.mark.parametrize(
    ("broker", "expected"), [("host:1884", ("host", 1884)), ("host", ("host", 1883)), ("[::1]:99", ("::1", 99))]
)
def test_broker_has_a_host_and_a_port(broker: str, expected: tuple[str, int]) -> None:
    assert parse_options(["--mqtt", broker]).mqtt == expected


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--video", "/nowhere/film.mp4"], "file not found: /nowhere/film.mp4"),
        (["--config", "/nowhere/own.yml"], "file not found: /nowhere/own.yml"),
        (["--duration", "long"], "long is not a number of seconds"),
        (["--duration", "-1"], "-1 is not a number of seconds"),
        (["--port", "65536"], "65536 is not a port"),
        (["--mqtt", "host:port"], "host:port is not HOST:PORT"),
    ],
)
def test_invalid_option_is_reported(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parse_options(arguments)
    assert ended.value.code == 2
    output = capsys.readouterr()
    assert words in output.err
    assert not output.out
