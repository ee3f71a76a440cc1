"""Keeps nginx running, the RTMP server for restreams."""

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

_USER: Final = "www-data"  # a user of Debian without further rights
_BACKOFF_S: Final = (1.0, 30.0)
_STEADY_S: Final = 30.0  # after this long, the next failure is a new one
_STOP_S: Final = 2.0
_PROBE_EVERY_S: Final = 3.0
_PROBES: Final = 2  # failed probes in a row before the server is restarted


class RtmpServer:
    """nginx with its RTMP module; restarted when it ends or hangs, its messages are logged."""

    def __init__(self, folder: Path, port: int, play_networks: Sequence[IPv4Network]) -> None:
        """Prepare; folder is for nginx alone."""
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
        """Why restreams cannot be played; None if they can."""
        return self._problem

    def start(self) -> None:
        """Write the configuration and start; OSError if the folder cannot be written."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if _unprivileged():
            shutil.chown(self._folder, _USER, _USER)
        text = rtmp_config(self._port, self._play_networks)
        self._config.write_text(text, encoding="utf-8")
        self._runner.start()
        self._prober.start()

    def wait_until_answering(self, timeout_s: float, stop: threading.Event) -> bool:
        """Wait until the server responds to players; return whether it does."""
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
            _LOGGER.log(said.level(reason), "The RTMP server ended and is restarted (%s); recording continues", reason)
            stop.wait(backoff.next_s())

    def _run_once(self, stop: threading.Event, said: RepeatFilter) -> str:
        """Run nginx until it ends; return why."""
        process = self._process = self._spawn()
        log = NginxLog(process, said)
        log.start()
        try:
            if not stop.is_set():  # stop may have been set before the process was known
                process.wait()
        finally:
            _end(process)
            self._process = None
            reason = log.finish()
        return reason or _status(process.returncode)

    def _spawn(self) -> subprocess.Popen[bytes]:
        # On Debian nginx is only in root's PATH. Its own process group lets no worker outlive its master.
        nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        return subprocess.Popen(  # noqa: S603  # our own arguments
            [
                *(nginx or "nginx", "-e", "stderr", "-p", "./"),
                *("-c", self._config.name, "-g", "daemon off;"),
            ],
            cwd=self._folder,  # entered before root's rights are dropped, since its parents may need them
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
                _LOGGER.warning("The RTMP server does not respond and is restarted; recording continues")
                _signal(process, signal.SIGKILL)


def _unprivileged() -> dict[str, Any]:
    """Return arguments to run a child as nginx's user; empty if that is not possible."""
    if os.geteuid() != 0:
        return {}
    try:
        account = pwd.getpwnam(_USER)
    except KeyError:
        return {}
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _end(process: subprocess.Popen[bytes]) -> None:
    """End nginx and its workers; kill them if they do not end."""
    if process.poll() is None:
        _signal(process, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STOP_S)
    _signal(process, signal.SIGKILL)  # also workers of a killed master, which would keep the port
    process.wait()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def _status(code: int) -> str:
    return f"killed by signal {-code}" if code < 0 else f"status {code}"
