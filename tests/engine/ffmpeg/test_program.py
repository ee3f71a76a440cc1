"""The ffmpeg program's path and version."""

from pathlib import Path

import pytest

from custom_components.frigate_native.engine.ffmpeg.program import find_program, major_version


@pytest.mark.parametrize(
    ("answer", "version"),
    [
        ("ffmpeg version 4.4.1-tessus Copyright", 4),
        ("ffmpeg version n7.1-10-g Copyright", 7),
        ("ffmpeg version 6.1.2 Copyright", 6),
        ("ffmpeg version N-118193-g5f38c82536 Copyright", 99),
    ],
)
def test_version_of_a_program(tmp_path: Path, answer: str, version: int) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(f"#!/bin/sh\necho '{answer}'\n")
    program.chmod(0o755)

    assert find_program(str(program)) == str(program)
    assert major_version(str(program)) == version
