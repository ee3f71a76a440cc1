"""The image's own entry point as a process, and what can be seen of it from outside."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from custom_components.frigate_native.recorder.plan import InputPlan, Plan
from tests.addon.home_assistant import TOKEN
from tests.addon.image import Image
from tests.servers import PATIENCE_S, free_port, wait_until

# Only the standard library, as in the image: nothing that this environment has installed.
_PYTHON = [sys.executable, "-S"]
_RECORD = ("-f", "segment", "-segment_time", "1", "-segment_format", "mp4", "-reset_timestamps", "1")
RECORD = (*_RECORD, "-strftime", "1", "-c", "copy", "-an")
RTMP = ("-c", "copy", "-f", "flv")
STOP_S = 10.0  # what a container runtime gives it
SLACK_S = 15.0  # of a busy machine


def plan_of(*inputs: InputPlan) -> Plan:
    """Return a plan in Berlin's time."""
    return Plan(time_zone="Europe/Berlin", inputs=inputs, retain_days={item.camera: 30 for item in inputs})


class Container:
    """A run of the image in folders of its own."""

    def __init__(self, image: Image, folder: Path, home_assistant: str, **settings: str) -> None:
        """Take where Home Assistant is; settings are further environment variables."""
        self.rtmp_port = free_port()
        self.recordings = folder / "media" / "recordings"
        self.data = folder / "data"
        self.data.mkdir(exist_ok=True)
        self._image = image
        self._log = folder / "log.txt"
        self._environment = {
            "PATH": os.environ["PATH"],
            "TINI_SUBREAPER": "1",  # in a container it is the first process anyhow
            **image.environment,
            "DATA_FOLDER": str(self.data),
            "RUN_FOLDER": str(folder / "run"),
            "RECORDINGS_FOLDER": str(self.recordings),
            "RTMP_PORT": str(self.rtmp_port),
            "DETECTOR": "off",
            "INTERVAL": "0.3",
            "HOME_ASSISTANT_URL": home_assistant,
            "HOME_ASSISTANT_TOKEN": TOKEN,
            **settings,
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def plan_file(self) -> Path:
        return self.data / "plan.json"

    def start(self) -> None:
        """Run the entry point."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command(self._image.entrypoint),
                env=self._environment,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def check_health(self) -> int:
        """Return what the image's health check ends with."""
        command = self._command(self._image.healthcheck)
        return subprocess.run(command, env=self._environment, cwd="/", check=False, timeout=PATIENCE_S).returncode

    def stop(self) -> float:
        """Ask it to end as a container runtime does; return how long it took, and prove that nothing is left."""
        assert self.process is not None
        family = descendants(self.process.pid)
        begin = time.monotonic()
        self.process.terminate()
        assert self.process.wait(PATIENCE_S) in {0, 2, 128 + signal.SIGTERM}
        took_s = time.monotonic() - begin
        wait_until(lambda: not [each for each in family if each.is_alive()], SLACK_S)
        return took_s

    def log(self) -> str:
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def says(self, text: str) -> bool:
        return text in self.log()

    def restream(self, camera: str, port: int | None = None) -> str:
        return f"rtmp://127.0.0.1:{port or self.rtmp_port}/live/{camera}"

    def segments(self, camera: str) -> list[Path]:
        return sorted(self.recordings.glob(f"????-??/??/??/{camera}/*.mp4"))

    def unfinished(self) -> list[int]:
        """Return how large each file is that is being written, in bytes."""
        sizes = []
        for file in self.recordings.glob(".spool/**/*.mp4"):
            with contextlib.suppress(FileNotFoundError):
                sizes.append(file.stat().st_size)
        return sizes

    def children(self, program: str, argument: str = "") -> list[int]:
        """Return the ids of the container's processes of a program, those with an argument that has this in it."""
        assert self.process is not None
        found = []
        for each in descendants(self.process.pid):
            words = each.words()
            if words and program in Path(words[0]).name and any(argument in word for word in words):
                found.append(each.pid)
        return found

    def _command(self, words: list[str]) -> list[str]:
        return [part for word in words for part in (_PYTHON if word == "python3" else [word])]


class Descendant:
    """A process, told from a later one of the same id."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._start = self._started()

    def is_alive(self) -> bool:
        return self._start is not None and self._started() == self._start

    def words(self) -> list[str]:
        with contextlib.suppress(OSError):
            return Path(f"/proc/{self.pid}/cmdline").read_text(errors="replace").split("\0")
        return []

    def _started(self) -> str | None:
        with contextlib.suppress(OSError):
            state, *fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(") ")[2].split()
            return None if state == "Z" else fields[18]
        return None


def descendants(pid: int) -> list[Descendant]:
    """Return all processes below one."""
    found: list[Descendant] = []
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += [Descendant(int(child)), *descendants(int(child))]
    return found


@contextmanager
def running(container: Container) -> Iterator[Container]:
    """Run a container; whatever a test does, nothing of it is left."""
    container.start()
    assert container.process is not None
    try:
        yield container
    finally:
        if container.process.poll() is None:
            container.stop()


def plays(url: str, frames: int = 5, timeout_s: float = PATIENCE_S) -> bool:
    """Tell whether a player gets video of an address."""
    probe = ["ffprobe", "-v", "error", "-analyzeduration", "200000", "-select_streams", "v"]
    command = [*probe, "-show_entries", "packet=pts", "-of", "csv=p=0", "-read_intervals", f"%+#{frames}", url]
    with contextlib.suppress(subprocess.TimeoutExpired):
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=timeout_s)
        return len(done.stdout.split()) >= frames
    return False


def wait_until_played(url: str) -> None:
    """Wait until a player gets video."""
    wait_until(lambda: plays(url, timeout_s=20))


def duration(file: Path) -> float:
    """Return how long a video is, in seconds; 0 when it does not play."""
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE_S)
    return float(done.stdout.strip() or 0)
