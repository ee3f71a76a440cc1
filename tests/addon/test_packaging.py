"""What Home Assistant's Supervisor and image builders ask of the folder, as far as it can be seen without them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import voluptuous as vol
import yaml

from tests.addon.image import Image, debian_packages, read_dockerfile
from tests.repository.test_packaging import read_png_size

_TYPES = r"(str|bool|int|float|email|url|password|port|device)(\(\d*,\d*\))?|match\(.+\)|list\(.+\)"
_OPTION = vol.Match(rf"^({_TYPES})\??$")
# Home Assistant's developer documentation, "App configuration"; the keys that grant rights are left out on purpose:
# whoever adds one has to say so here.
_CONFIG = vol.Schema(
    {
        vol.Required("name"): str,
        vol.Required("version"): vol.Match(r"^\d+\.\d+\.\d+"),
        vol.Required("slug"): vol.Match(r"^[-_.A-Za-z0-9]+$"),
        vol.Required("description"): str,
        vol.Required("arch"): [vol.In(["aarch64", "amd64"])],
        "url": vol.Url(),
        "image": vol.Match(r"^([a-zA-Z\-.:\d]+/)*?[-\w]+/[-\w]+$"),
        "homeassistant": vol.Match(r"^20\d\d\.\d+\.\d+$"),
        "startup": vol.In(["initialize", "system", "services", "application", "once"]),
        "init": bool,
        "timeout": vol.All(int, vol.Range(10, 300)),
        "homeassistant_api": bool,
        "map": [
            vol.Schema({vol.Required("type"): vol.In(["media", "share", "ssl"]), "read_only": bool, "path": str}),
        ],
        "backup_exclude": [str],
        "usb": bool,  # a Coral
        "devices": [vol.Match(r"^/dev/(apex_|dri/renderD|accel/accel)\d+$")],  # Corals, graphics, neural processors
        "ports": {vol.Match(r"^\d+/(tcp|udp)$"): vol.Any(int, None)},
        "options": dict,
        "schema": {str: vol.Any(_OPTION, [_OPTION])},
    }
)


@pytest.fixture
def addon(repository: Path) -> Path:
    """Return the folder that the Supervisor reads."""
    return repository / "addon"


@pytest.fixture
def config(addon: Path) -> dict[str, Any]:
    """Return config.yaml."""
    return load(addon / "config.yaml")


def load(path: Path) -> dict[str, Any]:
    """Return a YAML file's mapping."""
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


def test_config_is_as_the_supervisor_reads_it(config: dict[str, Any]) -> None:
    _CONFIG(config)
    required = {key for key, kind in config["schema"].items() if not str(kind).endswith("?")}
    assert set(config["options"]) == required
    patterns = {key: kind[6:-1] for key, kind in config["schema"].items() if str(kind).startswith("match(")}
    assert all(re.match(pattern, config["options"][key]) for key, pattern in patterns.items())


def test_every_option_and_port_is_explained(addon: Path, config: dict[str, Any]) -> None:
    texts = load(addon / "translations" / "en.yaml")
    assert set(texts) == {"configuration", "network"}
    assert set(texts["configuration"]) == set(config["schema"])
    assert all(set(text) == {"name", "description"} for text in texts["configuration"].values())
    assert set(texts["network"]) == set(config["ports"])
    docs = (addon / "DOCS.md").read_text(encoding="utf-8")
    assert not [key for key in config["schema"] if f"`{key}`" not in docs]


def test_release_is_the_integrations(repository: Path, addon: Path, config: dict[str, Any]) -> None:
    manifest = json.loads((repository / "custom_components/frigate_native/manifest.json").read_text(encoding="utf-8"))
    assert config["version"] == manifest["version"]
    assert f"## {config['version']}\n" in (addon / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"{config['image']}:{config['version']}\n" in (addon / "DOCS.md").read_text(encoding="utf-8")


def test_workflow_publishes_the_image_that_the_supervisor_pulls(repository: Path, config: dict[str, Any]) -> None:
    workflow = load(repository / ".github" / "workflows" / "addon.yaml")
    assert workflow["env"]["IMAGE"] == config["image"]
    (push,) = [step["with"] for step in workflow["jobs"]["image"]["steps"] if step.get("with", {}).get("push")]
    machines = {"linux/amd64": "amd64", "linux/arm64": "aarch64"}
    assert {machines[platform] for platform in push["platforms"].split(",")} == set(config["arch"])
    assert (push["context"], push["file"]) == (".", "addon/Dockerfile")
    assert "steps.release.outputs.version" in push["tags"]


@pytest.mark.parametrize(("name", "size"), [("icon.png", (128, 128)), ("logo.png", (250, 100))])
def test_pictures_have_their_sizes(addon: Path, name: str, size: tuple[int, int]) -> None:
    assert read_png_size(addon / name) == size


def test_dockerfile_is_without_fault(addon: Path) -> None:
    linter = Path(sys.executable).with_name("hadolint")
    if not linter.exists():
        pytest.skip("the linter has no wheel for this machine")
    done = subprocess.run([linter, addon / "Dockerfile"], capture_output=True, text=True, check=False)
    assert done.stdout + done.stderr == ""


@pytest.mark.skipif(shutil.which("apt-cache") is None, reason="only Debian knows its packages")
def test_debian_has_the_images_packages(addon: Path) -> None:
    packages = debian_packages(read_dockerfile(addon / "Dockerfile"))
    assert {"ffmpeg", "libnginx-mod-rtmp", "nginx", "tini"} <= set(packages)
    known = subprocess.run(["apt-cache", "pkgnames"], capture_output=True, text=True, check=True).stdout.split()
    if len(known) < 10_000:
        pytest.skip("the lists of packages have not been fetched")
    assert not set(packages) - set(known)


def test_image_needs_python_alone(image: Image) -> None:
    """Every module but the detector's is imported by a Python that has its standard library and the image's files."""
    app = image.root / "app"
    files = [file for file in sorted(app.rglob("*.py")) if "detector" not in file.relative_to(app).parts]
    modules = [file.relative_to(app).with_suffix("") for file in files]
    names = [".".join(module.parts).removesuffix(".__init__") for module in modules]
    program = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    command = [sys.executable, "-S", "-P", "-c", program, *names]
    done = subprocess.run(command, env=image.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {"frigate_native_addon.__main__", "custom_components.frigate_native.recorder.recorder"} <= set(names)
    assert "custom_components.frigate_native" not in names  # what would import Home Assistant
