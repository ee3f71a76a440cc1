"""Keeps nginx running, which restreams the cameras."""

import contextlib
import logging
import os
import pwd
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any, Final

from custom_components.frigate_native.engine.concurrency import Backoff, Worker

from .nginx_log import NginxLog, RepeatFilter
from .rtmp_config import APPLICATION, rtmp_config
from .rtmp_probe import answers

_LOGGER = logging.getLogger("nginx")

_USER: Final = "www-data"  # Debian's, who has nothing else
_BACKOFF_S: Final = (1.0, 30.0)
_STEADY_S: Final = 30.0  # running this long makes an end a new trouble, not the old one
_STOP_S: Final = 2.0
_PROBE_EVERY_S: Final = 3.0
_PROBES: Final = 2  # unanswered ones in a row before it counts as hanging


class RtmpServer:
    """An nginx with its RTMP module: started again when it ends or hangs, its words in the log."""

    def __init__(self, folder: Path, port: int, play_networks: Sequence[IPv4Network]) -> None:
        """Prepare it; folder is its own and emptied by nobody else, port where it listens."""
        self._folder = folder
        self._port = port
        self._play_networks = play_networks
        self._problem: str | None = "it has not started yet"
        self._process: subprocess.Popen[bytes] | None = None
        self._runner = Worker("fn:nginx", self._run)
        self._prober = Worker("fn:nginx-probe", self._probe)

    @property
    def url(self) -> str:
        """Where cameras' streams are published, before `/<camera>`."""
        return f"rtmp://127.0.0.1:{self._port}/{APPLICATION}"

    @property
    def problem(self) -> str | None:
        """Why nothing can be played, None when it can."""
        return self._problem

    def start(self) -> None:
        """Write the configuration and start; OSError when the folder cannot be written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if _unprivileged():
            shutil.chown(self._folder, _USER, _USER)
        text = rtmp_config(self._port, self._play_networks)
        self._config.write_text(text, encoding="utf-8")
        self._runner.start()
        self._prober.start()

    def wait_until_answering(self, timeout_s: float, stop: threading.Event) -> bool:
        """Wait until a player would be answered; return whether it is so."""
        end = time.monotonic() + timeout_s
        while not answers(self._port):
            if time.monotonic() > end or stop.wait(0.05):
                return False
        self._problem = None
        return True

    def stop(self) -> None:
        """End nginx and both threads; may be called twice, or before `start`."""
        self._prober.request_stop()
        self._runner.request_stop()
        process = self._process
        if process is not None and process.poll() is None:
            _end(process)
        self._runner.stop()
        self._prober.stop()

    @property
    def _config(self) -> Path:
        return self._folder / "nginx.conf"

    def _run(self, stop: threading.Event) -> None:
        backoff = Backoff(*_BACKOFF_S)
        said = RepeatFilter()
        while not stop.is_set():
            started = time.monotonic()
            reason = self._run_once(stop, said)
            if stop.is_set():
                return
            if time.monotonic() - started > _STEADY_S:
                backoff.reset()
                said.forget()
            self._problem = reason
            _LOGGER.log(said.level(reason), "The RTMP server ended and starts again (%s); recording goes on", reason)
            stop.wait(backoff.next_s())

    def _run_once(self, stop: threading.Event, said: RepeatFilter) -> str:
        """Run nginx until it ends; return why it did."""
        process = self._process = self._spawn()
        log = NginxLog(process, said)
        log.start()
        try:
            if not stop.is_set():  # it may have been between this thread's last look and the process's start
                process.wait()
        finally:
            _end(process)
            self._process = None
            reason = log.finish()
        return reason or _status(process.returncode)

    def _spawn(self) -> subprocess.Popen[bytes]:
        # Debian keeps nginx where only root's PATH leads. A group of its own, so that no worker outlives its master.
        nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        return subprocess.Popen(  # noqa: S603  # our own words
            [
                *(nginx or "nginx", "-e", "stderr", "-p", "./"),
                *("-c", self._config.name, "-g", "daemon off;"),
            ],
            cwd=self._folder,  # entered before root's rights are dropped, which the way there may ask for
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            **_unprivileged(),
        )

    def _probe(self, stop: threading.Event) -> None:
        missed = 0
        while not stop.wait(_PROBE_EVERY_S):
            if answers(self._port):
                missed = 0
                self._problem = None
                continue
            missed += 1
            process = self._process
            if missed >= _PROBES and process is not None and process.poll() is None:
                missed = 0
                _LOGGER.warning("The RTMP server does not answer and is started again; recording goes on")
                _signal(process, signal.SIGKILL)


def _unprivileged() -> dict[str, Any]:
    """Return how a child runs as nginx's own user; nothing where that cannot be."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam(_USER)
    except KeyError:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End nginx with its workers, at once if it does not end by itself."""
    if process.poll() is None:
        _signal(process, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_S)
    _signal(process, signal.SIGKILL)  # also the workers of a master that was killed: they would keep the port
    process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _status(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"status {code}"
