"""Keeps the detector server running: the integration's own, with the fastest detector of this machine."""

import json
import logging
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

from custom_components.frigate_native.engine.concurrency import Backoff, Worker
from custom_components.frigate_native.recorder.plan import DetectorOffer

from .options import Options

_LOGGER = logging.getLogger(__name__)

_SERVER: Final = Path(__file__).parents[1] / "custom_components" / "frigate_native" / "detector" / "server.py"
_BACKOFF_S: Final = (1.0, 60.0)
_STEADY_S: Final = 60.0  # after this long, the next failure is a new one
_STOP_S: Final = 2.0


class DetectorServer:
    """The detector server as a child process; restarted when it ends, its messages are in the log."""

    def __init__(self, options: Options) -> None:
        """Prepare; `start` runs it."""
        self._state = options.run / "detector.json"
        self._data = options.data
        self._port = options.detector_port
        self._kind = options.detector
        self._user_libraries = options.recordings.parent / "lib"
        self._process: subprocess.Popen[bytes] | None = None
        self._worker = Worker("fn:detector", self._run)

    def start(self) -> None:
        """Start it, unless it is off."""
        if self._kind != "off":
            self._worker.start()

    def request_stop(self) -> None:
        """Ask it to end, without waiting."""
        self._worker.request_stop()
        if process := self._process:
            process.terminate()

    def stop(self) -> None:
        """End it; may be called twice, or before `start`."""
        self.request_stop()
        self._worker.stop()

    def offer(self) -> DetectorOffer | None:
        """Return what Home Assistant needs to use it; None while it does not run."""
        process = self._process
        if process is None or process.poll() is not None:
            return None
        state, keys = _read(self._state), _read(self._keys)
        try:
            return DetectorOffer(
                port=self._port,
                description=state["description"],
                server_key=keys["server_key"],
                client_key=keys["client_key"],
                client_secret=keys["client_secret"],
            )
        except KeyError:
            return None  # it has not started yet

    @property
    def _keys(self) -> Path:
        return self._data / "detector_keys.json"

    def _run(self, stop: threading.Event) -> None:
        backoff = Backoff(*_BACKOFF_S)
        while not stop.is_set():
            started = time.monotonic()
            code = self._run_once(stop)
            if stop.is_set():
                return
            if time.monotonic() - started > _STEADY_S:
                backoff.reset()
            _LOGGER.warning(
                "The detector ended (status %s) and is restarted; Home Assistant runs the model meanwhile", code
            )
            stop.wait(backoff.next_s())

    def _run_once(self, stop: threading.Event) -> int:
        """Run it until it ends or is stopped; return its exit code."""
        self._state.unlink(missing_ok=True)
        process = self._process = subprocess.Popen(  # noqa: S603  # our own arguments
            self._command(), stdin=subprocess.DEVNULL, env=os.environ | {"LD_LIBRARY_PATH": self._libraries()}
        )
        try:
            if not stop.is_set():  # stop may have been set before the process was known
                process.wait()
        finally:
            _end(process)
            self._state.unlink(missing_ok=True)
        return process.returncode

    def _libraries(self) -> str:
        """Return where libraries are looked for: also where the user may put Google's."""
        return ":".join(filter(None, (os.environ.get("LD_LIBRARY_PATH"), str(self._user_libraries))))

    def _command(self) -> list[str]:
        return [
            *(sys.executable, "-P", str(_SERVER), "--type", self._kind),
            *("--bind", f"tcp://*:{self._port}", "--keys", str(self._keys), "--state", str(self._state)),
            *("--accept-models", str(self._data / "models")),
        ]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _read(file: Path) -> dict[str, Any]:
    try:
        values = json.loads(file.read_text(encoding="ascii"))
    except OSError, ValueError:
        return {}
    return values if isinstance(values, dict) else {}
