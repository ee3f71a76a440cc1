"""A child process is ended step by step, and its output is split into bounded lines."""

import os
import signal
import sys
from pathlib import Path

import pytest

from custom_components.frigate_native.engine.ffmpeg.child import FfmpegChild, LineBuffer, Step

STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
)
STEPS = (Step(signal.SIGTERM, 0.3), Step(signal.SIGKILL, 20.0))


def test_program_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nowhere"):
        FfmpegChild([str(tmp_path / "nowhere")])


def test_child_that_ignores_the_first_signal_is_killed() -> None:
    child = FfmpegChild([sys.executable, "-c", STUBBORN])
    assert os.read(child.output, 100).strip() == b"ready"
    child.end(STEPS)
    child.close()

    assert child.exit_code == -signal.SIGKILL


def test_child_that_has_ended_gets_no_signal() -> None:
    child = FfmpegChild([sys.executable, "-c", "import sys; sys.stderr.write('words'); sys.exit(3)"])
    assert child.wait(30)
    child.end(STEPS)

    assert child.exit_code == 3
    assert os.read(child.messages, 100) == b"words"
    child.close()
    child.close()


def test_environment_is_added_to_the_own() -> None:
    child = FfmpegChild(
        [sys.executable, "-c", "import os; os.write(1, f\"{os.environ['FN_TEST']} {'PATH' in os.environ}\".encode())"],
        environment={"FN_TEST": "yes"},
    )
    assert os.read(child.output, 100) == b"yes True"
    assert child.wait(30)
    child.close()


def test_lines_are_complete_whatever_the_pieces() -> None:
    lines = LineBuffer()

    assert lines.feed(b"first\nsec") == ["first"]
    assert lines.feed(b"ond\rthird\r\n\n") == ["second", "third"]
    assert lines.feed(b"last") == []
    assert lines.feed(b"") == ["last"]


def test_long_line_is_cut() -> None:
    lines = LineBuffer()
    for _ in range(100):
        lines.feed(b"x" * 1000)

    assert len(lines.feed(b"\n")[0]) <= 4096 + 1000
