"""The panel's sources pass their checks, and the committed build is made from them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

BUILT = Path("custom_components/frigate_native/panel/static")
FIRST_VIEW_BYTES = 250_000  # compressed, as browsers load it
ENTRIES = ("src/panel.ts", "src/live/live-page.ts")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_panel_passes_its_checks_and_is_built(repository: Path) -> None:
    script = repository / "script" / "lib" / "build_frontend.py"
    done = subprocess.run(
        [sys.executable, "-P", script, "--check"], capture_output=True, text=True, timeout=590, check=False
    )
    assert done.returncode == 0, done.stderr


def test_first_view_is_small(repository: Path) -> None:
    build = json.loads((repository / BUILT / "build.json").read_text(encoding="utf-8"))
    files, waiting = set(), list(ENTRIES)
    while waiting:
        chunk = build[waiting.pop()]
        files.add(chunk["file"])
        waiting += chunk.get("imports", [])
    assert sum((repository / BUILT / name).stat().st_size for name in files) < FIRST_VIEW_BYTES


def test_lock_file_names_no_registry(repository: Path) -> None:
    lock = json.loads((repository / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []


def test_panel_requests_nothing_from_elsewhere(repository: Path) -> None:
    names = ("panel", "live-page", "review-page", "camera-page")
    files = [file for name in names for file in (repository / BUILT).glob(f"{name}-*.js")]
    assert len(files) == len(names)
    for file in files:
        assert "https://" not in file.read_text(encoding="utf-8").replace("https://lit.dev/msg", ""), file.name
