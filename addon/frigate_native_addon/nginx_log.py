"""Writes nginx's messages to the container's log."""

import logging
import re
import subprocess
import threading
from typing import Final

from custom_components.frigate_native.engine.concurrency import Worker
from custom_components.frigate_native.engine.redact import redact_url

_LOGGER = logging.getLogger("nginx")

_LINE: Final = re.compile(r"[\d/]+ [\d:]+ \[(?P<level>\w+)\] \d+#\d+: (?:\*\d+ )?(?P<text>.*)")
_HARMLESS: Final = frozenset({"debug", "info", "notice"})
_FATAL: Final = frozenset({"alert", "crit", "emerg"})
_MOST_TEXTS: Final = 100
_DRAIN_S: Final = 2.0


class RepeatFilter:
    """Logs a repeated message only once as a warning."""

    def __init__(self) -> None:
        """Start without messages."""
        self._texts: set[str] = set()

    def level(self, text: str) -> int:
        """Return the log level for a message."""
        if text in self._texts:
            return logging.DEBUG
        if len(self._texts) < _MOST_TEXTS:
            self._texts.add(text)
        return logging.WARNING

    def forget(self) -> None:
        """Log all messages again."""
        self._texts.clear()


class NginxLog:
    """Reads nginx's standard error in its own thread, since a worker may keep it open after the master has ended."""

    def __init__(self, process: subprocess.Popen[bytes], said: RepeatFilter) -> None:
        """The standard error of the process must be a pipe."""
        assert process.stderr is not None
        self._stream = process.stderr
        self._said = said
        self._fatal = ""
        self._reader = Worker("fn:nginx-log", self._read)

    def start(self) -> None:
        """Read until the last process that can write to it has ended."""
        self._reader.start()

    def finish(self) -> str:
        """Wait until everything is read; return the last fatal message, empty if there is none."""
        self._reader.stop(_DRAIN_S)
        return self._fatal

    def _read(self, _: threading.Event) -> None:
        with self._stream as stream:
            for line in stream:
                self._log(line.decode(errors="replace").strip())

    def _log(self, line: str) -> None:
        found = _LINE.fullmatch(line)
        level, text = ("emerg", line.removeprefix("nginx: ")) if found is None else (found["level"], found["text"])
        text = redact_url(text)
        _LOGGER.log(logging.INFO if level in _HARMLESS else self._said.level(text), "%s", text)
        self._fatal = text if level in _FATAL else self._fatal
