"""The manifest's requirements install on Home Assistant OS and its container.

Both are Alpine: a requirement without a musl wheel keeps the whole integration from loading.
"""

import json
import subprocess
import sys
from pathlib import Path

import homeassistant
import pytest
from homeassistant.const import REQUIRED_PYTHON_VER

CONSTRAINTS = Path(homeassistant.__path__[0]) / "package_constraints.txt"


_UNREACHABLE = ("error sending request", "dns error", "Failed to fetch", "Could not connect", "timed out")


def resolve(requirements: list[str], platform: str) -> subprocess.CompletedProcess[str]:
    """Resolve requirements for another machine, from wheels alone, within Home Assistant's constraints."""
    python = "{}.{}".format(*REQUIRED_PYTHON_VER)
    done = subprocess.run(
        [
            *(sys.executable, "-m", "uv", "pip", "compile", "-", "--quiet", "--no-header", "--only-binary", ":all:"),
            *("--python-version", python, "--python-platform", platform, "--constraints", str(CONSTRAINTS)),
        ],
        input="\n".join(requirements),
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    if any(words in done.stderr for words in _UNREACHABLE):
        pytest.skip("the package index cannot be reached")
    return done


@pytest.fixture
def requirements(repository: Path) -> list[str]:
    """Return what the integration's manifest requires."""
    manifest = repository / "custom_components" / "frigate_native" / "manifest.json"
    listed: list[str] = json.loads(manifest.read_text(encoding="utf-8"))["requirements"]
    return listed


@pytest.mark.index
@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_every_requirement_has_a_musl_wheel(requirements: list[str], machine: str) -> None:
    result = resolve(requirements, f"{machine}-unknown-linux-musl")
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) >= len(requirements)


@pytest.mark.index
def test_a_requirement_without_a_musl_wheel_is_noticed(requirements: list[str]) -> None:
    result = resolve([*requirements, "opencv-python-headless"], "x86_64-unknown-linux-musl")
    assert result.returncode != 0
    assert "opencv-python-headless" in result.stderr
