"""Translations and icons: every key that is used exists, and every key that exists is used."""

import ast
from collections.abc import Iterator
from pathlib import Path

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.frigate_native.configuration.camera_settings import CAMERA_PARTS
from custom_components.frigate_native.configuration.form_keys import form_keys
from custom_components.frigate_native.const import DETECTOR_TYPES, MqttWay
from custom_components.frigate_native.engine.config.model import CameraConfig
from custom_components.frigate_native.engine.errors import DetectorProblem, SourceProblem
from custom_components.frigate_native.engine.messages import AdviceTopic

from .system import async_set_up, camera, file_entry, write_file
from .texts import ENGLISH, ICONS, INTEGRATION, leaves, placeholders

_EXCEPTIONS = {
    *("HomeAssistantError", "ServiceValidationError", "ConfigEntryError", "ConfigEntryNotReady"),
    *("BrowseError", "Unresolvable"),
}


def _calls() -> Iterator[ast.Call]:
    """Return all calls in the modules that know Home Assistant."""
    inner = (INTEGRATION / "engine", INTEGRATION / "detector")
    for path in INTEGRATION.rglob("*.py"):
        if not any(map(path.is_relative_to, inner)):
            yield from (node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))


def _keyword_values(name: str) -> set[str]:
    """Return the literal values of a keyword in all calls."""
    values = (word.value for call in _calls() for word in call.keywords if word.arg == name)
    return {value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)}


async def test_entities_and_texts_match(hass: HomeAssistant, tmp_path: Path) -> None:
    zones = {"yard": {"coordinates": "0,0,100,0,100,100"}}
    front = camera("/nowhere.mp4", zones=zones)
    front["ffmpeg"]["inputs"][0]["roles"] += ["clips", "record"]
    front["record"] = {"enabled": True}
    entry = file_entry(write_file(tmp_path, {"front": front}))
    await async_set_up(hass, entry)
    entities = er.async_entries_for_config_entry(er.async_get(hass), entry.entry_id)
    used = {(entity.domain, str(entity.translation_key)) for entity in entities}
    assert used == {(platform, key) for platform, keys in ENGLISH["entity"].items() for key in keys}
    for entity in entities:
        has_icon = str(entity.translation_key) in ICONS["entity"].get(entity.domain, {})
        assert has_icon or entity.original_device_class, entity.entity_id
    assert {(platform, key) for platform, keys in ICONS["entity"].items() for key in keys} <= used


_DETECTOR_ISSUES = {f"detector_{problem}" for problem in DetectorProblem}
_ISSUE_WORDS = (
    *({"camera", "error"}, {"detector", "error"}, {"host", "port", "error"}, {"error"}, {"path", "error"}),
    {"cameras"},
    {"camera", "notes"},
    {"file", "version", "report"},
    {"entry", "other", "prefix", "broker"},
)


def test_exceptions_and_issues_match() -> None:
    camera_issues = {f"camera_{problem}" for problem in SourceProblem}
    advice = {f"camera_advice_{topic}" for topic in AdviceTopic}
    assert set(ENGLISH["issues"]) == camera_issues | advice | _DETECTOR_ISSUES | {
        "camera_login",
        "compatibility_port",
        "configuration_report",
        "mqtt_prefix_taken",
        "store_down",
        "clock_jumped",
        "disk_full",
        "recorder_missing",
        "recorder_problem",
        "recorder_unreadable",
        "camera_not_recorded",
        "camera_not_restreamed",
    }
    for issue in ENGLISH["issues"].values():
        if "fix_flow" not in issue:  # fixable ones have their words in a step
            assert placeholders(issue["title"] + issue["description"]) in _ISSUE_WORDS
    assert all(set(text) == {"message"} for text in ENGLISH["exceptions"].values())  # or the key itself is shown
    raised = _keyword_values("translation_key") - set(ENGLISH["issues"])
    own = raised - set(ENGLISH["entity"]["sensor"])
    assert own == set(ENGLISH["exceptions"])


def test_exceptions_are_raised_in_words_with_all_placeholders() -> None:
    for call in _calls():
        if isinstance(call.func, ast.Name) and call.func.id in _EXCEPTIONS:
            words = {word.arg: word.value for word in call.keywords}
            assert not call.args, ast.unparse(call)
            key, given = words["translation_key"], words.get("translation_placeholders", ast.Dict([], []))
            if isinstance(key, ast.Constant):
                assert isinstance(given, ast.Dict)
                names = {name.value for name in given.keys if isinstance(name, ast.Constant)}
                assert placeholders(ENGLISH["exceptions"][key.value]["message"]) == names, key.value


def test_flows_have_all_words_for_sources_and_detectors() -> None:
    own = {"config_invalid", "name_taken", "zone_named_twice", "object_listed_twice", "no_objects", "name_unusable"}
    own |= {"zone_named_as_camera", "no_source", "two_sources", "login_missing", "see_above", "other_settings_unusable"}
    keys = {key.field.part or key.name for key in form_keys(CameraConfig).values()} | set(CAMERA_PARTS)
    hints = {"password_characters", "source_rtsps", "source_web_page"}
    own |= {"incomplete_address"} | hints | {f"invalid_{name}" for name in ("name", "url", "main_url", *keys)}
    expected = {f"source_{problem}" for problem in SourceProblem} | own
    assert set(ENGLISH["config"]["error"]) == set(ENGLISH["config_subentries"]["camera"]["error"]) == expected
    sources = {f"source_{problem}" for problem in SourceProblem}
    assert set(ENGLISH["issues"]["camera_login"]["fix_flow"]["error"]) == sources | hints | {"login_missing"}
    options = {"config_invalid", "no_openvino", "invalid_mqtt", "invalid_detector", "see_above", "import_failed"}
    assert set(ENGLISH["options"]["error"]) == options
    problem = ENGLISH["entity"]["binary_sensor"]["connectivity"]["state_attributes"]["problem"]["state"]
    assert set(problem) == set(SourceProblem)
    assert set(ENGLISH["selector"]["detector_type"]["options"]) == set(DETECTOR_TYPES)
    assert set(ENGLISH["selector"]["mqtt_way"]["options"]) == set(MqttWay)
    assert _keyword_values("reason") | {"already_configured", "reconfigure_successful"} == (
        set(ENGLISH["config"]["abort"])
        | set(ENGLISH["config_subentries"]["camera"]["abort"])
        | set(ENGLISH["config_subentries"]["card"]["abort"])
        | set(ENGLISH["issues"]["camera_login"]["fix_flow"]["abort"])
        | set(ENGLISH["issues"]["recorder_missing"]["fix_flow"]["abort"])
        | set(ENGLISH["options"]["abort"])
    )


def test_texts_hold_no_address_and_no_markup() -> None:
    for key, text in leaves(ENGLISH):
        assert "://" not in text, key
        assert "<" not in text, key
        assert "[%key" not in text, key
        assert text == text.strip(), key


def test_triggers_conditions_and_actions_are_found_by_the_name_frigate() -> None:
    for section in ("triggers", "conditions", "services"):  # the search of their pickers covers names and descriptions
        for key, texts in ENGLISH[section].items():
            assert "Frigate" in f"{texts['name']} {texts['description']}", (section, key)
