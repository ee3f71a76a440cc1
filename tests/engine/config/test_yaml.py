"""How YAML is read: what aliases may cost, numbers where a text is meant, words for broken syntax."""

import time
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.config.loading import load_config_file
from custom_components.frigate_native.engine.config.model import Config
from custom_components.frigate_native.engine.errors import ConfigErrors

CAMERA = "cameras: {back: {ffmpeg: {inputs: [{path: rtsp://cam, roles: [detect]}]}, %s}}\n"


def loaded(directory: Path, content: str) -> Config:
    (directory / "config.yml").write_text(content)
    return load_config_file(directory / "config.yml", {})


def problem_of(directory: Path, content: str) -> str:
    with pytest.raises(ConfigErrors) as error:
        loaded(directory, content)
    return str(error.value)


def levels(first: str, each: str, count: int) -> str:
    """Return anchors in a chain, each of which names the one before it several times."""
    lines = [f"a0: &a0 {first}"]
    lines += [f"a{number}: &a{number} {each.replace('LAST', f'*a{number - 1}')}" for number in range(1, count)]
    return "\n".join(lines)


TENFOLD = "[LAST, LAST, LAST, LAST, LAST, LAST, LAST, LAST, LAST, LAST]"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("environment_vars:\n  X: &x [y]\n" + levels("[x]", TENFOLD, 7), id="lists"),
        pytest.param(levels("{x: y}", "{a: LAST, b: LAST, c: LAST, d: LAST}", 12), id="mappings"),
        pytest.param(levels("{x: y}", f"{{<<: {TENFOLD}}}", 7), id="merge keys"),
        pytest.param(levels("'" + "x" * 100_000 + "'", TENFOLD, 4), id="long texts"),
    ],
)
def test_aliases_that_expand_without_end_are_refused_at_once(tmp_path: Path, content: str) -> None:
    file = tmp_path / "config.yml"
    file.write_text(content)
    start = time.process_time()

    with pytest.raises(ConfigErrors, match=r"config\.yml: line \d+, .*aliases.*; write"):
        load_config_file(file, {})

    assert time.process_time() - start < 0.05 + len(content) / 1e6  # reading plain YAML takes time as well


def test_secrets_that_expand_without_end_are_refused(tmp_path: Path) -> None:
    (tmp_path / "secrets.yaml").write_text(levels("[x]", TENFOLD, 9))

    assert "secrets.yaml cannot be read" in problem_of(tmp_path, "mqtt: {host: !secret a8}")


def test_anchor_that_holds_itself_is_refused(tmp_path: Path) -> None:
    assert "line 1, column 4: an alias stands inside its own anchor" in problem_of(tmp_path, "a: &a [*a]")


def test_aliases_of_many_cameras_are_fine(tmp_path: Path) -> None:
    shared = "ffmpeg: {inputs: [{path: rtsp://cam, roles: [detect]}]}, objects: {track: [person, car]}"
    cameras = "\n".join(f"  cam{number}: {{<<: *one}}" for number in range(200))

    assert len(loaded(tmp_path, f"cameras:\n  first: &one {{{shared}}}\n{cameras}").cameras) == 201


@pytest.mark.parametrize("form", ["'{}'", "[{}]"], ids=["text", "list"])
def test_polygon_with_too_many_points_is_refused(tmp_path: Path, form: str) -> None:
    points = [f"{number % 640},{number % 360}" for number in range(1001)]
    coordinates = form.format(",".join(points) if form[0] == "'" else ", ".join(f"'{point}'" for point in points))

    problem = problem_of(tmp_path, CAMERA % f"zones: {{yard: {{coordinates: {coordinates}}}}}")

    assert problem == "cameras.back.zones.yard.coordinates: 1001 points; at most 1000 points"


@pytest.mark.parametrize("source", ["012345", "12:34", "1.10", "1_000", "0x1F", "1e3", "2024-01-02", "-0"])
def test_number_in_place_of_a_text_keeps_its_source(tmp_path: Path, source: str) -> None:
    (tmp_path / "secrets.yaml").write_text(f"pin: {source}")

    config = loaded(
        tmp_path,
        f"environment_vars: {{A: {source}, B: !secret pin, FRIGATE_C: {source}}}\n"
        f"mqtt: {{host: h, client_id: 'x{{FRIGATE_C}}', user: {source}, password: !secret pin}}\n"
        f"ffmpeg: {{input_args: [-t, {source}]}}",
    )

    assert config.environment_vars == {"A": source, "B": source, "FRIGATE_C": source}
    assert config.mqtt is not None
    assert (config.mqtt.client_id, config.mqtt.user, config.mqtt.password) == (f"x{source}", source, source)
    assert config.ffmpeg.input_args == ("-t", source)


