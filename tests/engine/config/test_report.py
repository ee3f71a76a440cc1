"""Files of today's Frigate load, and the report says what became of them."""

import subprocess
import sys
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.config.loading import load_config_file
from custom_components.frigate_native.engine.config.report import NoteKind

ROOT = Path(__file__).parents[3]
TODAY = """
version: 0.17-0
go2rtc:
  streams:
    front: ["rtsp://viewer:{FRIGATE_PASSWORD}@10.0.0.2/main#backchannel=0", "ffmpeg:front#audio=aac"]
record: {enabled: true, motion: {days: 3}, alerts: {retain: {days: 30}}}
birdseye: {mode: continuous}
auth: {enabled: true}
cameras:
  front:
    ffmpeg: {inputs: [{path: "rtsp://127.0.0.1:8554/front", roles: [detect, record]}]}
    motion: {mask: {fence: {coordinates: "0,0,0.5,0,0.5,1"}, tree: {enabled: false, coordinates: "0,0,1,0,1,1"}}}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a file of today."""
    path = tmp_path / "frigate.yml"
    path.write_text(TODAY)
    return path


def test_report_says_what_is_missing_elsewhere_and_translated(file: Path) -> None:
    config = load_config_file(file, {"FRIGATE_PASSWORD": "p"})

    places = {kind: [note.place for note in config.report.of(kind)] for kind in NoteKind}
    assert config.report.version == "Frigate 0.17"
    assert places == {
        NoteKind.ATTENTION: [],
        NoteKind.MISSING: ["birdseye"],
        NoteKind.ELSEWHERE: ["auth"],
        NoteKind.TRANSLATED: ["cameras.front.ffmpeg.inputs[0].path"],
    }
    front = config.cameras["front"]
    assert [source.path for source in front.inputs] == ["rtsp://viewer:p@10.0.0.2/main"]
    assert len(front.motion.mask) == 1
    assert front.save_clips.enabled


def check(file: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    paths = f"{ROOT}:{ROOT / 'script/lib'}"
    return subprocess.run(
        [sys.executable, "-P", "-m", "check_config", str(file)],
        env={"PYTHONPATH": paths, "PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_program_prints_the_report_without_the_password(file: Path) -> None:
    done = check(file, FRIGATE_PASSWORD="s3cret-word")

    assert done.returncode == 0
    assert "written for Frigate 0.17" in done.stdout
    assert "birdseye:" in done.stdout
    assert "s3cret-word" not in done.stdout + done.stderr


def test_program_names_every_mistake(file: Path) -> None:
    file.write_text(TODAY.replace("motion: {days: 3}", "motion: {dais: 3}").replace("mode: cont", "mod: cont"))

    done = check(file)

    assert done.returncode == 1
    assert "the variable FRIGATE_PASSWORD is not set" in done.stdout
