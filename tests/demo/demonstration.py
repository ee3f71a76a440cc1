"""script/demo as a process of its own, and what it leaves behind."""

import json
import os
import signal
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers import free_port

ROOT = Path(__file__).parents[2]
CLIP = ROOT / "tests" / "footage" / "vtest.mp4"
EXIT_S = 120


@dataclass
class Demonstration:
    """One run; its folder is the place for temporary files, the mark is in the environment of all its processes."""

    process: subprocess.Popen[str]
    folder: Path
    mark: str
    log: Path

    def line(self) -> dict[str, Any]:
        """Return the next line on stdout, which must be a JSON object."""
        assert self.process.stdout is not None
        text = self.process.stdout.readline()
        assert text, f"nothing more on stdout; stderr: {self.log.read_text()}"
        line: dict[str, Any] = json.loads(text)
        return line

    def rest(self) -> list[dict[str, Any]]:
        """Return all further lines, once it has ended."""
        assert self.process.stdout is not None
        return [json.loads(text) for text in self.process.stdout]

    def ask_to_end(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def exit_code(self) -> int:
        """Return the code with which it ends."""
        return self.process.wait(EXIT_S)

    def remains(self) -> list[str]:
        """Return the processes and files that it has left behind."""
        processes = [path for path in Path("/proc").glob("[0-9]*") if self._is_ours(path)]
        return [*map(str, processes), *map(str, self.folder.iterdir())]

    def _is_ours(self, process: Path) -> bool:
        try:
            return self.mark.encode() in (process / "environ").read_bytes()
        except OSError:  # ended meanwhile, or another user's
            return False


@contextmanager
def demonstration(tmp_path: Path, *arguments: str) -> Iterator[Demonstration]:
    """Run script/demo on a free port."""
    folder, log, mark = tmp_path / "tmp", tmp_path / "stderr.txt", uuid.uuid4().hex
    folder.mkdir()
    with log.open("w") as stderr:
        process = subprocess.Popen(
            [ROOT / "script" / "demo", "--port", str(free_port()), *arguments],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=os.environ | {"TMPDIR": str(folder), "DEMONSTRATION": mark},
        )
    try:
        yield Demonstration(process, folder, mark, log)
    finally:
        process.terminate()
        process.wait(EXIT_S)