def test_number_in_json_keeps_its_source(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"environment_vars": {"A": 1.10, "B": 7}}')

    assert load_config_file(tmp_path / "config.json", {}).environment_vars == {"A": "1.10", "B": "7"}


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("width: 0640, height: 360", "width: 0640 is read as 416"),
        ("fps: 0x5", "fps: 0x5 is read as 5"),
        ("best_image_timeout: 1:00", "best_image_timeout: 1:00 is read as 60"),
        ("motion: {threshold: 1:30.5}", "motion.threshold: 1:30.5 is read as 90.5"),
    ],
)
def test_number_in_another_base_is_refused(tmp_path: Path, key: str, path: str) -> None:
    assert problem_of(tmp_path, CAMERA % key) == f"cameras.back.{path} by YAML; write it in decimal"


@pytest.mark.parametrize("name", ["on", "no", "yes", "null"])
def test_key_that_yaml_takes_for_something_else_is_a_name(tmp_path: Path, name: str) -> None:
    content = CAMERA.replace("back", name)

    assert list(loaded(tmp_path, content % "fps: 5").cameras) == [name]
    assert problem_of(tmp_path, content % "fps: x").startswith(f"cameras.{name}.fps: ")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("cameras:\n\tback: 1", "line 2, column 1: a tab; indent with spaces", id="tab"),
        pytest.param("mqtt:\n  host: h\n\tport: 1", "line 3, column 1: a tab; indent with spaces", id="tab later"),
        pytest.param("mqtt: {host: s3cret\nx: 1", "the { in line 1 is not closed; close it with }", id="brace"),
        pytest.param("a: [1, 2\nb: s3cret", "the [ in line 1 is not closed; close it with ]", id="bracket"),
        pytest.param("a: 's3cret\nb: 1", "the quote in line 1 is not closed; close it with the same quote", id="quote"),
        pytest.param(
            'a: "s3cret\nb: 1', "the quote in line 1 is not closed; close it with the same quote", id="quotes"
        ),
        pytest.param("a: b: s3cret", "line 1, column 5: a second ': ' in one line", id="two colons"),
        pytest.param("a: 1\n  b: s3cret", "line 2, column 4: ", id="indented"),
        pytest.param(
            "a:\n  b: 1\n c: s3cret", "line 3, column 2: indented differently from the lines above", id="dent"
        ),
        pytest.param("a:\n  b: 1\n  s3cret\n", "line 4, column 1: line 3 has no ': '", id="no colon"),
        pytest.param("a: *s3cret", "line 1, column 4: a value begins with *", id="alias"),
        pytest.param("a: &s3cret! x", "line 1, column 4: a value begins with &", id="anchor"),
        pytest.param("a: @s3cret", "line 1, column 4: a value begins with @", id="at"),
        pytest.param("a: %s3cret", "line 1, column 4: a value begins with %", id="percent"),
        pytest.param("a: `s3cret", "line 1, column 4: a value begins with `", id="backtick"),
        pytest.param("a: !s3cret x", "line 1, column 4: a word after ! that is not known", id="tag"),
        pytest.param("a: !include b.yml", "line 1, column 4: !include is not supported; ", id="include"),
        pytest.param("a: !env_var B", "line 1, column 4: !env_var is not supported; ", id="variable"),
        pytest.param("a: !include_dir_named b", "line 1, column 4: !include_dir_named is not supported", id="folder"),
        pytest.param('a: "s3\\cret"', "line 1, column 8: a backslash in double quotes; ", id="backslash"),
        pytest.param("a: - s3cret", "line 1, column 4: a list begins in the line of its key", id="list"),
    ],
)
def test_broken_yaml_names_place_and_mend_without_secrets(tmp_path: Path, content: str, problem: str) -> None:
    reported = problem_of(tmp_path, content)

    assert problem in reported
    assert "s3cret" not in reported
    assert "\t" not in reported
