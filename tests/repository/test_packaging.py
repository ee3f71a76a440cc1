"""What HACS and Home Assistant ask of the repository, as far as it can be seen without GitHub."""

import json
import re
import struct
from pathlib import Path
from typing import Any

import pytest
from homeassistant.const import __version__ as home_assistant_version
from homeassistant.loader import Manifest
from packaging.requirements import Requirement
from packaging.version import Version

DOMAIN = "frigate_native"
HACS_KEYS = {
    "content_in_root",
    "country",
    "filename",
    "hacs",
    "hide_default_branch",
    "homeassistant",
    "name",
    "persistent_directory",
    "render_readme",
    "zip_release",
}
# What Home Assistant's core manifests pin themselves: ours may ask for at least that, never for exactly that.
PINNED_BY_CORE = {"aiofiles", "av", "ha-ffmpeg", "numpy", "paho-mqtt", "psutil", "pyturbojpeg"}
# What Home Assistant itself brings.
BROUGHT_BY_CORE = {
    "aiohttp",
    "attrs",
    "cryptography",
    "jinja2",
    "orjson",
    "packaging",
    "pillow",
    "pyyaml",
    "requests",
    "sqlalchemy",
    "typing-extensions",
    "voluptuous",
    "yarl",
    "zeroconf",
}


# What an integration may import without saying so.
ALWAYS_THERE = {"homeassistant", "media_player", "websocket_api"}


@pytest.fixture
def manifest(repository: Path) -> Manifest:
    """Return the integration's manifest."""
    text = (repository / "custom_components" / DOMAIN / "manifest.json").read_text(encoding="utf-8")
    read: Manifest = json.loads(text)
    return read


@pytest.fixture
def hacs(repository: Path) -> dict[str, Any]:
    """Return hacs.json."""
    read: dict[str, Any] = json.loads((repository / "hacs.json").read_text(encoding="utf-8"))
    return read


def read_png_size(path: Path) -> tuple[int, int]:
    """Return a PNG's width and height from its header."""
    header = path.read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", header[16:24])
    return width, height


def test_repository_holds_exactly_one_integration(repository: Path) -> None:
    folders = [path.parent.name for path in (repository / "custom_components").glob("*/manifest.json")]
    assert folders == [DOMAIN]


def test_hacs_json_has_only_known_keys(hacs: dict[str, Any]) -> None:
    assert hacs["name"]
    assert set(hacs) <= HACS_KEYS


def test_hacs_json_accepts_the_home_assistant_under_test(hacs: dict[str, Any]) -> None:
    assert Version(hacs["homeassistant"]) <= Version(home_assistant_version)


def test_manifest_has_what_home_assistant_and_hacs_require(manifest: Manifest) -> None:
    assert manifest["domain"] == DOMAIN
    assert manifest["name"]
    assert manifest["config_flow"] is True
    assert manifest["integration_type"] == "hub"
    assert manifest["iot_class"] == "local_push"
    assert all(re.fullmatch(r"@[\w-]+", owner) for owner in manifest["codeowners"])
    for key in ("documentation", "issue_tracker"):
        assert manifest[key].startswith("https://github.com/")


def test_manifest_version_is_semantic(manifest: Manifest) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+(-\w+(\.\d+)?)?", manifest["version"] or "")


def test_manifest_keys_are_sorted(manifest: Manifest) -> None:
    keys = list(manifest)
    assert keys[:2] == ["domain", "name"]
    assert keys[2:] == sorted(keys[2:])


@pytest.mark.parametrize("key", ["after_dependencies", "codeowners", "dependencies", "requirements"])
def test_manifest_lists_are_sorted_and_unique(manifest: Manifest, key: str) -> None:
    listed = list(manifest[key])  # type: ignore[literal-required]
    assert listed == sorted(set(listed))


def test_manifest_names_all_integrations_that_are_imported(manifest: Manifest, repository: Path) -> None:
    ours = repository / "custom_components" / DOMAIN
    texts = "".join(path.read_text(encoding="utf-8") for path in ours.rglob("*.py"))
    found = re.findall(r"^from homeassistant\.components(?:\.(\w+)\S* import| import (\w+))", texts, re.MULTILINE)
    platforms = {path.stem for path in ours.glob("*.py")}  # each may import what it is a platform of
    declared = {*manifest["dependencies"], *manifest["after_dependencies"], *ALWAYS_THERE}
    assert {first or second for first, second in found} - platforms <= declared


def test_manifest_requires_nothing_that_home_assistant_brings(manifest: Manifest) -> None:
    names = {Requirement(line).name.lower() for line in manifest["requirements"]}
    assert not names & BROUGHT_BY_CORE


def test_manifest_pins_only_what_no_core_integration_pins(manifest: Manifest) -> None:
    for line in manifest["requirements"]:
        requirement = Requirement(line)
        wanted = ">=" if requirement.name.lower() in PINNED_BY_CORE else "=="
        assert [specifier.operator for specifier in requirement.specifier] == [wanted], line


def test_integration_ships_no_strings_json(repository: Path) -> None:
    assert not (repository / "custom_components" / DOMAIN / "strings.json").exists()


@pytest.mark.parametrize(("name", "size"), [("icon.png", 256), ("icon@2x.png", 512)])
def test_brand_icon_has_its_size(repository: Path, name: str, size: int) -> None:
    assert read_png_size(repository / "custom_components" / DOMAIN / "brand" / name) == (size, size)


def test_readme_and_licence_exist(repository: Path) -> None:
    assert (repository / "README.md").read_text(encoding="utf-8").startswith("# ")
    assert (repository / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_repository_yaml_describes_the_add_on_repository(repository: Path) -> None:
    lines = (repository / "repository.yaml").read_text(encoding="utf-8").splitlines()
    assert {line.partition(":")[0] for line in lines} == {"name", "url", "maintainer"}
