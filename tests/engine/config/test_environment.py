"""Variables in braces are replaced, and only where they may be."""

from pathlib import Path

import pytest

from custom_components.frigate_native.engine.config.environment import escape, substitute, substitute_all
from custom_components.frigate_native.engine.config.loading import config_from_mapping
from custom_components.frigate_native.engine.config.problems import Problem

VARIABLES = {"FRIGATE_PASSWORD": "s3cret", "FRIGATE_BRACES": "{x}", "HOME": "/root"}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("nothing", "nothing"),
        ("rtsp://me:{FRIGATE_PASSWORD}@cam", "rtsp://me:s3cret@cam"),
        ("{FRIGATE_PASSWORD}{FRIGATE_PASSWORD}", "s3crets3cret"),
        ("{{literal}}", "{literal}"),
        ("{{{FRIGATE_PASSWORD}}}", "{s3cret}"),
        ("{FRIGATE_BRACES}", "{x}"),
    ],
)
def test_variables_are_replaced(text: str, result: str) -> None:
    assert substitute(text, VARIABLES) == result


@pytest.mark.parametrize(
    ("text", "problem", "mend"),
    [
        ("{FRIGATE_OTHER}", "the variable FRIGATE_OTHER is not set", "environment_vars"),
        ("s3cret{HOME}", "braces round something that is no FRIGATE_ variable", "{{ or }}"),
        ("s3cret{}", "braces round something that is no FRIGATE_ variable", "{{ or }}"),
        ("s3cret{0}", "braces round something that is no FRIGATE_ variable", "{{ or }}"),
        ("{FRIGATE_PASSWORD!r}", "the variable FRIGATE_PASSWORD!r is not set", "environment"),
        ("s3cret{", "a brace without its partner", "twice"),
        ("s3cret}", "a brace without its partner", "twice"),
        ("{s3cret{FRIGATE_PASSWORD}", "a brace without its partner", "twice"),
    ],
)
def test_wrong_braces_are_told_without_the_text(text: str, problem: str, mend: str) -> None:
    with pytest.raises(Problem) as error:
        substitute(text, VARIABLES)

    assert error.value.problem == problem
    assert mend in error.value.mend
    assert "s3cret" not in f"{error.value.problem} {error.value.mend}"


@pytest.mark.parametrize("text", ["p{a}ss", "{{", "}{", "{FRIGATE_PASSWORD}"])
def test_escaped_text_comes_back(text: str) -> None:
    assert substitute(escape(text), VARIABLES) == text


def test_places_that_may_name_variables() -> None:
    name = "{FRIGATE_PASSWORD}"
    data = {
        "mqtt": dict.fromkeys(("host", "topic_prefix", "client_id", "user", "password"), name),
        "database": {"url": name, "path": name},
        "detectors": {"far": {"endpoint": name, "device": name}},
        "cameras": {"back": {"ffmpeg": {"inputs": [{"path": name, "input_args": name}], "global_args": name}}},
    }

    result, problems = substitute_all(data, VARIABLES)

    assert not problems
    assert result == {
        "mqtt": dict.fromkeys(("host", "topic_prefix", "client_id", "user", "password"), "s3cret"),
        "database": {"url": "s3cret", "path": name},
        "detectors": {"far": {"endpoint": "s3cret", "device": name}},
        "cameras": {"back": {"ffmpeg": {"inputs": [{"path": "s3cret", "input_args": name}], "global_args": name}}},
    }


def test_variables_of_the_file_go_first() -> None:
    data = {"mqtt": {"password": "{FRIGATE_PASSWORD}"}, "environment_vars": {"FRIGATE_PASSWORD": 1234}}

    result, _ = substitute_all(data, VARIABLES)

    assert result == {**data, "mqtt": {"password": "1234"}}


@pytest.mark.parametrize(
    ("password", "encoded"),
    [("p/a?s#s", "p%2Fa%3Fs%23s"), ("p%2Fa", "p%2Fa"), ("50%/x", "50%25%2Fx"), ("plain", "plain"), ("12/3", "12/3")],
)
def test_password_of_a_variable_is_encoded_in_a_stream_where_that_is_clear(password: str, encoded: str) -> None:
    source = {"path": "rtsp://me:{FRIGATE_PASSWORD}@192.168.1.20:554/a?b=1", "roles": ["detect"]}
    back = {"ffmpeg": {"inputs": [source]}}

    config = config_from_mapping({"cameras": {"back": back}}, Path(), {"FRIGATE_PASSWORD": password})

    assert config.cameras["back"].inputs[0].path == f"rtsp://me:{encoded}@192.168.1.20:554/a?b=1"


def test_every_wrong_place_is_told() -> None:
    inputs = [{"path": "{FRIGATE_ONE}"}, {"path": "rtsp://cam"}, {"path": "{FRIGATE_TWO}"}]

    _, problems = substitute_all({"cameras": {"back": {"ffmpeg": {"inputs": inputs}}}}, {})

    place = ["cameras", "back", "ffmpeg", "inputs"]
    assert [problem.path for problem in problems] == [[*place, 0, "path"], [*place, 2, "path"]]


@pytest.mark.parametrize("data", [{"mqtt": None}, {"mqtt": []}, {"cameras": {"back": 1}}, {"cameras": "x"}])
def test_other_shapes_are_left_to_the_schema(data: dict[str, object]) -> None:
    assert substitute_all(data, {}) == (data, [])
